import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';
import type { RealVsCode } from './real-vscode.ts';
import { until, WAIT_MS, type Workbench } from './workbench.ts';

/** The Request view as a user reads it. */
export interface RequestPage {
  frame: Frame;
  button(name: string): Locator;
  url(): Promise<string>;
  chooseToken(label: RegExp): Promise<void>;
  chooseKey(label: RegExp): Promise<void>;
  send(): Promise<void>;
  /** Waits until the page knows of the call: shortly after it has begun, which a question may be faster than. */
  underway(): Promise<void>;
  /** Sends and waits for the outcome of this call; a question about a token for another API, or that nobody can read, is answered with Send. */
  sendAndWait(): Promise<string>;
  /** Status in words, such as `401 Unauthorized`, or the kind of a failure. */
  outcome(): Promise<string>;
  /** Whether a 200 is on screen now. */
  hasPassed(): Promise<boolean>;
  /** Code of the error that kept the call from being sent, once there is one. */
  problem(): Promise<string>;
  /** Id of the best cause. */
  bestCause(): Promise<string | undefined>;
  /** The button of a fix. */
  fix(label: string): Locator;
  /** Waits for a 200, which nothing is left to explain of. */
  passes(): Promise<void>;
  /** `gate verdict` of every step of the path. */
  path(): Promise<string[]>;
}

/** Chooses an operation in the tree and waits for its address in the form. */
export async function openOperation(
  vscode: Workbench,
  profile: string,
  name: string,
  url: RegExp,
): Promise<RequestPage> {
  const { page } = vscode;
  await vscode.execute('why401.operations.focus');
  const row = await findOperation(page, profile, name);
  const before = await revisionOfForm(page);
  await row.click();
  return until('the form', async () => {
    const shown = await requestPage(vscode);
    // An operation chosen again has the same address: what is entered before the form is set anew would be lost.
    const isNew = (await revisionOfForm(page)) !== before;
    return isNew && url.test(await shown.url().catch(() => '')) ? shown : undefined;
  });
}

const SCROLL_STEP = 66;

/** The row of an operation, scrolled to: the tree draws only what is in sight. */
async function findOperation(page: Page, profile: string, name: string): Promise<Locator> {
  const tree = page.locator('.monaco-list[aria-label*="Operations"]');
  // What sticks to the top while scrolling is drawn twice.
  const rows = tree.locator('.monaco-scrollable-element .monaco-list-row');
  const seen = new Map<number, string>();
  const scroll = async (by: number) => {
    await tree.hover({ position: { x: 40, y: 40 } });
    await page.mouse.wheel(0, by);
  };
  await scroll(-10_000);
  const index = await until(`the operation ${name} of ${profile}`, async () => {
    const before = seen.size;
    const drawn = await rows.evaluateAll((all) =>
      all.map((row) => [Number(row.getAttribute('data-index')), row.textContent?.trim() ?? ''] as const),
    );
    // Other settings, another tree.
    if (drawn.some(([at, text]) => (seen.get(at) ?? text) !== text)) seen.clear();
    for (const [at, text] of drawn) seen.set(at, text);
    const start = [...seen].find(([, text]) => text.startsWith(profile))?.[0] ?? Number.POSITIVE_INFINITY;
    const found = [...seen].filter(([at, text]) => at > start && text.startsWith(name)).map(([at]) => at);
    if (found.length > 0) return { at: Math.min(...found) };
    await scroll(seen.size === before ? -10_000 : SCROLL_STEP);
    return undefined;
  });
  return rows.and(page.locator(`[data-index="${index.at}"]`)).filter({ hasText: name });
}

async function revisionOfForm(page: Page): Promise<string | undefined> {
  for (const frame of page.frames()) {
    const revision = await frame
      .evaluate(() => document.querySelector('[data-form]')?.getAttribute('data-form'))
      .catch(() => undefined);
    if (revision) return revision;
  }
  return undefined;
}

/** Nobody knows whose API the token is for, or can read it: refusals are tried with such tokens, too. */
export async function letOtherAudienceGo(page: Page): Promise<void> {
  const dialog = page.locator('.monaco-dialog-box').filter({ hasText: /for another API|that nobody can read/ });
  if ((await dialog.count()) > 0) await dialog.getByRole('button', { name: 'Send', exact: true }).click();
}

