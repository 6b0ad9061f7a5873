import type { Call } from '../call/call.ts';
import { findErrorCodes } from '../call/error-codes.ts';
import { type Exchange, findHeader } from '../call/exchange.ts';
import { readServerClock, type ServerClock } from '../call/server-clock.ts';
import { GATES, gateOf } from '../gates/all-gates.ts';
import { bearerCheck, findingOf } from '../gates/bearer-check.ts';
import type { CauseId } from '../gates/cause-id.ts';
import type { Check, CheckId } from '../gates/check.ts';
import type { Confidence, Evidence, Exclusion } from '../gates/evidence.ts';
import type { Knowledge, TargetKind } from '../gates/facts.ts';
import type { Recognition } from '../gates/gate.ts';
import { graphqlAuthCode } from '../gates/graphql-error.ts';
import type { Finding } from '../gates/judgement.ts';
import { evidenceOfFinding } from '../gates/recognition.ts';
import type { GateId, Step } from '../gates/step.ts';
import { utcText } from '../token/time.ts';
import { withDocumentedSources } from './documented-sources.ts';
import type { StepVerdict } from './explanation.ts';
import { learn } from './knowledge.ts';
import { provenFaults } from './proven-faults.ts';
import { CONFIDENCES, type RankedCause, type Recognised, rankCauses } from './rank-causes.ts';
import { findRootCheck, followsFrom, isOfOtherVersion, rootFirst } from './root-check.ts';
import { routeOf, withGate } from './route.ts';
import { stepOf, type WalkedStep, walkRoute } from './walk-route.ts';

export type { RankedCause } from './rank-causes.ts';

/** Why a call was refused: ids and data, no words. */
export interface Diagnosis {
  isRefusal: boolean;
  /** The gate that answered; absent when the answer does not say. */
  refusedAt?: GateId;
  confidence?: Confidence;
  steps: { step: Step; verdict: StepVerdict }[];
  /** Best first, at most six. */
  causes: RankedCause[];
  /** Look-alikes that the answer itself excludes. */
  rejected: Exclusion[];
  /** The checks of the bearer check against the profile, for the pair. */
  checks: Check[];
  /** Those of the policy that refused the token by its own text, and its line: they say more than the profile's. */
  policy?: { line: number; checks: Check[] };
  knowledge: Knowledge;
  /** The one asked about: the last. */
  exchange: Exchange;
  /** When it was judged, in milliseconds since the epoch. */
  nowMs: number;
}

/**
 * Explains exchanges in order; the last is the one asked about. Times are judged by the clock of whoever answered, where
 * the answer says it. Every gate recognises, on the route or not; what the
 * answers gave away becomes knowledge; then the route is judged and the causes are ranked.
 */
export function explain(exchanges: readonly Exchange[], known: Knowledge, ownNowMs: number): Diagnosis {
  const exchange = loginRedirectIn(exchanges) ?? exchanges.at(-1) ?? {};
  const clock = readServerClock(exchange, ownNowMs);
  const nowMs = clock?.saidMs ?? ownNowMs;
  const informed = withDocumentedSources(known, nowMs);
  const { checks, findings } = findTokenFaults(exchange.call, informed, nowMs);
  const recogniseAll = (knowledge: Knowledge) => {
    const walked = walkKnown(exchange.call, knowledge, nowMs);
    const recognised = GATES.map((gate): Recognised => {
      const step = stepOf(gate.id, walked)?.step;
      const seen = { exchange, tokenFindings: findings, knowledge, nowMs, ...(step ? { step } : {}) };
      return { gate, seen: gate.recognise(seen) };
    });
    return { walked, recognised };
  };
  const knowledge = recogniseAll(informed).recognised.reduce((sum, { seen }) => learn(sum, seen.facts), informed);
  const { walked, recognised } = recogniseAll(knowledge);
  const telling = recognised.some(({ gate, seen }) => gate.id !== 'app' && isTelling(seen));
  const refusal = isRefusal(exchange) || telling;
  const winner = refusal ? (findWinner(recognised, walked) ?? undefined) : undefined;
  return {
    isRefusal: refusal,
    ...(winner && isTelling(winner.seen) ? { refusedAt: winner.gate.id } : {}),
    ...(winner?.seen.confidence ? { confidence: winner.seen.confidence } : {}),
    steps: verdictsOf(routeOf(knowledge), walked, winner, refusal),
    causes: refusal
      ? withClock(
          rankCauses(withWinner(recognised, winner), {
            exchanges,
            winner,
            walked,
            proven: provenFaults(exchange, nowMs),
          }),
          clock,
        )
      : [],
    rejected: refusal ? (winner?.seen.rulesOut ?? []) : [],
    checks,
    ...policyChecksOf(winner, walked),
    knowledge,
    exchange: exchanges.at(-1) ?? {},
    nowMs,
  };
}

