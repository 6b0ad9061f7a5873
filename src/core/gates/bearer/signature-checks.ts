import type { ReadSource } from '../../entra/metadata.ts';
import { ASYMMETRIC_ALGORITHMS, type SignatureDetail, type SignatureFinding } from '../../entra/signature.ts';
import type { Check, ReasonId } from '../check.ts';
import { acceptsAudience } from './audience-check.ts';
import { showClaim, type TokenUnderCheck } from './token-under-check.ts';

/** Keys older than this are named with their date: authorities rotate them, and one that leaked is taken back. */
const OLD_KEYS_MS = 24 * 60 * 60 * 1000;

/** `alg`: asymmetric only. `none` and the HS family are refused whatever the keys are (RFC 8725 §3.1). */
export function checkAlgorithm({ header, keySource }: TokenUnderCheck): Check {
  const alg = header.alg;
  const base = { id: 'algorithm' as const, claim: 'alg', ...(alg === undefined ? {} : { seen: showClaim(alg) }) };
  if (typeof alg === 'string' && ASYMMETRIC_ALGORITHMS.includes(alg)) {
    if (alg.startsWith('Ed')) return { ...base, verdict: 'notChecked', reason: 'algorithmEdwards' };
    return { ...base, verdict: 'passed', reason: 'asymmetric' };
  }
  const failed = { ...base, verdict: 'failed' as const, expected: ['RS256'], cause: 'algorithm-not-accepted' as const };
  if (typeof alg === 'string' && alg.toLowerCase() === 'none') return { ...failed, reason: 'algorithmNone' };
  if (typeof alg === 'string' && /^HS\d/i.test(alg)) {
    const isPublished = keySource?.ok && keySource.keys.some(({ kid }) => kid !== undefined && kid === header.kid);
    return { ...failed, reason: isPublished ? 'algorithmPublicKeyAsSecret' : 'algorithmSymmetric' };
  }
  return { ...failed, reason: 'algorithmUnknown' };
}

/** The signing key: found by `kid` among the keys the authority publishes now. */
export function checkKey(token: TokenUnderCheck): Check {
  const { header, keySource, signature } = token;
  const kid = header.kid === undefined ? {} : { seen: showClaim(header.kid) };
  const base = { id: 'key' as const, claim: 'kid', ...kid };
  if (signature?.given) return checkGivenKey(base, signature);
  if (!keySource?.ok) {
    const why = keySource ? { detail: keySource.failure, expected: [keySource.failedUrl] } : {};
    return { ...base, verdict: 'notChecked', reason: 'keysUnavailable', ...why };
  }
  const published = keySource.keys.flatMap((key) => (key.kid === undefined ? [] : [key.kid]));
  switch (signature?.state) {
    case 'keyNotFound':
      if (keySource.refetchFailure) {
        return { ...base, verdict: 'notChecked', reason: 'keysStale', detail: keySource.refetchFailure };
      }
      if (signature.detail === 'otherKey') return { ...base, verdict: 'notChecked', reason: 'keyOtherFits' };
      return { ...base, verdict: 'failed', reason: 'keyNotFound', expected: published, cause: 'signing-key-not-found' };
    case 'invalid':
      if (signature.detail === 'keyTooSmall') return { ...base, verdict: 'notChecked', reason: 'keyTooSmall' };
      if (signature.detail === 'keyDoesNotFit' || signature.detail === 'keyWeak') {
        return { ...base, verdict: 'failed', reason: signature.detail, cause: 'algorithm-not-accepted' };
      }
      return { ...base, verdict: 'passed', reason: 'keyFound' };
    case 'valid':
      return checkFoundKey(base, signature, keySource, token.nowMs);
    case 'assumed':
      return { ...base, verdict: 'passed', reason: 'signatureAssumed' };
    default:
      return { ...base, verdict: 'notChecked', reason: signature ? 'algorithmRefused' : 'keysUnavailable' };
  }
}

type KeyFacts = Pick<Check, 'seen'> & { id: 'key'; claim: string };

/** Ways to name a key on which validators differ. */
const KEY_DOUBTS: Partial<Record<SignatureDetail, ReasonId>> = {
  noKidAmongOthers: 'keyAmongOthersWithoutKid',
  noKidAmongMany: 'keyAmongManyWithoutKid',
  kidNull: 'keyIdNull',
  kidNotText: 'keyIdNotText',
  sameKid: 'keySameKidFirst',
  sameKidLater: 'keySameKidLater',
  sameKidOther: 'keySameKidOther',
};

