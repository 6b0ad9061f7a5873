import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followChallenge } from '../../../../src/core/entra/followed-challenge.ts';

const TENANT = '11111111-aaaa-4bbb-8ccc-000000000001';
const vault = {
  url: 'https://orders.vault.azure.net/secrets/db?api-version=7.4',
  authority: `https://login.microsoftonline.com/${TENANT}`,
  resource: 'https://vault.azure.net',
};

test('a vault’s own challenge is followed: its tenant, its scope', () => {
  const followed = followChallenge(vault, []);
  assert.ok(followed.ok);
  assert.equal(followed.scope, 'https://vault.azure.net/.default');
  assert.ok(followed.authority.kind === 'entra' && followed.authority.tenant === TENANT);
});

test('an authority of the user’s own settings is as good as a known cloud', () => {
  const own = { ...vault, authority: `https://login.contoso.example:8443/${TENANT}` };
  assert.deepEqual(followChallenge(own, []), { ok: false, fault: 'authority' });
  assert.ok(followChallenge(own, ['login.contoso.example:8443']).ok);
});

for (const [name, change, fault] of [
  ['another service’s resource', { resource: 'https://graph.microsoft.com' }, 'host'],
  ['a host that only ends alike', { url: 'https://evilvault.azure.net/' }, 'host'],
  ['the resource host itself', { url: 'https://vault.azure.net/' }, 'host'],
  ['a host with the name in front', { url: 'https://orders.vault.azure.net.evil.example/' }, 'host'],
  ['a login host nobody knows', { authority: 'https://login.evil.example/t' }, 'authority'],
  ['a login host as user name', { authority: 'https://login.microsoftonline.com@evil.example/t' }, 'unreadable'],
  [
    'a query that would choose its metadata',
    { authority: `https://login.microsoftonline.com/${TENANT}?x=1` },
    'authority',
  ],
  ['plain http', { authority: `http://login.microsoftonline.com/${TENANT}` }, 'unreadable'],
  ['no address', { resource: 'vault' }, 'unreadable'],
  [
    'two resources in one',
    { url: 'https://api.evil.example/', resource: 'https://evil.example/ https://graph.microsoft.com' },
    'unreadable',
  ],
] as const) {
  test(`not followed: ${name}`, () => {
    assert.deepEqual(followChallenge({ ...vault, ...change }, []), { ok: false, fault });
  });
}
