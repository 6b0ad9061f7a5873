import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiProfile, VALIDATORS, type ValidatorId } from '../../../../src/core/entra/api-profile.ts';
import type { KeySource } from '../../../../src/core/entra/metadata.ts';
import type { SignatureFinding } from '../../../../src/core/entra/signature.ts';
import { bearerCheck } from '../../../../src/core/gates/bearer-check.ts';
import type { CheckId } from '../../../../src/core/gates/check.ts';
import type { Judgement } from '../../../../src/core/gates/judgement.ts';
import * as at from '../entra-fixture.ts';

const VALID: SignatureFinding = { state: 'valid', key: { kid: at.KID } };

interface Situation {
  claims?: Record<string, unknown>;
  /** The payload as text, for what JSON.stringify would not write. */
  payloadText?: string;
  /** What to do to the finished token. */
  change?: (raw: string) => string;
  header?: Record<string, unknown>;
  signature?: SignatureFinding;
  profile?: Partial<ApiProfile>;
}

function judge(situation: Situation, validator?: ValidatorId): Judgement {
  const { claims = {}, header = {}, change = (raw) => raw, signature = VALID } = situation;
  const { clockSkewSec: _skew, ...bare } = at.PROFILE;
  const profile: ApiProfile = { ...bare, ...situation.profile, ...(validator ? { validator } : {}) };
  const text = situation.payloadText ?? JSON.stringify(at.v2Claims(claims));
  const [headerPart] = at.encodeToken({ alg: 'RS256', kid: at.KID, ...header }, {}).split('.');
  const raw = change(`${headerPart}.${Buffer.from(text).toString('base64url')}.AAAA`);
  const source: KeySource = {
    ...{ ok: true, metadataUrl: at.V2_METADATA_URL, issuer: at.V2_ISSUER, jwksUri: at.V2_KEYS_URL },
    ...{ keys: [{ kty: 'RSA', kid: at.KID }], readAtMs: at.NOW_MS },
  };
  const bearer = { raw, partial: false, signatures: { [at.V2_METADATA_URL]: signature } };
  return bearerCheck.judge(
    { gate: 'bearerCheck', hop: 'target' },
    { method: 'GET', url: '', headers: [], authorization: { type: 'bearer', bearer, setBy: 'caller' } },
    {
      profile: { value: profile, source: 'setting', readAtMs: at.NOW_MS },
      keySources: { [at.V2_METADATA_URL]: source },
    },
    at.NOW_MS,
  );
}

const textWith = (members: string) => JSON.stringify(at.v2Claims()).replace(/}$/, `,${members}}`);
const withText = (claim: string, json: string) => JSON.stringify(at.v2Claims({ [claim]: '@' })).replace('"@"', json);