const OF_TIME: readonly CauseId[] = ['token-expired', 'token-not-yet-valid'];

/** Two clocks that differ are told beside a cause that is about time. */
function withClock(causes: RankedCause[], clock: ServerClock | undefined): RankedCause[] {
  if (!clock) return causes;
  const told: Evidence = {
    id: 'clockDiffers',
    value: utcText(String(clock.saidMs / 1000)) ?? '',
    other: String(Math.abs(clock.aheadSec)),
  };
  return causes.map((cause) =>
    OF_TIME.includes(cause.cause) ? { ...cause, evidence: [...cause.evidence, told] } : cause,
  );
}

/** A redirect to a login ends somewhere else: the refusal is the redirect, whatever the page behind it says. */
function loginRedirectIn(exchanges: readonly Exchange[]): Exchange | undefined {
  return exchanges
    .slice(0, -1)
    .find(({ response }) => LOGIN.test(response ? (findHeader(response.headers, 'location')?.value ?? '') : ''));
}

/** App Service's own login, or Entra's page that comes back to it. */
const LOGIN = /\/\.auth\/login\/|%2[Ff]\.auth%2[Ff]login%2[Ff]/;

function policyChecksOf(winner: Recognised | undefined, walked: readonly WalkedStep[]): Pick<Diagnosis, 'policy'> {
  const { step, judgement } = (winner && stepOf(winner.gate.id, walked)) ?? {};
  if (step?.statement?.policy.type !== 'token' || !judgement || judgement.checks.length === 0) return {};
  return { policy: { line: step.statement.line, checks: judgement.checks } };
}

/** Without a call there is nothing to judge. */
function walkKnown(call: Call | undefined, knowledge: Knowledge, nowMs: number): WalkedStep[] {
  const route = routeOf(knowledge);
  return call ? walkRoute(call, route, knowledge, nowMs) : [];
}

/** Services of Microsoft's own: whom they take tokens from and for is theirs to say, not the profile's. */
const MICROSOFT: readonly (TargetKind | undefined)[] = [
  'keyVault',
  'arm',
  'graph',
  'storage',
  'dataPlane',
  'tokenEndpoint',
];
const TRUE_EVERYWHERE: readonly (CheckId | undefined)[] = ['structure', 'expiry', 'notBefore'];

/** What a validator set up like the profile would refuse the token for: what explains the rest first. */
function findTokenFaults(
  call: Call | undefined,
  knowledge: Knowledge,
  nowMs: number,
): { checks: Check[]; findings: Finding[] } {
  if (call?.authorization.type !== 'bearer') return { checks: [], findings: [] };
  const { checks, findings } = bearerCheck.judge({ gate: 'bearerCheck', hop: 'target' }, call, knowledge, nowMs);
  if (MICROSOFT.includes(knowledge.target?.kind?.value)) {
    return { checks: [], findings: findings.filter(({ check }) => TRUE_EVERYWHERE.includes(check)) };
  }
  if (checks.length === 0) return { checks, findings };
  const root = findRootCheck(checks);
  // A validator may refuse for what follows from the version, and says so: then that has to be among the findings.
  const own = rootFirst(checks).filter((check) => !followsFrom(root, check) || (root && isOfOtherVersion(root)));
  return { checks, findings: own.flatMap(findingOf) };
}

/** Statuses that are a refusal whatever the answer says besides. */
export const REFUSAL_STATUSES: readonly number[] = [401, 403, 407, 429];

