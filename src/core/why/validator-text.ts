import type { ApiProfile, ValidatorId } from '../entra/api-profile.ts';
import type { ClockSkew } from '../entra/clock-skew.ts';
import type { VersionedVerdict } from '../gates/judgement.ts';
import { describeOrigin } from './origin-text.ts';

const NAMES: Readonly<Record<ValidatorId, string>> = {
  aspnetcore: 'ASP.NET Core',
  'identity-web': 'Microsoft.Identity.Web',
  jose: 'jose',
  jsonwebtoken: 'jsonwebtoken',
  pyjwt: 'PyJWT',
};

/** A validator's name for people. */
export function validatorName(validator: ValidatorId): string {
  return NAMES[validator];
}

/** Who says which tolerance on times counts, in words. */
export function describeSkewSource({ from }: ClockSkew, { validator, usualClockSkew }: ApiProfile): string {
  switch (from) {
    case 'profile':
      return 'the profile';
    case 'validator':
      return `the default of ${validator === undefined ? 'the validator' : NAMES[validator]}`;
    case 'setting':
      return `why401.clockSkewSec in ${describeOrigin(usualClockSkew?.origin ?? 'user')}`;
  }
}

const ANSWERS: Readonly<Record<VersionedVerdict['verdict'], string>> = { accepts: 'accepts it', refuses: 'refuses it' };

/**
 * What a validator answers by its version, in words: "PyJWT accepts it, refuses it from 2.12.0 on". The number alone does
 * not tell: distributions bring such changes to older versions and leave the number as it is.
 */
export function describeVersions(validator: ValidatorId, verdicts: readonly VersionedVerdict[]): string {
  const answers = verdicts.map(
    ({ since, verdict }) => ANSWERS[verdict] + (since === undefined ? '' : ` from ${since} on`),
  );
  return `${NAMES[validator]} ${answers.join(', ')} (distributions bring this to older versions too)`;
}
