import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { readGivenKeys } from '../../../../src/core/entra/given-key.ts';
import { KeyStore } from '../../../../src/core/entra/key-store.ts';
import type { CheckId } from '../../../../src/core/gates/check.ts';
import type { PublicStore } from '../../../../src/core/ports.ts';
import { validateToken, validateWithKeys } from '../../../../src/core/why/validate.ts';
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
  assert.deepEqual(failed(report), ['versionOther', 'issuerOtherVersion', 'audienceOtherForm']);
  assert.equal(report.lines.find(({ id }) => id === 'signature')?.reason, 'signatureValid');
});

/** Failed checks that point to this one in place of advice of their own. */
function followersOf(id: CheckId, { lines }: ValidationReport): string[] {
  const title = `“${lines.find((line) => line.id === id)?.title}”`;
  const followers = lines.filter(({ change }) => change.length === 1 && change[0]?.includes(title));
  assert.ok(
    followers.every(({ setting }) => setting === undefined),
    'nothing is to be set for them',
  );
  return followers.map((line) => line.id);
}

test('the wrong version comes first, and issuer and audience follow from it, either way round', async () => {
  const v1 = await validate(await at.signToken(at.v1Claims()));
  assert.deepEqual(followersOf('version', v1.report), ['issuer', 'audience']);
  assert.doesNotMatch(v1.report.headline, /issuer|audience/);
  const accepts1: ApiProfile = { ...at.PROFILE, tokenVersions: [1], audiences: [at.API_URI] };
  const v2 = await validate(await at.signToken(at.v2Claims()), accepts1);
  assert.deepEqual(failed(v2.report), ['versionOther', 'issuerOtherVersion', 'audienceOtherForm']);
  assert.deepEqual(followersOf('version', v2.report), ['issuer', 'audience']);
});

test('an audience that the other version would not mend keeps its advice', async () => {
  const byUri: ApiProfile = { ...at.PROFILE, audiences: [at.API_URI] };
  const { report } = await validate(await at.signToken(at.v1Claims({ aud: at.API_ID })), byUri);
  assert.deepEqual(failed(report), ['versionOther', 'issuerOtherVersion', 'audienceOtherForm']);
  assert.deepEqual(followersOf('version', report), ['issuer']);
});

test('an ID token: what it lacks follows from its kind, and its audience is said to be the client', async () => {
  const { azp: _azp, azpacr: _azpacr, scp: _scp, ...claims } = at.v2Claims({ aud: at.CLIENT_ID, nonce: 'n' });
  const { report } = await validate(await at.signToken(claims));
  const lines = report.lines.filter(({ verdict }) => verdict === 'failed');
  assert.deepEqual([lines[0]?.reason, lines[0]?.setting], ['kindIdToken', undefined]);
  assert.deepEqual(followersOf('kind', report), ['audience', 'permissions', 'allowedClients']);
  const other = await validate(await at.signToken(at.v2Claims({ aud: at.CLIENT_ID, azp: at.OTHER_TENANT })));
  const audienceOf = ({ lines: all }: ValidationReport) => all.find(({ id }) => id === 'audience');
  assert.equal(audienceOf(report)?.reason, audienceOf(other.report)?.reason);
  assert.notEqual(audienceOf(report)?.detail, audienceOf(other.report)?.detail);
});

test('a token for Graph: the scope to ask for is the profile’s own', async () => {
  const raw = await at.signToken(at.v1Claims({ aud: '00000003-0000-0000-c000-000000000000' }), { nonce: 'n' });
  const { report } = await validate(raw);
  assert.ok(report.lines[0]?.change[0]?.includes('api://orders/Orders.Read,'));
});

