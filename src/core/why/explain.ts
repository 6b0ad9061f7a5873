import type { Call } from '../call/call.ts';
import { findErrorCodes } from '../call/error-codes.ts';
import { type Exchange, findHeader } from '../call/exchange.ts';
import { GATES, gateOf } from '../gates/all-gates.ts';
import { bearerCheck, findingOf } from '../gates/bearer-check.ts';
import type {
  Candidate,
  CauseId,
  Check,
  Confidence,
  Evidence,
  Finding,
  Gate,
  GateId,
  Knowledge,
  Recognition,
  Step,
} from '../gates/gate.ts';
import type { StepVerdict } from './explanation.ts';
import { learn } from './knowledge.ts';
import { findRootCheck, followsFrom, isOfOtherVersion, rootFirst } from './root-check.ts';
import { routeOf, USUAL_HOPS } from './route.ts';

const CONFIDENCES: readonly Confidence[] = ['certain', 'likely', 'possible'];
const MOST_CAUSES = 6;
export interface RankedCause {
  cause: CauseId;
  confidence: Confidence;
  refusedAt: GateId;
  evidence: Evidence[];
}

/** Why a call was refused: ids and data, no words. */
export interface Diagnosis {
  isRefusal: boolean;
  /** The gate that answered; absent when the answer does not say. */
  refusedAt?: GateId;
  confidence?: Confidence;
  steps: { step: Step; verdict: StepVerdict }[];
  /** Best first, at most six. */
  causes: RankedCause[];
  /** The checks of the bearer check against the profile, for the pair. */
  checks: Check[];
  knowledge: Knowledge;
  /** The one asked about: the last. */
  exchange: Exchange;
}

/**
 * Explains exchanges in order; the last is the one asked about. Every gate recognises, on the route or not; what the
 * answers gave away becomes knowledge; then the route is judged and the causes are ranked.
 */
export function explain(exchanges: readonly Exchange[], known: Knowledge, nowMs: number): Diagnosis {
  const exchange = exchanges.at(-1) ?? {};
  const { checks, findings } = findTokenFaults(exchange.call, known, nowMs);
  const recogniseAll = (knowledge: Knowledge) =>
    GATES.map((gate) => ({ gate, seen: gate.recognise({ exchange, tokenFindings: findings, knowledge, nowMs }) }));
  const first = recogniseAll(known);
  const knowledge = first.reduce((sum, { seen }) => learn(sum, seen.facts), known);
  const recognised = recogniseAll(knowledge);
  const refusal = isRefusal(exchange);
  const winner = refusal ? findWinner(recognised) : undefined;
  return {
    isRefusal: refusal,
    ...(winner && isTelling(winner.seen) ? { refusedAt: winner.gate.id } : {}),
    ...(winner?.seen.confidence ? { confidence: winner.seen.confidence } : {}),
    steps: walkRoute(routeOf(knowledge), winner, refusal, exchange.call, knowledge, nowMs),
    causes: refusal ? rankCauses(recognised, winner, exchanges) : [],
    checks,
    knowledge,
    exchange,
  };
}

interface Recognised {
  gate: Gate;
  seen: Recognition;
}

/** What a validator set up like the profile would refuse the token for: what explains the rest first. */
function findTokenFaults(
  call: Call | undefined,
  knowledge: Knowledge,
  nowMs: number,
): { checks: Check[]; findings: Finding[] } {
  if (call?.authorization.type !== 'bearer') return { checks: [], findings: [] };
  const { checks, findings } = bearerCheck.judge({ gate: 'bearerCheck', hop: 'target' }, call, knowledge, nowMs);
  const isMicrosoft = ['keyVault', 'arm', 'graph'].includes(knowledge.target?.kind?.value ?? '');
  const isFault = ({ cause }: Finding) => !isMicrosoft || (cause !== 'graph-nonce-token' && cause !== 'aud-is-graph');
  if (checks.length === 0) return { checks, findings: findings.filter(isFault) };
  const root = findRootCheck(checks);
  // A validator may refuse for what follows from the version, and says so: then that has to be among the findings.
  const own = rootFirst(checks).filter((check) => !followsFrom(root, check) || (root && isOfOtherVersion(root)));
  return { checks, findings: own.flatMap(findingOf).filter(isFault) };
}

