import { type FoundCode, findErrorCodes } from '../call/error-codes.ts';
import type { Exchange } from '../call/exchange.ts';
import type { CauseId } from '../gates/cause-id.ts';
import { meaningOfCode } from '../gates/code-causes.ts';
import type { Confidence, Evidence, EvidenceId } from '../gates/evidence.ts';
import type { Gate, Recognition } from '../gates/gate.ts';
import type { Finding } from '../gates/judgement.ts';
import { evidenceOfFinding } from '../gates/recognition.ts';
import type { GateId, Step } from '../gates/step.ts';
import type { WalkedStep } from './walk-route.ts';

/** Best first. */
export const CONFIDENCES: readonly Confidence[] = ['certain', 'likely', 'possible'];
const MOST_CAUSES = 6;

/** What a gate made of an answer. */
export interface Recognised {
  gate: Gate;
  seen: Recognition;
}

/** A cause with what speaks for it. */
export interface RankedCause {
  cause: CauseId;
  confidence: Confidence;
  refusedAt: GateId;
  /** Where the fault is, when that is another gate. */
  faultAt?: GateId;
  evidence: Evidence[];
  /** Met only when what stands before it is mended. */
  isNext?: true;
}

/** What ranking looks at besides the recognitions themselves. */
export interface RankingBase {
  exchanges: readonly Exchange[];
  /** The gate that answered, if one was recognised. */
  winner: Recognised | undefined;
  /** The route as judged; empty where the call is not known. */
  walked: readonly WalkedStep[];
  /** What the token is at fault for whoever checks it. */
  proven: readonly CauseId[];
}

/**
 * The causes, best first, at most six. A certain winner's own come alone; otherwise the winner's before the others'. A
 * documented code about the token keeps the checks it does not speak of behind those it does. What a step behind the
 * refusal would refuse follows last: it is met next.
 */
export function rankCauses(recognised: readonly Recognised[], base: RankingBase): RankedCause[] {
  const { winner, exchanges } = base;
  const counted =
    winner?.seen.confidence === 'certain'
      ? [winner]
      : [...recognised].sort((a, b) => orderOf(a, winner) - orderOf(b, winner));
  const own = counted.flatMap(({ gate, seen }) =>
    seen.candidates.map((candidate): RankedCause => ({ ...candidate, refusedAt: gate.id })),
  );
  const told = narrowByCode(own, exchanges.at(-1) ?? {}).map((ranked) =>
    isTrusted(ranked, winner) ? confirm(ranked, base.proven) : ranked,
  );
  const dropped = droppedCredentials(exchanges, winner);
  // What the second call lacks follows from the redirect: it is not what the user has to mend.
  const ranked =
    dropped.length > 0 ? [...dropped, ...told.map((cause) => ({ ...cause, confidence: 'possible' as const }))] : told;
  const sorted = CONFIDENCES.flatMap((confidence) => ranked.filter((cause) => cause.confidence === confidence));
  return withoutDoubles([...sorted, ...metNext(sorted[0], base)]).slice(0, MOST_CAUSES);
}

function orderOf(recognised: Recognised, winner: Recognised | undefined): number {
  return recognised.gate.id === winner?.gate.id ? 0 : 1;
}

function withoutDoubles(causes: readonly RankedCause[]): RankedCause[] {
  return causes.filter(({ cause }, index) => causes.findIndex((other) => other.cause === cause) === index);
}

/** A code of whoever validated the token names the check that failed: a cause of another check is at most possible. */
function narrowByCode(causes: readonly RankedCause[], exchange: Exchange): RankedCause[] {
  const named = findErrorCodes(exchange)
    .filter(isAboutTheToken)
    .flatMap((code) => meaningOfCode(code)?.causes ?? []);
  if (named.length === 0 || !causes.some(({ cause }) => named.includes(cause))) return [...causes];
  return causes.map((ranked) =>
    named.includes(ranked.cause) || ranked.confidence === 'certain' || isOfAnotherToken(ranked)
      ? ranked
      : { ...ranked, confidence: 'possible' },
  );
}

/** A static web app hands on a token of its own: what a code says is of that one. */
function isOfAnotherToken({ evidence }: RankedCause): boolean {
  return evidence.some(({ id }) => id === 'siteReplacesToken');
}

function isAboutTheToken({ family, code }: FoundCode): boolean {
  return family === 'idx' || (family === 'apim' && code.startsWith('Token'));
}

/** What says in the answer which check failed. */
const ABOUT_THE_CHECK: readonly EvidenceId[] = [
  ...(['codeInText', 'bearerChallenge', 'jwtMessage', 'serviceMessage', 'traceSays'] as const),
];

/** The app itself, or a platform that signed its answer: no other is blamed by another's words. */
function isTrusted({ refusedAt }: RankedCause, winner: Recognised | undefined): boolean {
  return refusedAt === 'app' || (winner?.gate.id === refusedAt && winner.seen.confidence === 'certain');
}

/** The answer says which check failed, and the token by itself fails it everywhere: two witnesses that agree. */
function confirm(ranked: RankedCause, proven: readonly CauseId[]): RankedCause {
  const isTold = ranked.evidence.some(({ id, value }) => ABOUT_THE_CHECK.includes(id) && value !== 'JwtInvalid');
  const isConfirmed = ranked.confidence === 'likely' && isTold && proven.includes(ranked.cause);
  return isConfirmed ? { ...ranked, confidence: 'certain' } : ranked;
}

/** A redirect to another origin drops credentials: the refusal is then for a call that the user never meant. */
function droppedCredentials(exchanges: readonly Exchange[], winner: Recognised | undefined): RankedCause[] {
  const last = exchanges.at(-1)?.call;
  const first = exchanges.find(({ response }) => (response?.status ?? 0) >= 300 && (response?.status ?? 0) < 400)?.call;
  if (!last || !first || first === last) return [];
  if (first.authorization.type === 'none' || last.authorization.type !== 'none') return [];
  const evidence: Evidence[] = [{ id: 'credentialsDropped', value: originOf(first.url), other: originOf(last.url) }];
  return [
    { cause: 'authorization-dropped-on-redirect', confidence: 'likely', refusedAt: winner?.gate.id ?? 'app', evidence },
  ];
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

/** The faults of the steps behind the one that refused, in the order they are met. */
function metNext(best: RankedCause | undefined, { walked }: RankingBase): RankedCause[] {
  if (!best) return [];
  const at = walked.findLastIndex(({ step }) => step.gate === best.refusedAt);
  return walked
    .slice(at + 1)
    .flatMap(({ step, judgement }) =>
      judgement.verdict === 'refuses' ? judgement.findings.slice(0, 1).map((finding) => nextCause(step, finding)) : [],
    );
}

function nextCause({ gate }: Step, finding: Finding): RankedCause {
  return {
    cause: finding.cause,
    confidence: 'possible',
    refusedAt: gate,
    evidence: [{ id: 'metNext' }, ...(finding.seen === undefined ? [] : [evidenceOfFinding(finding)])],
    isNext: true,
  };
}
