import type { Call } from '../call/call.ts';
import type { Exchange } from '../call/exchange.ts';
import type { AadstsCause } from '../entra/aadsts-causes.ts';
import type { ApiProfile, ValidatorId } from '../entra/api-profile.ts';
import type { KeySource } from '../entra/metadata.ts';
import type { EffectivePolicy, PolicyStatement } from '../policy/effective-policy.ts';

/** Where a fact came from. */
export type FactSource = 'setting' | 'file' | 'probe' | 'arm' | 'response' | 'user' | 'default';

/** Something known about the target. Absent means unknown, never a guess. `readAtMs`: milliseconds since the epoch. */
export interface Fact<T> {
  value: T;
  source: FactSource;
  readAtMs: number;
}

export type TargetKind =
  | 'functions'
  | 'appService'
  | 'staticWebApp'
  | 'logicApp'
  | 'apim'
  | 'keyVault'
  | 'arm'
  | 'graph'
  | 'storage'
  | 'dataPlane'
  | 'tokenEndpoint'
  | 'other';
export type AuthLevel = 'anonymous' | 'function' | 'admin';

/**
 * What is known of the target, fact by fact. A member that is absent is unknown: a gate then judges `unknown`, and says
 * as findings what would refuse if it were there.
 */
export interface TargetFacts {
  kind?: Fact<TargetKind>;
  /** What API Management stands in front of. */
  behind?: Fact<TargetKind>;
  /** A firewall or reverse proxy in front of all else; `none`: it is known that there is none. */
  edge?: Fact<'frontDoor' | 'applicationGateway' | 'other' | 'none'>;
  authLevel?: Fact<AuthLevel>;
  /** Under which names the gateway looks for a subscription key. */
  subscriptionKey?: Fact<{ header?: string; query?: string }>;
  /** Whether the API can be called without a subscription key. */
  subscriptionRequired?: Fact<boolean>;
  /** Policies of API Management that apply to the operation, in the order they run. */
  policy?: Fact<EffectivePolicy>;
  /** Operations the gateway's API has: template with `{parameters}`, relative to the API's own address. */
  operations?: Fact<readonly { method: string; template: string }[]>;
  easyAuth?: Fact<EasyAuthFacts>;
  /** Rules for the caller's address; an empty list admits everybody. */
  accessRestrictions?: Fact<readonly AccessRestriction[]>;
  clientCertificate?: Fact<'required' | 'optional' | 'ignored'>;
  /** Origins App Service's own CORS admits; `*` is all; an empty list: switched off. */
  cors?: Fact<{ origins: readonly string[]; credentials?: boolean }>;
  stopped?: Fact<boolean>;
  /** A static web app is linked to this app and keeps its authentication. */
  staticWebApp?: Fact<boolean>;
  logicApp?: Fact<LogicAppFacts>;
  vault?: Fact<VaultFacts>;
  /** What API Management gives the backend as its own credential. */
  backendCredential?: Fact<'none' | 'managedIdentity' | 'key' | 'basic' | 'certificate'>;
}

/**
 * App Service authentication, by authsettingsV2 (`isWhole`: what is absent has its default) or by what a challenge gave
 * away (then an absent member is unknown).
 */
export interface EasyAuthFacts {
  isWhole?: true;
  /** `platform.enabled`. */
  enabled?: boolean;
  /** `globalValidation.requireAuthentication`. */
  requireAuthentication?: boolean;
  /** `globalValidation.unauthenticatedClientAction`. */
  unauthenticatedAction?: 'redirectToLoginPage' | 'allowAnonymous' | 'return401' | 'return403' | 'return404';
  /** `globalValidation.excludedPaths`. */
  excludedPaths?: readonly string[];
  /** Names under `identityProviders` that are enabled: `azureActiveDirectory`, `azureStaticWebApps`, … */
  providers?: readonly string[];
  /** Of the Entra provider: `registration.clientId`, always an allowed audience. */
  clientId?: string;
  /** Tenant GUID of `registration.openIdIssuer`, or of the challenge. */
  tenant?: string;
  /** `registration.openIdIssuer` as written. */
  issuer?: string;
  /** `validation.allowedAudiences`. */
  allowedAudiences?: readonly string[];
  /** `validation.defaultAuthorizationPolicy.allowedApplications`; absent though `isWhole`: the default, the app itself only. */
  allowedApplications?: readonly string[];
  /** Object ids of `validation.defaultAuthorizationPolicy.allowedPrincipals.identities`. */
  allowedIdentities?: readonly string[];
  /** Object ids of `validation.defaultAuthorizationPolicy.allowedPrincipals.groups`. */
  allowedGroups?: readonly string[];
}

