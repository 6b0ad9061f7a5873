import type { GateId, HopId, Knowledge, Step, TargetKind } from '../gates/gate.ts';

const APP_SERVICE: readonly GateId[] = ['easyAuth', 'app'];
const FUNCTIONS: readonly GateId[] = ['easyAuth', 'functionsKey', 'app'];

/** Where a gate stands that refused though it is not on the route. */
export const USUAL_HOPS: Record<GateId, HopId> = {
  edge: 'edge',
  apimOperation: 'gateway',
  apimCors: 'gateway',
  subscriptionKey: 'gateway',
  ipFilter: 'gateway',
  rateLimit: 'gateway',
  quota: 'gateway',
  checkHeader: 'gateway',
  validateJwt: 'gateway',
  validateAzureAdToken: 'gateway',
  policyTransform: 'gateway',
  policyAnswer: 'gateway',
  backendCredential: 'gateway',
  staticWebApps: 'staticWebApps',
  appStopped: 'appService',
  accessRestriction: 'appService',
  clientCertificate: 'appService',
  cors: 'appService',
  easyAuth: 'appService',
  functionsKey: 'appService',
  logicApp: 'logicApp',
  app: 'target',
  bearerCheck: 'target',
  keyVault: 'service',
  resourceManager: 'service',
  graph: 'service',
  dataPlane: 'service',
  tokenEndpoint: 'tokenEndpoint',
};

/**
 * The gates a call to this target passes, in order (apim.md §5, functions-easyauth.md §1–4). Empty when nothing is known
 * of the target; a hop nothing is known about is one open step.
 */
export function routeOf({ target }: Knowledge): Step[] {
  const kind = target?.kind?.value;
  if (kind === 'apim')
    return [...steps('gateway', ['subscriptionKey', 'validateJwt']), ...backendSteps(target?.behind?.value)];
  if (kind !== undefined) return backendSteps(kind);
  return target?.authLevel ? steps('appService', FUNCTIONS) : [];
}

function backendSteps(kind: TargetKind | undefined): Step[] {
  switch (kind) {
    case 'functions':
      return steps('appService', FUNCTIONS);
    case 'appService':
      return steps('appService', APP_SERVICE);
    case 'keyVault':
      return steps('service', ['keyVault']);
    case 'arm':
      return steps('service', ['resourceManager']);
    case 'graph':
      return steps('service', ['graph']);
    case 'storage':
    case 'dataPlane':
      return steps('service', ['dataPlane']);
    case 'tokenEndpoint':
      return steps('tokenEndpoint', ['tokenEndpoint']);
    default:
      return steps('target', ['app']);
  }
}

function steps(hop: HopId, gates: readonly GateId[]): Step[] {
  return gates.map((gate) => ({ gate, hop }));
}
