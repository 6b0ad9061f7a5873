import { type ApiProfile, VALIDATORS, type ValidatorId } from '../../entra/api-profile.ts';
import type { CauseId } from '../cause-id.ts';
import type { Check, ReasonId } from '../check.ts';
import type { ByVersion, Disagreement, ValidatorVerdict, VersionedVerdict } from '../judgement.ts';

/** What validators make of something in a token, each as it comes, none of its options set. */
interface Difference {
  verdicts: Readonly<Record<ValidatorId, ValidatorVerdict>>;
  /** Users have old and new versions, and distributions bring changes to old ones: nothing is decided by these. */
  byVersion?: ByVersion;
  /** Why a validator that refuses it does. */
  cause: CauseId;
  /** Accepting it is a weakness: a validator that does never makes the line pass. */
  protects?: true;
}

const ACCEPTED = 'accepts';
const REFUSED = 'refuses';
const UNKNOWN = 'unknown';

/** ASP.NET Core and Microsoft.Identity.Web share Microsoft.IdentityModel, and differ in almost nothing here. */
function verdicts(
  dotnet: ValidatorVerdict,
  jose: ValidatorVerdict,
  jsonwebtoken: ValidatorVerdict,
  pyjwt: ValidatorVerdict,
): Difference['verdicts'] {
  return { aspnetcore: dotnet, 'identity-web': dotnet, jose, jsonwebtoken, pyjwt };
}

function pyjwt(...verdictsInOrder: VersionedVerdict[]): Pick<Difference, 'byVersion'> {
  return { byVersion: { pyjwt: verdictsInOrder } };
}

/**
 * The reasons on which validators differ. jose 6, jsonwebtoken 9 (with jwks-rsa) and PyJWT 2 as run; .NET as read in
 * the source of Microsoft.IdentityModel 8. A test with thousands of tokens holds the first three against this table.
 * Where a version changed an answer is said by PyJWT's changelog and its issue 817 (`iat` written as text).
 */
