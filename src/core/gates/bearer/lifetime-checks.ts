import { clockSkewOf, USUAL_SKEW_SEC } from '../../entra/clock-skew.ts';
import type { JsonValue } from '../../token/token.ts';
import type { Check, CheckId, ReasonId } from '../check.ts';
import { settle } from './differences.ts';
import { absentClaim, showClaim, type TokenUnderCheck } from './token-under-check.ts';

/** The most a validator tolerates when nobody sets anything. */
const USUAL_LARGEST_SKEW_SEC = Math.max(...Object.values(USUAL_SKEW_SEC));

/** `exp`: required, a number of seconds, later than now less the tolerance of the validator (RFC 7519 §4.1.4). */
export function checkExpiry(token: TokenUnderCheck): Check {
  const exp = token.payload.exp;
  if (exp === undefined)
    return absentClaim(token, { id: 'expiry', claim: 'exp', reason: 'expiryMissing', cause: 'token-malformed' });
  return checkTime(token, 'expiry', 'exp', exp, (seconds, nowSec) => nowSec - seconds, {
    inside: 'notExpired',
    atTheEdge: 'expiredThisSecond',
    withinSkew: 'expiredWithinSkew',
    skewUnknown: 'expiredSkewUnknown',
    outside: 'expired',
  });
}

/**
 * `nbf`: optional; not later than now plus the tolerance of the validator (RFC 7519 §4.1.5). `iat` is looked at where
 * `nbf` is fine: some validators refuse a token from the future.
 */
export function checkNotBefore(token: TokenUnderCheck): Check {
  const check = settle(checkBeginning(token), token.profile);
  return check.verdict === 'passed' ? (checkIssuedAt(token) ?? check) : check;
}

function checkIssuedAt({
  payload,
  profile,
  nowMs,
}: Pick<TokenUnderCheck, 'payload' | 'profile' | 'nowMs'>): Check | undefined {
  const { iat } = payload;
  if (iat === undefined) return undefined;
  const base = { id: 'notBefore', claim: 'iat', seen: showClaim(iat), verdict: 'notChecked' } as const;
  if (isWholeNumber(iat)) {
    const asNumber = checkIssuedAt({ payload: { iat: Number(iat) }, profile, nowMs });
    return { ...base, reason: asNumber ? 'issuedNotANumber' : 'issuedIsText' };
  }
  if (typeof iat !== 'number') return { ...base, reason: 'issuedNotANumber' };
  if (!Number.isFinite(iat)) return { ...base, seen: String(iat), reason: 'issuedInFuture' };
  const over = iat - nowMs / 1000;
  const isEarly = over > (clockSkewOf(profile)?.seconds ?? 0);
  return isEarly ? { ...base, reason: 'issuedInFuture', detail: String(Math.round(over)) } : undefined;
}

function checkBeginning(token: TokenUnderCheck): Check {
  const nbf = token.payload.nbf;
  if (nbf === undefined) {
    return {
      id: 'notBefore',
      claim: 'nbf',
      verdict: token.partial ? 'notChecked' : 'passed',
      reason: 'notBeforeMissing',
    };
  }
  const check = checkTime(token, 'notBefore', 'nbf', nbf, (seconds, nowSec) => seconds - nowSec, {
    inside: 'alreadyValid',
    withinSkew: 'startsWithinSkew',
    skewUnknown: 'startSkewUnknown',
    outside: 'notYetValid',
  });
  const { exp } = token.payload;
  const isBackwards = typeof nbf === 'number' && typeof exp === 'number' && nbf > exp;
  if (!isBackwards || check.verdict === 'failed') return check;
  return { id: 'notBefore', claim: 'nbf', verdict: 'notChecked', reason: 'startsAfterEnd', seen: showClaim(nbf) };
}

interface TimeReasons {
  inside: ReasonId;
  /** Over by exactly the tolerance, where that is too late. */
  atTheEdge?: ReasonId;
  withinSkew: ReasonId;
  skewUnknown: ReasonId;
  outside: ReasonId;
}

function checkTime(
  token: TokenUnderCheck,
  id: CheckId,
  claim: 'exp' | 'nbf',
  value: JsonValue,
  secondsOver: (seconds: number, nowSec: number) => number,
  reasons: TimeReasons,
): Check {
  const base = { id, claim, seen: showClaim(value), member: 'clockSkewSec' } as const;
  if (isWholeNumber(value)) {
    const asNumber = checkTime(token, id, claim, Number(value), secondsOver, reasons);
    if (settle(asNumber, token.profile).verdict === 'failed') return { ...asNumber, seen: showClaim(value) };
    return { ...base, verdict: 'notChecked', reason: 'timeIsText' };
  }
  if (typeof value !== 'number') {
    return { ...base, verdict: 'failed', reason: 'timeNotANumber', cause: 'token-malformed' };
  }
  const over = secondsOver(value, token.nowMs / 1000);
  if (!Number.isFinite(over)) {
    const reason = over < 0 ? 'timeNotFinite' : 'timeNotANumber';
    return { ...base, seen: String(value), verdict: 'failed', reason, cause: 'token-malformed' };
  }
  const facts = { ...base, detail: String(Math.round(Math.abs(over))) };
  const cause = claim === 'exp' ? 'token-expired' : 'token-not-yet-valid';
  if (over < 0 || (over === 0 && claim === 'nbf')) return { ...facts, verdict: 'passed', reason: reasons.inside };
  const skewSec = statedSkew(token);
  if (over > (skewSec ?? USUAL_LARGEST_SKEW_SEC))
    return { ...facts, verdict: 'failed', reason: reasons.outside, cause };
  if (over === skewSec && reasons.atTheEdge) return { ...facts, verdict: 'failed', reason: reasons.atTheEdge, cause };
  if (skewSec === undefined) return { ...facts, verdict: 'notChecked', reason: reasons.skewUnknown };
  return { ...facts, verdict: 'passed', reason: reasons.withinSkew, warns: true };
}

/** A number of seconds written as text. */
function isWholeNumber(value: JsonValue): value is string {
  return typeof value === 'string' && /^\d{1,15}$/.test(value);
}

/** What profile or settings say; a validator's own tolerance is one of the things validators differ on. */
function statedSkew({ profile }: TokenUnderCheck): number | undefined {
  const skew = clockSkewOf(profile);
  return skew?.from === 'validator' ? undefined : skew?.seconds;
}
