import { ownMember } from '../../own-member.ts';
import { literalOf } from '../../policy/policy-value.ts';
import type { RequiredClaim } from '../../policy/token-policy.ts';
import type { JsonValue } from '../../token/token.ts';
import { checkAudience } from '../bearer/audience-check.ts';
import { absentClaim, showClaim, type TokenUnderCheck } from '../bearer/token-under-check.ts';
import type { Check } from '../check.ts';

/**
 * One `claim` of `required-claims` (Microsoft: validate-jwt-policy): with `match="all"`, the default, every value has to be
 * there, with `any` one of them; only a `separator` splits a text such as `scp`. For `aud` the cause is one of the
 * audience, as the same fault has elsewhere.
 */
export function checkRequiredClaim(token: TokenUnderCheck, claim: RequiredClaim): Check {
  const name = literalOf(claim.name);
  const place = { place: { line: claim.line } };
  const base = { id: 'requiredClaim' as const, claim: name ?? '', ...place };
  if (name === undefined) return { ...base, verdict: 'notChecked', reason: 'requiredClaimUnknown' };
  const value = ownMember(token.payload, name);
  const wanted = claim.values.map(literalOf);
  const expected = wanted.flatMap((text) => text ?? []);
  if (value === undefined) {
    return absentClaim(token, {
      ...base,
      ...(expected.length > 0 ? { expected } : {}),
      reason: 'requiredClaimMissing',
      cause: 'apim-required-claim-mismatch',
    });
  }
  const facts = { ...base, seen: showClaim(value), expected };
  const match = literalOf(claim.match);
  const held = match === undefined ? undefined : holds(valuesOf(value, claim), wanted, match);
  if (held === undefined) return { ...facts, verdict: 'notChecked', reason: 'requiredClaimUnknown' };
  if (held) return { ...facts, verdict: 'passed', reason: 'requiredClaimHeld' };
  const isAudience = name === 'aud' && expected.length === 1;
  const audience = isAudience
    ? checkAudience({ ...token, profile: { ...token.profile, audiences: expected } })
    : undefined;
  if (audience?.verdict !== 'failed') {
    return { ...facts, verdict: 'failed', reason: 'requiredClaimOther', cause: 'apim-required-claim-mismatch' };
  }
  const { member: _member, ...failed } = audience;
  return { ...failed, ...place };
}

/** Undefined: it depends on a value that is not known. */
function holds(
  held: readonly string[],
  wanted: readonly (string | undefined)[],
  match: 'all' | 'any',
): boolean | undefined {
  const known = wanted.filter((text) => text !== undefined);
  const hasUnknown = known.length < wanted.length;
  const found = known.filter((text) => held.includes(text));
  if (match === 'any') return found.length > 0 || (hasUnknown || wanted.length === 0 ? undefined : false);
  if (found.length < known.length) return false;
  return hasUnknown ? undefined : true;
}

function valuesOf(value: JsonValue, { separator }: RequiredClaim): string[] {
  const texts = (Array.isArray(value) ? value : [value]).map(showClaim);
  const mark = literalOf(separator);
  return mark ? texts.flatMap((text) => text.split(mark)) : texts;
}
