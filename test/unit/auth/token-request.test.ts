import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenRequestFor } from '../../../src/auth/token-request.ts';
import type { ApiProfile } from '../../../src/core/entra/api-profile.ts';
import { AZURE_CLI_CLIENT_ID, VSCODE_CLIENT_ID } from '../../../src/core/entra/identity.ts';

const LOGIN = 'https://login.microsoftonline.com';
const CLIENT = '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f';
const API = '33333333-aaaa-4bbb-8ccc-000000000003';
const scopes = ['api://orders/Orders.Read'];
const profile: ApiProfile = {
  name: 'orders',
  origin: 'user',
  authority: { kind: 'entra', loginBase: LOGIN, tenant: 'contoso.com', cloud: 'public' },
  identities: {
    me: { signIn: 'browser', clientId: CLIENT, scopes, loginHint: 'me@contoso.com' },
    guest: { signIn: 'deviceCode', clientId: CLIENT, scopes, tenant: 'fabrikam.com' },
    code: { signIn: 'vscode', scopes },
    az: { signIn: 'azureCli', scopes },
    pem: { signIn: 'clientCertificate', clientId: CLIENT, scopes, certificate: { path: '/orders.pem' } },
    behalf: { signIn: 'onBehalfOf', clientId: API, from: 'me', scopes: ['api://stock/Read'] },
    paste: { signIn: 'pasted', expect: 'managedIdentity' },
  },
};
const PURPOSE = JSON.stringify([`${LOGIN}/contoso.com`, '', '', [], [], [], 'managedIdentity']);
const asked = {
  authority: `${LOGIN}/contoso.com`,
  isCustomAuthority: false,
  cloud: 'public',
  clientId: CLIENT,
  scopes,
};
const me = { ...asked, signIn: 'browser', loginHint: 'me@contoso.com' };

for (const [name, expected] of Object.entries({
  me,
  guest: { ...asked, authority: `${LOGIN}/fabrikam.com`, signIn: 'deviceCode' },
  code: { ...asked, clientId: VSCODE_CLIENT_ID, signIn: 'vscode' },
  az: { ...asked, clientId: AZURE_CLI_CLIENT_ID, signIn: 'azureCli' },
  pem: { ...asked, signIn: 'clientCertificate', certificatePath: '/orders.pem' },
  behalf: { ...asked, clientId: API, scopes: ['api://stock/Read'], signIn: 'onBehalfOf', from: me, audiences: [] },
  paste: {
    ...asked,
    clientId: '',
    scopes: [],
    signIn: 'pasted',
    purpose: PURPOSE,
    label: 'orders · paste',
    goesTo: { api: [], exchange: [] },
    expect: 'managedIdentity',
  },
})) {
  test(`what ${name} asks for`, () => assert.deepEqual(tokenRequestFor(profile, name), expected));
}

test('an authority of no known cloud is taken as given', () => {
  const own: ApiProfile = { ...profile, authority: { kind: 'oidc', base: 'https://id.example/t' } };
  const { cloud, ...rest } = me;
  assert.deepEqual(tokenRequestFor(own, 'me'), { ...rest, authority: 'https://id.example/t', isCustomAuthority: true });
});

test('a pasted token is for an API and its addresses, whatever the names of profile and identity', () => {
  const paste: ApiProfile = {
    ...profile,
    ...{ appId: API, appIdUri: 'api://orders', audiences: ['a', 'b'], baseUrl: 'https://api.example/x' },
    identities: { job: { signIn: 'pasted' }, other: { signIn: 'pasted' } },
  };
  const purposeOf = (changes: Partial<ApiProfile>, name = 'job') => {
    const request = tokenRequestFor({ ...paste, ...changes }, name);
    assert.ok(request.signIn === 'pasted');
    return request.purpose;
  };
  const same: Partial<ApiProfile>[] = [
    ...[
      { name: 'another' },
      { origin: 'workspace' as const },
      { appId: API.toUpperCase() },
      { audiences: ['b', 'a', 'b'] },
    ],
    ...[{ baseUrl: 'https://api.example/y' }, { baseUrl: 'https://z.example', origins: ['https://api.example/'] }],
  ];
  for (const changes of same) assert.equal(purposeOf(changes), purposeOf({}), JSON.stringify(changes));
  assert.equal(purposeOf({}, 'other'), purposeOf({}));
  const different: Partial<ApiProfile>[] = [
    { identities: { job: { signIn: 'pasted' }, behalf: { signIn: 'onBehalfOf', clientId: API, from: 'job', scopes } } },
    { baseUrl: 'https://evil.example' },
    { origins: ['https://api.example', 'https://evil.example'] },
    { audiences: ['a'] },
    { appIdUri: 'api://stock' },
    { appId: CLIENT },
    { authority: { kind: 'entra', loginBase: LOGIN, tenant: 'fabrikam.com', cloud: 'public' } },
    { authority: { kind: 'oidc', base: 'https://idp.example/t' } },
    { identities: { job: { signIn: 'pasted', expect: 'managedIdentity' } } },
  ];
  const purposes = [{}, ...different].map((changes) => purposeOf(changes));
  assert.equal(new Set(purposes).size, purposes.length);
});

test('a pasted token goes to the addresses of its API, and to whoever exchanges it: wherever it is asked for', () => {
  const behalf = (from: string, tenant?: string) =>
    ({ signIn: 'onBehalfOf', clientId: API, from, scopes, ...(tenant ? { tenant } : {}) }) as const;
  const paste: ApiProfile = {
    ...profile,
    origins: ['https://api.example/', 'https://other.example'],
    identities: {
      job: { signIn: 'pasted' },
      one: behalf('job'),
      two: behalf('job', 'fabrikam.com'),
      me: { signIn: 'pasted' },
    },
  };
  const goesTo = (name: string) => {
    const request = tokenRequestFor(paste, name);
    const pasted = request.signIn === 'onBehalfOf' ? request.from : request;
    assert.ok(pasted.signIn === 'pasted');
    return pasted.goesTo;
  };
  const api = ['https://api.example', 'https://other.example'];
  for (const name of ['job', 'one', 'two']) assert.deepEqual(goesTo(name), { api, exchange: [LOGIN] });
  assert.deepEqual(goesTo('me'), { api, exchange: [] });
});

test('the tenant of an Entra of no known cloud has no letter case, a realm of another issuer has', () => {
  const at = (authority: ApiProfile['authority']) => tokenRequestFor({ ...profile, authority }, 'me').authority;
  const stack = (tenant: string) => at({ kind: 'entra', loginBase: 'https://login.stack.example', tenant });
  assert.equal(stack('Contoso.COM'), stack('contoso.com'));
  const realm = (path: string) => at({ kind: 'oidc', base: `https://idp.example/realms/${path}` });
  assert.notEqual(realm('Contoso'), realm('contoso'));
});