/** One rule of an access restriction. Lower `priority` first; `address` is a CIDR range, a service tag or a subnet id. */
export interface AccessRestriction {
  address: string;
  action: 'allow' | 'deny';
  priority?: number;
  name?: string;
}

export interface LogicAppFacts {
  /** Whether the trigger can be called with its signed URL. */
  sas?: boolean;
  /** Authorization policies of the trigger: a token has to have every claim of one of them. */
  policies?: readonly { name: string; claims: Readonly<Record<string, string>> }[];
}

export interface VaultFacts {
  tenant?: string;
  /** The audience its challenge or its message names: `https://vault.azure.net`. */
  resource?: string;
  /** Authority of the challenge: a proposal of the server's. */
  authority?: string;
  permissions?: 'rbac' | 'accessPolicy';
  publicAccess?: boolean;
}

/** What is known about the target of a call. */
export interface Knowledge {
  /** The API profile the user wrote. */
  profile?: Fact<ApiProfile>;
  /** Metadata and keys by metadata URL, or why they could not be read. */
  keySources: Readonly<Record<string, KeySource>>;
  target?: TargetFacts;
}

/** Every gate. A policy that only changes the call is one too (`policyTransform`): it passes, and forwards another call. */
export type GateId =
  | 'edge'
  // API Management, in the order they stand when nothing is known of the policy
  | 'apimOperation'
  | 'apimCors'
  | 'subscriptionKey'
  | 'ipFilter'
  | 'rateLimit'
  | 'quota'
  | 'checkHeader'
  | 'validateJwt'
  | 'validateAzureAdToken'
  | 'policyTransform'
  | 'policyAnswer'
  | 'backendCredential'
  // App Service, Functions, Static Web Apps, Logic Apps
  | 'staticWebApps'
  | 'appStopped'
  | 'accessRestriction'
  | 'clientCertificate'
  | 'cors'
  | 'easyAuth'
  | 'functionsKey'
  | 'logicApp'
  // the API's own validator; `bearerCheck` is what a profile says of it
  | 'app'
  | 'bearerCheck'
  // Microsoft's services
  | 'keyVault'
  | 'resourceManager'
  | 'graph'
  | 'dataPlane'
  | 'tokenEndpoint';

/** Whose gates stand together. */
export type HopId =
  | 'edge'
  | 'gateway'
  | 'staticWebApps'
  | 'appService'
  | 'logicApp'
  | 'target'
  | 'service'
  | 'tokenEndpoint';

/** Where in a configuration a step stands: a line of the policy (from 1), a setting by its name. */
export interface Place {
  line?: number;
  setting?: string;
}

