import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { APPS, CONTOSO } from '../lab/entra-tenant.ts';
import { practiceKeys, practiceSettingsForSending } from '../lab/practice-workspace.ts';
import { type Practice, startPractice } from './practice.ts';
import { openOperation, type RequestPage, signInThroughBrowser } from './request-page.ts';
import { pasteToken } from './request-typing.ts';
import { lookInEveryTheme } from './token-panel-page.ts';
import { until, type Workbench } from './workbench.ts';

const POLICY = 'policies/orders.xml';
/** Room for every operation in the tree. */
const TALL = { width: 1280, height: 1400 };

/** Every button that an explanation offers, pressed, until the call passes. */
describe('fixes, from the sidebar', () => {
  let practice: Practice;

  before(async () => {
    practice = await startPractice({}, practiceSettingsForSending);
    const { vscode, lab, folder } = practice;
    await mkdir(dirname(join(folder, POLICY)), { recursive: true });
    await writeFile(join(folder, POLICY), lab.gateway.apis.find(({ id }) => id === 'orders')?.policy ?? '');
    await vscode.setTheme('dark');
    await vscode.page.setViewportSize(TALL);
  });
  after(() => practice?.stop());

  const open = (profile: string) => openOperation(practice.vscode, profile, 'List orders', /orders$/);

  async function bestCauseIs(page: RequestPage, cause: string): Promise<void> {
    await until(`the cause ${cause}`, async () => (await page.bestCause()) === cause);
  }

  /** Who is signed in with the client already is not asked again. */
  async function signInIfAsked(page: RequestPage): Promise<void> {
    const { vscode } = practice;
    const next = await until('a 200 or the browser', async () => {
      if (await vscode.page.locator('.monaco-dialog-box').isVisible()) return 'asked';
      return (await page.hasPassed()) ? 'passed' : undefined;
    });
    if (next === 'asked') await signInThroughBrowser(vscode, /Megan/);
  }

  async function giveSecret(secret: string): Promise<void> {
    const { quickInput } = practice.vscode;
    await quickInput.waitFor('Enter Key');
    await quickInput.type(secret);
    await quickInput.accept();
  }

  it('foresees a refusal, without a request to anybody', async () => {
    const { lab, vscode } = practice;
    lab.gateway.requests.clear();
    lab.requests.clear();
    const page = await open('orders-dev');
    await page.chooseToken(/^No token/);
    await page.chooseKey(/^No key/);
    const line = page.frame.locator('.prediction');
    await until('the prediction', async () => (await line.getAttribute('data-verdict')) === 'willBeRefused');
    await line.locator('summary').click();
    const refused = line.locator('.step-refused');
    assert.equal(await refused.first().getAttribute('data-gate'), 'validateJwt');
    await vscode.screenshot('fixes-foreseen');
    assert.deepEqual([lab.gateway.requests.all.length, lab.requests.all.length], [0, 0]);
  });

  it('says that the key is missing before it asks anybody to sign in', async () => {
    const { lab } = practice;
    lab.requests.clear();
    const page = await open('orders-dev');
    await page.chooseToken(/orders-dev · me/);
    await page.chooseKey(/^Subscription key \(header/);
    await page.send();
    assert.equal(await page.problem(), 'noSecret');
    assert.equal(lab.requests.all.length, 0);
  });

  it('adds the subscription key, then opens the policy, then a token, and passes', async () => {
    const { vscode, lab } = practice;
    const page = await open('orders-dev');
    await page.chooseToken(/^No token/);
    await page.chooseKey(/^No key/);
    assert.match(await page.sendAndWait(), /^401/);
    assert.equal(await page.bestCause(), 'apim-subscription-key-missing');
    await lookInEveryTheme(vscode, 'fixes-subscription-key', requestFrame);
    await page.fix('Enter Key…').click();
    await giveSecret(practiceKeys(lab).subscriptionKey);
    await bestCauseIs(page, 'missing-token');
    await lookInEveryTheme(vscode, 'fixes-missing-token', requestFrame);
    const line = page.frame.locator('.answer .step-refused').getByRole('button', { name: /^line \d+/ });
    const wanted = Number(/\d+/.exec(await line.innerText())?.[0]);
    await line.click();
    await until('the policy', async () => (await vscode.probe.ask('activeDocument', {}))?.uri.endsWith(POLICY));
    const shown = (await vscode.probe.ask('activeDocument', {}))?.text.split('\n')[wanted - 1] ?? '';
    assert.match(shown, /<validate-jwt/);
    await page.fix('Sign In').click();
    await vscode.quickInput.pick(/^orders-dev · me/);
    await (await vscode.dialog()).press('Allow');
    await signInThroughBrowser(vscode, /Megan/);
    await page.passes();
  });

  it('asks for the Functions key, and passes', async () => {
    const page = await open('orders-functions');
    await page.chooseToken(/^No token/);
    await page.chooseKey(/^No key/);
    assert.match(await page.sendAndWait(), /^401/);
    assert.equal(await page.bestCause(), 'function-key-missing');
    await page.fix('Enter Key…').click();
    await giveSecret(practiceKeys(practice.lab).functionKey);
    await page.passes();
  });

  it('sends again with a fresh token in place of an expired one, and passes', async () => {
    const { vscode, lab } = practice;
    const page = await open('orders-easyauth');
    const expired = await lab.mint.accessTokenV2({ api: APPS.ordersEasyAuth, issuedSecAgo: 10_000 });
    await pasteToken(vscode, page, expired);
    assert.match(await page.sendAndWait(), /^401/);
    assert.equal(await page.bestCause(), 'token-expired');
    await page.fix('Send With a Fresh Token').click();
    await (await vscode.dialog()).press('Allow');
    await signInIfAsked(page);
    await page.passes();
  });

  it('probes: shows what the app proposes and whom it would be sent to, and uses it when that is confirmed', async () => {
    const { vscode, lab } = practice;
    const page = await open('orders-easyauth');
    await page.chooseToken(/^No token/);
    lab.easyAuth.requests.clear();
    const probe = page.frame.getByRole('button', { name: 'Probe…' }).first();
    if ((await probe.count()) === 0) await page.sendAndWait();
    await page.frame.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
    await page.frame
      .getByRole('button', { name: /^Probe/ })
      .first()
      .click();
    const dialog = await vscode.dialog();
    for (const part of [APPS.ordersEasyAuth.id, CONTOSO.id, lab.easyAuth.origin])
      assert.ok(dialog.text.includes(part), dialog.text);
    await vscode.screenshot('fixes-probe');
    await dialog.press('Use It');
    assert.deepEqual(lab.easyAuth.requests.all.at(-1)?.headers.authorization, undefined);
  });

  it('follows no challenge whose resource is not the called host’s own', async () => {
    const { vscode, lab } = practice;
    const page = await openOperation(vscode, 'practice-vault', 'Read secret', /orders-db/);
    await page.chooseToken(/^No token/);
    assert.match(await page.sendAndWait(), /^401/);
    assert.equal(await page.bestCause(), 'missing-token');
    lab.requests.clear();
    await page.fix('Follow the Challenge…').click();
    assert.equal(await page.problem(), 'badSettings');
    assert.match(await page.frame.locator('[data-problem]').innerText(), /not followed/);
    assert.equal(lab.requests.all.length, 0);
  });

  it('copies a report without names, which opens as the same picture', async () => {
    const { vscode, lab } = practice;
    const page = await open('orders-easyauth');
    await pasteToken(vscode, page, await lab.mint.accessTokenV1({ api: APPS.ordersEasyAuth }));
    assert.match(await page.sendAndWait(), /^401/);
    const cause = await page.bestCause();
    const path = await page.path();
    await lookInEveryTheme(vscode, 'fixes-wide', requestFrame);
    await page.frame.getByRole('button', { name: 'Copy Report' }).click();
    const report = await until('the report', async () => {
      const text = await vscode.getClipboard();
      return text.includes('```why401') ? text : undefined;
    });
    for (const name of [CONTOSO.id, APPS.ordersEasyAuth.id, '127.0.0.1', 'eyJ', 'Megan'])
      assert.ok(!report.includes(name), report);
    await vscode.runCommand('Why401: Open Report…');
    const opened = await vscode.webviewFrame('.notes');
    await until(
      'the same cause',
      async () => (await opened.locator('section[data-cause]').getAttribute('data-cause')) === cause,
    );
    const steps = await opened
      .locator('[data-gate]')
      .evaluateAll((all) =>
        all.map((step) => `${step.getAttribute('data-gate')} ${step.getAttribute('data-verdict')}`),
      );
    assert.deepEqual(steps, path);
    assert.equal(await opened.getByRole('button', { name: 'Copy Report' }).count(), 0);
    await lookInEveryTheme(vscode, 'fixes-report', async (window) => window.webviewFrame('.notes'));
  });

  it('gives language models ids and our words for a reference, and refuses a token', async () => {
    const { vscode, lab } = practice;
    const token = await lab.mint.accessTokenV2();
    await vscode.openDocument('token.txt', token);
    await vscode.selectAll();
    const invoke = async (name: string, input: unknown) => {
      const answer = vscode.probe.ask('invokeTool', { name, input });
      const dialog = await vscode.dialog();
      assert.match(dialog.text, /No token, key, signature/);
      await dialog.press(dialog.buttons.find((button) => button !== 'Cancel') ?? '');
      return answer;
    };
    const decoded = await invoke('why401_decode_token', { source: 'selection' });
    assert.match(decoded.text ?? decoded.error ?? '', /"kind":"/);
    assert.ok(!decoded.text?.includes(token.split('.')[2] ?? token));
    const validated = await invoke('why401_validate_token', { source: 'selection' });
    assert.match(validated.text ?? validated.error ?? '', /"verdict":"passes"/);
    assert.ok(!validated.text?.includes(token.split('.')[2] ?? token));
    const refused = await invoke('why401_decode_token', { source: token });
    assert.match(refused.error ?? '', /looks like a token/);
    assert.ok(!refused.error?.includes(token.slice(0, 24)));
    const explained = await invoke('why401_explain_response', { source: 'lastExchange' });
    assert.match(explained.text ?? explained.error ?? '', /"causes":\[\{"id":"/);
    const predicted = await invoke('why401_predict_call', { source: 'panel' });
    assert.match(predicted.text ?? predicted.error ?? '', /"verdict":"/);
    for (const { text = '' } of [decoded, validated, explained, predicted]) {
      const closed = JSON.stringify(JSON.parse(text, (name, value) => (name === 'untrustedData' ? undefined : value)));
      for (const word of [CONTOSO.id, APPS.ordersEasyAuth.id, '127.0.0.1', 'orders', 'Orders.'])
        assert.ok(!closed.includes(word), closed);
    }
    assert.match(decoded.text ?? '', new RegExp(CONTOSO.id), 'what it says of the tenant is there, labelled');
  });
});

function requestFrame(workbench: Workbench): Promise<Frame> {
  return workbench.webviewFrame('#token-choice');
}
