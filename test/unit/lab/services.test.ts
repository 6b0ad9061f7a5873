import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { CONTOSO, FABRIKAM, SERVICES } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import type { TokenWishes } from '../../lab/token-mint.ts';
import { type Sending, send } from './sign-in-client.ts';

const READ = '/secrets/orders-db?api-version=7.4';
const BLOB = { 'x-ms-version': '2023-11-03' };

let lab: Lab;
let asMade: Record<string, object>;
before(async () => {
  lab = await startLab();
  asMade = Object.fromEntries(
    Object.entries(lab.services).map(([name, { settings }]) => [name, structuredClone(settings)]),
  );
});
afterEach(() => {
  for (const [name, { settings }] of Object.entries(lab.services))
    Object.assign(settings, structuredClone(asMade[name]));
});
after(() => lab.stop());

async function call(
  service: keyof Lab['services'],
  path: string,
  { token, headers = {}, ...sending }: Sending & { token?: Promise<string> | string } = {},
) {
  const authorization = token === undefined ? {} : { Authorization: `Bearer ${await token}` };
  const answer = await send(lab, `${lab.services[service].origin}${path}`, {
    ...sending,
    headers: { ...headers, ...authorization },
  });
  return { ...answer, challenge: String(answer.headers['www-authenticate']) };
}

function codesOf(text: string): (string | undefined)[] {
  const { error } = JSON.parse(text) as { error: { code: string; message: string; innererror?: { code: string } } };
  return [error.innererror?.code ?? error.code, /^AKV\d+/.exec(error.message)?.[0]].filter(Boolean);
}

const tokenFor = (service: keyof typeof SERVICES, wishes: TokenWishes = {}) =>
  lab.mint.accessTokenV1({ api: SERVICES[service], scopes: ['user_impersonation'], ...wishes });

test('Key Vault: the challenge dance, and the codes of what it does not take', async () => {
  const first = await call('keyVault', READ);
  assert.deepEqual([first.status, codesOf(first.text)], [401, ['Unauthorized', 'AKV10000']]);
  assert.equal(
    first.challenge,
    `Bearer authorization="${lab.origin}/${CONTOSO.id}", resource="https://vault.azure.net"`,
  );
  const right = await call('keyVault', READ, { token: tokenFor('keyVault') });
  assert.equal(right.status, 200);
  assert.match(String(right.headers['x-ms-keyvault-network-info']), /addr=127\.0\.0\.1/);
  const other = await call('keyVault', READ, { token: tokenFor('resourceManager') });
  assert.deepEqual([other.status, codesOf(other.text)], [401, ['Unauthorized', 'AKV10022']]);
  const foreign = await call('keyVault', READ, { token: tokenFor('keyVault', { tenant: FABRIKAM }) });
  assert.deepEqual([foreign.status, codesOf(foreign.text)], [401, ['Unauthorized', 'AKV10032']]);
  const expired = tokenFor('keyVault', { issuedSecAgo: 9000, lifetimeSec: 60 });
  assert.equal((await call('keyVault', READ, { token: expired })).status, 401);
  assert.equal((await call('keyVault', '/secrets/orders-db', { token: tokenFor('keyVault') })).status, 400);
});

test('Key Vault: network before rights, and rights by whichever model the vault goes by', async () => {
  const { settings } = lab.services.keyVault;
  const inner = async () => codesOf((await call('keyVault', READ, { token: tokenFor('keyVault') })).text)[0];
  settings.readers = { roles: [], accessPolicies: [], compoundPolicies: [] };
  assert.equal(await inner(), 'ForbiddenByRbac');
  settings.enableRbacAuthorization = false;
  assert.equal(await inner(), 'ForbiddenByPolicy');
  settings.readers.compoundPolicies = [CONTOSO.users[0].id];
  assert.match((await call('keyVault', READ, { token: tokenFor('keyVault') })).text, /on-behalf-of \(OBO\) flow/);
  settings.ipRules = ['203.0.113.9'];
  assert.equal(await inner(), 'ForbiddenByFirewall');
  settings.publicNetworkAccess = 'Disabled';
  assert.equal(await inner(), 'ForbiddenByConnection');
});

