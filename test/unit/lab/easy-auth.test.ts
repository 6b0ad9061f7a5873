import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { APPS, CONTOSO, FABRIKAM } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { TOKEN_FAULTS, type TokenFault } from '../../lab/token-faults.ts';
import type { TokenWishes } from '../../lab/token-mint.ts';
import type { Answer } from './lab-client.ts';
import { send } from './sign-in-client.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let lab: Lab;
let asMade: Lab['easyAuth']['settings'];
before(async () => {
  lab = await startLab();
  asMade = structuredClone(lab.easyAuth.settings);
});
afterEach(() => void Object.assign(lab.easyAuth.settings, structuredClone(asMade)));
after(() => lab.stop());

function call(token?: string, headers: Record<string, string> = {}, path = '/api/orders'): Promise<Answer> {
  const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return send(lab, `${lab.easyAuth.origin}${path}`, { headers: { ...headers, ...authorization } });
}

async function statusWith(wishes: TokenWishes = {}): Promise<number> {
  return (await call(await lab.mint.accessTokenV2({ api: APPS.ordersEasyAuth, ...wishes }))).status;
}

test('without a token: an empty 401 whose challenge names tenant and client, parameters apart by spaces', async () => {
  const answer = await call();
  const { host } = new URL(lab.easyAuth.origin);
  assert.deepEqual([answer.status, answer.text], [401, '']);
  assert.equal(
    answer.headers['www-authenticate'],
    `Bearer realm="${host}" authorization_uri="${lab.origin}/${CONTOSO.id}/oauth2/v2.0/authorize" resource_id="${APPS.ordersEasyAuth.id}"`,
  );
  assert.equal(answer.headers.server, 'Kestrel');
  assert.match(String(answer.headers['x-ms-middleware-request-id']), GUID);
});

test('a right token passes, and the app is told who it is', async () => {
  const token = await lab.mint.accessTokenV2({ api: APPS.ordersEasyAuth });
  const answer = await call(token, { 'X-MS-CLIENT-PRINCIPAL-NAME': 'somebody else', 'x-ms-token-aad-id-token': 'x' });
  assert.equal(answer.status, 200);
  assert.match(String(answer.headers['x-ms-middleware-request-id']), GUID);
  const { headers } = (JSON.parse(answer.text) as { received: { headers: Record<string, string> } }).received;
  assert.equal(headers['x-ms-client-principal-name'], CONTOSO.users[0].userName);
  assert.equal(headers['x-ms-token-aad-id-token'], undefined);
});

test('who it cannot tell is 401: expired, other audience, tenant, version; Graph', async () => {
  assert.equal(await statusWith(), 200);
  assert.equal(await statusWith({ issuedSecAgo: 7200, lifetimeSec: 3600 }), 401);
  assert.equal(await statusWith({ api: APPS.ordersApi }), 401);
  assert.equal(await statusWith({ tenant: FABRIKAM }), 401);
  assert.equal((await call(await lab.mint.accessTokenV1({ api: APPS.ordersEasyAuth }))).status, 401);
  const graph = await call(await lab.mint.graphToken());
  assert.deepEqual([graph.status, graph.text], [401, '']);
  assert.match(String(graph.headers['www-authenticate']), /^Bearer realm=/);
});

test('it takes five minutes of skew', async () => {
  assert.equal(await statusWith({ issuedSecAgo: 3800, lifetimeSec: 3600 }), 200);
  assert.equal(await statusWith({ issuedSecAgo: 3960, lifetimeSec: 3600 }), 401);
});

