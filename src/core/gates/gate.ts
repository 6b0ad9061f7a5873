import type { Call } from '../call/call.ts';
import type { ApiProfile } from '../entra/api-profile.ts';
import type { KeySource } from '../entra/metadata.ts';

/** Where a fact came from. */
export type FactSource = 'setting' | 'file' | 'probe' | 'arm' | 'response' | 'user' | 'default';

/** Something known about the target. Absent means unknown, never a guess. `readAtMs`: milliseconds since the epoch. */
export interface Fact<T> {
  value: T;
  source: FactSource;
  readAtMs: number;
}

/** What is known about the target of a call. */
export interface Knowledge {
  /** The API profile the user wrote. */
  profile?: Fact<ApiProfile>;
  /** Metadata and keys by metadata URL, or why they could not be read. */
  keySources: Readonly<Record<string, KeySource>>;
}

export type GateId =
  | 'bearerCheck'
  | 'subscriptionKey'
  | 'validateJwt'
  | 'easyAuth'
  | 'functionsKey'
  | 'app'
  | 'tokenEndpoint'
  | 'unknownHop';

/** A gate at its place in a route. */
export interface Step {
  gate: GateId;
}

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
  | 'allowedClients';

export type CheckVerdict = 'passed' | 'failed' | 'notChecked';

/** Ids of the cause catalogue that gates can name so far. */
export type CauseId =
  | 'missing-token'
  | 'bearer-prefix-missing'
  | 'token-malformed'
  | 'token-expired'
  | 'token-not-yet-valid'
  | 'signature-tampered'
  | 'signing-key-not-found'
  | 'graph-nonce-token'
  | 'aud-is-graph'
  | 'aud-mismatch'
  | 'aud-clientid-vs-appiduri'
  | 'issuer-v1-v2-mismatch'
  | 'issuer-wrong-tenant'
  | 'token-from-other-cloud'
  | 'scope-missing'
  | 'role-missing'
  | 'app-only-vs-delegated-mismatch'
  | 'id-token-instead-of-access-token'
  | 'algorithm-not-accepted'
  | 'issuer-not-accepted'
  | 'client-not-allowed';

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
}

export type ProfileMember = Exclude<keyof ApiProfile, 'name' | 'origin'> | 'tenant';

export type ReasonId =
  // structure
  | 'readable'
  | 'readableWithDoubts'
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
  | 'algorithmUnknown'
  // key
  | 'keyFound'
  | 'keyFoundWithoutKid'
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
  | 'audienceNotSaid'
  // lifetime
  | 'notExpired'
  | 'expired'
  | 'expiredWithinSkew'
  | 'expiredSkewUnknown'
  | 'expiryMissing'
  | 'alreadyValid'
  | 'notYetValid'
  | 'startsWithinSkew'
  | 'startSkewUnknown'
  | 'notBeforeMissing'
  | 'timeNotANumber'
  | 'timeIsText'
  | 'startsAfterEnd'
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
  | 'clientsNotSaid';

/** A fault a gate met. Under `refuses` it is why; under `unknown` it is what would refuse if the gate is set up so. */
export interface Finding {
  cause: CauseId;
  check: CheckId;
  seen?: string;
  expected?: readonly string[];
}

/** A fact a gate would need to decide. */
export type Need = { fact: 'profile' } | { fact: 'keys'; metadataUrl: string } | { fact: 'token' };

export interface Judgement {
  verdict: 'passes' | 'refuses' | 'unknown';
  checks: Check[];
  findings: Finding[];
  needs: Need[];
  /** The call as the next step sees it. */
  forwards: Call;
}

/** A gate judges synchronously and purely. `nowMs`: milliseconds since the epoch. */
export interface Gate {
  id: GateId;
  judge(step: Step, call: Call, knowledge: Knowledge, nowMs: number): Judgement;
}