const DIFFERENCES: Partial<Record<ReasonId, Difference>> = {
  tooLarge: { verdicts: verdicts(REFUSED, ACCEPTED, ACCEPTED, ACCEPTED), cause: 'token-malformed', protects: true },
  padded: {
    verdicts: verdicts(ACCEPTED, ACCEPTED, REFUSED, UNKNOWN),
    ...pyjwt({ verdict: ACCEPTED }, { since: '2.14.0', verdict: REFUSED }, { since: '2.15.1', verdict: ACCEPTED }),
    cause: 'token-malformed',
    protects: true,
  },
  notCanonical: {
    verdicts: verdicts(UNKNOWN, ACCEPTED, ACCEPTED, UNKNOWN),
    ...pyjwt({ verdict: ACCEPTED }, { since: '2.14.0', verdict: REFUSED }),
    cause: 'token-malformed',
    protects: true,
  },
  standardBase64: {
    verdicts: verdicts(ACCEPTED, REFUSED, REFUSED, UNKNOWN),
    ...pyjwt({ verdict: ACCEPTED }, { since: '2.14.0', verdict: REFUSED }),
    cause: 'token-malformed',
    protects: true,
  },
  notUtf8: { verdicts: verdicts(UNKNOWN, REFUSED, ACCEPTED, REFUSED), cause: 'token-malformed', protects: true },
  nestedDeeply: { verdicts: verdicts(REFUSED, ACCEPTED, ACCEPTED, ACCEPTED), cause: 'token-malformed' },
  byteOrderMark: { verdicts: verdicts(REFUSED, ACCEPTED, REFUSED, ACCEPTED), cause: 'token-malformed' },
  algorithmEdwards: { verdicts: verdicts(REFUSED, ACCEPTED, REFUSED, ACCEPTED), cause: 'algorithm-not-accepted' },
  keyTooSmall: {
    verdicts: verdicts(ACCEPTED, REFUSED, ACCEPTED, ACCEPTED),
    cause: 'algorithm-not-accepted',
    protects: true,
  },
  // .NET tries every key when the kid names none (TryAllIssuerSigningKeys).
  keyOtherFits: { verdicts: verdicts(ACCEPTED, REFUSED, REFUSED, REFUSED), cause: 'signing-key-not-found' },
  // That the others refuse it is said at the key.
  signatureOtherKey: { verdicts: verdicts(ACCEPTED, UNKNOWN, UNKNOWN, UNKNOWN), cause: 'signing-key-not-found' },
  keyFoundWithoutKid: { verdicts: verdicts(ACCEPTED, ACCEPTED, ACCEPTED, REFUSED), cause: 'signing-key-not-found' },
  keyAmongOthersWithoutKid: {
    verdicts: verdicts(ACCEPTED, ACCEPTED, REFUSED, REFUSED),
    cause: 'signing-key-not-found',
  },
  keyIdNull: { verdicts: verdicts(UNKNOWN, REFUSED, ACCEPTED, REFUSED), cause: 'signing-key-not-found' },
  // PyJWT before 2.12 finds a key that is published under the very same number.
  keyIdNotText: { verdicts: verdicts(UNKNOWN, REFUSED, REFUSED, UNKNOWN), cause: 'signing-key-not-found' },
  keySameKidFirst: { verdicts: verdicts(UNKNOWN, REFUSED, ACCEPTED, ACCEPTED), cause: 'signing-key-not-found' },
  keySameKidLater: { verdicts: verdicts(UNKNOWN, REFUSED, REFUSED, REFUSED), cause: 'signing-key-not-found' },
  keySameKidOther: { verdicts: verdicts(UNKNOWN, ACCEPTED, REFUSED, REFUSED), cause: 'signing-key-not-found' },
  keyAmongManyWithoutKid: { verdicts: verdicts(ACCEPTED, REFUSED, REFUSED, REFUSED), cause: 'signing-key-not-found' },
  signatureCritical: {
    verdicts: verdicts(ACCEPTED, REFUSED, ACCEPTED, UNKNOWN),
    ...pyjwt({ verdict: ACCEPTED }, { since: '2.12.0', verdict: REFUSED }),
    cause: 'token-malformed',
    protects: true,
  },
  issuerNotTheKeys: {
    verdicts: { ...verdicts(ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED), 'identity-web': REFUSED },
    cause: 'issuer-not-accepted',
    protects: true,
  },
  audienceTrailingSlash: { verdicts: verdicts(ACCEPTED, REFUSED, REFUSED, REFUSED), cause: 'aud-mismatch' },
  audienceNotAllText: { verdicts: verdicts(UNKNOWN, ACCEPTED, ACCEPTED, REFUSED), cause: 'aud-mismatch' },
  expiryMissing: {
    verdicts: verdicts(REFUSED, ACCEPTED, ACCEPTED, ACCEPTED),
    cause: 'token-malformed',
    protects: true,
  },
  timeIsText: { verdicts: verdicts(ACCEPTED, REFUSED, REFUSED, ACCEPTED), cause: 'token-malformed' },
  timeNotFinite: { verdicts: verdicts(UNKNOWN, ACCEPTED, ACCEPTED, REFUSED), cause: 'token-malformed', protects: true },
  expiredSkewUnknown: { verdicts: verdicts(ACCEPTED, REFUSED, REFUSED, REFUSED), cause: 'token-expired' },
  // RFC 7519 §4.1.4 refuses "on or after" exp; .NET compares with "before".
  expiredThisSecond: { verdicts: verdicts(ACCEPTED, REFUSED, REFUSED, REFUSED), cause: 'token-expired' },
  startSkewUnknown: { verdicts: verdicts(ACCEPTED, REFUSED, REFUSED, REFUSED), cause: 'token-not-yet-valid' },
  startsAfterEnd: { verdicts: verdicts(REFUSED, ACCEPTED, ACCEPTED, ACCEPTED), cause: 'token-malformed' },
  issuedInFuture: { verdicts: verdicts(ACCEPTED, ACCEPTED, ACCEPTED, REFUSED), cause: 'token-not-yet-valid' },
  issuedNotANumber: { verdicts: verdicts(UNKNOWN, REFUSED, ACCEPTED, REFUSED), cause: 'token-malformed' },
  issuedIsText: {
    verdicts: verdicts(UNKNOWN, REFUSED, ACCEPTED, UNKNOWN),
    ...pyjwt({ verdict: ACCEPTED }, { since: '2.6.0', verdict: REFUSED }, { since: '2.7.0', verdict: ACCEPTED }),
    cause: 'token-malformed',
  },
};

/** What this validator makes of a reason; undefined when validators do not differ on it, or the validator is not known. */
export function verdictOn(reason: ReasonId, validator: ValidatorId | undefined): ValidatorVerdict | undefined {
  return validator === undefined ? undefined : DIFFERENCES[reason]?.verdicts[validator];
}

/**
 * Lets the profile's validator decide a check on which validators differ. It stays as it is where the validator is not
 * known, or accepts what no validator should.
 */
export function settle(check: Check, { validator }: ApiProfile): Check {
  const difference = DIFFERENCES[check.reason];
  if (!difference || validator === undefined) return check;
  const { cause: _cause, verdict: _verdict, ...facts } = check;
  switch (difference.verdicts[validator]) {
    case 'refuses':
      return { ...facts, verdict: 'failed', cause: check.cause ?? difference.cause, decidedBy: validator };
    case 'accepts':
      return difference.protects ? check : { ...facts, verdict: 'passed', warns: true, decidedBy: validator };
    case 'unknown':
      return check;
  }
}

/** Everything about these checks that validators would answer differently. */
export function findDisagreements(checks: readonly Check[]): Disagreement[] {
  return checks.flatMap(({ id, reason }) => {
    const difference = DIFFERENCES[reason];
    const isSaidAlready = reason === 'signatureOtherKey';
    return difference && !isSaidAlready && differ(difference)
      ? [{ check: id, reason, verdicts: difference.verdicts, ...versionsOf(difference) }]
      : [];
  });
}

function versionsOf({ byVersion }: Difference): Pick<Disagreement, 'byVersion'> {
  return byVersion ? { byVersion } : {};
}

function differ({ verdicts: all }: Difference): boolean {
  return new Set(VALIDATORS.map((validator) => all[validator])).size > 1;
}
