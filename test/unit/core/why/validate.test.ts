import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { KeyStore } from '../../../../src/core/entra/key-store.ts';
import { validateToken } from '../../../../src/core/why/validate.ts';
import type { ValidationReport } from '../../../../src/core/why/validation-report.ts';
import * as at from '../entra-fixture.ts';

async function validate(raw: string, profile: ApiProfile = at.PROFILE, documents = at.tenantDocuments()) {
  const fake = at.fakeFetch(documents);
  const keyStore = new KeyStore(fake.fetchText, () => at.NOW_MS);
  const report = await validateToken({ raw, profile, keyStore, mayFetch: async () => true, nowMs: at.NOW_MS });
  return { report, fetched: fake.fetched };
}

function failed({ lines }: ValidationReport): string[] {
  return lines.filter(({ verdict }) => verdict === 'failed').map(({ reason }) => reason);
}

test('a genuine token is verified with the tenant’s keys and passes', async () => {
  const { report, fetched } = await validate(await at.signToken(at.v2Claims()));
  assert.equal(report.verdict, 'passes');
  assert.deepEqual(fetched, [at.V2_METADATA_URL, at.V2_KEYS_URL]);
  assert.deepEqual(report.keys, { url: at.V2_KEYS_URL, readAtMs: at.NOW_MS });
  assert.equal(report.authority, `${at.LOGIN}/${at.TENANT}`);
  assert.equal(report.profile, 'orders-dev');
});

test('a v1 token is verified with the v1 keys, even when only v2 is accepted', async () => {
  const { report, fetched } = await validate(await at.signToken(at.v1Claims()));
  assert.deepEqual(fetched, [at.V1_METADATA_URL, at.V1_KEYS_URL, at.V2_METADATA_URL, at.V2_KEYS_URL]);
  assert.deepEqual(failed(report), ['issuerOtherVersion', 'audienceOtherForm', 'versionOther']);
  assert.equal(report.lines.find(({ id }) => id === 'signature')?.reason, 'signatureValid');
});

test('every failed line says what was seen, what is expected, and what to change', async () => {
  const claims = at.v1Claims({
    exp: at.NOW_SEC - 9999,
    nbf: at.NOW_SEC + 999,
    scp: 'x',
    appid: at.API_ID,
    aud: 'api://other',
    tid: at.OTHER_TENANT,
  });
  const { report } = await validate(await at.signToken(claims));
  const lines = report.lines.filter(({ verdict }) => verdict === 'failed');
  assert.ok(lines.length >= 7);
  for (const { id, seen, expected, change, detail, cause } of lines) {
    assert.ok(seen !== undefined && detail !== '' && cause !== undefined, id);
    assert.ok(change.length > 0, id);
    if (!['expiry', 'notBefore'].includes(id)) assert.ok(expected && expected.length > 0, id);
  }
});

test('a token for another API: that comes first, and what follows from it gives no advice of its own', async () => {
  const claims = at.v1Claims({ aud: '00000003-0000-0000-c000-000000000000', scp: 'User.Read' });
  const { report } = await validate(await at.signToken(claims, { nonce: 'n' }));
  const lines = report.lines.filter(({ verdict }) => verdict === 'failed');
  assert.deepEqual(
    lines.map(({ id }) => id),
    ['kind', 'issuer', 'audience', 'version', 'permissions'],
  );
  const [kind, ...others] = lines;
  for (const { change } of others) assert.ok(change.every((sentence) => sentence.includes(kind?.title ?? '?')));
  const tenant = await validate(await at.signToken({ ...claims, iss: `https://sts.windows.net/${at.OTHER_TENANT}/` }));
  const issuer = tenant.report.lines.find(({ id }) => id === 'issuer');
  assert.ok(issuer?.change.every((sentence) => !sentence.includes(kind?.title ?? '?')));
});

test('an issuer or key that nobody trusts stands for itself, whatever the audience is', async () => {
  const claims = at.v2Claims({ aud: at.CLIENT_ID, iss: 'https://evil.example/' });
  const { report } = await validate(await at.signToken(claims));
  const issuer = report.lines.find(({ id }) => id === 'issuer');
  assert.equal(issuer?.reason, 'issuerOther');
  assert.ok(issuer?.change.every((sentence) => !sentence.includes('Audience')));
  assert.match(report.headline, /issuer/);
});

test('a token that cannot be read causes no request', async () => {
  for (const raw of ['', 'garbage', 'a.b.c', 'a.b.c.d.e']) {
    const { fetched } = await validate(raw);
    assert.deepEqual(fetched, [], raw);
  }
});

test('a URL in the token is never asked', async () => {
  const evil = 'https://evil.example/keys';
  const token = await at.signToken(at.v2Claims({ iss: 'https://evil.example' }), { jku: evil, x5u: evil });
  const { fetched, report } = await validate(token);
  assert.ok(fetched.every((url) => url.startsWith(at.LOGIN)));
  assert.equal(report.verdict, 'refuses');
});

test('a tampered token is refused for its signature', async () => {
  const [header, , signature] = (await at.signToken(at.v2Claims())).split('.');
  const payload = at.encodeToken({}, at.v2Claims({ sub: 'somebody else' })).split('.')[1];
  const { report } = await validate(`${header}.${payload}.${signature}`);
  assert.deepEqual(failed(report), ['signatureInvalid']);
});

test('keys that cannot be read are named with the reason, and the rest is still checked', async () => {
  const documents = { ...at.tenantDocuments(), [at.V2_METADATA_URL]: { failure: 'timeout' } };
  const { report } = await validate(await at.signToken(at.v2Claims({ aud: at.CLIENT_ID })), at.PROFILE, documents);
  assert.equal(report.verdict, 'refuses');
  assert.deepEqual(failed(report), ['audienceOther']);
  const key = report.lines.find(({ id }) => id === 'key');
  assert.deepEqual([key?.verdict, key?.reason, key?.change.length], ['notChecked', 'keysUnavailable', 1]);
  assert.equal(report.keys, undefined);
});

test('any OpenID Connect issuer: its one metadata document serves every token', async () => {
  const base = 'https://id.example/realm';
  const profile: ApiProfile = {
    name: 'other',
    origin: 'user',
    authority: { kind: 'oidc', base },
    audiences: ['orders'],
  };
  const documents = {
    [`${base}/.well-known/openid-configuration`]: { issuer: base, jwks_uri: `${base}/keys` },
    [`${base}/keys`]: { keys: [at.publishedKey()] },
  };
  const claims = { iss: base, aud: 'orders', exp: at.NOW_SEC + 60, sub: 's' };
  const { report } = await validate(await at.signToken(claims, { typ: 'at+jwt' }), profile, documents);
  assert.deepEqual(failed(report), []);
  assert.ok(
    ['signatureValid', 'issuerAccepted', 'audienceAccepted'].every((reason) =>
      report.lines.some((line) => line.reason === reason),
    ),
  );
});
