import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { APPS, CONTOSO, FABRIKAM } from '../../lab/entra-tenant.ts';
import type { GatewayApi } from '../../lab/gateway/gateway.ts';
import { PORTAL_ORIGIN } from '../../lab/gateway/practice-apis.ts';
import {
  checkHeaderPolicy,
  claimElement,
  ordersTokenPolicy,
  policyDocument,
  setHeaderPolicy,
  type ValidateJwtWish,
} from '../../lab/gateway/practice-policies.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import type { Answer } from './lab-client.ts';
import { type Sending, send } from './sign-in-client.ts';

const KEY_HEADER = 'Ocp-Apim-Subscription-Key';
const MISSING =
  '{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }';
const INVALID =
  '{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }';

let clockMs = Date.now();
let lab: Lab;
before(async () => {
  lab = await startLab({ now: () => clockMs });
});
afterEach(() => {
  lab.gateway.errors.length = 0;
});
after(() => lab.stop());

function call(path: string, headers: Record<string, string> = {}, sending: Sending = {}): Promise<Answer> {
  return send(lab, `${lab.gateway.origin}${path}`, { ...sending, headers });
}

function keyOf(name = 'practice', which: 'primaryKey' | 'secondaryKey' = 'primaryKey'): string {
  return lab.gateway.subscriptions.find((subscription) => subscription.name === name)?.[which] ?? '';
}

async function bearer(token: string | Promise<string> = lab.mint.accessTokenV2()): Promise<Record<string, string>> {
  return { [KEY_HEADER]: keyOf(), Authorization: `Bearer ${await token}` };
}

function lastReason(): string | undefined {
  return lab.gateway.errors.at(-1)?.reason;
}

function apiCalled(id: string): GatewayApi {
  const api = lab.gateway.apis.find((candidate) => candidate.id === id);
  assert.ok(api);
  return api;
}

/** Calls an API while its policy says something else. */
async function withDocument(id: string, policy: string, headers: Record<string, string>): Promise<Answer> {
  const api = apiCalled(id);
  const before = api.policy;
  api.policy = policy;
  try {
    return await call(`/${id}/orders`, headers);
  } finally {
    api.policy = before;
  }
}

/** Calls the Orders API while its validate-jwt says something else. */
function withPolicy(wish: ValidateJwtWish, headers: Record<string, string>): Promise<Answer> {
  const policies = [
    ordersTokenPolicy(lab.origin, wish),
    setHeaderPolicy('x-functions-key', '{{orders-functions-key}}'),
  ];
  return withDocument('orders', policyDocument(policies), headers);
}

test('key and token lead to the backend, which gets its own key and does not show it', async () => {
  const answer = await call('/orders/orders/7?x=1', await bearer());
  assert.equal(answer.status, 200);
  const { function: name, received } = JSON.parse(answer.text) as {
    function: string;
    received: { path: string; query: string; headers: Record<string, string> };
  };
  assert.deepEqual([name, received.path, received.query], ['GetOrder', '/api/orders/7', '?x=1']);
  assert.equal(received.headers['x-functions-key'], '••••');
  assert.ok(!answer.text.includes(lab.functions.app.keys.host.default ?? '?'));
  assert.equal(received.headers.host, new URL(lab.functions.origin).host);
});

test('a body is passed on', async () => {
  const sending = { method: 'POST', body: '{"tea":1}' };
  const answer = await call('/open/orders', { 'Content-Type': 'application/json' }, sending);
  const { received } = JSON.parse(answer.text) as { received: { body: string } };
  assert.equal(received.body, '{"tea":1}');
});

test('no key: exact envelope and challenge', async () => {
  const answer = await call('/orders/orders');
  assert.deepEqual([answer.status, answer.text], [401, MISSING]);
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.equal(
    answer.headers['www-authenticate'],
    `AzureApiManagementKey realm="${lab.gateway.origin}/orders",name="Ocp-Apim-Subscription-Key",type="header"`,
  );
  assert.deepEqual(lab.gateway.errors.at(-1), {
    source: 'authorization',
    reason: 'SubscriptionKeyNotFound',
    api: 'orders',
  });
});