/** Situation by check and reason; then the validators that accept, refuse, and where nobody can say. */
const CASES: Record<string, [situation: Situation, check: CheckId, accepts: string, refuses: string]> = {
  expiredSkewUnknown: [
    { claims: { exp: at.NOW_SEC - 100, nbf: at.NOW_SEC - 4000 } },
    'expiry',
    'aspnetcore identity-web',
    'jose jsonwebtoken pyjwt',
  ],
  startSkewUnknown: [
    { claims: { nbf: at.NOW_SEC + 100 } },
    'notBefore',
    'aspnetcore identity-web',
    'jose jsonwebtoken pyjwt',
  ],
  expiredThisSecond: [
    { claims: { exp: at.NOW_SEC - 60 }, profile: { clockSkewSec: 60 } },
    ...(['expiry', 'aspnetcore identity-web', 'jose jsonwebtoken pyjwt'] as const),
  ],
  timeIsText: [
    { claims: { exp: String(at.NOW_SEC + 60) } },
    ...(['expiry', 'aspnetcore identity-web pyjwt', 'jose jsonwebtoken'] as const),
  ],
  issuedInFuture: [
    { claims: { iat: at.NOW_SEC + 400 } },
    ...(['notBefore', 'aspnetcore identity-web jose jsonwebtoken', 'pyjwt'] as const),
  ],
  issuedNotANumber: [{ claims: { iat: 'noon' } }, 'notBefore', 'jsonwebtoken', 'jose pyjwt'],
  issuedIsText: [{ claims: { iat: String(at.NOW_SEC) } }, 'notBefore', 'jsonwebtoken', 'jose'],
  startsAfterEnd: [
    { claims: { nbf: at.NOW_SEC + 60, exp: at.NOW_SEC + 30 }, profile: { clockSkewSec: 90 } },
    ...(['notBefore', 'jose jsonwebtoken pyjwt', 'aspnetcore identity-web'] as const),
  ],
  audienceTrailingSlash: [
    { claims: { aud: `${at.API_URI}/` }, profile: { audiences: [at.API_URI] } },
    ...(['audience', 'aspnetcore identity-web', 'jose jsonwebtoken pyjwt'] as const),
  ],
  audienceNotAllText: [{ claims: { aud: [at.API_ID, 5] } }, 'audience', 'jose jsonwebtoken', 'pyjwt'],
  nestedDeeply: [
    { claims: { deep: JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`) } },
    ...(['structure', 'jose jsonwebtoken pyjwt', 'aspnetcore identity-web'] as const),
  ],
  byteOrderMark: [
    { payloadText: `\ufeff${JSON.stringify(at.v2Claims())}` },
    ...(['structure', 'jose pyjwt', 'aspnetcore identity-web jsonwebtoken'] as const),
  ],
  algorithmEdwards: [
    { header: { alg: 'EdDSA' } },
    ...(['algorithm', 'jose pyjwt', 'aspnetcore identity-web jsonwebtoken'] as const),
  ],
  keyOtherFits: [
    { signature: { state: 'keyNotFound', detail: 'otherKey' } },
    ...(['key', 'aspnetcore identity-web', 'jose jsonwebtoken pyjwt'] as const),
  ],
  keyAmongManyWithoutKid: [
    { signature: { state: 'valid', detail: 'noKidAmongMany' } },
    ...(['key', 'aspnetcore identity-web', 'jose jsonwebtoken pyjwt'] as const),
  ],
};

for (const [reason, [situation, id, accepts, refuses]] of Object.entries(CASES)) {
  const find = (judgement: Judgement) => judgement.checks.find((check) => check.id === id);

  test(`${reason}: open or refused while the validator is not known, decided by the profile's own, listed always`, () => {
    const open = judge(situation);
    assert.equal(find(open)?.reason, reason);
    assert.notEqual(find(open)?.verdict, 'passed');
    for (const validator of VALIDATORS) {
      const judgement = judge(situation, validator);
      const [listed, ...more] = judgement.disagreements ?? [];
      assert.deepEqual([listed?.check, listed?.reason, more], [id, reason, []]);
      const check = find(judgement);
      assert.equal(check?.reason, reason);
      if (accepts.split(' ').includes(validator)) {
        assert.deepEqual([check?.verdict, check?.warns, check?.decidedBy], ['passed', true, validator]);
        assert.equal(judgement.verdict, 'passes');
      } else if (refuses.split(' ').includes(validator)) {
        assert.deepEqual([check?.verdict, check?.decidedBy], ['failed', validator]);
        assert.equal(judgement.findings.length, 1);
      } else assert.deepEqual([check?.verdict, check?.decidedBy], ['notChecked', undefined]);
    }
  });
}

const standardAlphabet = { pad: '~~~???' };
const PROTECTED: Record<string, [situation: Situation, check: CheckId]> = {
  tooLarge: [{ claims: { pad: 'x'.repeat(300_000) } }, 'structure'],
  padded: [{ change: (raw) => raw.replace(/\.AAAA$/, '.AAA=') }, 'structure'],
  notCanonical: [{ change: (raw) => raw.replace(/\.AAAA$/, '.AAB') }, 'structure'],
  standardBase64: [
    { claims: standardAlphabet, change: (raw) => raw.replaceAll('-', '+').replaceAll('_', '/') },
    'structure',
  ],
  notUtf8: [
    { change: (raw) => raw.replace(/\.[^.]+\./, `.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.`) },
    'structure',
  ],
  duplicateNames: [{ payloadText: textWith('"scp":"Orders.Read"') }, 'structure'],
  expiryMissing: [{ claims: { exp: undefined } }, 'expiry'],
  timeNotFinite: [{ payloadText: withText('exp', '1e999') }, 'expiry'],
  timeNotANumber: [{ claims: { exp: 'soon' } }, 'expiry'],
  keyTooSmall: [{ signature: { state: 'invalid', detail: 'keyTooSmall' } }, 'key'],
  keyWeak: [{ signature: { state: 'invalid', detail: 'keyWeak' } }, 'key'],
  keyDoesNotFit: [{ signature: { state: 'invalid', detail: 'keyDoesNotFit' } }, 'key'],
  signatureCritical: [{ signature: { state: 'valid', detail: 'criticalHeader' } }, 'signature'],
  algorithmNone: [{ header: { alg: 'none' } }, 'algorithm'],
  algorithmPublicKeyAsSecret: [{ header: { alg: 'HS256' } }, 'algorithm'],
  algorithmSymmetric: [{ header: { alg: 'HS256', kid: 'mine' } }, 'algorithm'],
  issuerNotTheKeys: [
    { signature: { state: 'valid', key: { kid: at.KID, issuer: `${at.LOGIN}/${at.OTHER_TENANT}/v2.0` } } },
    'issuer',
  ],
};

for (const [reason, [situation, id]] of Object.entries(PROTECTED)) {
  test(`${reason} never passes, whoever validates`, () => {
    for (const validator of [undefined, ...VALIDATORS]) {
      const judgement = judge(situation, validator);
      const check = judgement.checks.find((candidate) => candidate.id === id);
      assert.equal(check?.reason, reason, validator);
      assert.notEqual(check?.verdict, 'passed', validator);
      assert.notEqual(judgement.verdict, 'passes', validator);
    }
  });
}

const FINDINGS: SignatureFinding[] = [
  VALID,
  { state: 'valid', detail: 'noKid' },
  { state: 'valid', detail: 'noKidAmongMany' },
  { state: 'keyNotFound', detail: 'otherKey' },
  { state: 'keyNotFound' },
  { state: 'invalid', detail: 'keyTooSmall' },
  { state: 'invalid', detail: 'keyDoesNotFit' },
];

test('an extension that is demanded is named whatever becomes of the key, and never passes', () => {
  for (const signature of FINDINGS) {
    for (const validator of [undefined, ...VALIDATORS]) {
      const judgement = judge({ header: { crit: ['x'], x: 1 }, signature }, validator);
      assert.notEqual(judgement.verdict, 'passes', JSON.stringify({ signature, validator }));
      const named = judgement.disagreements?.some(({ reason }) => reason === 'signatureCritical');
      assert.ok(named, JSON.stringify({ signature, validator }));
    }
  }
});

test('a validator whose version decides never decides a check, and its versions are told in order', () => {
  const told: Situation[] = [
    { signature: { state: 'valid', detail: 'criticalHeader' } },
    { change: (raw) => raw.replace(/\.AAAA$/, '.AAB') },
    { claims: { iat: String(at.NOW_SEC) } },
  ];
  for (const situation of told) {
    const [only] = judge(situation, 'pyjwt').disagreements ?? [];
    assert.equal(only?.verdicts.pyjwt, 'unknown');
    const versions = only.byVersion?.pyjwt?.map(({ since = '0' }) => since) ?? [];
    assert.ok(versions.length > 1);
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    );
  }
});

