import type { Call } from '../call/call.ts';
import type { Exchange } from '../call/exchange.ts';
import type { AadstsCause } from '../entra/aadsts-causes.ts';
import type { ApiProfile, ValidatorId } from '../entra/api-profile.ts';
import type { KeySource } from '../entra/metadata.ts';

/** Where a fact came from. */
export type FactSource = 'setting' | 'file' | 'probe' | 'arm' | 'response' | 'user' | 'default';

/** Something known about the target. Absent means unknown, never a guess. `readAtMs`: milliseconds since the epoch. */
export interface Fact<T> {
  value: T;
  source: FactSource;
  readAtMs: number;
}

export type TargetKind = 'functions' | 'appService' | 'apim' | 'keyVault' | 'arm' | 'graph' | 'other';
export type AuthLevel = 'anonymous' | 'function' | 'admin';

/** What stands in front of the API's code. A member that is absent is unknown. */
export interface TargetFacts {
  kind?: Fact<TargetKind>;
  /** What API Management stands in front of. */
  behind?: Fact<TargetKind>;
  authLevel?: Fact<AuthLevel>;
  /** Under which names the gateway looks for a subscription key. */
  subscriptionKey?: Fact<{ header?: string; query?: string }>;
  /** What App Service authentication said of itself in a challenge: a proposal of the server's. */
  easyAuth?: Fact<{ clientId?: string; tenant?: string }>;
}

/** What is known about the target of a call. */
export interface Knowledge {
  /** The API profile the user wrote. */
  profile?: Fact<ApiProfile>;
  /** Metadata and keys by metadata URL, or why they could not be read. */
  keySources: Readonly<Record<string, KeySource>>;
  target?: TargetFacts;
}

export type GateId =
  | 'bearerCheck'
  | 'subscriptionKey'
  | 'validateJwt'
  | 'easyAuth'
  | 'functionsKey'
  | 'app'
  | 'tokenEndpoint'
  | 'service';

/** Whose gates stand together. `service`: a Microsoft service such as Key Vault, whose gates come one day. */
export type HopId = 'gateway' | 'appService' | 'target' | 'service' | 'tokenEndpoint';

/** A gate at its place in a route. */
export interface Step {
  gate: GateId;
  hop: HopId;
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
  | AadstsCause
  | 'app-only-vs-delegated-mismatch'
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
  | 'scope-missing'
  | 'role-missing'
  | 'id-token-instead-of-access-token'
  | 'algorithm-not-accepted'
  | 'issuer-not-accepted'
  | 'client-not-allowed'
  | 'apim-subscription-key-missing'
  | 'apim-subscription-key-invalid'
  | 'apim-subscription-key-wrong-header'
  | 'apim-required-claim-mismatch'
  | 'apim-rate-limited'
  | 'apim-quota-exceeded'
  | 'apim-ip-filtered'
  | 'apim-header-check-failed'
  | 'function-key-missing'
  | 'function-key-wrong'
  | 'function-authlevel-needs-master-key'
  | 'functions-bearer-scheme-collision'
  | 'easyauth-audience-not-allowed'
  | 'easyauth-client-not-allowed'
  | 'easyauth-login-redirect'
  | 'validator-keys-unreachable'
  | 'keyvault-challenge-expected'
  | 'keyvault-wrong-resource'
  | 'keyvault-issuer-wrong-tenant'
  | 'keyvault-rbac-missing'
  | 'keyvault-access-policy-missing'
  | 'keyvault-network-blocked'
  | 'arm-rbac-missing'
  | 'arm-linked-scope-missing'
  | 'arm-wrong-tenant'
  | 'arm-wrong-audience'
  | 'directory-role-missing'
  | 'permission-propagation-delay'
  | 'tenant-service-principal-missing'
  | 'exchange-application-access-policy'
  | 'cae-claims-challenge'
  | 'groups-overage'
  | 'claim-mapping-mismatch'
  | 'app-pipeline-misconfigured'
  | 'graphql-auth-error'
  | 'apim-policy-overwrites-authorization'
  | 'apim-backend-credential-missing'
  | 'apim-backend-credential-wrong'
  | 'apim-cors-origin-not-allowed'
  | 'cors-preflight-unauthenticated'
  | 'edge-waf-blocked'
  | 'client-certificate-required'
  | 'ip-restriction-blocked'
  | 'app-stopped-or-quota'
  | 'swa-platform-owns-auth'
  | 'easyauth-oidc-bearer-unsupported'
  | 'easyauth-session-invalid'
  | 'easyauth-client-flow-refused'
  | 'logic-app-two-credentials'
  | 'logic-app-sas-missing'
  | 'logic-app-claims-mismatch'
  | 'keyvault-compound-identity-required'
  | 'keyvault-challenge-resource-mismatch'
  | 'data-plane-role-missing'
  | 'storage-version-header-missing'
  | 'managed-identity-not-found'
  | 'obo-assertion-signature-invalid'
  | 'authorization-dropped-on-redirect'
  | 'app-unspecified';

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
  /** On a line that passed: something to know all the same. */
  warns?: true;
  /** Validators differ here, and this one, the profile's, decided. */
  decidedBy?: ValidatorId;
}

