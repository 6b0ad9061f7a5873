import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CLOUDS, type CloudId } from '../../../../src/core/entra/clouds.ts';
import { parseApiProfile, parseTenantProfile } from '../../../../src/core/entra/parse-api-profile.ts';

/** One cloud as settings may write it. */
function spellingsOf(id: CloudId, hosts: readonly string[]): string[] {
  const written = hosts.flatMap((host) => [
    ...[`https://${host}`, `https://${host}/`, `https://${host}:443`, `https://${host}:443/`, `https://${host}.`],
    ...[
      `HTTPS://${host.toUpperCase()}`,
      `https://${host}./`,
      ` https://${host} `,
      `https:${host}`,
      `https:\\\\${host}`,
    ],
    ...[
      `https://${host.replace('o', 'ｏ')}`,
      `https://${host.replaceAll('.', '。')}`,
      `https://${host.replace('l', '%6c')}`,
    ],
  ]);
  return [id, ` ${id} `, ...written];
}

describe('a cloud in a setting', () => {
  it('is the same cloud in every spelling, and is asked at its own login host', () => {
    let tried = 0;
    for (const { id, loginHost, hosts } of CLOUDS)
      for (const cloud of spellingsOf(id, hosts))
        for (const parsed of [
          parseApiProfile('orders', { tenant: 'contoso.com', cloud }, 'workspace'),
          parseTenantProfile('contoso.com', cloud, 'workspace'),
        ]) {
          tried++;
          assert.ok(parsed.ok, cloud);
          const { authority } = parsed.profile;
          assert.equal(authority.kind === 'entra' && authority.cloud, id, cloud);
          assert.equal(authority.kind === 'entra' && authority.loginBase, `https://${loginHost}`, cloud);
        }
    console.log(`spellings of clouds: ${tried}`);
  });

  it('is the same cloud in every spelling of an authority', () => {
    for (const { id, hosts } of CLOUDS)
      for (const host of hosts)
        for (const base of [
          `https://${host}`,
          `https://${host}:443`,
          `https://${host}.`,
          `HTTPS://${host.toUpperCase()}.:443`,
        ])
          for (const authority of [`${base}/contoso.com`, `${base}/contoso.com/v2.0/`, `${base}//contoso.com`]) {
            const parsed = parseApiProfile('orders', { authority }, 'workspace');
            assert.ok(parsed.ok, authority);
            const read = parsed.profile.authority;
            assert.deepEqual(read.kind === 'entra' && [read.cloud, read.loginBase], [id, `https://${host}`], authority);
          }
  });

  it('is no known cloud at another port or host', () => {
    for (const cloud of [
      ...['https://login.microsoftonline.com:8443', 'https://login.microsoftonline.com.evil.example'],
      ...['https://login.microsoftonline.de', 'https://adfs.local.azurestack.external', 'https://xlogin.windows.net'],
    ]) {
      const parsed = parseApiProfile('orders', { tenant: 'contoso.com', cloud }, 'workspace');
      assert.ok(parsed.ok, cloud);
      const { authority } = parsed.profile;
      assert.deepEqual(authority, { kind: 'entra', tenant: 'contoso.com', loginBase: cloud });
    }
  });
});