test('a wrong, suspended or foreign key, or one under another name', async () => {
  for (const key of ['wrong', keyOf('suspended'), keyOf('stock-only')]) {
    const answer = await call('/orders/orders', { [KEY_HEADER]: key });
    assert.deepEqual([answer.status, answer.text], [401, INVALID]);
    assert.match(String(answer.headers['www-authenticate']), /^AzureApiManagementKey /);
  }
  assert.equal((await call('/orders/orders', { 'X-Api-Key': keyOf() })).text, MISSING);
  assert.equal((await call('/stock/orders', { 'X-Api-Key': keyOf() })).status, 200);
  const renamed = await call('/stock/orders', { [KEY_HEADER]: keyOf() });
  assert.match(String(renamed.headers['www-authenticate']), /name="X-Api-Key"/);
});

test('the query is looked at only without the header; both keys of a subscription open', async () => {
  const query = `/stock/orders?api-key=${keyOf('stock-only', 'secondaryKey')}`;
  assert.equal((await call(query)).status, 200);
  assert.equal((await call(query, { 'X-Api-Key': 'wrong' })).text, INVALID);
});

test('an open API needs no key and still refuses a wrong one', async () => {
  assert.equal((await call('/open/orders')).status, 200);
  assert.equal((await call('/open/orders', { [KEY_HEADER]: 'wrong' })).text, INVALID);
});

test('order: operation, key, policies', async () => {
  const unmatched = await call('/orders/elsewhere');
  assert.deepEqual([unmatched.status, unmatched.text], [404, '{ "statusCode": 404, "message": "Resource not found" }']);
  assert.equal((await call('/nowhere')).status, 404);
  assert.equal((await call('/ordersx')).status, 404);
  assert.equal((await call('/orders/orders', {}, { method: 'DELETE' })).status, 404);
  const token = { Authorization: `Bearer ${await lab.mint.accessTokenV2()}` };
  assert.equal((await call('/orders/orders', token)).text, MISSING);
  assert.equal((await call('/orders/orders', { [KEY_HEADER]: keyOf() })).text, jwtEnvelope('JWT not present.'));
});

function jwtEnvelope(message: string): string {
  return `{ "statusCode": 401, "message": "${message}" }`;
}

test('validate-jwt tells the caller little and the operator what it was', async () => {
  const hourAgo = { issuedSecAgo: 7200, lifetimeSec: 3600 };
  const tokens: [token: Promise<string>, reason: string][] = [
    [lab.mint.accessTokenV2(hourAgo), 'TokenExpired'],
    [lab.mint.accessTokenV2({ issuedSecAgo: -3600 }), 'TokenNotYetValid'],
    [lab.mint.accessTokenV2({ api: APPS.invoicesApi }), 'TokenAudienceNotAllowed'],
    [lab.mint.accessTokenV2({ tenant: FABRIKAM }), 'TokenIssuerNotAllowed'],
    [lab.mint.accessTokenV1({ payload: { aud: APPS.ordersApi.id } }), 'TokenIssuerNotAllowed'],
    [lab.mint.accessTokenV2({ scopes: ['Orders.Ping'] }), 'TokenClaimValueNotAllowed'],
    [lab.mint.appOnlyToken(), 'TokenClaimNotFound'],
    [lab.mint.graphToken(), 'TokenSignatureInvalid'],
    [lab.mint.genericToken(), 'TokenSignatureKeyNotFound'],
    [Promise.resolve('not.a.token'), 'JwtInvalid'],
  ];
  for (const [token, reason] of tokens) {
    const answer = await call('/orders/orders', await bearer(token));
    assert.deepEqual([answer.status, answer.text], [401, jwtEnvelope('Invalid JWT.')], reason);
    assert.equal(answer.headers['www-authenticate'], undefined);
    assert.equal(lastReason(), reason);
  }
});

test('it gives no skew unless told to', async () => {
  const justExpired = await bearer(lab.mint.accessTokenV2({ issuedSecAgo: 3605, lifetimeSec: 3600 }));
  assert.equal((await withPolicy({}, justExpired)).status, 401);
  assert.equal((await withPolicy({ attributes: { 'clock-skew': '300' } }, justExpired)).status, 200);
});

