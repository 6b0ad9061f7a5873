import type { CauseId } from '../gates/cause-id.ts';
import type { Check, CheckId } from '../gates/check.ts';
import type { Confidence } from '../gates/evidence.ts';
import type { Knowledge } from '../gates/facts.ts';
import type { Need } from '../gates/judgement.ts';
import { CAUSE_TEXTS } from './cause-text.ts';
import { describeEvidence } from './evidence-text.ts';
import type { Diagnosis, RankedCause } from './explain.ts';
import type { ExplainedCause, ExplainedNeed, Explanation, TokenPair } from './explanation.ts';
import { describeNeeds } from './need-text.ts';
import { REASON_TEXTS } from './reason-text.ts';
import { routeOf } from './route.ts';
import { writeCause } from './write-cause.ts';
import { provenFixes } from './write-fixes.ts';
import { GATE_TITLES, pathOf } from './write-path.ts';

/** Causes that the pair of token and target shows at a glance. */
const PAIR_CAUSES: readonly CauseId[] = [
  ...(['issuer-v1-v2-mismatch', 'issuer-wrong-tenant', 'issuer-not-accepted', 'token-from-other-cloud'] as const),
  ...(['aud-mismatch', 'aud-is-graph', 'aud-clientid-vs-appiduri', 'graph-nonce-token'] as const),
];

/** Puts a diagnosis into words. */
export function writeExplanation(diagnosis: Diagnosis): Explanation {
  const { causes, policy } = diagnosis;
  const checks = policy?.checks ?? diagnosis.checks;
  const explained = causes.map((cause, position) =>
    writeCause(
      cause,
      diagnosis,
      provenFixes(cause, diagnosis),
      position === 0 ? [...excluded(diagnosis), ...lookAlikes(cause, checks)] : [],
    ),
  );
  const pair = causes.some(({ cause }) => PAIR_CAUSES.includes(cause)) ? pairOf(checks, policy?.line) : undefined;
  return {
    headline: headlineOf(diagnosis, explained[0]),
    path: pathOf(diagnosis.steps, diagnosis.confidence === 'certain'),
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
  {
    isRefusal,
    refusedAt,
    confidence,
    steps = [],
  }: Pick<Diagnosis, 'isRefusal' | 'refusedAt' | 'confidence'> & Partial<Pick<Diagnosis, 'steps'>>,
  best: Pick<ExplainedCause, 'title' | 'confidence'> | undefined,
): string {
  if (!isRefusal) return 'Nothing in this answer is a refusal.';
  const why = best ? ` ${CAUSE_OPENINGS[best.confidence]}${best.title}.` : '';
  if (!refusedAt) return `Which gate refused is not certain.${why}`;
  const line = steps.find(({ step, verdict }) => step.gate === refusedAt && verdict === 'refused')?.step.place?.line;
  const gate = line === undefined ? GATE_TITLES[refusedAt] : `${GATE_TITLES[refusedAt]}, line ${line}`;
  return `${confidence === 'certain' ? 'Refused' : 'Probably refused'} by: ${gate}.${why}`;
}

/** Left what the token says, right what the policy in this line accepts, or the profile where none is known. */
function pairOf(checks: readonly Check[], policyLine: number | undefined): TokenPair | undefined {
  const rows = (['issuer', 'audience', 'version'] as const).flatMap((id) => {
    const check =
      checks.find((candidate) => candidate.id === id && candidate.verdict === 'failed') ??
      checks.find((candidate) => candidate.id === id);
    if (!check?.seen) return [];
    const claim = ({ issuer: 'iss', audience: 'aud', version: 'ver' } as const)[id];
    const fits = check.verdict !== 'failed';
    return [{ claim, says: check.seen, accepts: fits ? [check.seen] : [...(check.expected ?? [])], fits }];
  });
  const acceptsTitle = policyLine === undefined ? 'profile accepts' : `policy accepts (line ${policyLine})`;
  return rows.some(({ fits }) => !fits) ? { acceptsTitle, rows } : undefined;
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

/** What the answer itself excludes. */
function excluded({ rejected }: Diagnosis): ExplainedCause['rejected'] {
  return rejected.map(({ cause, because }) => ({
    id: cause,
    title: CAUSE_TEXTS[cause]({}).title,
    why: describeEvidence(because),
  }));
}

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

/** What would make the answer surer; nothing when it is certain. A profile is asked for only where it can be used. */
function needsOf({ isRefusal, exchange, knowledge, causes }: Diagnosis): ExplainedNeed[] {
  if (!isRefusal || causes[0]?.confidence === 'certain') return [];
  const { call, response } = exchange;
  const needs: Need[] = [];
  if (response?.status === undefined) needs.push({ fact: 'answer' });
  if (!call) needs.push({ fact: 'call' });
  else if (call.authorization.type === 'bearer' && !knowledge.profile) needs.push({ fact: 'profile' });
  else if (routeOf(knowledge).length === 0) needs.push({ fact: 'target', member: 'kind' });
  if (wantsAuthLevel(knowledge, causes)) needs.push({ fact: 'target', member: 'authLevel' });
  if (wantsPolicy(knowledge, causes)) needs.push({ fact: 'target', member: 'policy' });
  if (wantsProbe(knowledge, causes)) needs.push({ fact: 'target', member: 'easyAuth' });
  return describeNeeds(needs);
}

function wantsAuthLevel({ target }: Knowledge, causes: readonly RankedCause[]): boolean {
  if (target?.kind?.value !== 'functions' || target.authLevel) return false;
  return causes.some(({ cause }) => cause.startsWith('function-'));
}

/** A token policy of the gateway is likely, and its text would say what it wants. */
function wantsPolicy({ target }: Knowledge, causes: readonly RankedCause[]): boolean {
  const gate = causes[0]?.refusedAt;
  return target?.kind?.value === 'apim' && !target.policy && (gate === 'validateJwt' || gate === 'checkHeader');
}

/** Where App Service authentication is likely, and neither a setting nor a challenge says how it is set up. */
function wantsProbe({ target }: Knowledge, causes: readonly RankedCause[]): boolean {
  return target?.easyAuth?.value.clientId === undefined && causes[0]?.refusedAt === 'easyAuth';
}
