import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { type AccountInfo, PublicClientApplication } from '@azure/msal-node';
import { APPS, CONTOSO, FABRIKAM, type LabUser } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { findClient } from '../../lab/sign-in/registrations.ts';
import { aadstsFault } from '../../lab/sign-in/sign-in.ts';
import { payloadOf } from './lab-client.ts';
import { labNetwork } from './msal-network.ts';
import { choose, formOf, send, sendForm } from './sign-in-client.ts';

const SCOPES = ['api://orders/Orders.Read'];
const [MEGAN, ALEX] = CONTOSO.users;

let lab: Lab;
before(async () => {
  lab = await startLab();
});
afterEach(() => {
  lab.signIn.policies = [];
  lab.signIn.clear();
  lab.faults.clear();
});
after(() => lab.stop());

function createClient(tenant: string = CONTOSO.id): PublicClientApplication {
  return new PublicClientApplication({
    auth: {
      clientId: APPS.ordersWeb.id,
      authority: `${lab.origin}/${tenant}`,
      knownAuthorities: [new URL(lab.origin).host],
    },
    system: { networkClient: labNetwork(lab) },
  });
}

interface Asking {
  scopes?: string[];
  claims?: string;
  /** What to press on the page for consent. */
  consent?: string;
}

/** Signs in as this person without choosing on the page. */
function signIn(client: PublicClientApplication, user: LabUser, { scopes = SCOPES, claims, consent }: Asking = {}) {
  lab.signIn.next({ as: user });
  return client.acquireTokenInteractive({
    scopes,
    ...(claims === undefined ? {} : { claims }),
    successTemplate: 'done',
    errorTemplate: 'failed',
    openBrowser: async (url) => {
      let page = formOf((await send(lab, url)).text);
      if (consent !== undefined) {
        const answer = await sendForm(lab, new URL(page.action, lab.origin), { ...page.fields, consent });
        page = formOf(answer.text);
      }
      await sendForm(lab, page.action.replace('//localhost', '//127.0.0.1'), page.fields);
    },
  });
}

interface MsalFailure {
  errorMessage: string;
  subError: string;
  claims: string;
}

async function failureOf(call: Promise<unknown>): Promise<MsalFailure> {
  try {
    await call;
  } catch (error) {
    return error as MsalFailure;
  }
  throw new Error('a token, where a failure was expected');
}

test('a policy that begins after the sign-in wants a second factor, and is satisfied by the next one', async () => {
  const client = createClient();
  const { account } = await signIn(client, MEGAN);
  assert.ok(account);
  lab.signIn.policies = [{ id: 'p1', demands: 'mfa' }];
  const renewing = client.acquireTokenSilent({ scopes: SCOPES, account, forceRefresh: true });
  const failure = await failureOf(renewing);
  assert.match(failure.errorMessage, /AADSTS50076/);
  assert.deepEqual(JSON.parse(failure.claims), { access_token: { capolids: { essential: true, values: ['p1'] } } });
  await signIn(client, MEGAN, { claims: failure.claims });
  await client.acquireTokenSilent({ scopes: SCOPES, account, forceRefresh: true });
});

test('who is blocked is told so at the sign-in page, and asking again is no way', async () => {
  lab.signIn.policies = [{ id: 'p1', demands: 'nobody', users: [ALEX] }];
  assert.match((await failureOf(signIn(createClient(), ALEX))).errorMessage, /AADSTS53003/);
  lab.signIn.policies = [{ id: 'p2', demands: 'compliantDevice', resource: APPS.ordersApi }];
  assert.match((await failureOf(signIn(createClient(), MEGAN))).errorMessage, /AADSTS53000/);
});

test('a claims challenge of an API is satisfied by signing in with its claims', async () => {
  const client = createClient();
  const { account, accessToken } = await signIn(client, MEGAN);
  const call = (token: string) =>
    send(lab, `${lab.world.stepUp.origin}/payouts`, { headers: { Authorization: `Bearer ${token}` } });
  const refused = await call(accessToken);
  assert.equal(refused.status, 401);
  const challenge = String(refused.headers['www-authenticate']);
  assert.match(challenge, /error="insufficient_claims"/);
  const claims = Buffer.from(/claims="([^"]+)"/.exec(challenge)?.[1] ?? '', 'base64').toString();
  const failure = await failureOf(
    client.acquireTokenSilent({ scopes: SCOPES, account: account as AccountInfo, claims }),
  );
  assert.match(failure.errorMessage, /AADSTS50076/);
  const satisfied = await signIn(client, MEGAN, { claims });
  assert.deepEqual(payloadOf(satisfied.accessToken).acrs, ['c1']);
  assert.equal((await call(satisfied.accessToken)).status, 200);
});

