import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FABRIKAM } from '../lab/entra-tenant.ts';
import { practiceKeys, practiceSettingsForSending } from '../lab/practice-workspace.ts';
import { takePicture } from './picture.ts';
import { type Practice, startPractice } from './practice.ts';
import { openOperation, openSignInPage, type RequestPage, requestPage, signInThroughBrowser } from './request-page.ts';
import { lookInEveryTheme } from './token-panel-page.ts';
import { until } from './workbench.ts';

describe('sending from the sidebar', () => {
  let practice: Practice;

  before(async () => {
    practice = await startPractice({}, practiceSettingsForSending);
    await practice.vscode.setTheme('dark');
  });
  after(() => practice?.stop());

  /** Enters a secret, in place of one that is kept already. */
  async function enterSecret(page: RequestPage, which: 'token' | 'key', secret: string): Promise<void> {
    const [first, title] = which === 'token' ? ['Paste Token…', 'Paste Token'] : ['Enter Key…', 'Enter Key'];
    const form = page.frame.locator('.form');
    const ask = form.getByRole('button', { name: first, exact: true });
    await ask.or(form.getByRole('button', { name: `Replace ${which}…` })).click();
    await giveSecret(title, secret);
    await page.button(`Forget ${which}`).waitFor();
  }

  async function giveSecret(title: string, secret: string): Promise<void> {
    const { quickInput } = practice.vscode;
    await quickInput.waitFor(title);
    await quickInput.type(secret);
    await quickInput.accept();
  }

  /** Chooses an operation and how to authorise, sends, and gives what came of it. */
  async function call(profile: string, token: RegExp, key?: string): Promise<RequestPage> {
    const page = await openOperation(practice.vscode, profile, 'List orders', /orders$/);
    await page.chooseToken(token);
    if (key !== undefined) await enterSecret(page, 'key', key);
    return page;
  }

  it('shows the operations of the profiles, and fills the form with one', async () => {
    const { vscode, lab } = practice;
    const page = await openOperation(vscode, 'orders-functions', 'List orders', /\/api\/orders$/);
    assert.equal(await page.url(), `${lab.functions.origin}/api/orders`);
    assert.equal(await page.frame.locator('.outcome').count(), 0);
  });

  it('is told that the Functions key is missing, then that it is wrong, and then is let in', async () => {
    const page = await call('orders-functions', /^No token/);
    await page.chooseKey(/^No key/);
    assert.match(await page.sendAndWait(), /^401/);
    assert.equal(await page.bestCause(), 'function-key-missing');
    assert.deepEqual(await page.path(), ['easyAuth passedOrAbsent', 'functionsKey refused', 'app notReached']);
    await lookInEveryTheme(practice.vscode, 'send-function-key', requestFrame);
    await page.frame.locator('.cause').getByRole('button', { name: 'Enter Key…' }).click();
    await giveSecret('Enter Key', 'not-the-key-0123456789');
    await page.button('Forget key').waitFor();
    assert.equal(await page.frame.locator('#key-choice').inputValue(), 'functionsHeader');
    // Who enters a key beside the fix has the call sent again.
    await until('the next cause', async () => (await page.bestCause()) === 'function-key-wrong');
    await enterSecret(page, 'key', practiceKeys(practice.lab).functionKey);
    assert.match(await page.sendAndWait(), /^200/);
  });

  it('is told in the view that no key is stored, and enters one from there', async () => {
    const { vscode, lab } = practice;
    const page = await call('orders-dev', /^No token/);
    lab.gateway.requests.clear();
    await page.send();
    assert.equal(await page.problem(), 'noSecret');
    assert.equal(lab.gateway.requests.all.length, 0);
    await page.frame.locator('[data-problem]').getByRole('button', { name: 'Enter Key…' }).click();
    await giveSecret('Enter Key', practiceKeys(lab).subscriptionKey);
    await page.button('Forget key').waitFor();
    assert.equal(await page.frame.locator('[data-problem]').count(), 0);
    await vscode.noNotification();
  });

  it('is told in the view why signing in failed, and how to go on while waiting for the browser', async () => {
    const { vscode, lab } = practice;
    const page = await call('orders-dev', /orders-dev · me/, practiceKeys(lab).subscriptionKey);
    lab.signIn.next({ error: 'AADSTS50105' });
    await page.send();
    const binding = await vscode.dialog();
    assert.ok(binding.text.includes(lab.gateway.origin) && binding.text.includes(lab.origin), binding.text);
    await vscode.screenshot('send-binding');
    await binding.press('Allow');
    assert.match(await page.frame.locator('.progress-hint').innerText(), /AADSTS50011/);
    assert.equal(await page.button('Cancel').isVisible(), true);
    const browser = await openSignInPage(vscode);
    assert.equal(await page.problem(), 'signInFailed');
    await browser.close();
    assert.match(await page.frame.locator('[data-problem]').innerText(), /AADSTS50105/);
    await lookInEveryTheme(vscode, 'send-sign-in-failed', requestFrame);
    await vscode.noNotification();
  });

  it('tries again, signs in through the browser, is not asked a second time where the token may go, and gets a 200', async () => {
    const { vscode } = practice;
    const page = await requestPage(vscode);
    await page.button('Try Again').click();
    await signInThroughBrowser(vscode, /Megan/);
    await until('a 200', async () => /^200/.test(await page.outcome()));
    await vscode.screenshot('send-200');
    assert.match(await page.sendAndWait(), /^200/);
  });

  it('names the subscription key: missing, not valid, under another name', async () => {
    const page = await call('orders-dev', /orders-dev · me/);
    await page.chooseKey(/^No key/);
    assert.match(await page.sendAndWait(), /^401/);
    assert.equal(await page.bestCause(), 'apim-subscription-key-missing');
    await page.chooseKey(/^Subscription key \(header/);
    await enterSecret(page, 'key', practiceKeys(practice.lab).suspendedKey);
    assert.match(await page.sendAndWait(), /^401/);
    assert.equal(await page.bestCause(), 'apim-subscription-key-invalid');
  });

  const tokens: [string, (lab: Practice['lab']) => Promise<string>][] = [
    ['token-expired', (lab) => lab.mint.accessTokenV2({ issuedSecAgo: 10_000, lifetimeSec: 3600 })],
    ['token-not-yet-valid', (lab) => lab.mint.accessTokenV2({ issuedSecAgo: -3600 })],
    ['aud-mismatch', (lab) => lab.mint.accessTokenV2({ payload: { aud: lab.apps.invoicesApi.id } })],
    ['graph-nonce-token', (lab) => lab.mint.graphToken()],
    ['issuer-v1-v2-mismatch', (lab) => lab.mint.accessTokenV1()],
    ['issuer-wrong-tenant', (lab) => lab.mint.accessTokenV2({ tenant: FABRIKAM })],
  ];
  for (const [cause, mint] of tokens) {
    it(`names what validate-jwt refused: ${cause}`, async () => {
      const { vscode, lab } = practice;
      const page = await openOperation(vscode, 'orders-dev', 'List orders', /orders$/);
      await page.chooseToken(/^Pasted token/);
      await enterSecret(page, 'token', await mint(lab));
      await enterSecret(page, 'key', practiceKeys(lab).subscriptionKey);
      assert.match(await page.sendAndWait(), /^401/);
      assert.equal(await page.bestCause(), cause);
      assert.deepEqual((await page.path()).slice(0, 3), [
        'subscriptionKey passed',
        'validateJwt refused',
        'easyAuth notReached',
      ]);
      if (cause !== 'issuer-v1-v2-mismatch') return;
      await lookInEveryTheme(vscode, 'send-v1', requestFrame);
      await takePicture(vscode, 'walkthrough/send.png', 'panel');
      for (const [name, widthPx] of [
        ['narrow', 220],
        ['wide', 700],
      ] as const) {
        await dragSidebarTo(vscode, widthPx);
        await lookInEveryTheme(vscode, `send-v1-${name}`, requestFrame);
        const { frame } = await requestPage(vscode);
        assert.equal(await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, name);
      }
      await foldPane(vscode, 'Operations');
      await takePicture(vscode, 'readme/send.png');
      await foldPane(vscode, 'Operations');
      await dragSidebarTo(vscode, 300);
    });
  }

  it('names a missing token at App Service authentication', async () => {
    const page = await call('orders-easyauth', /^No token/);
    assert.match(await page.sendAndWait(), /^401/);
    assert.equal(await page.bestCause(), 'missing-token');
    assert.deepEqual((await page.path())[0], 'easyAuth refused');
  });

  it('keeps secrets out of the page, and shows the request as sent with them masked', async () => {
    const { vscode, lab } = practice;
    const html = await (await requestPage(vscode)).frame.evaluate(() => document.documentElement.outerHTML);
    for (const secret of Object.values(practiceKeys(lab))) assert.ok(!html.includes(secret));
    assert.doesNotMatch(html, /eyJ[A-Za-z0-9_-]{20,}\./);
    assert.deepEqual(vscode.extensionErrors(), []);
  });
});

/** As a user does it: by the sash at its edge. */
/** Folds a pane of the sidebar, or unfolds it. */
async function foldPane({ page }: Practice['vscode'], title: string): Promise<void> {
  await page.locator('.pane-header', { hasText: title }).click();
}

async function dragSidebarTo({ page }: Practice['vscode'], widthPx: number): Promise<void> {
  const boxOf = async () => {
    const box = await page.locator('.part.sidebar').boundingBox();
    assert.ok(box);
    return box;
  };
  const { x, y, width } = await boxOf();
  await page.mouse.move(x + width, y + 60);
  await page.mouse.down();
  await page.mouse.move(x + widthPx, y + 60, { steps: 10 });
  await page.mouse.up();
  await page.mouse.move(x + widthPx + 200, y + 60);
  await until(`a sidebar of ${widthPx} px`, async () => Math.abs((await boxOf()).width - widthPx) < 5);
}

async function requestFrame(workbench: Practice['vscode']) {
  return (await requestPage(workbench)).frame;
}
