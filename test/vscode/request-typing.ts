import type { RealVsCode } from './real-vscode.ts';
import { letOtherAudienceGo, type RequestPage, requestPage } from './request-page.ts';
import { until } from './workbench.ts';

/** Opens the Request view without choosing an operation. */
export async function openRequestView(vscode: RealVsCode): Promise<RequestPage> {
  await vscode.execute('why401.request.focus');
  return requestPage(vscode);
}

/** Types an address over the one that is there. */
export async function typeUrl({ frame }: RequestPage, url: string): Promise<void> {
  await frame.getByLabel('URL', { exact: true }).fill(url);
}

/** Adds a header to those of the form. */
export async function typeHeader({ frame }: RequestPage, name: string, value: string): Promise<void> {
  const part = frame.locator('details[data-part="headers"]');
  await part.evaluate((fold: HTMLDetailsElement) => {
    fold.open = true;
  });
  await part.getByRole('button', { name: 'Add Header' }).click();
  const row = part.locator('li').last();
  await row.getByLabel(/^Name of header/).fill(name);
  await row.getByLabel(/^Value of header/).fill(value);
}

/** Chooses "Pasted token" and pastes one; replaces one that is kept. */
export async function pasteToken(vscode: RealVsCode, page: RequestPage, token: string): Promise<void> {
  await page.chooseToken(/^Pasted token/);
  await enterSecret(vscode, page, ['Paste Token…', 'Replace token…'], 'Paste Token', token);
  await page.button('Forget token').waitFor();
}

/** Chooses a kind of key and enters one; replaces one that is kept. */
export async function enterKey(vscode: RealVsCode, page: RequestPage, kind: RegExp, key: string): Promise<void> {
  await page.chooseKey(kind);
  await enterSecret(vscode, page, ['Enter Key…', 'Replace key…'], 'Enter Key', key);
  await page.button('Forget key').waitFor();
}

async function enterSecret(
  vscode: RealVsCode,
  { frame }: RequestPage,
  names: [string, string],
  title: string,
  secret: string,
): Promise<void> {
  // An answer may offer to enter a key as well.
  const form = frame.locator('.form');
  const [ask, replace] = names.map((name) => form.getByRole('button', { name, exact: true }));
  if (!ask || !replace) return;
  await ask.or(replace).click();
  await vscode.quickInput.waitFor(title);
  await vscode.quickInput.type(secret);
  await vscode.quickInput.accept();
}

/** Presses Send and waits for the result of the call whose address holds `mark`: an older one may be on screen. */
export async function sendMarked(page: RequestPage, mark: string): Promise<void> {
  await page.send();
  await resultMarked(page, mark);
}

export async function resultMarked({ frame }: RequestPage, mark: string): Promise<void> {
  await until(`the result of ${mark}`, async () => {
    await letOtherAudienceGo(frame.page());
    const lines = await frame.locator('.sent-line').allTextContents();
    const isSending = (await frame.locator('[aria-busy="true"]').count()) > 0;
    return !isSending && lines.some((line) => line.includes(mark));
  });
}