test('of several doubts the one counts that the validator refuses, and a lasting one is never outweighed', () => {
  const deep = { deep: JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`) };
  const both: Situation = { claims: deep, change: (raw) => raw.replace(/\.AAAA$/, '.AAB') };
  const of = (validator?: ValidatorId) => judge(both, validator).checks[0];
  assert.deepEqual([of('aspnetcore')?.verdict, of('aspnetcore')?.reason], ['failed', 'nestedDeeply']);
  assert.deepEqual([of('jose')?.verdict, of('jose')?.reason], ['notChecked', 'notCanonical']);
});

test('a time written as text is judged as the number it is', () => {
  const of = (exp: string, validator: ValidatorId) => {
    const check = judge({ claims: { exp } }, validator).checks.find(({ id }) => id === 'expiry');
    return `${check?.verdict} ${check?.reason}`;
  };
  assert.equal(of(String(at.NOW_SEC - 100), 'aspnetcore'), 'passed timeIsText');
  assert.equal(of(String(at.NOW_SEC - 100), 'pyjwt'), 'failed expiredSkewUnknown');
  assert.equal(of(String(at.NOW_SEC - 9999), 'aspnetcore'), 'failed expired');
});

test('a time below every number is no beginning and no end', () => {
  const of = (claim: string, json: string, id: CheckId) =>
    judge({ payloadText: withText(claim, json) }).checks.find((check) => check.id === id)?.reason;
  assert.equal(of('exp', '-1e999', 'expiry'), 'timeNotANumber');
  assert.equal(of('nbf', '1e999', 'notBefore'), 'timeNotANumber');
  assert.equal(of('nbf', '-1e999', 'notBefore'), 'timeNotFinite');
  assert.equal(of('iat', '1e999', 'notBefore'), 'issuedInFuture');
});

test('a token without a doubt is one that nobody disagrees about', () => {
  for (const validator of [undefined, ...VALIDATORS]) {
    const { verdict, disagreements } = judge({}, validator);
    assert.deepEqual([verdict, disagreements], ['passes', []]);
  }
});
