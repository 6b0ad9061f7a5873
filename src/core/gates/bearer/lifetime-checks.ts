import type { Check, CheckId, ReasonId } from '../gate.ts';
import { absentClaim, showClaim, type TokenUnderCheck } from './token-under-check.ts';

/** What .NET validators allow when nobody sets anything (IdentityModel `DefaultClockSkew`); others allow none. */
const USUAL_LARGEST_SKEW_SEC = 300;

/** `exp`: required, a number of seconds, later than now less the tolerance of the validator (RFC 7519 §4.1.4). */
export function checkExpiry(token: TokenUnderCheck): Check {
  const exp = token.payload.exp;
  if (exp === undefined)
    return absentClaim(token, { id: 'expiry', claim: 'exp', reason: 'expiryMissing', cause: 'token-malformed' });
  return checkTime(token, 'expiry', 'exp', exp, (seconds, nowSec) => nowSec - seconds, {
    inside: 'notExpired',
    withinSkew: 'expiredWithinSkew',
    skewUnknown: 'expiredSkewUnknown',
    outside: 'expired',
  });
}

/** `nbf`: optional; not later than now plus the tolerance of the validator (RFC 7519 §4.1.5). */
export function checkNotBefore(token: TokenUnderCheck): Check {
  const nbf = token.payload.nbf;
  if (nbf === undefined) {
    return {
      id: 'notBefore',
      claim: 'nbf',
      verdict: token.partial ? 'notChecked' : 'passed',
      reason: 'notBeforeMissing',
    };
  }
  const exp = token.payload.exp;
  if (typeof nbf === 'number' && typeof exp === 'number' && nbf > exp) {
    return { id: 'notBefore', claim: 'nbf', verdict: 'notChecked', reason: 'startsAfterEnd', seen: showClaim(nbf) };
  }
  return checkTime(token, 'notBefore', 'nbf', nbf, (seconds, nowSec) => seconds - nowSec, {
    inside: 'alreadyValid',
    withinSkew: 'startsWithinSkew',
    skewUnknown: 'startSkewUnknown',
    outside: 'notYetValid',
  });
}

interface TimeReasons {
  inside: ReasonId;
  withinSkew: ReasonId;
  skewUnknown: ReasonId;
  outside: ReasonId;
}

function checkTime(
  token: TokenUnderCheck,
  id: CheckId,
  claim: 'exp' | 'nbf',
  value: unknown,
  secondsOver: (seconds: number, nowSec: number) => number,
  reasons: TimeReasons,
): Check {
  const base = { id, claim, seen: showClaim(value), member: 'clockSkewSec' } as const;
  const cause = claim === 'exp' ? 'token-expired' : 'token-not-yet-valid';
  if (typeof value === 'string' && /^\d+$/.test(value)) return { ...base, verdict: 'notChecked', reason: 'timeIsText' };
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return { ...base, verdict: 'failed', reason: 'timeNotANumber', cause: 'token-malformed' };
  }
  const over = secondsOver(value, token.nowMs / 1000);
  const detail = String(Math.round(Math.abs(over)));
  if (claim === 'exp' ? over < 0 : over <= 0) return { ...base, verdict: 'passed', reason: reasons.inside, detail };
  const skewSec = token.profile.clockSkewSec;
  const isOutside =
    claim === 'exp' ? over >= (skewSec ?? USUAL_LARGEST_SKEW_SEC) : over > (skewSec ?? USUAL_LARGEST_SKEW_SEC);
  if (isOutside) return { ...base, verdict: 'failed', reason: reasons.outside, detail, cause };
  if (skewSec === undefined) return { ...base, verdict: 'notChecked', reason: reasons.skewUnknown, detail };
  return { ...base, verdict: 'passed', reason: reasons.withinSkew, detail };
}
