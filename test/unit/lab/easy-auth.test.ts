import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { openSite } from '../../lab/apps/app-service.ts';
import { APPS, CONTOSO, FABRIKAM } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { TOKEN_FAULTS, type TokenFault } from '../../lab/token-faults.ts';
import type { TokenWishes } from '../../lab/token-mint.ts';
import type { Answer } from './lab-client.ts';
import { send } from './sign-in-client.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let clockMs = Date.now();
let lab: Lab;
let asMade: Lab['easyAuth']['settings'];
before(async () => {
  lab = await startLab({ now: () => clockMs });
  asMade = structuredClone(lab.easyAuth.settings);
});
afterEach(() => {
  Object.assign(lab.easyAuth.settings, structuredClone(asMade));
  Object.assign(lab.easyAuth.site, openSite());
});
after(() => lab.stop());

const aad = () => lab.easyAuth.settings.identityProviders.azureActiveDirectory;

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
  aad().registration.clientId = APPS.ordersApi.id;
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
  aad().validation.defaultAuthorizationPolicy.allowedPrincipals.identities = [CONTOSO.users[1].id];
  assert.equal(await statusWith(), 403);
  assert.equal(await statusWith({ user: CONTOSO.users[1] }), 200);
});

test('the client id is always an audience, others must be listed to the letter', async () => {
  const uri = `${APPS.ordersEasyAuth.appIdUri}/`;
  assert.equal(await statusWith({ payload: { aud: uri } }), 401);
  aad().validation.allowedAudiences.push(uri);
  assert.equal(await statusWith({ payload: { aud: uri } }), 200);
});

test('what nobody gets depends on the action', async () => {
  const { globalValidation, platform } = lab.easyAuth.settings;
  globalValidation.unauthenticatedClientAction = 'Return403';
  assert.equal((await call()).status, 403);
  globalValidation.unauthenticatedClientAction = 'AllowAnonymous';
  assert.equal((await call()).status, 200);
  assert.equal((await call('rubbish')).status, 401);
  globalValidation.unauthenticatedClientAction = 'RedirectToLoginPage';
  assert.equal((await call()).status, 401);
  const browser = await call(undefined, { Accept: 'text/html,*/*' });
  assert.equal(browser.status, 302);
  assert.ok(browser.headers.location?.startsWith(`${lab.origin}/${CONTOSO.id}/oauth2/v2.0/authorize?`));
  globalValidation.unauthenticatedClientAction = 'Return401';
  globalValidation.excludedPaths = ['/api/orders'];
  assert.equal((await call()).status, 200);
  platform.enabled = false;
  assert.equal((await call()).headers['x-ms-middleware-request-id'], undefined);
});

test('on Windows the body says it in 58 characters and the v1 endpoint is named', async () => {
  lab.easyAuth.site.os = 'windows';
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

test('what App Service makes itself lets in only tokens the app itself got', async () => {
  aad().validation.defaultAuthorizationPolicy.allowedApplications = [APPS.ordersEasyAuth.id];
  assert.equal(await statusWith(), 403);
  assert.equal(await statusWith({ client: APPS.ordersEasyAuth }), 200);
});

test('principals: one of identities and groups is enough; claim checks come on top', async () => {
  const { validation } = aad();
  const { allowedPrincipals } = validation.defaultAuthorizationPolicy;
  allowedPrincipals.identities = ['nobody'];
  allowedPrincipals.groups = ['g-1'];
  assert.equal(await statusWith(), 403);
  assert.equal(await statusWith({ payload: { groups: ['g-1'] } }), 200);
  validation.jwtClaimChecks = { allowedClientApplications: ['somebody else'] };
  assert.equal(await statusWith({ payload: { groups: ['g-1'] } }), 403);
});

test('a token that is posted opens a session, for X-ZUMO-AUTH, for eight hours and for this site', async () => {
  const login = (body: object) =>
    send(lab, `${lab.easyAuth.origin}/.auth/login/aad`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal((await login({ access_token: await lab.mint.graphToken() })).status, 401);
  const other = await lab.mint.accessTokenV2({ api: APPS.ordersEasyAuth, client: APPS.practiceClient });
  assert.equal((await login({ access_token: other })).status, 403);
  const right = await login({ access_token: await lab.mint.accessTokenV2({ api: APPS.ordersEasyAuth }) });
  const { authenticationToken } = JSON.parse(right.text) as { authenticationToken: string };
  const session = { 'X-ZUMO-AUTH': authenticationToken };
  assert.equal((await call(undefined, session)).status, 200);
  assert.equal((await call(undefined, session, '/.auth/me')).status, 200);
  assert.equal((await call(undefined, { 'X-ZUMO-AUTH': `${authenticationToken}x` })).status, 401);
  clockMs += 9 * 3_600_000;
  assert.equal((await call(undefined, session)).status, 401);
  clockMs -= 9 * 3_600_000;

  const cookie = { Cookie: `AppServiceAuthSession=${authenticationToken}`, Origin: 'https://shop.example' };
  const post = () => send(lab, `${lab.easyAuth.origin}/api/orders`, { method: 'POST', headers: cookie });
  const forged = await post();
  assert.deepEqual([forged.status, forged.text], [403, '']);
  assert.match(String(forged.headers['x-ms-middleware-request-id']), GUID);
  lab.easyAuth.settings.login.allowedExternalRedirectUrls = ['https://shop.example'];
  assert.equal((await post()).status, 200);
});

test('before anybody is asked who he is: stopped, address, client certificate, preflight', async () => {
  const { site } = lab.easyAuth;
  const { siteConfig } = site;
  const preflight = () =>
    send(lab, `${lab.easyAuth.origin}/api/orders`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'GET' },
    });
  assert.equal((await preflight()).status, 401);
  siteConfig.cors.allowedOrigins = ['https://shop.example'];
  const granted = await preflight();
  assert.deepEqual([granted.status, granted.headers['access-control-allow-origin']], [200, 'https://shop.example']);

  site.clientCertEnabled = true;
  assert.equal((await call()).status, 403);
  siteConfig.ipSecurityRestrictions = [{ ipAddress: '203.0.113.9', action: 'Allow' }];
  const forbidden = await call();
  assert.deepEqual([forbidden.status, forbidden.headers['x-ms-forbidden-ip']], [403, '127.0.0.1']);
  assert.match(forbidden.text, /has blocked your access/);
  site.state = 'Stopped';
  assert.match((await call()).text, /This web app is stopped/);
});