export type ProfileMember = Exclude<keyof ApiProfile, 'name' | 'origin'> | 'tenant';

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
  | 'keyAmongManyWithoutKid'
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

export type ValidatorVerdict = 'accepts' | 'refuses' | 'unknown';

/** One thing about a token that validators do not agree on, by themselves: none of their options set. */
export interface Disagreement {
  check: CheckId;
  reason: ReasonId;
  verdicts: Readonly<Record<ValidatorId, ValidatorVerdict>>;
}

/** A fact a gate would need to decide. */
export type Need = { fact: 'profile' } | { fact: 'keys'; metadataUrl: string } | { fact: 'token' };

export interface Judgement {
  verdict: 'passes' | 'refuses' | 'unknown';
  checks: Check[];
  findings: Finding[];
  needs: Need[];
  /** Where validators would answer differently about this token; absent when that was not looked at. */
  disagreements?: Disagreement[];
  /** The call as the next step sees it. */
  forwards: Call;
}

/** `certain` only by a documented code at its documented place, or a signature nobody else has. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** One observation a cause rests on. `id` selects the sentence, `value` and `other` fill it (untrusted text). */
export interface Evidence {
  id: EvidenceId;
  value?: string;
  other?: string;
}

export type EvidenceId =
  | 'noAuthorization'
  | 'authorizationScheme'
  | 'documentedCode'
  | 'codeInText'
  | 'keyChallenge'
  | 'keyMessage'
  | 'keySent'
  | 'noKeySent'
  | 'keyUnderOtherName'
  | 'jwtMessage'
  | 'policyMessage'
  | 'gatewayEnvelope'
  | 'easyAuthChallenge'
  | 'easyAuthPage'
  | 'easyAuthMiddleware'
  | 'audienceIsNotTheClientId'
  | 'loginRedirect'
  | 'emptyUnauthorized'
  | 'authLevel'
  | 'bearerChallenge'
  | 'appSignature'
  | 'noPlatformSignature'
  | 'statusIs'
  | 'tokenFinding'
  | 'credentialsDropped';

export interface Candidate {
  cause: CauseId;
  confidence: Confidence;
  evidence: Evidence[];
}

/** What an answer gives away about one gate. `confidence` is absent when nothing says that this gate answered. */
export interface Recognition {
  confidence?: Confidence;
  /** Best first. */
  candidates: Candidate[];
  /** What became known of the target, with source `response`. */
  facts: TargetFacts;
}

/** What a gate may look at when it recognises: the answer, the call judged on the way, and what is known. */
export interface Recognising {
  exchange: Exchange;
  /** What the token would be refused for by a validator set up like the profile; at most `likely`. */
  tokenFindings: readonly Finding[];
  knowledge: Knowledge;
  nowMs: number;
}

/**
 * A gate judges and recognises synchronously and purely. `nowMs`: milliseconds since the epoch. `recognise` sees every
 * answer, whether the gate is on the route or not.
 */
export interface Gate {
  id: GateId;
  judge(step: Step, call: Call, knowledge: Knowledge, nowMs: number): Judgement;
  recognise(seen: Recognising): Recognition;
}