/** 401, 403 and their kin, a redirect to a sign-in page, or text that speaks of a refusal. */
export function isRefusal(exchange: Exchange): boolean {
  const { status, headers = [] } = exchange.response ?? {};
  if (status === undefined) return findErrorCodes(exchange).length > 0;
  if (REFUSAL_STATUSES.includes(status) || graphqlAuthCode(exchange) !== undefined) return true;
  if (status >= 300 && status < 400)
    return /\/\.auth\/login|\/oauth2\//.test(findHeader(headers, 'location')?.value ?? '');
  return (
    status === 400 && findErrorCodes(exchange).some(({ where }) => where === 'oauthError' || where === 'errorCode')
  );
}

/** The gate that is recognised best; where none is, the first step that by what is known refuses the call. */
function findWinner(recognised: readonly Recognised[], walked: readonly WalkedStep[]): Recognised | undefined {
  const best = CONFIDENCES.map((confidence) => bestOf(recognised, confidence, walked)).find(
    (found) => found !== undefined,
  );
  if (best && isTelling(best.seen)) return best;
  return judgedWinner(walked) ?? best;
}

/** Of equally sure gates the one that by what is known refuses the call; one that lets it pass comes last. */
function bestOf(
  recognised: readonly Recognised[],
  confidence: Confidence,
  walked: readonly WalkedStep[],
): Recognised | undefined {
  const equals = recognised.filter(({ seen }) => seen.confidence === confidence);
  const verdictOf = ({ gate }: Recognised) => stepOf(gate.id, walked)?.judgement.verdict;
  return (
    equals.find((one) => verdictOf(one) === 'refuses') ?? equals.find((one) => verdictOf(one) !== 'passes') ?? equals[0]
  );
}

function judgedWinner(walked: readonly WalkedStep[]): Recognised | undefined {
  const { step, judgement } = walked.find((one) => one.judgement.verdict === 'refuses') ?? {};
  const gate = step && gateOf(step.gate);
  if (!gate || !judgement) return undefined;
  const candidates = judgement.findings.map((finding, position) => ({
    cause: finding.cause,
    confidence: position === 0 ? ('likely' as const) : ('possible' as const),
    evidence: [{ id: 'settingsRefuse' as const }, evidenceOfFinding(finding)],
  }));
  return { gate, seen: { confidence: 'likely', candidates, facts: {} } };
}

/** A winner by judgement stands in for what its gate recognised. */
function withWinner(recognised: readonly Recognised[], winner: Recognised | undefined): Recognised[] {
  return recognised.map((one) => (winner && one.gate.id === winner.gate.id ? winner : one));
}

function isTelling({ confidence }: Recognition): boolean {
  return confidence === 'certain' || confidence === 'likely';
}

function verdictsOf(
  route: readonly Step[],
  walked: readonly WalkedStep[],
  winner: Recognised | undefined,
  refusal: boolean,
): Diagnosis['steps'] {
  const refusedBy = winner && isTelling(winner.seen) ? winner.gate.id : undefined;
  const steps = refusedBy ? withGate(route, refusedBy) : route;
  const refusedStep = refusedBy && (stepOf(refusedBy, walked)?.step ?? steps.find(({ gate }) => gate === refusedBy));
  const refusedIndex = steps.findIndex(({ gate, place }) =>
    refusedStep ? gate === refusedStep.gate && place?.line === refusedStep.place?.line : false,
  );
  return steps.map((step, index) => ({ step, verdict: verdictAt(step, index) }));

  function verdictAt(step: Step, index: number): StepVerdict {
    const isPast = !refusal || (refusedIndex >= 0 && index < refusedIndex);
    const judged = walked.find((one) => one.step.gate === step.gate && one.step.place?.line === step.place?.line);
    if (isPast) return step.isOptional && !judged?.judgement.isMet ? 'passedOrAbsent' : 'passed';
    if (refusedIndex >= 0) return index === refusedIndex ? 'refused' : 'notReached';
    return judged?.judgement.verdict === 'passes' ? 'passed' : 'unknown';
  }
}
