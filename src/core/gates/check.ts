import type { ApiProfile, ValidatorId } from '../entra/api-profile.ts';
import type { CauseId } from './cause-id.ts';
import type { Place } from './step.ts';

export type CheckId =
  | 'structure'
  | 'algorithm'
  | 'key'
  | 'signature'
  | 'issuer'
  | 'tenant'
  | 'audience'
  | 'expiry'
  | 'notBefore'
  | 'kind'
  | 'version'
  | 'permissions'
  | 'allowedClients'
  | 'requiredClaim';

export type CheckVerdict = 'passed' | 'failed' | 'notChecked';

/** One line of a gate's report. `reason` selects the wording; `seen` and `expected` fill it. A failure has a cause. */
export type Check = CheckFacts & (FailedVerdict | { verdict: 'passed' | 'notChecked'; cause?: never });

export interface FailedVerdict {
  verdict: 'failed';
  cause: CauseId;
}

export interface CheckFacts {
  id: CheckId;
  reason: ReasonId;
  /** Claim or header parameter concerned. */
  claim?: string;
  /** Member of the API profile concerned: what it says, or what it would have to say. */
  member?: ProfileMember;
  seen?: string;
  expected?: readonly string[];
  /** More for the wording: a count of seconds, a host, a name. */
  detail?: string;
  /** Where a policy says what is expected; absent where the profile does. */
  place?: Place;
  /** On a line that passed: something to know all the same. */
  warns?: true;
  /** Validators differ here, and this one, the profile's, decided. */
  decidedBy?: ValidatorId;
}

export type ProfileMember = Exclude<keyof ApiProfile, 'name' | 'origin' | 'folder'> | 'tenant';

export type ReasonId =
  // structure
  | 'readable'
  | 'readableWithDoubts'
  | 'padded'
  | 'notCanonical'
  | 'standardBase64'
  | 'notUtf8'
  | 'duplicateNames'
  | 'nestedDeeply'
  | 'byteOrderMark'
  | 'unreadable'
  | 'tooLarge'
  | 'encrypted'
  | 'decodedOnly'
  // any check that needs claims
  | 'notReadable'
  | 'claimUnknown'
  // algorithm
  | 'asymmetric'
  | 'algorithmNone'
  | 'algorithmSymmetric'
  | 'algorithmPublicKeyAsSecret'
  | 'algorithmEdwards'
  | 'algorithmUnknown'
  // key
  | 'keyFound'
  | 'keyFoundWithoutKid'
  | 'keyAmongOthersWithoutKid'
  | 'keyAmongManyWithoutKid'
  | 'keyIdNull'
  | 'keyIdNotText'
  | 'keySameKidFirst'
  | 'keySameKidLater'
  | 'keySameKidOther'
  | 'keyFoundEarlier'
  | 'keyFoundLongAgo'
  | 'keyOtherFits'
  | 'keyGiven'
  | 'keyGivenOther'
  | 'keyWeak'
  | 'keyNotFound'
  | 'keyDoesNotFit'
  | 'keyTooSmall'
  | 'keysUnavailable'
  | 'keysStale'
  // signature
  | 'signatureValid'
  | 'signatureInvalid'
  | 'signatureMissing'
  | 'signatureAssumed'
  | 'signatureCritical'
  | 'signatureOtherKey'
  | 'signatureUnreadable'
  | 'signatureGivenKey'
  | 'signatureNotMeantForYou'
  | 'algorithmRefused'
  | 'keyMissing'
  // issuer
  | 'issuerAccepted'
  | 'issuerListed'
  | 'issuerMissing'
  | 'issuerOtherVersion'
  | 'issuerOtherTenant'
  | 'issuerOtherCloud'
  | 'issuerOther'
  | 'issuerNotTheKeys'
  | 'issuerNotKnown'
  // tenant
  | 'tenantAccepted'
  | 'tenantOther'
  | 'tenantMissing'
  | 'tenantNotSaid'
  | 'tenantNotKnown'
  // audience
  | 'audienceAccepted'
  | 'audienceMissing'
  | 'audienceMicrosoftApi'
  | 'audienceOtherForm'
  | 'audienceOtherCase'
  | 'audienceOther'
  | 'audienceTrailingSlash'
  | 'audienceNotAllText'
  | 'audienceNotSaid'
  // lifetime
  | 'notExpired'
  | 'expired'
  | 'expiredWithinSkew'
  | 'expiredSkewUnknown'
  | 'expiredThisSecond'
  | 'expiryMissing'
  | 'alreadyValid'
  | 'notYetValid'
  | 'startsWithinSkew'
  | 'startSkewUnknown'
  | 'notBeforeMissing'
  | 'timeNotANumber'
  | 'timeNotFinite'
  | 'timeIsText'
  | 'startsAfterEnd'
  | 'issuedInFuture'
  | 'issuedNotANumber'
  | 'issuedIsText'
  // kind
  | 'kindAccessToken'
  | 'kindIdToken'
  | 'kindMicrosoftApi'
  | 'kindUnsure'
  // version
  | 'versionAccepted'
  | 'versionOther'
  | 'versionNotSaid'
  | 'versionMissing'
  // permissions
  | 'permissionsGranted'
  | 'scopeMissing'
  | 'roleMissing'
  | 'scopeOrRoleMissing'
  | 'appOnlyToken'
  | 'userToken'
  | 'permissionsNotSaid'
  // allowed clients
  | 'clientAllowed'
  | 'clientOther'
  | 'clientMissing'
  | 'clientsNotSaid'
  // required claims of a policy
  | 'requiredClaimHeld'
  | 'requiredClaimMissing'
  | 'requiredClaimOther'
  | 'requiredClaimUnknown';
