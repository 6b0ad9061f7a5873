import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { practiceKeys, practiceSettingsForSending } from '../lab/practice-workspace.ts';
import { type Practice, startPractice } from './practice.ts';
import { openOperation, type RequestPage } from './request-page.ts';
import { enterKey } from './request-typing.ts';
import { signInAs } from './sign-in-steps.ts';
import { until } from './workbench.ts';

const ORDERS = /\/orders$/;

/** A token that is kept though it has expired: its `exp` says less than the answer that brought it. */
describe('a call that is refused since its token has expired', () => {
  let practice: Practice;

  before(async () => {
    practice = await startPractice({}, practiceSettingsForSending);
    await practice.vscode.setTheme('dark');
  });
  after(() => practice?.stop());

  async function signInWithExpired(): Promise<void> {
    const { lab, vscode } = practice;
    lab.signIn.addedClaims = () => ({ exp: Math.floor(Date.now() / 1000) - 3600 });
    const issued = new Promise<void>((resolve) => {
      lab.signIn.onIssued = () => resolve();
    });
    await signInAs(vscode, /Megan/);
    await issued;
    lab.signIn.onIssued = undefined;
    lab.signIn.addedClaims = () => ({});
    await vscode.closeNotifications();
  }

  async function openCall(operation: string): Promise<RequestPage> {
    const { vscode, lab } = practice;
    const page = await openOperation(vscode, 'orders-dev', operation, ORDERS);
    await page.chooseToken(/orders-dev · me/);
    await page.chooseKey(/^Subscription key \(header/);
    if ((await page.button('Enter Key…').count()) > 0) {
      await enterKey(vscode, page, /^Subscription key \(header/, practiceKeys(lab).subscriptionKey);
    }
    lab.gateway.requests.clear();
    return page;
  }

  it('is sent once more with a fresh one, and both are shown', async () => {
    const { vscode, lab } = practice;
    await signInWithExpired();
    const page = await openCall('List orders');
    await page.send();
    await (await vscode.dialog()).press('Allow');
    assert.match(await page.outcome(), /^200/);
    assert.equal(lab.gateway.requests.count(ORDERS), 2);
    await page.frame.locator('[data-part="sent"]').evaluate((part: HTMLDetailsElement) => {
      part.open = true;
    });
    const sent = await page.frame.locator('[data-part="sent"] li').allInnerTexts();
    assert.equal(sent.length, 2);
    assert.match(sent[0] ?? '', /401/);
    await vscode.screenshot('fresh-retry');
  });

  it('is asked about first when it may do something twice', async () => {
    const { vscode, lab } = practice;
    for (const [answer, status, count] of [
      ['Cancel', /^401/, 1],
      ['Send Again', /^20/, 2],
    ] as const) {
      await signInWithExpired();
      const page = await openCall('New order');
      await page.send();
      const question = await vscode.dialog();
      assert.match(question.text, /POST/);
      await question.press(answer);
      await until('the outcome', async () => status.test(await page.outcome()));
      assert.equal(lab.gateway.requests.count(ORDERS), count);
    }
    assert.deepEqual(vscode.extensionErrors(), []);
  });
});