test('people consent on the page, decline, or have to ask an administrator', async () => {
  const payroll = lab.signIn.registrations.resources.find(({ app }) => app.id === APPS.payrollApi.id);
  assert.ok(payroll);
  const scopes = ['api://payroll/Payroll.Read'];
  assert.match((await failureOf(signIn(createClient(), MEGAN, { scopes }))).errorMessage, /AADSTS65001/);
  payroll.asksForConsent = true;
  assert.match((await failureOf(signIn(createClient(), MEGAN, { scopes, consent: '' }))).errorMessage, /AADSTS65004/);
  const { accessToken } = await signIn(createClient(), MEGAN, { scopes, consent: 'accept' });
  assert.equal(payloadOf(accessToken).scp, 'Payroll.Read');
  await signIn(createClient(), MEGAN, { scopes });
  const orders = lab.signIn.registrations.resources.find(({ app }) => app.id === APPS.ordersApi.id);
  assert.ok(orders);
  orders.adminScopes = ['Orders.Write'];
  const write = { scopes: ['api://orders/Orders.Write'] };
  assert.match((await failureOf(signIn(createClient(), MEGAN, write))).errorMessage, /AADSTS90094/);
});

test('a guest is really of the other tenant; a stranger is not let in', async () => {
  const client = createClient(FABRIKAM.id);
  const scopes = ['api://invoices/Invoices.Read'];
  const { accessToken, account } = await signIn(client, ALEX, { scopes });
  const claims = payloadOf(accessToken);
  assert.equal(claims.tid, FABRIKAM.id);
  assert.notEqual(claims.oid, ALEX.id);
  assert.equal(claims.idp, `${lab.origin}/${CONTOSO.id}/`);
  assert.equal(account?.homeAccountId, `${ALEX.id}.${CONTOSO.id}`);
  assert.match((await failureOf(signIn(client, MEGAN, { scopes }))).errorMessage, /AADSTS50020/);
});

test('a refresh token of home is good where its owner is a guest', async () => {
  const client = createClient();
  const scopes = ['api://invoices/Invoices.Read'];
  const { account } = await signIn(client, ALEX, { scopes });
  assert.ok(account);
  const there = { ...account, tenantId: FABRIKAM.id };
  const authority = `${lab.origin}/${FABRIKAM.id}`;
  const { accessToken } = await client.acquireTokenSilent({ scopes, account: there, authority });
  assert.equal(payloadOf(accessToken).tid, FABRIKAM.id);
});

test('only assigned people, where the client wants assignment', async () => {
  const client = findClient(lab.signIn.registrations, APPS.ordersWeb.id);
  assert.ok(client);
  client.assignedUsers = [MEGAN];
  assert.match((await failureOf(signIn(createClient(), ALEX))).errorMessage, /AADSTS50105/);
  await signIn(createClient(), MEGAN);
  delete client.assignedUsers;
});

test('the platform of the redirect URI decides who may redeem the code', async () => {
  const client = findClient(lab.signIn.registrations, APPS.ordersWeb.id);
  assert.ok(client);
  const { redirectUris } = client;
  client.redirectUris = [];
  assert.match((await failureOf(signInFails(50011))).errorMessage, /cancelled by the test/);
  client.webRedirectUris = ['http://localhost'];
  assert.match((await failureOf(signIn(createClient(), MEGAN))).errorMessage, /AADSTS7000218/);
  client.webRedirectUris = [];
  client.spaRedirectUris = ['http://localhost'];
  assert.match((await failureOf(signIn(createClient(), MEGAN))).errorMessage, /AADSTS9002327/);
  client.spaRedirectUris = [];
  client.redirectUris = redirectUris;
});

/** Entra shows this failure on its own page; nothing reaches the client. */
function signInFails(code: number): Promise<unknown> {
  return createClient().acquireTokenInteractive({
    scopes: SCOPES,
    successTemplate: 'done',
    errorTemplate: 'failed',
    openBrowser: async (url) => {
      assert.match((await send(lab, url)).text, new RegExp(`<dd>${code}</dd>`));
      throw Object.assign(new Error(), { errorMessage: 'cancelled by the test' });
    },
  });
}

test('an AADSTS answer can be scripted on any path, with Retry-After', async () => {
  const fault = aadstsFault({ error: 'AADSTS90055', status: 429, retryAfterSec: 3 }, lab.origin);
  lab.faults.script({ path: '/*/oauth2/v2.0/token', action: fault, times: 1 });
  const { status, headers, text } = await sendForm(lab, `${lab.origin}/${CONTOSO.id}/oauth2/v2.0/token`, {});
  assert.deepEqual([status, headers['retry-after']], [429, '3']);
  assert.deepEqual((JSON.parse(text) as { error_codes: number[] }).error_codes, [90055]);
});

test('choosing on the page of a tenant offers its guests too', async () => {
  const page = await send(
    lab,
    `${lab.origin}/${FABRIKAM.id}/oauth2/v2.0/authorize?${new URLSearchParams({
      client_id: APPS.ordersWeb.id,
      response_type: 'code',
      redirect_uri: 'http://localhost:1',
      scope: 'api://invoices/Invoices.Read',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    })}`,
  );
  assert.match(page.text, /Alex Wilber/);
  const [guest] = lab.signIn.registrations.guests;
  assert.ok(new URL(String((await choose(lab, page, guest?.guestId)).headers.location)).searchParams.has('code'));
});
