import type { CauseId } from './cause-id.ts';
import type { GateId } from './step.ts';

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
