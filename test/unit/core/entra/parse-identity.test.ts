import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProfileOrigin } from '../../../../src/core/entra/api-profile.ts';
import type { Identity } from '../../../../src/core/entra/identity.ts';
import { parseApiProfile } from '../../../../src/core/entra/parse-api-profile.ts';
import { API_ID, CLIENT_ID, TENANT } from '../entra-fixture.ts';

const scopes = ['api://orders/Orders.Read'];
const client = { clientId: CLIENT_ID, scopes };

function parse(identities: unknown, profile: object = { tenant: TENANT }, origin: ProfileOrigin = 'user') {
  return parseApiProfile('orders', { ...profile, identities }, origin);
}

function identityIn(written: unknown, profile?: object): Identity | undefined {
  const parsed = parse({ me: client, it: written }, profile);
  return parsed.ok ? parsed.profile.identities?.it : undefined;
}

function faultsOf(written: unknown, profile?: object, origin?: ProfileOrigin): string[] {
  const parsed = parse({ me: client, app: { signIn: 'clientSecret', ...client }, it: written }, profile, origin);
  return parsed.ok ? [] : parsed.faults.map(({ path }) => path.replace('orders.identities.it', 'it'));
}

test('each way to sign in is read', () => {
  const certificate = { path: '/home/me/orders.pem' };
  const ways: Identity[] = [
    { signIn: 'browser', ...client, loginHint: 'me@contoso.com', tenant: 'fabrikam.com' },
    { signIn: 'deviceCode', ...client },
    { signIn: 'vscode', scopes },
    { signIn: 'vscode', ...client },
    { signIn: 'clientSecret', ...client },
    { signIn: 'clientCertificate', ...client, certificate },
    { signIn: 'azureCli', scopes, tenant: TENANT },
    { signIn: 'pasted' },
    { signIn: 'pasted', expect: 'managedIdentity' },
  ];
  for (const way of ways) assert.deepEqual(identityIn(way), way);
});

test('the browser is what is meant where it does not say', () =>
  assert.deepEqual(identityIn(client), { signIn: 'browser', ...client }));

test('on-behalf-of asks for its scope as the API of the profile', () => {
  const written = { signIn: 'onBehalfOf', from: 'me', scope: 'api://stock/Read api://stock/Write' };
  const read = { signIn: 'onBehalfOf', from: 'me', scopes: ['api://stock/Read', 'api://stock/Write'] };
  assert.deepEqual(identityIn(written, { tenant: TENANT, appId: API_ID }), { ...read, clientId: API_ID });
  assert.deepEqual(identityIn({ ...written, clientId: CLIENT_ID }), { ...read, clientId: CLIENT_ID });
  assert.deepEqual(faultsOf(written), ['it.clientId']);
});

test('on-behalf-of starts from another identity that gets a user’s token', () => {
  for (const from of ['it', 'app', 'nobody', 'toString']) {
    assert.deepEqual(faultsOf({ signIn: 'onBehalfOf', clientId: CLIENT_ID, from, scope: 'api://stock/Read' }), [
      'it.from',
    ]);
  }
});

test('a fault names the member', () => {
  const cases: [written: unknown, path: string][] = [
    [{ signIn: 'magic', ...client }, 'it.signIn'],
    ['browser', 'it'],
    [{ scopes }, 'it.clientId'],
    [{ clientId: CLIENT_ID }, 'it.scopes'],
    [{ clientId: 'me', scopes }, 'it.clientId'],
    [{ ...client, scopes: [] }, 'it.scopes'],
    [{ ...client, scopes: ['a\nb'] }, 'it.scopes.0'],
    [{ ...client, tenant: 'con toso' }, 'it.tenant'],
    [{ ...client, secret: 'x' }, 'it.secret'],
    [{ signIn: 'clientSecret', ...client, secret: 'x' }, 'it.secret'],
    [{ signIn: 'clientCertificate', ...client }, 'it.certificate'],
    [{ signIn: 'clientCertificate', ...client, certificate: {} }, 'it.certificate.path'],
    [{ signIn: 'pasted', token: 'x' }, 'it.token'],
    [{ signIn: 'pasted', expect: 'miracles' }, 'it.expect'],
  ];
  for (const [written, path] of cases) assert.deepEqual(faultsOf(written), [path], JSON.stringify(written));
});

test('files and programs are for user settings only', () => {
  const certificate = { path: '/home/me/orders.pem' };
  const exchange = { signIn: 'onBehalfOf', clientId: CLIENT_ID, from: 'me', scope: 'api://stock/Read' };
  for (const [written, path] of [
    [{ signIn: 'azureCli', scopes }, 'it.signIn'],
    [{ signIn: 'clientCertificate', ...client, certificate }, 'it.certificate'],
    [{ ...exchange, certificate }, 'it.certificate'],
  ] as const) {
    assert.deepEqual(faultsOf(written), []);
    for (const origin of ['workspace', 'folder'] as const) {
      assert.deepEqual(faultsOf(written, undefined, origin), [path]);
    }
  }
  assert.deepEqual(faultsOf(exchange, undefined, 'workspace'), []);
});

test('an application signs in to one tenant', () => {
  const app = { signIn: 'clientSecret', ...client };
  const parsed = parse({ app }, { tenant: 'organizations' });
  assert.ok(!parsed.ok);
  assert.deepEqual(
    parsed.faults.map(({ path }) => path),
    ['orders.identities.app.tenant'],
  );
  assert.ok(parse({ app: { ...app, tenant: TENANT } }, { tenant: 'organizations' }).ok);
});

test('a tenant of its own needs a profile that says its tenant', () => {
  const parsed = parse({ me: { ...client, tenant: TENANT } }, { authority: 'https://id.example' });
  assert.ok(!parsed.ok);
});
