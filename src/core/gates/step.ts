import type { PolicyStatement } from '../policy/effective-policy.ts';

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
