import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { practiceValidators, REQUIRED_ROLE, VALIDATORS, type Validator } from '../../lab/apps/validators.ts';
import { APPS, FABRIKAM } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { send } from './sign-in-client.ts';

let lab: Lab;
let token: string;
before(async () => {
  lab = await startLab();
  const { requiredGroup } = practiceValidators();
  token = await lab.mint.accessTokenV2({ roles: [REQUIRED_ROLE], payload: { groups: [requiredGroup] } });
});
afterEach(() => void Object.assign(lab.world.validators.settings, practiceValidators()));
after(() => lab.stop());

async function call(url: string, bearer?: string | Promise<string>, headers: Record<string, string> = {}) {
  const authorization = bearer === undefined ? {} : { Authorization: `Bearer ${await bearer}` };
  const answer = await send(lab, url, { headers: { ...headers, ...authorization } });
  return { ...answer, challenge: answer.headers['www-authenticate'] };
}

const at = (name: Validator, bearer?: string | Promise<string>) =>
  call(`${lab.world.validators.origin}/${name}/orders`, bearer);

test('each validator lets a right token in and refuses others in its own words', async () => {
  for (const name of VALIDATORS) {
    assert.match((await at(name, token)).text, /received|orders/, name);
    const none = await at(name);
    assert.equal(none.status, name === 'graphql' ? 200 : 401, name);
  }
  const expired = lab.mint.accessTokenV2({ issuedSecAgo: 9000, lifetimeSec: 60 });
  assert.match(String((await at('aspnet', expired)).challenge), /error_description="The token expired at '/);
  assert.equal((await at('aspnet')).challenge, 'Bearer');
  const other = lab.mint.accessTokenV2({ api: APPS.invoicesApi });
  assert.match(String((await at('aspnet', other)).challenge), /The audience '.+' is invalid/);
  const foreign = lab.mint.accessTokenV2({ tenant: FABRIKAM });
  assert.match(String((await at('aspnet', foreign)).challenge), /The issuer '.+' is invalid/);
  assert.match((await at('jose', expired)).text, /ERR_JWT_EXPIRED/);
  assert.match((await at('pyjwt', other)).text, /Audience doesn't match/);
});

test('who is let in and may not: 403, a 401 that means it, or an error in a 200', async () => {
  const pinging = await lab.mint.accessTokenV2({ scopes: ['Orders.Ping'] });
  assert.equal((await at('aspnet', pinging)).status, 403);
  assert.match((await at('identity-web', pinging)).text, /^IDW10203/);
  const bare = lab.mint.appOnlyToken({ roles: [] });
  assert.match((await at('identity-web', bare)).text, /^IDW10201/);
  assert.equal((await at('hand-written', pinging)).status, 401);
  const graphql = await at('graphql', pinging);
  assert.equal(graphql.status, 200);
  assert.match(graphql.text, /"code":"FORBIDDEN"/);
});

test('groups that did not fit into the token, roles under another name, a pipeline, a metadata address, a scheme', async () => {
  const overage = lab.mint.accessTokenV2({
    payload: {
      _claim_names: { groups: 'src1' },
      _claim_sources: { src1: { endpoint: 'https://graph.windows.net/x/users/y/getMemberObjects' } },
    },
  });
  assert.equal((await at('groups', overage)).status, 403);
  const { settings } = lab.world.validators;
  settings.roleClaimType = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role';
  assert.equal((await at('roles', token)).status, 403);
  settings.schemeCollides = true;
  const collision = await at('in-process', token);
  assert.equal(collision.status, 401);
  assert.match(collision.text, /IDX10231/);
  settings.reachesMetadata = false;
  assert.match((await at('aspnet', token)).text, /IDX20803/);
  settings.authenticates = false;
  assert.deepEqual([(await at('aspnet', token)).status, (await at('aspnet', token)).challenge], [401, 'Bearer']);
});

test('the edge blocks what its rules find, and marks what it passes on', async () => {
  const { origin, edge } = lab.frontDoor;
  const passed = await call(`${origin}/open/orders`);
  assert.equal(passed.status, 200);
  assert.ok(passed.headers['x-azure-ref']);
  const blocked = await call(`${origin}/open/orders?q=%3Cscript%3E`);
  assert.equal(blocked.status, 403);
  assert.match(blocked.text, /The request is blocked\./);
  edge.mode = 'Detection';
  assert.equal((await call(`${origin}/open/orders?q=%3Cscript%3E`)).status, 200);
});

test('a Static Web App owns the authentication of what it links', async () => {
  const direct = await call(`${lab.staticWebApp.linked.origin}/api/orders`, token);
  assert.equal(direct.status, 401);
  const through = await call(`${lab.staticWebApp.origin}/api/orders`, token);
  assert.equal(through.status, 200);
  const { received } = JSON.parse(through.text) as { received: { headers: Record<string, string> } };
  assert.notEqual(received.headers.authorization, `Bearer ${token}`);
  assert.ok(received.headers['x-ms-auth-token']);
  assert.equal((await call(`${lab.staticWebApp.origin}/api/admin`, token)).status, 401);
});

test('a trigger takes a signature or a token, and never both', async () => {
  const { origin, app } = lab.logicApp;
  const signed = `${origin}/invoke?sig=${app.signature}`;
  assert.equal((await call(signed)).status, 200);
  assert.equal((await call(`${origin}/invoke`, token)).status, 200);
  assert.match((await call(signed, token)).text, /DirectApiRequestHasMoreThanOneAuthorization/);
  assert.match((await call(`${origin}/invoke`)).text, /DirectApiAuthorizationRequired/);
  assert.match((await call(`${origin}/invoke`, lab.mint.accessTokenV1())).text, /MisMatchingOAuthClaims/);
});

test('what has moved is at another origin', async () => {
  const { status, headers } = await call(`${lab.world.moved.origin}/orders?x=1`, token);
  assert.deepEqual([status, headers.location], [307, `${lab.world.ownCheck.origin}/orders?x=1`]);
});
