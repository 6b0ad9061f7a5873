import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { APPS } from '../lab/entra-tenant.ts';
import type { Lab } from '../lab/lab.ts';
import { practiceKeys, practiceSettings } from '../lab/practice-workspace.ts';
import { type Practice, startPractice } from './practice.ts';
import { openOperation, signInThroughBrowser } from './request-page.ts';
import { enterKey } from './request-typing.ts';
import { until } from './workbench.ts';

/** What the gateway's API "stock" wants its key in; the profile below is wrong about it. */
const KEY_HEADER = 'X-Api-Key';

/** Fixes that change more than the call: what they do is shown, and happens when it is agreed to. */
describe('fixes that are agreed to first', () => {
  let practice: Practice;

  before(async () => {
    practice = await startPractice({}, settings);
    await practice.vscode.setTheme('dark');
  });
  after(() => practice?.stop());

  it('answers a claims challenge: shows what is demanded, signs in with it, and passes', async () => {
    const { vscode, lab } = practice;
    const page = await openOperation(vscode, 'payouts', 'List payouts', /payouts$/);
    await page.chooseToken(/me$/);
    await page.send();
    await (await vscode.dialog()).press('Allow');
    await signInThroughBrowser(vscode, /Megan/);
    await until('the refusal', async () => (await page.bestCause()) === 'cae-claims-challenge');
    const calls = lab.world.stepUp.requests.all.length;

    await page.fix('Answer the Challenge').click();
    const declined = await vscode.dialog();
    assert.match(declined.text, /"acrs".*"c1"/s);
    await vscode.screenshot('fixes-claims');
    await declined.press('Cancel');
    assert.equal(lab.world.stepUp.requests.all.length, calls, 'nothing is sent when it is declined');

    await page.fix('Answer the Challenge').click();
    await (await vscode.dialog()).press('Sign In');
    await signInThroughBrowser(vscode, /Megan/);
    await page.passes();
  });

  it('corrects the name of the key in the profile: shows both, writes the one, and the call passes', async () => {
    const { vscode, lab } = practice;
    const page = await openOperation(vscode, 'stock', 'List stock', /stock\/orders$/);
    await page.chooseToken(/^No token/);
    await enterKey(vscode, page, /^Subscription key \(header/, practiceKeys(lab).subscriptionKey);
    assert.match(await page.sendAndWait(), /^401/);
    assert.equal(await page.bestCause(), 'apim-subscription-key-wrong-header');

    await page.fix('Correct the Profile…').click();
    const dialog = await vscode.dialog();
    assert.match(dialog.text, /Ocp-Apim-Subscription-Key.*X-Api-Key/s);
    await vscode.screenshot('fixes-profile');
    await dialog.press('Change');
    const apis = await until('the settings', async () => {
      const written = (await vscode.probe.ask('getConfiguration', { key: 'why401.apis' })) as Settings;
      return written.stock?.subscriptionKey?.header === KEY_HEADER ? written : undefined;
    });
    const { stock, ...others } = settings(lab)['why401.apis'];
    assert.deepEqual(apis, { ...others, stock: { ...stock, subscriptionKey: { header: KEY_HEADER } } });
    await page.sendAndWait();
    await page.passes();
  });
});

type Settings = Record<string, { subscriptionKey?: { header?: string } }>;

/** An API that demands an authentication context, and one whose profile names another header for the key than it has. */
function settings(lab: Lab) {
  const { 'orders-dev': orders } = practiceSettings(lab)['why401.apis'];
  return {
    'why401.signIn.redirect': 'localhost',
    'why401.apis': {
      payouts: {
        ...orders,
        target: 'other',
        baseUrl: lab.world.stepUp.origin,
        identities: {
          me: {
            signIn: 'browser',
            clientId: APPS.ordersWeb.id,
            scopes: [`${APPS.ordersApi.appIdUri}/Orders.Read`],
          },
        },
        operations: [{ name: 'List payouts', method: 'GET', path: '/payouts' }],
      },
      stock: {
        cloud: lab.origin,
        tenant: 'organizations',
        baseUrl: `${lab.gateway.origin}/stock`,
        target: 'apim',
        subscriptionKey: { header: 'Ocp-Apim-Subscription-Key' },
        operations: [{ name: 'List stock', method: 'GET', path: '/orders' }],
      },
    },
  };
}