function checkFoundKey(base: KeyFacts, { detail }: SignatureFinding, source: ReadSource, nowMs: number): Check {
  const doubt = detail && KEY_DOUBTS[detail];
  if (doubt) return { ...base, verdict: 'notChecked', reason: doubt };
  if (source.refetchFailure !== undefined) {
    const reason = areOldKeys(source, nowMs) ? 'keyFoundLongAgo' : 'keyFoundEarlier';
    const read = String(Math.round((nowMs - source.readAtMs) / 1000));
    return { ...base, verdict: 'passed', reason, detail: read, expected: [source.refetchFailure], warns: true };
  }
  if (detail === 'noKid') return { ...base, verdict: 'passed', reason: 'keyFoundWithoutKid', warns: true };
  return { ...base, verdict: 'passed', reason: 'keyFound' };
}

/** True when an authority's keys could not be read again for more than 24 hours. */
export function areOldKeys({ refetchFailure, readAtMs }: ReadSource, nowMs: number): boolean {
  return refetchFailure !== undefined && nowMs - readAtMs > OLD_KEYS_MS;
}

function checkGivenKey(base: KeyFacts, { state, detail }: SignatureFinding): Check {
  if (state === 'notChecked') return { ...base, verdict: 'notChecked', reason: 'algorithmRefused' };
  if (state === 'keyNotFound') {
    return { ...base, verdict: 'failed', reason: 'keyGivenOther', cause: 'signing-key-not-found' };
  }
  if (detail === 'keyDoesNotFit' || detail === 'keyWeak') {
    return { ...base, verdict: 'failed', reason: detail, cause: 'algorithm-not-accepted' };
  }
  if (detail === 'keyTooSmall') return { ...base, verdict: 'notChecked', reason: 'keyTooSmall' };
  const doubt = detail && KEY_DOUBTS[detail];
  if (doubt) return { ...base, verdict: 'notChecked', reason: doubt };
  return { ...base, verdict: 'passed', reason: 'keyGiven', warns: true };
}

/**
 * The signature. A token for a Microsoft API such as Graph is never called invalid: its signature covers another
 * header than the one it carries, and it is not meant for anybody else to validate (Microsoft: access-tokens.md).
 */
export function checkSignature(token: TokenUnderCheck): Check {
  const { header, signature, hasSignature, keySource } = token;
  const base = { id: 'signature' as const };
  // Whatever the key is: no extension is understood here (RFC 7515 §4.1.11).
  const isCritical = Object.hasOwn(header, 'crit') || signature?.detail === 'criticalHeader';
  const critical = { ...base, verdict: 'notChecked', reason: 'signatureCritical', claim: 'crit' } as const;
  if (!hasSignature && !token.decodedOnly) {
    return { ...base, verdict: 'failed', reason: 'signatureMissing', cause: 'signature-tampered' };
  }
  switch (signature?.state) {
    case 'valid':
      if (isCritical) return critical;
      if (signature.given) return { ...base, verdict: 'passed', reason: 'signatureGivenKey', warns: true };
      return { ...base, verdict: 'passed', reason: 'signatureValid' };
    case 'assumed':
      return { ...base, verdict: 'passed', reason: 'signatureAssumed' };
    case 'invalid':
      if (isForMicrosoft(token)) return { ...base, verdict: 'notChecked', reason: 'signatureNotMeantForYou' };
      if (signature.detail === 'unreadable') {
        return { ...base, verdict: 'failed', reason: 'signatureUnreadable', cause: 'signature-tampered' };
      }
      if (signature.detail === undefined) {
        return { ...base, verdict: 'failed', reason: 'signatureInvalid', cause: 'signature-tampered' };
      }
      return isCritical ? critical : { ...base, verdict: 'notChecked', reason: 'keyMissing' };
    case 'keyNotFound':
      if (isCritical) return critical;
      if (signature.detail === 'otherKey') return { ...base, verdict: 'notChecked', reason: 'signatureOtherKey' };
      return { ...base, verdict: 'notChecked', reason: 'keyMissing' };
    default:
      if (signature?.detail === 'algorithm') return { ...base, verdict: 'notChecked', reason: 'algorithmRefused' };
      return {
        ...base,
        verdict: 'notChecked',
        reason: 'keysUnavailable',
        ...(keySource && !keySource.ok ? { detail: keySource.failure, expected: [keySource.failedUrl] } : {}),
      };
  }
}

/**
 * A header `nonce` alone proves nothing, since anybody can add one: where the profile accepts the audience, a signature
 * that does not verify is invalid.
 */
function isForMicrosoft({ kind, payload, profile }: TokenUnderCheck): boolean {
  return kind.id === 'microsoftApiToken' && (kind.api !== undefined || !acceptsAudience(profile, payload.aud));
}
