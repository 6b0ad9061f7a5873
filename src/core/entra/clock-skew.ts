import type { ApiProfile, ValidatorId } from './api-profile.ts';

/** How long after `exp`, and how long before `nbf`, a token is still accepted, and who says so. */
export interface ClockSkew {
  seconds: number;
  from: 'profile' | 'validator' | 'setting';
}

/** What a validator tolerates when nobody sets anything (IdentityModel's `DefaultClockSkew`; the others allow none). */
export const USUAL_SKEW_SEC: Readonly<Record<ValidatorId, number>> = {
  aspnetcore: 300,
  'identity-web': 300,
  jose: 0,
  jsonwebtoken: 0,
  pyjwt: 0,
};

/**
 * The tolerance a token is judged with: what the profile says, else what its validator does by itself, else
 * `why401.clockSkewSec`. Undefined when nobody says: then it is unknown.
 */
export function clockSkewOf({ clockSkewSec, validator, usualClockSkew }: ApiProfile): ClockSkew | undefined {
  if (clockSkewSec !== undefined) return { seconds: clockSkewSec, from: 'profile' };
  if (validator !== undefined) return { seconds: USUAL_SKEW_SEC[validator], from: 'validator' };
  return usualClockSkew && { seconds: usualClockSkew.seconds, from: 'setting' };
}
