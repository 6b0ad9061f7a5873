import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startLab } from '../lab/lab.ts';
import { type PackedExtension, packTestExtension } from './host-probe.ts';
import { type IdentitiesView, openIdentities } from './identities-view.ts';
import { type Practice, startPractice } from './practice.ts';
import { startSignIn } from './sign-in-steps.ts';

const TENANT = '3f2b1c5e-8d47-4c0b-9a6f-1d2e3c4b5a69';
const CLIENT = '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f';
const IDENTITY = 'orders-dev · vscode';

/** By a stub in the place of VS Code's own provider, which could only ask Microsoft. */
describe('signing in with the account of VS Code', () => {
  let practice: Practice;
  let stub: PackedExtension;
  let view: IdentitiesView;

  before(async () => {
    stub = await packTestExtension('account-stub');
    const lab = await startLab();
    const WHY401_STUB_TOKEN = await lab.mint.accessTokenV2({});
    await lab.stop();
    practice = await startPractice(
      { vsix: [stub.vsix], env: { WHY401_STUB_TOKEN }, withoutBuiltin: 'microsoft-authentication' },
      settings,
    );
    view = await openIdentities(practice.vscode);
  });
  after(async () => {
    await practice?.stop();
    await stub?.remove();
  });

  it('asks VS Code for the scope, the client and the tenant of the identity', async () => {
    const { vscode } = practice;
    await startSignIn(vscode, IDENTITY);
    const consent = await vscode.dialog();
    assert.match(consent.text, /Microsoft/);
    await vscode.screenshot('vscode-account-consent');
    await consent.press('Allow');
    const account = await view.row(/asked for/);
    const asked = await account.innerText();
    for (const part of ['api://orders/Orders.Read', `VSCODE_CLIENT_ID:${CLIENT}`, `VSCODE_TENANT:${TENANT}`])
      assert.ok(asked.includes(part), asked);
    await view.row(/Access token.*left/s);
    assert.deepEqual(vscode.extensionErrors(), []);
  });
});

function settings(): Record<string, unknown> {
  const scopes = ['api://orders/Orders.Read'];
  const identities = { vscode: { signIn: 'vscode', clientId: CLIENT, scopes }, az: { signIn: 'azureCli', scopes } };
  return { 'why401.apis': { 'orders-dev': { tenant: TENANT, identities } } };
}