export async function requestPage(workbench: Workbench): Promise<RequestPage> {
  const frame = await workbench.webviewFrame('#token-choice');
  const choose = async (id: string, label: RegExp) => {
    const select = frame.locator(`#${id}`);
    const value = await until(`the choice ${label}`, async () => {
      const options = await select
        .locator('option')
        .evaluateAll((all) => all.map((option) => [option.textContent ?? '', (option as HTMLOptionElement).value]));
      return options.find(([text]) => label.test(text ?? ''))?.[1];
    });
    await select.selectOption(value);
  };
  const hasPassed = async () => (await frame.locator('.outcome h2').allInnerTexts()).some((text) => /^200/.test(text));
  return {
    frame,
    // A problem offers again what the form offers: the form comes first.
    button: (name) => frame.getByRole('button', { name, exact: true }).first(),
    url: () => frame.getByLabel('URL', { exact: true }).inputValue(),
    chooseToken: (label) => choose('token-choice', label),
    chooseKey: (label) => choose('key-choice', label),
    send: () => frame.getByRole('button', { name: /^Send/ }).click(),
    underway: () => frame.locator('[aria-busy="true"]').first().waitFor({ timeout: WAIT_MS }),
    async sendAndWait() {
      const before = await startOf(frame);
      await frame.getByRole('button', { name: /^Send/ }).click();
      await until('another outcome', async () => {
        await letOtherAudienceGo(workbench.page);
        const started = await startOf(frame);
        return started !== undefined && started !== before;
      });
      return outcomeOf(frame);
    },
    outcome: () => outcomeOf(frame),
    async problem() {
      const problem = frame.locator('[data-problem]');
      await problem.waitFor({ timeout: WAIT_MS });
      return (await problem.getAttribute('data-problem')) ?? '';
    },
    async bestCause() {
      return firstAttribute(frame, 'section[data-cause]', 'data-cause');
    },
    fix: (label) => frame.locator('section.cause').getByRole('button', { name: label, exact: true }),
    hasPassed,
    async passes() {
      await until('a 200', hasPassed);
      assert.equal(await frame.locator('section.cause').count(), 0);
    },
    path: () =>
      frame
        .locator('.answer [data-gate]')
        .evaluateAll((steps) =>
          steps.map((step) => `${step.getAttribute('data-gate')} ${step.getAttribute('data-verdict')}`),
        ),
  };
}

async function startOf(frame: Frame): Promise<string | undefined> {
  return firstAttribute(frame, '.outcome', 'data-started');
}

/** In one look: what is counted first may be gone when it is read. */
function firstAttribute(frame: Frame, selector: string, name: string): Promise<string | undefined> {
  return frame.locator(selector).evaluateAll((all, attribute) => all[0]?.getAttribute(attribute) ?? undefined, name);
}

async function outcomeOf(frame: Frame): Promise<string> {
  await frame.locator('.outcome').waitFor({ timeout: WAIT_MS });
  const failure = await firstAttribute(frame, '[data-failure]', 'data-failure');
  return failure ?? frame.locator('.outcome h2').innerText();
}

/** Goes through "open the external website?" and signs in on the lab's page. */
export async function signInThroughBrowser(vscode: RealVsCode, account: RegExp): Promise<void> {
  const browser = await openSignInPage(vscode);
  await browser.getByRole('button', { name: account }).click({ timeout: WAIT_MS });
  await browser
    .getByText(/signed in/i)
    .first()
    .waitFor({ timeout: WAIT_MS });
  await browser.close();
}

/** Goes through "open the external website?" to the lab's page, whose certificate only this page accepts. */
export async function openSignInPage(vscode: RealVsCode): Promise<Page> {
  const { page } = vscode;
  const dialog = await vscode.dialog();
  await vscode.screenshot('sign-in-dialog');
  const opened = page.context().waitForEvent('page', { timeout: WAIT_MS });
  await dialog.press('Open');
  const browser = await opened.catch(async (error) => {
    await vscode.screenshot('sign-in-after');
    throw error;
  });
  await acceptCertificate(browser);
  return browser;
}

/** Loads the page again where the browser shows its warning instead: a page that was let in may have gone on already. */
async function acceptCertificate(browser: Page): Promise<void> {
  const session = await browser.context().newCDPSession(browser);
  await session.send('Security.setIgnoreCertificateErrors', { ignore: true });
  await until('the sign-in page', async () => {
    if (browser.url().startsWith('chrome-error:')) await browser.reload().catch(() => undefined);
    return browser.url().startsWith('http');
  });
}
