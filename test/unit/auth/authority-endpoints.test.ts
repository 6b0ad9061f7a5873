import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOfAuthority, readEndpoints } from '../../../src/auth/authority-endpoints.ts';
import { CLOUDS } from '../../../src/core/entra/clouds.ts';

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

describe('the endpoints that an authority names', () => {
  const hosts = [
    ...CLOUDS.flatMap((cloud) => cloud.hosts),
    ...['login.microsoftonline.de', 'contoso.b2clogin.com', 'contoso.ciamlogin.com', 'idp.example', 'idp.example:8443'],
    ...['other.example', 'login.microsoftonline.com:8443', 'login.microsoftonline.com.evil.example'],
  ];
  const endpoints = ['authorization_endpoint', 'token_endpoint', 'device_authorization_endpoint'] as const;
  const cloudOf = (host: string) => CLOUDS.find((cloud) => cloud.hosts.includes(host))?.id;

  it('are all of it, or none is used: every host as authority, every host as one endpoint', () => {
    let tried = 0;
    for (const own of hosts) {
      const authority = `https://${own}/t`;
      const metadata = Object.fromEntries(endpoints.map((name) => [name, `${authority}/${name}`]));
      for (const other of hosts) {
        const isSame = own === other || (cloudOf(own) !== undefined && cloudOf(own) === cloudOf(other));
        for (const name of endpoints) {
          tried += 1;
          const read = readEndpoints(
            { ...metadata, issuer: authority, [name]: `https://${other}/t/${name}` },
            authority,
          );
          assert.equal(read.ok, isSame, `${name} of ${own} at ${other}`);
          if (!read.ok) assert.equal(read.foreignHost, other);
        }
      }
    }
    assert.ok(tried > 1000, String(tried));
  });

  it('have to be addresses over https; a device endpoint need not be there', () => {
    const authority = 'https://idp.example/t';
    const metadata = { issuer: 'i', authorization_endpoint: `${authority}/a`, token_endpoint: `${authority}/t` };
    assert.ok(readEndpoints(metadata, authority).ok);
    for (const odd of ['', 'no url', 'http://idp.example/t', 'https://u:p@idp.example/t', 7, null, {}, []]) {
      for (const name of endpoints) assert.equal(readEndpoints({ ...metadata, [name]: odd }, authority).ok, false);
    }
  });
});
