import type { Knowledge, TargetFacts, TargetKind } from '../gates/facts.ts';
import type { GateId, HopId, Step } from '../gates/step.ts';
import { ownMember } from '../own-member.ts';
import type { EffectivePolicy } from '../policy/effective-policy.ts';

/** Where a gate usually stands, hop by hop in the order a call meets them. */
const USUAL_PLACES: Readonly<Record<HopId, readonly GateId[]>> = {
  edge: ['edge'],
  gateway: [
    ...(['apimOperation', 'apimCors', 'subscriptionKey', 'ipFilter', 'rateLimit', 'quota', 'checkHeader'] as const),
    ...(['validateJwt', 'validateAzureAdToken', 'policyTransform', 'policyAnswer', 'backendCredential'] as const),
  ],
  staticWebApps: ['staticWebApps'],
  appService: [
    ...(['appStopped', 'accessRestriction', 'clientCertificate', 'cors', 'easyAuth', 'functionsKey'] as const),
  ],
  logicApp: ['logicApp'],
  service: ['keyVault', 'resourceManager', 'graph', 'dataPlane'],
  target: ['app', 'bearerCheck'],
  tokenEndpoint: ['tokenEndpoint'],
};
const HOPS = Object.keys(USUAL_PLACES) as HopId[];
const GATES_IN_ORDER = HOPS.flatMap((hop) => USUAL_PLACES[hop]);

/** Policies that are gates, by name; every other one only changes the call. */
const POLICY_GATES: Readonly<Record<string, GateId>> = {
  cors: 'apimCors',
  'validate-jwt': 'validateJwt',
  'validate-azure-ad-token': 'validateAzureAdToken',
  'ip-filter': 'ipFilter',
  'rate-limit': 'rateLimit',
  'rate-limit-by-key': 'rateLimit',
  quota: 'quota',
  'quota-by-key': 'quota',
  'check-header': 'checkHeader',
  'return-response': 'policyAnswer',
  'mock-response': 'policyAnswer',
};

/**
 * The steps a call to this target passes, in order (apim.md §5, functions-easyauth.md §1–4). Empty when nothing is known
 * of the target; a hop nothing is known about is one open step. A step of which it is not known whether it is there is
 * optional.
 */
export function routeOf({ target = {} }: Knowledge): Step[] {
  const kind = target.kind?.value;
  const edge = steps('edge', target.edge && target.edge.value !== 'none' ? ['edge'] : []);
  if (kind === 'apim') return [...edge, ...gatewaySteps(target), ...backendSteps(target.behind?.value, target)];
  if (kind !== undefined) return [...edge, ...backendSteps(kind, target)];
  if (target.authLevel) return [...edge, ...backendSteps('functions', target)];
  return target.easyAuth ? [...edge, ...backendSteps('appService', target)] : edge;
}

/** The route with a gate that refused though nothing said it was there, where it usually stands. */
export function withGate(route: readonly Step[], gate: GateId): Step[] {
  if (route.some((step) => step.gate === gate)) return [...route];
  const rank = rankOf(gate);
  const before = route.findLastIndex((step) => rankOf(step.gate) < rank) + 1;
  const hop = HOPS.find((id) => USUAL_PLACES[id].includes(gate)) ?? 'target';
  return [...route.slice(0, before), { gate, hop: hopBeside(route, gate, hop) }, ...route.slice(before)];
}

/** The app's code stands in its App Service where there is one. */
function hopBeside(route: readonly Step[], gate: GateId, usual: HopId): HopId {
  return gate === 'app' && route.some(({ hop }) => hop === 'appService') ? 'appService' : usual;
}

function rankOf(gate: GateId): number {
  return GATES_IN_ORDER.indexOf(gate);
}

function gatewaySteps(target: TargetFacts): Step[] {
  const key = target.subscriptionRequired?.value;
  const policy = target.policy?.value;
  return [
    ...steps('gateway', target.operations ? ['apimOperation'] : []),
    ...(key === false ? [] : [open('gateway', 'subscriptionKey', key === true)]),
    ...(policy ? policySteps(policy) : [open('gateway', 'validateJwt', false)]),
    ...(target.backendCredential ? steps('gateway', ['backendCredential']) : []),
  ];
}

function policySteps({ inbound, backend = [] }: EffectivePolicy): Step[] {
  return [...inbound, ...backend].map((statement): Step => {
    const gate = ownMember(POLICY_GATES, statement.name) ?? 'policyTransform';
    const step: Step = { gate, hop: 'gateway', place: { line: statement.line }, statement };
    return statement.isConditional ? { ...step, isOptional: true } : step;
  });
}

function backendSteps(kind: TargetKind | undefined, target: TargetFacts): Step[] {
  switch (kind) {
    case 'functions':
      return [...appServiceSteps(target), open('appService', 'functionsKey', target.authLevel !== undefined), APP];
    case 'appService':
      return [...appServiceSteps(target), ...(target.authLevel ? steps('appService', ['functionsKey']) : []), APP];
    case 'staticWebApp':
      return [...steps('staticWebApps', ['staticWebApps']), { gate: 'app', hop: 'target' }];
    case 'logicApp':
      return steps('logicApp', ['logicApp']);
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

const APP: Step = { gate: 'app', hop: 'appService' };

/** Network, certificate and CORS stand there only where a setting is known; App Service authentication may always. */
function appServiceSteps({
  stopped,
  accessRestrictions,
  clientCertificate,
  cors,
  easyAuth,
  staticWebApp,
}: TargetFacts): Step[] {
  const enabled = easyAuth?.value.enabled;
  return [
    ...(staticWebApp?.value ? steps('staticWebApps', ['staticWebApps']) : []),
    ...(stopped ? steps('appService', ['appStopped']) : []),
    ...(accessRestrictions ? steps('appService', ['accessRestriction']) : []),
    ...(clientCertificate ? steps('appService', ['clientCertificate']) : []),
    ...(cors ? steps('appService', ['cors']) : []),
    ...(enabled === false ? [] : [open('appService', 'easyAuth', isThere(easyAuth?.value))]),
  ];
}

function isThere(easyAuth: NonNullable<TargetFacts['easyAuth']>['value'] | undefined): boolean {
  return easyAuth !== undefined && (easyAuth.enabled === true || easyAuth.clientId !== undefined);
}

function open(hop: HopId, gate: GateId, isKnown: boolean): Step {
  return isKnown ? { gate, hop } : { gate, hop, isOptional: true };
}

function steps(hop: HopId, gates: readonly GateId[]): Step[] {
  return gates.map((gate) => ({ gate, hop }));
}
