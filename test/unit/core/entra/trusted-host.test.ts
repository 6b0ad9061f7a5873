import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { CLOUDS } from '../../../../src/core/entra/clouds.ts';
import { trustOfHost } from '../../../../src/core/entra/trusted-host.ts';
import { PROFILE } from '../entra-fixture.ts';

const own: ApiProfile = { ...PROFILE, authority: { kind: 'oidc', base: 'https://id.example:8443/realm' } };
const brought: ApiProfile = { ...own, origin: 'workspace' };

test('login hosts of known clouds need no question, whoever names them', () => {
  for (const { loginHost } of CLOUDS) assert.equal(trustOfHost(`https://${loginHost}/x`, brought, []), 'knownCloud');
});

test('a host of the user’s own settings needs none; one that a workspace brings is asked about once', () => {
  assert.equal(trustOfHost('https://id.example:8443/keys', own, []), 'userSettings');
  assert.equal(trustOfHost('https://id.example:8443/keys', brought, []), 'ask');
  assert.equal(trustOfHost('https://id.example:8443/keys', brought, ['id.example:8443']), 'remembered');
});

test('the same host on another port, or a look-alike of a cloud, is another host', () => {
  assert.equal(trustOfHost('https://id.example/keys', own, ['id.example:8443']), 'ask');
  assert.equal(trustOfHost('https://login.microsoftonline.com.evil.example/x', own, []), 'ask');
  assert.equal(trustOfHost('https://login.microsoftonline.com:8443/x', own, []), 'ask');
});

test('a jwks_uri that only the metadata names is asked about', () => {
  assert.equal(trustOfHost('https://keys.example/jwks', own, []), 'ask');
});

test('anything but plain https is never fetched', () => {
  for (const url of ['http://id.example:8443/', 'file:///etc/passwd', 'https://user:pw@id.example:8443/']) {
    assert.equal(trustOfHost(url, own, ['id.example:8443']), 'never', url);
  }
});
