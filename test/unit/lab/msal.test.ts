import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PublicClientApplication } from '@azure/msal-node';
import { APPS, CONTOSO } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { payloadOf } from './lab-client.ts';
import { labNetwork } from './msal-network.ts';
import { choose, formOf, send, sendForm } from './sign-in-client.ts';

const SCOPES = ['api://orders/Orders.Read'];

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

/** MSAL as it comes; only its network client trusts the lab's CA. */
function createClient(tenant: string = CONTOSO.id): PublicClientApplication {
  return new PublicClientApplication({
    auth: {
      clientId: APPS.ordersWeb.id,
      authority: `${lab.origin}/${tenant}`,
      knownAuthorities: [new URL(lab.origin).host],
      clientCapabilities: ['cp1'],
    },
    system: { networkClient: labNetwork(lab) },
  });
}

/** A browser with a person in it: opens the page, chooses, and lets the answering form submit itself. */
async function browse(url: string, accountId?: string): Promise<void> {
  const page = await send(lab, url);
  const { action, fields } = formOf((await choose(lab, page, accountId)).text);
  // MSAL listens on 127.0.0.1 and calls it localhost.
  await sendForm(lab, action.replace('//localhost', '//127.0.0.1'), fields);
}

test('MSAL signs in by the page, renews in silence, and asks for another API with the same refresh token', async () => {
  const client = createClient();
  const [megan] = CONTOSO.users;
  const result = await client.acquireTokenInteractive({
    scopes: SCOPES,
    openBrowser: (url) => browse(url, megan.id),
    successTemplate: 'done',
    errorTemplate: 'failed',
  });
  assert.equal(result.account?.homeAccountId, `${megan.id}.${CONTOSO.id}`);
  assert.equal(result.account?.username, megan.userName);
  const claims = payloadOf(result.accessToken);
  assert.deepEqual([claims.ver, claims.aud, claims.scp], ['2.0', APPS.ordersApi.id, 'Orders.Read']);
  assert.deepEqual(claims.xms_cc, ['cp1']);

  assert.ok(result.account);
  const cached = await client.acquireTokenSilent({ scopes: SCOPES, account: result.account });
  assert.equal(cached.accessToken, result.accessToken);
  const renewed = await client.acquireTokenSilent({ scopes: SCOPES, account: result.account, forceRefresh: true });
  assert.notEqual(renewed.accessToken, result.accessToken);
  const other = await client.acquireTokenSilent({ scopes: ['api://stock/Stock.Read'], account: result.account });
  assert.deepEqual([payloadOf(other.accessToken).ver, payloadOf(other.accessToken).aud], ['1.0', 'api://stock']);
});

test('MSAL hears of Cancel, of scripted codes, and of a revoked refresh token', async () => {
  const client = createClient('organizations');
  const signIn = (openBrowser: (url: string) => Promise<void>) =>
    client.acquireTokenInteractive({ scopes: SCOPES, openBrowser, successTemplate: 'done', errorTemplate: 'failed' });

  await assert.rejects(
    signIn((url) => browse(url)),
    (error: { errorCode: string; errorMessage: string }) =>
      error.errorCode === 'access_denied' && error.errorMessage.includes('AADSTS65004'),
  );

  lab.signIn.next({ error: 'AADSTS50105' });
  const withoutPage = async (url: string) => {
    const { action, fields } = formOf((await send(lab, url)).text);
    await sendForm(lab, action.replace('//localhost', '//127.0.0.1'), fields);
  };
  await assert.rejects(signIn(withoutPage), (error: { errorMessage: string }) =>
    error.errorMessage.includes('AADSTS50105'),
  );

  const [, alex] = CONTOSO.users;
  lab.signIn.next({ as: alex });
  const { account } = await signIn(withoutPage);
  assert.equal(account?.tenantId, CONTOSO.id);
  lab.signIn.grants.revoke(alex);
  assert.ok(account);
  await assert.rejects(client.acquireTokenSilent({ scopes: SCOPES, account, forceRefresh: true }), {
    name: 'InteractionRequiredAuthError',
    subError: 'bad_token',
  });
});