test('no faulty token of the mint gets in', async () => {
  lab.easyAuth.settings.clientId = APPS.ordersApi.id;
  assert.equal(await statusWith({ api: APPS.ordersApi }), 200);
  // Scopes are the app's own business, claims may say anything as long as they are signed, and nobody in .NET or
  // jsonwebtoken reads `crit`. An oversized token is too much for the server's headers.
  const passing: TokenFault[] = ['missingScope', 'hostileClaims', 'unknownCritical'];
  const faults = (Object.keys(TOKEN_FAULTS) as TokenFault[]).filter((fault) => fault !== 'oversized');
  const statuses = await Promise.all(
    faults.map(async (fault) => [fault, (await call(await TOKEN_FAULTS[fault](lab.mint))).status] as const),
  );
  const passed = statuses.filter(([, status]) => status === 200).map(([fault]) => fault);
  assert.deepEqual(passed.sort(), passing.sort());
  for (const [fault, status] of statuses) assert.ok([200, 401, 403].includes(status), fault);
});

test('whom its policy leaves out is an empty 403', async () => {
  const answer = await call(await lab.mint.accessTokenV2({ api: APPS.ordersEasyAuth, client: APPS.practiceClient }));
  assert.deepEqual([answer.status, answer.text, answer.headers['www-authenticate']], [403, '', undefined]);
  assert.match(String(answer.headers['x-ms-middleware-request-id']), GUID);
  lab.easyAuth.settings.allowedIdentities = [CONTOSO.users[1].id];
  assert.equal(await statusWith(), 403);
  assert.equal(await statusWith({ user: CONTOSO.users[1] }), 200);
});

test('the client id is always an audience, others must be listed to the letter', async () => {
  const uri = `${APPS.ordersEasyAuth.appIdUri}/`;
  assert.equal(await statusWith({ payload: { aud: uri } }), 401);
  lab.easyAuth.settings.allowedAudiences.push(uri);
  assert.equal(await statusWith({ payload: { aud: uri } }), 200);
});

test('what nobody gets depends on the action', async () => {
  const { settings } = lab.easyAuth;
  settings.unauthenticatedClientAction = 'Return403';
  assert.equal((await call()).status, 403);
  settings.unauthenticatedClientAction = 'AllowAnonymous';
  assert.equal((await call()).status, 200);
  assert.equal((await call('rubbish')).status, 401);
  settings.unauthenticatedClientAction = 'RedirectToLoginPage';
  assert.equal((await call()).status, 401);
  const browser = await call(undefined, { Accept: 'text/html,*/*' });
  assert.equal(browser.status, 302);
  assert.ok(browser.headers.location?.startsWith(`${lab.origin}/${CONTOSO.id}/oauth2/v2.0/authorize?`));
  settings.unauthenticatedClientAction = 'Return401';
  settings.excludedPaths = ['/api/orders'];
  assert.equal((await call()).status, 200);
  settings.enabled = false;
  assert.equal((await call()).headers['x-ms-middleware-request-id'], undefined);
});

test('on Windows the body says it in 58 characters and the v1 endpoint is named', async () => {
  lab.easyAuth.settings.platform = 'windows';
  const { headers, text } = await call();
  assert.equal(headers['content-length'], '58');
  assert.equal(text, 'You do not have permission to view this directory or page.');
  assert.equal(headers['content-type'], 'text/html');
  assert.match(String(headers['www-authenticate']), /\/oauth2\/authorize"/);
});

test('behind Easy Auth a function key is still asked for', async () => {
  const token = await lab.mint.accessTokenV2({ api: APPS.ordersEasyAuth });
  const key = lab.easyAuth.app.keys.host.default ?? '';
  const bare = await call(token, {}, '/api/export');
  assert.deepEqual([bare.status, bare.headers['www-authenticate']], [401, undefined]);
  assert.equal((await call(token, { 'x-functions-key': key }, '/api/export')).status, 200);
  assert.equal((await call(undefined, { 'x-functions-key': key }, '/api/export')).status, 401);
});

test('hidden and rotated keys count at once', async () => {
  const rotated = await lab.rotateKeys();
  assert.equal(await statusWith(), 200);
  lab.keys.shared.hide(rotated.kid);
  assert.equal(await statusWith(), 401);
  lab.keys.shared.show(rotated.kid);
});
