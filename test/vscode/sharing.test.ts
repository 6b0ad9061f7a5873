import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Lab } from '../lab/lab.ts';
import { practiceSettingsForSending } from '../lab/practice-workspace.ts';
import { type Practice, startPractice } from './practice.ts';
import { signInThroughBrowser } from './request-page.ts';

const PROVIDER = 'why401';

/** The host probe is the other extension. */
describe('sharing tokens with other extensions', () => {
  let practice: Practice;

  before(async () => {
    practice = await startPractice({}, settingsWithOneShared);
  });
  after(() => practice?.stop());

  function ask(profile: string, options: { createIfNone?: true; silent?: true }) {
    return practice.vscode.probe.ask('getSession', { provider: PROVIDER, scopes: [`profile:${profile}`], options });
  }

  it('gives nothing of a profile that is not shared', async () => {
    assert.deepEqual(await ask('orders-easyauth', { silent: true }), {});
    const refused = ask('orders-easyauth', { createIfNone: true });
    await (await practice.vscode.dialog()).press('Allow');
    assert.ok((await refused).error);
  });

  it('gives nothing of a shared one before its user has signed in', async () => {
    assert.deepEqual(await ask('orders-dev', { silent: true }), {});
  });

  it('asks for consent, then signs in; the account is the profile’s own', async () => {
    const { vscode, lab } = practice;
    const session = ask('orders-dev', { createIfNone: true });
    const consent = await vscode.dialog();
    assert.match(consent.text, /Why401/);
    await vscode.screenshot('sharing-consent');
    await consent.press('Allow');
    await signInThroughBrowser(vscode, /Megan/);
    const { account, hasToken, error } = await session;
    assert.equal(error, undefined);
    assert.equal(hasToken, true);
    assert.equal(account, `orders-dev · ${lab.tenants[0]?.users[0]?.userName}`);
    assert.deepEqual(await ask('orders-dev', { silent: true }), { account, hasToken: true });
  });

  it('gives nothing when it is shared no more', async () => {
    const { vscode, lab } = practice;
    const value = practiceSettingsForSending(lab)['why401.apis'];
    await vscode.probe.ask('updateConfiguration', { key: 'why401.apis', value });
    assert.deepEqual(await ask('orders-dev', { silent: true }), {});
    assert.deepEqual(vscode.extensionErrors(), []);
  });
});

function settingsWithOneShared(lab: Lab): Record<string, unknown> {
  const settings = practiceSettingsForSending(lab);
  const { 'orders-dev': orders, ...others } = settings['why401.apis'];
  return { ...settings, 'why401.apis': { 'orders-dev': { ...orders, shareWithOtherExtensions: true }, ...others } };
}
