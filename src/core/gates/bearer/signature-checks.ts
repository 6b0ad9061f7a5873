import { ASYMMETRIC_ALGORITHMS } from '../../entra/signature.ts';
import type { Check } from '../gate.ts';
import { acceptsAudience } from './audience-check.ts';
import { showClaim, type TokenUnderCheck } from './token-under-check.ts';

/** `alg`: asymmetric only. `none` and the HS family are refused whatever the keys are (RFC 8725 §3.1). */
export function checkAlgorithm({ header }: TokenUnderCheck): Check {
  const alg = header.alg;
  const base = { id: 'algorithm' as const, claim: 'alg', ...(alg === undefined ? {} : { seen: showClaim(alg) }) };
  if (typeof alg === 'string' && ASYMMETRIC_ALGORITHMS.includes(alg)) {
    return { ...base, verdict: 'passed', reason: 'asymmetric' };
  }
  const failed = { ...base, verdict: 'failed' as const, expected: ['RS256'], cause: 'algorithm-not-accepted' as const };
  if (typeof alg === 'string' && alg.toLowerCase() === 'none') return { ...failed, reason: 'algorithmNone' };
  if (typeof alg === 'string' && /^HS\d/i.test(alg)) return { ...failed, reason: 'algorithmSymmetric' };
  return { ...failed, reason: 'algorithmUnknown' };
}

/** The signing key: found by `kid` among the keys the authority publishes now. */
export function checkKey(token: TokenUnderCheck): Check {
  const { header, keySource, signature } = token;
  const kid = typeof header.kid === 'string' ? { seen: header.kid } : {};
  const base = { id: 'key' as const, claim: 'kid', ...kid };
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
      return { ...base, verdict: 'failed', reason: 'keyNotFound', expected: published, cause: 'signing-key-not-found' };
    case 'invalid':
      if (signature.detail === 'keyTooSmall') return { ...base, verdict: 'notChecked', reason: 'keyTooSmall' };
      if (signature.detail === 'keyDoesNotFit') {
        return { ...base, verdict: 'failed', reason: 'keyDoesNotFit', cause: 'algorithm-not-accepted' };
      }
      return { ...base, verdict: 'passed', reason: 'keyFound' };
    case 'valid':
      if (signature.detail === 'noKid') return { ...base, verdict: 'passed', reason: 'keyFoundWithoutKid' };
      return { ...base, verdict: 'passed', reason: 'keyFound' };
    case 'assumed':
      return { ...base, verdict: 'passed', reason: 'signatureAssumed' };
    default:
      return { ...base, verdict: 'notChecked', reason: signature ? 'algorithmRefused' : 'keysUnavailable' };
  }
}

/**
 * The signature. A token for a Microsoft API such as Graph is never called invalid: its signature covers another
 * header than the one it carries, and it is not meant for anybody else to validate (Microsoft: access-tokens.md).
 */
export function checkSignature(token: TokenUnderCheck): Check {
  const { signature, hasSignature, keySource } = token;
  const base = { id: 'signature' as const };
  if (!hasSignature && !token.decodedOnly) {
    return { ...base, verdict: 'failed', reason: 'signatureMissing', cause: 'signature-tampered' };
  }
  switch (signature?.state) {
    case 'valid':
      return { ...base, verdict: 'passed', reason: 'signatureValid' };
    case 'assumed':
      return { ...base, verdict: 'passed', reason: 'signatureAssumed' };
    case 'invalid':
      if (isForMicrosoft(token)) return { ...base, verdict: 'notChecked', reason: 'signatureNotMeantForYou' };
      if (signature.detail === 'criticalHeader') {
        return { ...base, verdict: 'notChecked', reason: 'signatureCritical', claim: 'crit' };
      }
      if (signature.detail !== undefined) return { ...base, verdict: 'notChecked', reason: 'keyMissing' };
      return { ...base, verdict: 'failed', reason: 'signatureInvalid', cause: 'signature-tampered' };
    case 'keyNotFound':
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
