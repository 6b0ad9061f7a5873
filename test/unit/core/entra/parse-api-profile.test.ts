import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseApiProfile, parseClockSkew, parseTenantProfile } from '../../../../src/core/entra/parse-api-profile.ts';
import { API_ID, CLIENT_ID, LOGIN, TENANT } from '../entra-fixture.ts';

function faultsOf(entry: unknown): string[] {
  const parsed = parseApiProfile('orders', entry, 'user');
  return parsed.ok ? [] : parsed.faults.map(({ path }) => path);
}

test('a full entry becomes a profile', () => {
  const entry = {
    ...{
      tenant: TENANT,
      cloud: 'public',
      issuers: [`${LOGIN}/${TENANT}/v2.0`],
      allowedTenants: [TENANT],
      tokenVersions: [1, 2],
    },
    ...{
      appId: API_ID,
      appIdUri: 'api://orders',
      audiences: ['api://orders'],
      allowedClients: [CLIENT_ID],
      validator: 'pyjwt',
      clockSkewSec: 300,
    },
    accepts: [{ scopes: ['Orders.Read'] }, { roles: ['Orders.Read.All'] }],
  };
  const parsed = parseApiProfile('orders', entry, 'workspace');
  assert.ok(parsed.ok);
  const { tenant, cloud, accepts, ...same } = entry;
  assert.deepEqual(parsed.profile, {
    name: 'orders',
    origin: 'workspace',
    authority: { kind: 'entra', tenant, cloud, loginBase: LOGIN },
    ...same,
    accepts: [
      { scopes: ['Orders.Read'], roles: [] },
      { scopes: [], roles: ['Orders.Read.All'] },
    ],
  });
});

test('an empty list says as little as an absent one', () => {
  const lists = {
    issuers: [],
    allowedTenants: [],
    audiences: [],
    allowedClients: [],
    accepts: [],
    tokenVersions: [],
  };
  const parsed = parseApiProfile('orders', { tenant: TENANT, ...lists }, 'user');
  assert.ok(parsed.ok);
  assert.deepEqual(Object.keys(parsed.profile), ['name', 'origin', 'authority']);
});

test('every fault is named by its path', () => {
  const entry = {
    tenant: 'con toso',
    tokenVersions: [2, 3],
    appId: 'x',
    accepts: [{ scope: 'a' }],
    clockSkewSec: -1,
    validator: 'mine',
    audiences: [''],
  };
  const paths = ['accepts.0.scope', 'appId', 'audiences.0', 'clockSkewSec', 'tenant', 'tokenVersions.1', 'validator'];
  assert.deepEqual(
    faultsOf(entry).sort(),
    paths.map((path) => `orders.${path}`),
  );
});

test('an alternative must ask for something, by the short name of a scope', () => {
  assert.deepEqual(faultsOf({ tenant: TENANT, accepts: [{}] }), ['orders.accepts.0']);
  assert.deepEqual(faultsOf({ tenant: TENANT, accepts: [{ scopes: ['api://orders/Orders.Read'] }] }), [
    'orders.accepts.0.scopes.0',
  ]);
});

test('an alternative that lists nothing grants nothing, and is a fault of profile and operation alike', () => {
  const good = [{ scopes: ['Orders.Read'] }, { scopes: [], roles: ['Orders.Read.All'] }];
  for (const empty of [{ scopes: [] }, { roles: [] }, { scopes: [], roles: [] }]) {
    for (const before of [[], good]) {
      const accepts = [...before, empty];
      const path = `accepts.${before.length}`;
      assert.deepEqual(faultsOf({ tenant: TENANT, accepts }), [`orders.${path}`]);
      const operations = [{ name: 'list', method: 'GET', path: '/orders', accepts }];
      assert.deepEqual(faultsOf({ tenant: TENANT, operations }), [`orders.operations.0.${path}`]);
    }
  }
  assert.deepEqual(faultsOf({ tenant: TENANT, accepts: good }), []);
});

test('Entra’s clients are GUIDs, another issuer’s are what it says', () => {
  assert.deepEqual(faultsOf({ tenant: TENANT, allowedClients: ['web'] }), ['orders.allowedClients.0']);
  assert.deepEqual(faultsOf({ authority: 'https://id.example', allowedClients: ['web'] }), []);
});

test('a name with control characters is refused, and not repeated', () => {
  const parsed = parseApiProfile('orders\n\nset up by you', { tenant: TENANT }, 'workspace');
  assert.ok(!parsed.ok);
  assert.doesNotMatch(JSON.stringify(parsed.faults), /set up/);
});

test('a misspelt member is a fault, one that comes with a later feature is not', () => {
  assert.deepEqual(faultsOf({ tenant: TENANT, audience: API_ID }), ['orders.audience']);
  assert.deepEqual(faultsOf({ tenant: TENANT, baseUrl: 'https://x.example', identities: {} }), []);
});

