import type { GateId, HopId, Step } from '../gates/step.ts';
import type { PathHop, PathStep, StepVerdict } from './explanation.ts';

/** How a gate is called in a picture. */
export const GATE_TITLES: Record<GateId, string> = {
  edge: 'Edge',
  apimOperation: 'Operation',
  apimCors: 'CORS policy',
  subscriptionKey: 'Subscription key',
  ipFilter: 'ip-filter',
  rateLimit: 'rate-limit',
  quota: 'quota',
  checkHeader: 'check-header',
  validateJwt: 'validate-jwt',
  validateAzureAdToken: 'validate-azure-ad-token',
  policyTransform: 'Policy',
  policyAnswer: 'Answer of the policy',
  backendCredential: 'Credential for the backend',
  staticWebApps: 'Static Web Apps',
  appStopped: 'App running',
  accessRestriction: 'Access restriction',
  clientCertificate: 'Client certificate',
  cors: 'CORS',
  easyAuth: 'App Service authentication',
  functionsKey: 'Functions key',
  logicApp: 'Logic App',
  app: 'Your code',
  bearerCheck: 'Token check',
  keyVault: 'Key Vault',
  resourceManager: 'Resource Manager',
  graph: 'Microsoft Graph',
  dataPlane: 'The service',
  tokenEndpoint: 'Token endpoint',
};

/** Where gates stand together. */
export const HOP_TITLES: Record<HopId, string> = {
  edge: 'In front',
  gateway: 'API Management',
  staticWebApps: 'Static Web Apps',
  appService: 'Function App or App Service',
  logicApp: 'Logic App',
  target: 'The API',
  service: 'Microsoft service',
  tokenEndpoint: 'Microsoft Entra',
};

/** The steps of a route by hop. `isCertain`: the gate that refused signed its answer. */
export function pathOf(steps: readonly { step: Step; verdict: StepVerdict }[], isCertain: boolean): PathHop[] {
  const hops: PathHop[] = [];
  let current: HopId | undefined;
  for (const { step, verdict } of steps) {
    if (step.hop !== current) hops.push({ title: HOP_TITLES[step.hop], steps: [] });
    current = step.hop;
    hops.at(-1)?.steps.push(writeStep(step, verdict, isCertain));
  }
  return hops;
}

/** A step by its gate, or by the policy it is where that says more. */
export function titleOf({ gate, statement }: Step): string {
  if (gate !== 'policyTransform' || !statement) return GATE_TITLES[gate];
  return statement.policy.type === 'broader' ? 'Policies of broader scopes' : statement.name;
}

function writeStep(step: Step, verdict: StepVerdict, isCertain: boolean): PathStep {
  const { gate, place } = step;
  const line = place?.line;
  const where = line === undefined ? place?.setting : `line ${line}`;
  return {
    gate,
    title: titleOf(step),
    verdict,
    ...(verdict === 'refused' && !isCertain ? { isProbable: true } : {}),
    ...(where === undefined ? {} : { place: where }),
    ...(line === undefined ? {} : { line }),
  };
}