/** 401, 403 and their kin, a redirect to a sign-in page, or text that speaks of a refusal. */
export function isRefusal(exchange: Exchange): boolean {
  const { status, headers = [] } = exchange.response ?? {};
  if (status === undefined) return findErrorCodes(exchange).length > 0;
  if ([401, 403, 407, 429].includes(status)) return true;
  if (status >= 300 && status < 400)
    return /\/\.auth\/login|\/oauth2\//.test(findHeader(headers, 'location')?.value ?? '');
  return (
    status === 400 && findErrorCodes(exchange).some(({ where }) => where === 'oauthError' || where === 'errorCode')
  );
}

function findWinner(recognised: readonly Recognised[]): Recognised | undefined {
  for (const confidence of CONFIDENCES) {
    const found = recognised.find(({ seen }) => seen.confidence === confidence);
    if (found) return found;
  }
  return undefined;
}

function isTelling({ confidence }: Recognition): boolean {
  return confidence === 'certain' || confidence === 'likely';
}

function walkRoute(
  route: readonly Step[],
  winner: Recognised | undefined,
  refusal: boolean,
  call: Call | undefined,
  knowledge: Knowledge,
  nowMs: number,
): Diagnosis['steps'] {
  const refusedBy = winner && isTelling(winner.seen) ? winner.gate.id : undefined;
  const steps =
    refusedBy && !route.some(({ gate }) => gate === refusedBy)
      ? [...route, { gate: refusedBy, hop: USUAL_HOPS[refusedBy] }]
      : route;
  const refusedIndex = steps.findIndex(({ gate }) => gate === refusedBy);
  return steps.map((step, index) => ({ step, verdict: verdictAt(step, index) }));

  function verdictAt(step: Step, index: number): StepVerdict {
    if (!refusal) return 'passed';
    if (refusedIndex >= 0) return index < refusedIndex ? 'passed' : index === refusedIndex ? 'refused' : 'notReached';
    const gate = gateOf(step.gate);
    return call && gate?.judge(step, call, knowledge, nowMs).verdict === 'passes' ? 'passed' : 'unknown';
  }
}

function rankCauses(
  recognised: readonly Recognised[],
  winner: Recognised | undefined,
  exchanges: readonly Exchange[],
): RankedCause[] {
  const counted =
    winner?.seen.confidence === 'certain'
      ? [winner]
      : [...recognised].sort((a, b) => orderOf(a, winner) - orderOf(b, winner));
  const all = counted.flatMap(({ gate, seen }) =>
    seen.candidates.map((candidate): RankedCause => ({ ...candidate, refusedAt: gate.id })),
  );
  const dropped = droppedCredentials(exchanges, winner);
  // What the second call lacks follows from the redirect: it is not what the user has to mend.
  const ranked =
    dropped.length > 0 ? [...dropped, ...all.map((cause) => ({ ...cause, confidence: 'possible' as const }))] : all;
  const sorted = CONFIDENCES.flatMap((confidence) => ranked.filter((cause) => cause.confidence === confidence));
  return sorted
    .filter(({ cause }, index) => sorted.findIndex((other) => other.cause === cause) === index)
    .slice(0, MOST_CAUSES);
}

function orderOf(recognised: Recognised, winner: Recognised | undefined): number {
  return recognised.gate.id === winner?.gate.id ? 0 : 1;
}

/** A redirect to another origin drops credentials: the refusal is then for a call that the user never meant. */
function droppedCredentials(exchanges: readonly Exchange[], winner: Recognised | undefined): RankedCause[] {
  const last = exchanges.at(-1)?.call;
  const first = exchanges.find(({ response }) => (response?.status ?? 0) >= 300 && (response?.status ?? 0) < 400)?.call;
  if (!last || !first || first === last) return [];
  if (first.authorization.type === 'none' || last.authorization.type !== 'none') return [];
  const evidence: Candidate['evidence'] = [
    { id: 'credentialsDropped', value: originOf(first.url), other: originOf(last.url) },
  ];
  return [
    { cause: 'authorization-dropped-on-redirect', confidence: 'likely', refusedAt: winner?.gate.id ?? 'app', evidence },
  ];
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