test('who issues the tokens must be said, once', () => {
  assert.deepEqual(faultsOf({}), ['orders']);
  assert.deepEqual(faultsOf({ tenant: TENANT, authority: 'https://id.example' }), ['orders']);
  for (const entry of [null, [], 'text', 5]) assert.deepEqual(faultsOf(entry), ['orders']);
});

test('only https names an authority, metadata or another Entra', () => {
  for (const url of ['http://id.example', 'id.example', 'https://u:p@id.example', 'https://id.example/#x']) {
    assert.deepEqual(faultsOf({ authority: url }), ['orders.authority'], url);
    assert.deepEqual(faultsOf({ tenant: TENANT, metadata: url }), ['orders.metadata'], url);
    assert.deepEqual(faultsOf({ tenant: TENANT, cloud: url }), ['orders.cloud'], url);
  }
  assert.deepEqual(faultsOf({ tenant: TENANT, cloud: 'https://id.example/path' }), ['orders.cloud']);
  assert.deepEqual(faultsOf({ tenant: TENANT, cloud: 'azure' }), ['orders.cloud']);
});

test('a cloud given as URL is an Entra of no known cloud', () => {
  const parsed = parseApiProfile('orders', { tenant: TENANT, cloud: 'https://127.0.0.2:4443' }, 'user');
  assert.ok(parsed.ok);
  assert.deepEqual(parsed.profile.authority, { kind: 'entra', tenant: TENANT, loginBase: 'https://127.0.0.2:4443' });
});

test('faults never repeat what a setting says', () => {
  const parsed = parseApiProfile('orders', { tenant: 'hunter2 secret', appId: 'hunter2 secret' }, 'user');
  assert.ok(!parsed.ok);
  assert.doesNotMatch(JSON.stringify(parsed.faults), /hunter2/);
});

test('tenant and cloud alone make a profile without a name', () => {
  const parsed = parseTenantProfile('contoso.com', 'usgov', 'user');
  assert.ok(parsed.ok);
  const authority = {
    kind: 'entra',
    tenant: 'contoso.com',
    cloud: 'usgov',
    loginBase: 'https://login.microsoftonline.us',
  };
  assert.deepEqual(parsed.profile, { origin: 'user', authority });
  for (const [tenant, cloud] of [
    [5, 'public'],
    ['contoso.com', 5],
    ['contoso.com', ''],
  ]) {
    assert.equal(parseTenantProfile(tenant, cloud, 'user').ok, false);
  }
  const faulty = parseTenantProfile('contoso', 'moon', 'user');
  assert.ok(!faulty.ok);
  assert.deepEqual(
    faulty.faults.map(({ path }) => path),
    ['tenant', 'cloud'],
  );
});

test('a validator that is not known is none', () => {
  const parsed = parseApiProfile('orders', { tenant: TENANT, validator: 'unknown' }, 'user');
  assert.ok(parsed.ok && !('validator' in parsed.profile));
});

test('the usual tolerance is seconds, or null for not known', () => {
  assert.deepEqual(parseClockSkew(300), { ok: true, seconds: 300 });
  for (const none of [null, undefined]) assert.deepEqual(parseClockSkew(none), { ok: true });
  for (const wrong of ['300', -1, 86_401, Number.NaN, [], true]) assert.equal(parseClockSkew(wrong).ok, false);
});

test('files of the target are named inside the folder only', () => {
  const operation = { name: 'list', method: 'GET', path: '/', easyAuth: 'auth/settings.json' };
  const parsed = parseApiProfile(
    'orders',
    { tenant: TENANT, policy: 'policies/orders.xml', operations: [operation] },
    'user',
  );
  assert.ok(parsed.ok);
  assert.equal(parsed.profile.policy, 'policies/orders.xml');
  assert.equal(parsed.profile.operations?.[0]?.easyAuth, 'auth/settings.json');
  for (const path of ['/etc/passwd', '../other.xml', 'a/../../b', '~/x', 'C:/x', 'file:///x', 'a\\b', '', 5]) {
    assert.equal(parseApiProfile('orders', { tenant: TENANT, policy: path }, 'user').ok, false, String(path));
  }
});

test('only the user’s own settings share a profile with other extensions', () => {
  const read = (shareWithOtherExtensions: unknown, origin: 'user' | 'workspace' | 'folder') =>
    parseApiProfile('orders', { tenant: TENANT, shareWithOtherExtensions }, origin);
  const shared = read(true, 'user');
  assert.ok(shared.ok && shared.profile.isShared === true);
  for (const origin of ['workspace', 'folder'] as const) {
    const brought = read(true, origin);
    assert.ok(!brought.ok && brought.faults[0]?.path === 'orders.shareWithOtherExtensions');
  }
  for (const origin of ['user', 'workspace'] as const) {
    const own = read(false, origin);
    assert.ok(own.ok && !('isShared' in own.profile));
  }
  assert.equal(read('yes', 'user').ok, false);
});
