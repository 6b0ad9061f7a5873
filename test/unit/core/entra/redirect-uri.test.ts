import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CLOUDS } from '../../../../src/core/entra/clouds.ts';
import { redirectPathOf, redirectToRegister, redirectUriAt } from '../../../../src/core/entra/redirect-uri.ts';

const MICROSOFT = [...CLOUDS.flatMap(({ hosts }) => hosts), 'contoso.b2clogin.com', 'contoso.ciamlogin.com'];
const OTHERS = [
  ...['idp.example', 'idp.example:8443', '[::1]:8443', '127.0.0.2:4433', 'xn--lgin-55d.microsoftonline.com'],
  ...['login.microsoftonline.com:8443', 'login.microsoftonline.com.', 'login.microsoftonline.com.evil.example'],
  ...['b2clogin.com', 'evilb2clogin.com', 'ciamlogin.com', 'x.b2clogin.com:8443', 'x.ciamlogin.com.evil.example'],
  'login.microsoftonline.de',
];

describe('the address that the browser comes back to', () => {
  it('is bare where Microsoft itself signs in, whatever the tenant', () => {
    for (const host of MICROSOFT) {
      for (const path of ['', '/', '/common', '/Contoso.com/B2C_1_SignIn/v2.0', '/t?p=x']) {
        assert.equal(redirectPathOf(`https://${host}${path}`), '/');
        assert.equal(redirectToRegister(`https://${host}${path}`), 'http://localhost');
        assert.equal(redirectUriAt('http://localhost:4711', `https://${host}${path}`), 'http://localhost:4711');
      }
    }
  });

  it('has a path of the authority’s own anywhere else', () => {
    for (const host of OTHERS) assert.match(redirectPathOf(`https://${host}/t`), /^\/why401\/[^/]+\/t$/, host);
    const at = 'https://idp.example:8443/realms/Contoso';
    assert.equal(redirectToRegister(at), 'http://localhost/why401/idp.example:8443/realms/Contoso');
    assert.equal(redirectUriAt('http://localhost:1', at), 'http://localhost:1/why401/idp.example:8443/realms/Contoso');
  });

  it('is the same however the authority is written, and with any query', () => {
    const same = [
      'https://idp.example/t',
      'https://IDP.example:443/t/',
      'https://idp.example/x/../t',
      'https://idp.example/t?p=1',
    ];
    assert.equal(new Set(same.map(redirectPathOf)).size, 1);
  });

  it('is shared by no two authorities that differ in origin or path', () => {
    const segment = fc.constantFrom(
      'a',
      'A',
      '.',
      '..',
      '%2e%2e',
      '%2F',
      '%5C',
      '%',
      '%25',
      '|',
      ';',
      ':',
      '',
      'why401',
      'idp.example',
      'é',
    );
    const authority = fc
      .tuple(fc.constantFrom(...OTHERS), fc.array(segment, { maxLength: 4 }))
      .map(([host, path]) => `https://${host}/${path.join('/')}`);
    const identity = (url: string) => `${new URL(url).origin}${new URL(url).pathname.replace(/\/+$/, '')}`;
    fc.assert(
      fc.property(authority, authority, (one, other) => {
        assert.equal(redirectPathOf(one) === redirectPathOf(other), identity(one) === identity(other));
        // A browser and a server that reads the address once come to the same path.
        assert.equal(new URL(redirectUriAt('http://localhost:1', one)).pathname, redirectPathOf(one));
        const unescaped = new URL(
          decodeURIComponent(redirectUriAt('http://localhost:1', one).replace('%5B', '[').replace('%5D', ']')),
        );
        assert.ok(unescaped.pathname.startsWith(`/why401/${new URL(one).host}`), unescaped.pathname);
      }),
      { numRuns: 3000 },
    );
  });
});