/** A gate at its place in a route. One gate may stand there twice. */
export interface Step {
  gate: GateId;
  hop: HopId;
  place?: Place;
  /** The policy element this step is. */
  statement?: PolicyStatement;
  /** It may not be there, or may not run: nothing is known that says so. */
  isOptional?: true;
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
  | 'allowedClients'
  | 'requiredClaim';

export type CheckVerdict = 'passed' | 'failed' | 'notChecked';

/** Ids of the cause catalogue. */
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
  | 'directory-role-missing'
  | 'permission-propagation-delay'
  | 'tenant-service-principal-missing'
  | 'exchange-application-access-policy'
  | 'cae-claims-challenge'
  | 'apim-policy-overwrites-authorization'
  | 'apim-backend-credential-missing'
  | 'cors-preflight-unauthenticated'
  | 'swa-platform-owns-auth'
  | 'client-certificate-required'
  | 'ip-restriction-blocked'
  | 'easyauth-oidc-bearer-unsupported'
  | 'keyvault-compound-identity-required'
  | 'keyvault-challenge-resource-mismatch'
  | 'data-plane-role-missing'
  | 'managed-identity-not-found'
  | 'obo-assertion-signature-invalid'
  | 'edge-waf-blocked'
  | 'logic-app-two-credentials'
  | 'logic-app-sas-missing'
  | 'logic-app-claims-mismatch'
  | 'app-stopped-or-quota'
  | 'apim-cors-origin-not-allowed'
  | 'apim-backend-credential-wrong'
  | 'easyauth-session-invalid'
  | 'easyauth-client-flow-refused'
  | 'groups-overage'
  | 'claim-mapping-mismatch'
  | 'app-pipeline-misconfigured'
  | 'storage-version-header-missing'
  | 'graphql-auth-error'
  | 'apim-operation-not-found'
  | 'easyauth-csrf-refused'
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
  | 'clientsNotSaid'
  // required claims of a policy
  | 'requiredClaimHeld'
  | 'requiredClaimMissing'
  | 'requiredClaimOther'
  | 'requiredClaimUnknown';

/** A fault a gate met. Under `refuses` it is why; under `unknown` it is what would refuse if the gate is set up so. */
export interface Finding {
  cause: CauseId;
  /** The check of a token that failed; absent where the fault is none of the token's. */
  check?: CheckId;
  seen?: string;
  expected?: readonly string[];
  /** Where the configuration says what is expected. */
  place?: Place;
}

export type ValidatorVerdict = 'accepts' | 'refuses' | 'unknown';

/** One thing about a token that validators do not agree on, by themselves: none of their options set. */
export interface Disagreement {
  check: CheckId;
  reason: ReasonId;
  verdicts: Readonly<Record<ValidatorId, ValidatorVerdict>>;
}

/** A fact a gate would need to decide. `target`: a member of {@link TargetFacts}. `answer`, `call`: the whole of it. */
export type Need =
  | { fact: 'profile' | 'token' | 'answer' | 'call' }
  | { fact: 'keys'; metadataUrl: string }
  | { fact: 'target'; member: keyof TargetFacts };

export interface Judgement {
  verdict: 'passes' | 'refuses' | 'unknown';
  checks: Check[];
  findings: Finding[];
  needs: Need[];
  /** Where validators would answer differently about this token; absent when that was not looked at. */
  disagreements?: Disagreement[];
  /** The call as the next step sees it. */
  forwards: Call;
  /** The gate answers the call itself, as CORS does a preflight: no step behind it is reached. */
  answers?: true;
  /** The gate looks at this call however it is set up: a call that was refused behind it has passed it. */
  isMet?: true;
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
  | 'bearerElsewhere'
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
  | 'credentialsDropped'
  | 'settingsRefuse'
  | 'postedToken'
  | 'claimsInToken'
  | 'graphqlCode'
  | 'tokenPasses'
  | 'metNext'
  | 'traceSays'
  | 'ownPolicyMessage'
  | 'authorizationReplaced'
  | 'anotherToken'
  | 'backendAnswered'
  | 'notTheGateways'
  | 'credentialOfGateway'
  | 'emptyOk'
  | 'claimAbsent'
  | 'claimsChallenge'
  | 'callerSeen'
  | 'callerIsAnother'
  | 'actionRefused'
  | 'audiencesNamed'
  | 'tenantNamed'
  | 'addressSeen'
  | 'vaultNamed'
  | 'vaultChallenge'
  | 'challengeHost'
  | 'sdkCalls'
  | 'serviceMessage'
  | 'permissionsHeld'
  | 'operationNeeds'
  | 'resourceRequested'
  | 'subjectPresented'
  | 'clientAsked'
  | 'identityEndpoint'
  | 'noVersionSent'
  | 'edgePage'
  | 'wafReference'
  | 'preflight'
  | 'settingSays'
  | 'platformPage'
  | 'forbiddenAddress'
  | 'siteReplacesToken'
  | 'clockDiffers';

export interface Candidate {
  cause: CauseId;
  confidence: Confidence;
  evidence: Evidence[];
  /** Where the fault lies, when it is not the gate that refused. */
  faultAt?: GateId;
}

/** A look-alike that this answer cannot be, and what says so. */
export interface Exclusion {
  cause: CauseId;
  because: Evidence;
}

/** What an answer gives away about one gate. `confidence` is absent when nothing says that this gate answered. */
export interface Recognition {
  confidence?: Confidence;
  /** Best first. */
  candidates: Candidate[];
  /** What became known of the target, with source `response`. */
  facts: TargetFacts;
  rulesOut?: Exclusion[];
}

/** What a gate may look at when it recognises: the answer, the call judged on the way, and what is known. */
export interface Recognising {
  exchange: Exchange;
  /** The gate's own step, when it is on the route; of several the one it would refuse at first. */
  step?: Step;
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
