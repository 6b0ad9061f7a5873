import type { GateId, HopId, Knowledge, Step, TargetKind } from '../gates/gate.ts';

const APP_SERVICE: readonly GateId[] = ['easyAuth', 'app'];
const FUNCTIONS: readonly GateId[] = ['easyAuth', 'functionsKey', 'app'];

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
    case 'arm':
    case 'graph':
      return steps('service', ['service']);
    default:
      return steps('target', ['app']);
  }
}

function steps(hop: HopId, gates: readonly GateId[]): Step[] {
  return gates.map((gate) => ({ gate, hop }));
}
