import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { credentialKey, isOfAuthority } from '../../../src/auth/credential-key.ts';

const CLIENT = '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f';

function keyOf(authority: string, clientId = CLIENT): string {
  return credentialKey({ authority, clientId });
}

describe('the key of a stored sign-in', () => {
  it('names token endpoint, tenant and client', () => {
    assert.equal(
      keyOf('https://login.microsoftonline.com/contoso.onmicrosoft.com'),
      `msal:https://login.microsoftonline.com|contoso.onmicrosoft.com|${CLIENT}`,
    );
  });

  it('is the same however it is written', () => {
    const keys = [
      keyOf('https://login.microsoftonline.com/Contoso'),
      keyOf('https://LOGIN.microsoftonline.com/contoso/', CLIENT.toUpperCase()),
      keyOf('https://login.windows.net/contoso'),
    ];
    assert.equal(new Set(keys).size, 1);
  });

  it('differs by cloud, host, port, tenant and client', () => {
    const keys = [
      keyOf('https://login.microsoftonline.com/contoso'),
      keyOf('https://login.microsoftonline.us/contoso'),
      keyOf('https://login.example/contoso'),
      keyOf('https://login.example:8443/contoso'),
      keyOf('https://login.example/fabrikam'),
      keyOf('https://login.example/contoso', 'other'),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });
});

describe('what belongs to an authority', () => {
  const cases: [authority: string, url: string, expected: boolean][] = [
    ['https://login.microsoftonline.com/t', 'https://login.microsoftonline.com/t/oauth2/v2.0/token', true],
    ['https://login.windows.net/t', 'https://login.microsoftonline.com/t/oauth2/v2.0/token', true],
    ['https://login.microsoftonline.com/t', 'https://login.microsoftonline.us/t/oauth2/v2.0/token', false],
    ['https://login.microsoftonline.com/t', 'http://login.microsoftonline.com/t/oauth2/v2.0/token', false],
    ['https://login.microsoftonline.com/t', 'https://login.microsoftonline.com@evil.example/token', false],
    ['https://login.microsoftonline.com/t', 'https://u:p@login.microsoftonline.com/token', false],
    ['https://login.microsoftonline.com/t', 'https://login.microsoftonline.com.evil.example/token', false],
    ['https://login.example/t', 'https://login.example/t/token', true],
    ['https://login.example/t', 'https://login.example:8443/t/token', false],
    ['https://login.example/t', 'https://login.microsoftonline.com/t/token', false],
    ['https://login.example/t', 'no url', false],
  ];
  for (const [authority, url, expected] of cases) {
    it(`${expected ? 'allows' : 'refuses'} ${url} for ${authority}`, () =>
      assert.equal(isOfAuthority(url, authority), expected));
  }
});