test('audiences, issuers, schemes, claims and headers are what the policy says', async () => {
  const other = await bearer(lab.mint.accessTokenV2({ api: APPS.invoicesApi }));
  assert.equal((await withPolicy({ audiences: [APPS.ordersApi.id, APPS.invoicesApi.id] }, other)).status, 200);
  const v1 = await bearer(lab.mint.accessTokenV1({ payload: { aud: APPS.ordersApi.id } }));
  assert.equal((await withPolicy({ issuers: [`${lab.origin}/${CONTOSO.id}/`] }, v1)).status, 200);

  const right = await bearer();
  const bothScopes = (attributes: Record<string, string>) =>
    claimElement('scp', ['Orders.Read', 'Orders.Write'], { separator: ' ', ...attributes });
  assert.equal((await withPolicy({ claims: [bothScopes({})] }, right)).status, 401);
  assert.equal((await withPolicy({ claims: [bothScopes({ match: 'any' })] }, right)).status, 200);

  const bare = { ...right, Authorization: String(right.Authorization).slice('Bearer '.length) };
  assert.equal((await withPolicy({}, bare)).status, 200);
  assert.equal(
    (await withPolicy({ attributes: { 'require-scheme': 'Bearer' } }, bare)).text,
    jwtEnvelope('JWT not present.'),
  );
  const elsewhere = { [KEY_HEADER]: keyOf(), 'X-Token': bare.Authorization };
  assert.equal((await withPolicy({ attributes: { 'header-name': 'X-Token' } }, elsewhere)).status, 200);
  assert.equal(
    (
      await withPolicy(
        { attributes: { 'header-name': 'X-Token' } },
        { ...elsewhere, 'X-Token': right.Authorization ?? '' },
      )
    ).status,
    401,
  );
});

test('an operator’s own status and message, and the last error in headers', async () => {
  const token = await lab.mint.accessTokenV2({ issuedSecAgo: 7200, lifetimeSec: 3600 });
  const answer = await call('/worded/orders', await bearer(token));
  assert.equal(answer.status, 403);
  assert.equal(answer.text, '{ "statusCode": 403, "message": "Unauthorized. Access token is missing or invalid." }');
  assert.deepEqual([answer.headers.errorsource, answer.headers.errorreason], ['validate-jwt', 'TokenExpired']);
});

test('the refusals of a backend come through as they are', async () => {
  const key = { [KEY_HEADER]: keyOf() };
  const keyless = await call('/keyless/orders', key);
  assert.deepEqual([keyless.status, keyless.text, keyless.headers['www-authenticate']], [401, '', undefined]);

  const easyAuth = await call('/easyauth/orders', key);
  assert.equal(easyAuth.status, 401);
  assert.match(String(easyAuth.headers['www-authenticate']), /^Bearer realm=".*" authorization_uri=/);
  const token = await lab.mint.accessTokenV2({ api: APPS.ordersEasyAuth });
  assert.equal((await call('/easyauth/orders', await bearer(token))).status, 200);

  assert.equal((await call('/own/orders', key)).text, '{"ok":false,"reason":"no_token"}');
  assert.deepEqual(lab.gateway.errors, []);
});

test('set-header overrides, skips, appends, deletes; check-header checks', async () => {
  const policy = policyDocument([
    checkHeaderPolicy('X-Gate', ['open'], 418, 'Not so.'),
    setHeaderPolicy('X-One', 'set'),
    setHeaderPolicy('X-Two', 'set', 'skip'),
    setHeaderPolicy('X-Three', 'set', 'append'),
    setHeaderPolicy('X-Four', undefined, 'delete'),
    setHeaderPolicy('x-functions-key', '{{orders-functions-key}}'),
  ]);
  const headers = { 'X-Gate': 'open', 'X-One': 'sent', 'X-Two': 'sent', 'X-Three': 'sent', 'X-Four': 'sent' };
  const passed = await withDocument('open', policy, headers);
  const refused = await withDocument('open', policy, { ...headers, 'X-Gate': 'shut' });
  const { received } = JSON.parse(passed.text) as { received: { headers: Record<string, string> } };
  const names = ['x-one', 'x-two', 'x-three', 'x-four'];
  assert.deepEqual(
    names.map((name) => received.headers[name]),
    ['set', 'sent', 'sent, set', undefined],
  );
  assert.deepEqual([refused.status, refused.text], [418, '{ "statusCode": 418, "message": "Not so." }']);
});

test('a rate limit counts calls with a key, until its period is over', async () => {
  const key = { [KEY_HEADER]: keyOf() };
  assert.equal((await call('/limited/orders', key)).status, 200);
  assert.equal((await call('/limited/orders', key)).status, 200);
  clockMs += 10_500;
  const limited = await call('/limited/orders', key);
  assert.equal(limited.status, 429);
  assert.equal(limited.headers['retry-after'], '20');
  assert.equal(limited.text, '{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 20 seconds." }');
  clockMs += 20_000;
  assert.equal((await call('/limited/orders', key)).status, 200);
});

