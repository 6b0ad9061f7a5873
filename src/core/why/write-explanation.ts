import type { CauseId, Check, CheckId, Confidence, GateId, HopId, Knowledge } from '../gates/gate.ts';
import { factsOf } from './cause-facts.ts';
import { CAUSE_TEXTS } from './cause-text.ts';
import { describeEvidence } from './evidence-text.ts';
import type { Diagnosis, RankedCause } from './explain.ts';
import type { ExplainedCause, Explanation, PathHop, TokenPair } from './explanation.ts';
import { REASON_TEXTS } from './reason-text.ts';
import { routeOf } from './route.ts';

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

/** Causes that the pair of token and target shows at a glance. */
const PAIR_CAUSES: readonly CauseId[] = [
  ...(['issuer-v1-v2-mismatch', 'issuer-wrong-tenant', 'issuer-not-accepted', 'token-from-other-cloud'] as const),
  ...(['aud-mismatch', 'aud-is-graph', 'aud-clientid-vs-appiduri', 'graph-nonce-token'] as const),
];

/** Puts a diagnosis into words. */
export function writeExplanation(diagnosis: Diagnosis): Explanation {
  const { causes, checks } = diagnosis;
  const explained = causes.map((cause, position) =>
    writeCause(cause, diagnosis, position === 0 ? lookAlikes(cause, checks) : []),
  );
  const pair = causes.some(({ cause }) => PAIR_CAUSES.includes(cause)) ? pairOf(checks) : undefined;
  return {
    headline: headlineOf(diagnosis, explained[0]),
    path: pathOf(diagnosis),
    ...(pair ? { pair } : {}),
    causes: explained,
    needs: needsOf(diagnosis),
  };
}

/** Only what is certain is said flatly. */
const CAUSE_OPENINGS: Record<Confidence, string> = {
  certain: '',
  likely: 'Most likely cause: ',
  possible: 'Possible cause: ',
};

/** One sentence: which gate refused, and the best cause. */
export function headlineOf(
  { isRefusal, refusedAt, confidence }: Pick<Diagnosis, 'isRefusal' | 'refusedAt' | 'confidence'>,
  best: Pick<ExplainedCause, 'title' | 'confidence'> | undefined,
): string {
  if (!isRefusal) return 'Nothing in this answer is a refusal.';
  const why = best ? ` ${CAUSE_OPENINGS[best.confidence]}${best.title}.` : '';
  if (!refusedAt) return `Which gate refused is not certain.${why}`;
  return `${confidence === 'certain' ? 'Refused' : 'Probably refused'} by: ${GATE_TITLES[refusedAt]}.${why}`;
}

function pathOf({ steps, confidence }: Diagnosis): PathHop[] {
  const hops: PathHop[] = [];
  let current: HopId | undefined;
  for (const { step, verdict } of steps) {
    if (step.hop !== current) hops.push({ title: HOP_TITLES[step.hop], steps: [] });
    current = step.hop;
    const isProbable = verdict === 'refused' && confidence !== 'certain';
    hops
      .at(-1)
      ?.steps.push({ gate: step.gate, title: GATE_TITLES[step.gate], verdict, ...(isProbable ? { isProbable } : {}) });
  }
  return hops;
}

/** Left what the token says, right what the profile accepts: no policy is read yet. */
function pairOf(checks: readonly Check[]): TokenPair | undefined {
  const rows = (['issuer', 'audience', 'version'] as const).flatMap((id) => {
    const check = checks.find((candidate) => candidate.id === id);
    if (!check?.seen) return [];
    const claim = ({ issuer: 'iss', audience: 'aud', version: 'ver' } as const)[id];
    const fits = check.verdict !== 'failed';
    return [{ claim, says: check.seen, accepts: fits ? [check.seen] : [...(check.expected ?? [])], fits }];
  });
  return rows.some(({ fits }) => !fits) ? { acceptsTitle: 'profile accepts', rows } : undefined;
}

/** The cause that a check would have had, had it failed. */
const CAUSE_OF_CHECK: Partial<Record<CheckId, CauseId>> = {
  signature: 'signature-tampered',
  tenant: 'issuer-wrong-tenant',
  audience: 'aud-mismatch',
  expiry: 'token-expired',
  notBefore: 'token-not-yet-valid',
  permissions: 'scope-missing',
};

/** What a refused token is often blamed for, and is not: its check passed. */
function lookAlikes({ cause, evidence }: RankedCause, checks: readonly Check[]): ExplainedCause['rejected'] {
  const isAboutTheToken = evidence.some(({ id }) => id === 'tokenFinding') || PAIR_CAUSES.includes(cause);
  if (!isAboutTheToken) return [];
  return checks.flatMap((check) => {
    const id = CAUSE_OF_CHECK[check.id];
    if (!id || id === cause || check.verdict !== 'passed') return [];
    return [
      {
        id,
        title: CAUSE_TEXTS[id]({}).title,
        why: REASON_TEXTS[check.reason]({ ...check, profile: 'the profile' }).detail,
      },
    ];
  });
}

function writeCause(ranked: RankedCause, diagnosis: Diagnosis, rejected: ExplainedCause['rejected']): ExplainedCause {
  const { cause, confidence, refusedAt, evidence } = ranked;
  const { title, means, fixes, source } = CAUSE_TEXTS[cause](factsOf(ranked, diagnosis));
  return {
    id: cause,
    title,
    confidence,
    refusedAt,
    means,
    evidence: evidence.map(describeEvidence),
    fixes: fixes.map((fix) => ({ ...fix })),
    rejected,
    source,
  };
}

const inProfiles = { setting: 'why401.apis' };

/** What would make the answer surer; nothing when it is certain. A profile is asked for only where it can be used. */
function needsOf({ isRefusal, exchange, knowledge, causes }: Diagnosis): Explanation['needs'] {
  if (!isRefusal || causes[0]?.confidence === 'certain') return [];
  const { call, response } = exchange;
  const needs: Explanation['needs'] = [];
  if (response?.status === undefined)
    needs.push({ text: 'Give the whole answer, with status, headers and body: it shows which gate wrote it.' });
  if (!call)
    needs.push({ text: 'Give the request as well, as curl -v prints it: it shows which token and key were sent.' });
  else if (call.authorization.type === 'bearer' && !knowledge.profile)
    needs.push({
      text: 'Describe the API in a profile: the token is then compared with what it accepts.',
      ...inProfiles,
    });
  else if (routeOf(knowledge).length === 0)
    needs.push({
      text: 'Say what the target is, "target" and "behind" in an API profile: that names the gates.',
      ...inProfiles,
    });
  if (wantsAuthLevel(knowledge, causes))
    needs.push({ text: 'Say which "authLevel" the function has, in the profile or the operation.', ...inProfiles });
  return needs;
}

function wantsAuthLevel({ target }: Knowledge, causes: readonly RankedCause[]): boolean {
  if (target?.kind?.value !== 'functions' || target.authLevel) return false;
  return causes.some(({ cause }) => cause.startsWith('function-'));
}
