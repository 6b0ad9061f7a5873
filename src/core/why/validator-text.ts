import type { ApiProfile, ValidatorId } from '../entra/api-profile.ts';
import type { ClockSkew } from '../entra/clock-skew.ts';
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