test('a backend that cuts the connection is a 500 of the gateway', async () => {
  lab.functions.faults.script({ path: '*', times: 1, action: { do: 'destroy' } });
  const answer = await call('/open/orders');
  assert.equal(answer.status, 500);
  const { statusCode, message } = JSON.parse(answer.text) as Record<string, unknown>;
  assert.deepEqual([statusCode, message], [500, 'Internal server error']);
});

test('the other token policy: the tenant’s tokens of either version, of listed clients', async () => {
  const statusOf = async (token: Promise<string>) => (await call('/entra/orders', await bearer(token))).status;
  assert.equal(await statusOf(lab.mint.accessTokenV2()), 200);
  assert.equal(await statusOf(lab.mint.accessTokenV1({ payload: { aud: APPS.ordersApi.id } })), 200);
  assert.equal(await statusOf(lab.mint.accessTokenV2({ tenant: FABRIKAM })), 401);
  assert.equal(await statusOf(lab.mint.accessTokenV2({ client: APPS.practiceClient })), 401);
  assert.deepEqual(
    [lab.gateway.errors.at(-1)?.source, lastReason()],
    ['validate-azure-ad-token', 'TokenClaimValueNotAllowed'],
  );
});

test('a quota is a 403, an address and a header that are not listed are what the policy says', async () => {
  const key = { [KEY_HEADER]: keyOf() };
  await call('/quota/orders', key);
  await call('/quota/orders', key);
  const out = await call('/quota/orders', key);
  assert.deepEqual([out.status, lastReason()], [403, 'QuotaExceeded']);
  assert.match(out.text, /Out of call volume quota\. Quota will be replenished in (00:59:\d\d|01:00:00)\./);
  assert.equal((await call('/filtered/orders', key)).status, 403);
  assert.equal(lastReason(), 'CallerIpNotAllowed');
  assert.equal((await call('/checked/orders', key)).status, 403);
  assert.equal(lastReason(), 'HeaderNotFound');
  assert.equal((await call('/checked/orders', { ...key, 'X-Client': 'portal' })).status, 200);
});

test('cors answers a preflight before anything else, and what matches no origin by an empty 200', async () => {
  const preflight = (origin: string) =>
    call('/browser/orders', { Origin: origin, 'Access-Control-Request-Method': 'GET' }, { method: 'OPTIONS' });
  const granted = await preflight(PORTAL_ORIGIN);
  assert.deepEqual([granted.status, granted.headers['access-control-allow-origin']], [200, PORTAL_ORIGIN]);
  const refused = await preflight('https://other.example');
  assert.deepEqual(
    [refused.status, refused.text, refused.headers['access-control-allow-origin']],
    [200, '', undefined],
  );
  const right = await bearer();
  const unmatched = await call('/browser/orders', { ...right, Origin: 'https://other.example' });
  assert.deepEqual([unmatched.status, unmatched.text], [200, '']);
  assert.match((await call('/browser/orders', { ...right, Origin: PORTAL_ORIGIN })).text, /ListOrders/);
  // Without a cors policy OPTIONS is an operation nobody defined.
  assert.equal((await call('/orders/orders', {}, { method: 'OPTIONS' })).status, 404);
});

test('the gateway’s own identity replaces the caller’s token: before validate-jwt it is what is looked at', async () => {
  const answer = await call('/identity/orders', await bearer());
  assert.deepEqual([answer.status, answer.text], [401, '{"ok":false,"reason":"token_rejected"}']);
  assert.equal((await call('/replaced/orders', await bearer())).text, jwtEnvelope('Invalid JWT.'));
  assert.equal(lastReason(), 'TokenAudienceNotAllowed');
});

test('a backend’s credential that is wrong, and two where one is allowed', async () => {
  assert.equal((await call('/wrong-key/orders', { [KEY_HEADER]: keyOf() })).status, 401);
  const twice = await call('/workflow/invoke', await bearer(), { method: 'POST' });
  assert.equal(twice.status, 401);
  assert.match(twice.text, /DirectApiRequestHasMoreThanOneAuthorization/);
});

test('a policy that is no XML, or names a policy or value the lab does not have, is not served', async () => {
  for (const policy of [
    '<policies>',
    '<fragment />',
    policyDocument(['<quota-by-key />']),
    policyDocument(['{{x}}']),
  ]) {
    await assert.rejects(withDocument('open', policy, {}));
  }
});
