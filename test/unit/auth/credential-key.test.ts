import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { clientSecretKey } from '../../../src/auth/client-secrets.ts';
import { credentialKey, credentialOf } from '../../../src/auth/credential-key.ts';
import { CLOUDS } from '../../../src/core/entra/clouds.ts';

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

  it('keeps the letter case that Microsoft’s hosts do not have, and the query of others', () => {
    const hosts = [...CLOUDS.map(({ loginHost }) => loginHost), 'contoso.b2clogin.com', 'contoso.ciamlogin.com'];
    for (const host of hosts) {
      const key = `msal:https://${host}|contoso.com/b2c_1/v2.0|${CLIENT}`;
      assert.equal(keyOf(`https://${host}/Contoso.com/B2C_1/v2.0?p=x`), key);
    }
    const others = [
      'realms/Contoso',
      'realms/contoso',
      'realms/contoso?p=A',
      'realms/contoso?p=B',
      'realms/contoso?P=A',
    ];
    assert.equal(new Set(others.map((path) => keyOf(`https://idp.example/${path}`))).size, others.length);
  });

  it('is shared by no two authorities, at the key of a secret as at that of a sign-in, and can be read back', () => {
    const host = fc.constantFrom(
      'idp.example',
      'idp.example:8443',
      'login.microsoftonline.com.',
      'xn--lgin-55d.microsoftonline.com',
      '[::1]',
    );
    const segment = fc.constantFrom('a', 'A', '|', 'a|b', 'realms', '%7C', '', '.', `|${CLIENT}`);
    const search = fc.constantFrom('', '?p=A', '?p=a', '?|');
    const authority = fc
      .tuple(host, fc.array(segment, { maxLength: 3 }), search)
      .map(([name, path, query]) => `https://${name}/${path.join('/')}${query}`);
    const identity = (url: string) => {
      const { origin, pathname, search: query } = new URL(url);
      return `${origin}${pathname.replace(/\/+$/, '')}${query}`;
    };
    fc.assert(
      fc.property(authority, authority, (one, other) => {
        const isSame = identity(one) === identity(other);
        assert.equal(keyOf(one) === keyOf(other), isSame);
        const secrets = [one, other].map((url) =>
          clientSecretKey({ authority: url, clientId: CLIENT, isCustomAuthority: true }),
        );
        assert.equal(secrets[0] === secrets[1], isSame);
        for (const key of [keyOf(one), secrets[0] ?? '']) {
          const read = credentialOf(key);
          assert.deepEqual([identity(read.authority), read.clientId], [identity(one), CLIENT]);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
