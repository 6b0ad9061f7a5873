import { accessRestriction } from './access-restriction.ts';
import { apimCors } from './apim-cors.ts';
import { apimOperation } from './apim-operation.ts';
import { app } from './app.ts';
import { appStopped } from './app-stopped.ts';
import { backendCredential } from './backend-credential.ts';
import { quota, rateLimit } from './call-limits.ts';
import { checkHeader } from './check-header.ts';
import { clientCertificate } from './client-certificate.ts';
import { cors } from './cors.ts';
import { dataPlane } from './data-plane.ts';
import { easyAuth } from './easy-auth.ts';
import { edge } from './edge.ts';
import { functionsKey } from './functions-key.ts';
import type { Gate } from './gate.ts';
import { graph } from './graph.ts';
import { ipFilter } from './ip-filter.ts';
import { keyVault } from './key-vault.ts';
import { logicApp } from './logic-app.ts';
import { policyAnswer } from './policy-answer.ts';
import { policyTransform } from './policy-transform.ts';
import { resourceManager } from './resource-manager.ts';
import { staticWebApps } from './static-web-apps.ts';
import type { GateId } from './step.ts';
import { subscriptionKey } from './subscription-key.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { validateAzureAdToken } from './validate-azure-ad-token.ts';
import { validateJwt } from './validate-jwt.ts';

/**
 * Every gate, the one with the most telling signatures first: of two equally sure recognitions the earlier counts. The
 * gateway's credential stands behind the app: an app's bare refusal is its own until something speaks of the gateway.
 */
export const GATES: readonly Gate[] = [
  tokenEndpoint,
  keyVault,
  resourceManager,
  graph,
  dataPlane,
  logicApp,
  edge,
  accessRestriction,
  appStopped,
  subscriptionKey,
  validateJwt,
  validateAzureAdToken,
  checkHeader,
  ipFilter,
  rateLimit,
  quota,
  apimOperation,
  apimCors,
  policyTransform,
  cors,
  staticWebApps,
  clientCertificate,
  easyAuth,
  functionsKey,
  policyAnswer,
  app,
  backendCredential,
];

/** The gate of a step; undefined for one that only validates, such as the bearer check. */
export function gateOf(id: GateId): Gate | undefined {
  return GATES.find((gate) => gate.id === id);
}