test('a time is shown as a time, and a setting is offered only where it can help', async () => {
  const { report } = await validate(await at.signToken(at.v2Claims({ exp: at.NOW_SEC - 3600 })));
  const [expiry] = report.lines.filter(({ verdict }) => verdict === 'failed');
  assert.deepEqual([expiry?.id, expiry?.seen, expiry?.setting], ['expiry', '2026-11-21 11:00:00 UTC', undefined]);
  const { clockSkewSec: _, ...unset } = at.PROFILE;
  const recent = await validate(await at.signToken(at.v2Claims({ exp: at.NOW_SEC - 60 })), unset);
  assert.equal(recent.report.lines.find(({ id }) => id === 'expiry')?.setting, 'why401.apis');
  const client = await validate(await at.signToken(at.v2Claims({ azp: at.OTHER_TENANT })));
  assert.equal(client.report.lines.find(({ id }) => id === 'allowedClients')?.setting, 'why401.apis');
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

const HOUR_MS = 3_600_000;

/** Validates while the tenant cannot be reached, with keys that were read this long ago. */
async function validateOffline(raw: string, ageMs: number, profile: ApiProfile = at.PROFILE) {
  const texts = new Map<string, string>();
  const disk: PublicStore = {
    read: async (name) => texts.get(name),
    write: async (name, text) => void texts.set(name, text),
  };
  const then = at.NOW_MS - ageMs;
  const earlier = new KeyStore(at.fakeFetch(at.tenantDocuments()).fetchText, () => then, disk);
  const request = { metadataUrl: at.V2_METADATA_URL, mayFetch: async () => true };
  assert.ok((await earlier.read(request)).ok);
  const down = at.fakeFetch({ [at.V2_METADATA_URL]: { failure: 'timeout' } });
  const keyStore = new KeyStore(down.fetchText, () => at.NOW_MS, disk);
  return validateToken({ raw, profile, keyStore, mayFetch: request.mayFetch, nowMs: at.NOW_MS });
}

test('offline: keys of today pass with a warning, older ones never plainly', async () => {
  const token = await at.signToken(at.v2Claims());
  const keyLine = ({ lines }: ValidationReport) => lines.find(({ id }) => id === 'key');
  const today = await validateOffline(token, 24 * HOUR_MS);
  assert.deepEqual([today.verdict, today.caveat], ['passes', undefined]);
  assert.deepEqual([keyLine(today)?.reason, keyLine(today)?.warning], ['keyFoundEarlier', true]);
  const readAtMs = at.NOW_MS - 24 * HOUR_MS - 1;
  const old = await validateOffline(token, at.NOW_MS - readAtMs);
  assert.deepEqual(old.caveat, { id: 'oldKeys', keysReadAtMs: readAtMs });
  assert.deepEqual([old.keys?.readAtMs, keyLine(old)?.reason], [readAtMs, 'keyFoundLongAgo']);
  assert.match(old.headline, /2026-11-20 11:59 UTC/);
  const plain = (await validate(token)).report;
  assert.notEqual(old.headline, plain.headline);
});

test('offline: a changed token is refused all the same, and a key of a later day is not called unknown', async () => {
  const [header, , signature] = (await at.signToken(at.v2Claims())).split('.');
  const payload = at.encodeToken({}, at.v2Claims({ sub: 'x' })).split('.')[1];
  const changed = await validateOffline(`${header}.${payload}.${signature}`, 100 * HOUR_MS);
  assert.deepEqual(failed(changed), ['signatureInvalid']);
  assert.match(changed.headline, /2026-11-17/);
  const rotated = await validateOffline(await at.signToken(at.v2Claims(), { kid: 'new' }), 100 * HOUR_MS);
  assert.equal(rotated.verdict, 'unknown');
  assert.equal(rotated.lines.find(({ id }) => id === 'key')?.reason, 'keysStale');
});

async function validateGiven(raw: string, keyText: string, profile: ApiProfile = at.PROFILE) {
  const given = await readGivenKeys(keyText);
  assert.ok(given.ok);
  return validateWithKeys({ raw, profile, nowMs: at.NOW_MS }, given);
}

test('a given key: the signature is judged with it, and the verdict is marked as not the tenant’s', async () => {
  const token = await at.signToken(at.v2Claims());
  const own = JSON.stringify(at.publishedKey({ kid: 'whatever' }));
  const listed: ApiProfile = { ...at.PROFILE, issuers: [at.V2_ISSUER] };
  const report = await validateGiven(token, own, listed);
  assert.deepEqual([report.verdict, report.caveat, report.keys], ['passes', { id: 'givenKey' }, undefined]);
  const reasons = report.lines.filter(({ warning }) => warning).map(({ reason }) => reason);
  assert.deepEqual(reasons, ['keyGiven', 'signatureGivenKey']);
  assert.notEqual(report.headline, (await validate(token)).report.headline);
  const open = await validateGiven(token, own);
  assert.deepEqual([open.verdict, open.caveat?.id], ['unknown', 'givenKey']);
  assert.equal(open.lines.find(({ id }) => id === 'issuer')?.reason, 'issuerNotKnown');
});

test('a given key that is another is not the token’s, by kid in a set and by signature alone', async () => {
  const token = await at.signToken(at.v2Claims());
  const strange = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  assert.ok(failed(await validateGiven(token, JSON.stringify(strange))).includes('signatureInvalid'));
  const others = [at.publishedKey({ kid: 'a' }), at.publishedKey({ kid: 'b' })];
  assert.ok(failed(await validateGiven(token, JSON.stringify({ keys: others }))).includes('keyGivenOther'));
});

test('a given key is no way around the algorithm: HS256 with the public key is refused', async () => {
  const forged = at.encodeToken({ alg: 'HS256', kid: at.KID }, at.v2Claims(), 'AAAA');
  const report = await validateGiven(forged, JSON.stringify(at.publishedKey()));
  assert.deepEqual(failed(report), ['algorithmSymmetric']);
});

test('the tolerance on times is in the report with who says it; passing by it is a warning', async () => {
  const { clockSkewSec: _skew, ...bare } = at.PROFILE;
  const late = await at.signToken(at.v2Claims({ exp: at.NOW_SEC - 100, nbf: at.NOW_SEC - 999 }));
  const of = async (profile: ApiProfile) => {
    const { report } = await validate(late, profile);
    const { verdict, reason, warning } = report.lines.find(({ id }) => id === 'expiry') ?? {};
    return [report.clockSkew?.seconds, report.clockSkew?.from, verdict, reason, warning];
  };
  assert.deepEqual(await of(bare), [undefined, undefined, 'notChecked', 'expiredSkewUnknown', undefined]);
  assert.deepEqual(await of({ ...bare, clockSkewSec: 300 }), [300, 'the profile', 'passed', 'expiredWithinSkew', true]);
  const byValidator = await of({ ...bare, validator: 'aspnetcore', usualClockSkew: { seconds: 0, origin: 'user' } });
  assert.deepEqual(byValidator, [300, 'the default of ASP.NET Core', 'passed', 'expiredSkewUnknown', true]);
  const bySetting = await of({ ...bare, usualClockSkew: { seconds: 99, origin: 'workspace' } });
  assert.deepEqual(bySetting, [99, 'why401.clockSkewSec in the workspace settings', 'failed', 'expired', undefined]);
});

test('what validators differ on is in the report, with the answer of each and the name of the profile’s own', async () => {
  const text = at.v2Claims({ exp: String(at.NOW_SEC + 60) });
  const { report } = await validate(await at.signToken(text), { ...at.PROFILE, validator: 'jose' });
  assert.equal(report.validator, 'jose');
  assert.deepEqual(failed(report), ['timeIsText']);
  const [only, ...more] = report.disagreements ?? [];
  assert.deepEqual([only?.check, only?.reason, more], ['expiry', 'timeIsText', []]);
  assert.deepEqual(
    only?.answers.map(({ validator, verdict }) => `${validator} ${verdict}`),
    ['aspnetcore accepts', 'identity-web accepts', 'jose refuses', 'jsonwebtoken refuses', 'pyjwt accepts'],
  );
  assert.match(report.lines.find(({ id }) => id === 'expiry')?.detail ?? '', /jose, this API’s validator/);
});