test('Resource Manager: every code at its place', async () => {
  const { settings } = lab.services.resourceManager;
  const root = `/subscriptions/${settings.subscriptionId}`;
  const nic = `${root}/resourceGroups/apps/providers/Microsoft.Network/networkInterfaces/nic1`;
  const code = async (path: string, sending: Parameters<typeof call>[2] = {}) => {
    const { status, text } = await call('resourceManager', path, sending);
    return status === 200 ? '200' : `${status} ${codesOf(text)[0]}`;
  };
  const right = { token: await tokenFor('resourceManager') };
  assert.equal(await code('/subscriptions', right), '200');
  assert.equal(await code(root), '401 AuthenticationFailed');
  assert.equal(await code(root, { headers: { Authorization: 'Basic x' } }), '401 AuthenticationFailedInvalidHeader');
  assert.equal(await code(root, { token: tokenFor('keyVault') }), '401 InvalidAuthenticationTokenAudience');
  assert.equal(await code(root, { token: 'x.y.z' }), '401 InvalidAuthenticationToken');
  const expired = tokenFor('resourceManager', { issuedSecAgo: 9000, lifetimeSec: 60 });
  assert.equal(await code(root, { token: expired }), '401 ExpiredAuthenticationToken');
  const foreign = { token: tokenFor('resourceManager', { tenant: FABRIKAM }) };
  assert.equal(await code(root, foreign), '401 InvalidAuthenticationTokenTenant');
  assert.match((await call('resourceManager', root, foreign)).challenge, new RegExp(`/${CONTOSO.id}"`));
  assert.equal(await code('/subscriptions/none', right), '404 SubscriptionNotFound');
  assert.equal(await code(nic, { ...right, method: 'PUT' }), '200');
  settings.deniesByPolicy = true;
  assert.equal(await code(nic, { ...right, method: 'PUT' }), '403 RequestDisallowedByPolicy');
  settings.subnetUsers = [];
  assert.equal(await code(nic, { ...right, method: 'PUT' }), '403 LinkedAuthorizationFailed');
  settings.contributors = [];
  assert.equal(await code(root, right), '403 AuthorizationFailed');
});

test('Graph: its own tokens, whose signature nobody else can check, and what they may', async () => {
  const code = async (path: string, token?: Promise<string> | string) => {
    const { status, text } = await call('graph', path, token === undefined ? {} : { token });
    return status === 200 ? '200' : `${status} ${codesOf(text)[0]}`;
  };
  assert.equal(await code('/v1.0/me', lab.mint.graphToken()), '200');
  assert.equal(await code('/v1.0/me'), '401 InvalidAuthenticationToken');
  assert.equal(await code('/v1.0/me', lab.mint.accessTokenV2()), '401 InvalidAuthenticationToken');
  assert.equal(await code('/v1.0/me/messages', lab.mint.graphToken()), '403 Authorization_RequestDenied');
  const appOnly = lab.mint.appOnlyToken({ payload: { aud: 'https://graph.microsoft.com' } }, 1);
  assert.equal(await code('/v1.0/me', appOnly), '400 BadRequest');
  assert.match((await call('graph', '/v1.0/me', { token: 'opaque' })).text, /80049217/);
  lab.services.graph.settings.revoked = [CONTOSO.users[0].id];
  const { challenge } = await call('graph', '/v1.0/me', { token: lab.mint.graphToken() });
  const claims = /error="insufficient_claims", claims="([^"]+)"/.exec(challenge)?.[1] ?? '';
  assert.match(Buffer.from(claims, 'base64').toString(), /"access_token":\{"nbf"/);
});

test('Storage: the version header, the role, the network', async () => {
  const read = async (sending: Parameters<typeof call>[2]) => {
    const { status, headers } = await call('storage', '/orders/1.json', sending);
    return `${status} ${headers['x-ms-error-code'] ?? 'ok'}`;
  };
  const token = await tokenFor('storage');
  assert.equal(await read({ token, headers: BLOB }), '200 ok');
  assert.equal(await read({ token }), '403 AuthenticationFailed');
  assert.match((await call('storage', '/', { token })).text, /Authentication scheme Bearer is not supported/);
  assert.equal(await read({ headers: BLOB }), '401 NoAuthenticationInformation');
  assert.equal(await read({ token: tokenFor('keyVault'), headers: BLOB }), '401 InvalidAuthenticationInfo');
  lab.services.storage.settings.readers = [];
  assert.equal(await read({ token, headers: BLOB }), '403 AuthorizationPermissionMismatch');
  lab.services.storage.settings.ipRules = ['203.0.113.9'];
  assert.equal(await read({ token, headers: BLOB }), '403 AuthorizationFailure');
});

test('Azure OpenAI: its own key, or a token and a role', async () => {
  const { settings } = lab.services.openAi;
  const token = await tokenFor('cognitiveServices');
  assert.equal((await call('openAi', '/openai', { headers: { 'api-key': settings.key } })).status, 200);
  assert.match((await call('openAi', '/openai', { headers: { 'api-key': 'x' } })).text, /or wrong API endpoint/);
  assert.equal((await call('openAi', '/openai', { token })).status, 200);
  settings.users = [];
  const denied = await call('openAi', '/openai', { token });
  assert.deepEqual([denied.status, codesOf(denied.text)], [401, ['PermissionDenied']]);
});
