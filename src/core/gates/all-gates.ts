import { app } from './app.ts';
import { easyAuth } from './easy-auth.ts';
import { functionsKey } from './functions-key.ts';
import type { Gate, GateId } from './gate.ts';
import { graph, keyVault, resourceManager } from './service-codes.ts';
import { subscriptionKey } from './subscription-key.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { validateJwt } from './validate-jwt.ts';

/** Every gate, the one with the most telling signatures first: of two equally sure recognitions the earlier counts. */
export const GATES: readonly Gate[] = [
  tokenEndpoint,
  keyVault,
  resourceManager,
  graph,
  subscriptionKey,
  validateJwt,
  easyAuth,
  functionsKey,
  app,
];

/** The gate of a step; undefined for one that only validates, such as the bearer check. */
export function gateOf(id: GateId): Gate | undefined {
  return GATES.find((gate) => gate.id === id);
}
