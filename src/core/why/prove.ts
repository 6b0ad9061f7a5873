import type { Call } from '../call/call.ts';
import type { CauseId } from '../gates/cause-id.ts';
import type { Knowledge } from '../gates/facts.ts';
import type { GateId, Step } from '../gates/step.ts';
import type { Changed } from './fix.ts';
import { badCalls, goodCall, type TokenBase } from './hypothetical-token.ts';
import { routeOf, withGate } from './route.ts';
import { type WalkedStep, walkRoute } from './walk-route.ts';

/** What judging again with a change applied gives. */
export interface Proof {
  verdict: 'passes' | 'nextRefusal' | 'unknown';
  /** The refusal met then, or what may be one. */
  next?: { cause: CauseId; gate: GateId };
  /** Gates that say neither. */
  open: GateId[];
  /** No gate is known well enough to say that it passes the call. */
  isBlind: boolean;
  /** A call that must stay out is let in by the change. */
  weakens: boolean;
}

/**
 * Judges a changed call along the whole route, and the calls that must stay out, too. Undefined where judging the call as
 * it was sent does not show the refusal: then it proves nothing that the changed one is not refused.
 */
export function prove(base: TokenBase, refusedAt: GateId, changed: Changed): Proof | undefined {
  const walk = (call: Call, knowledge: Knowledge) =>
    walkRoute(call, routeWith(knowledge, refusedAt), knowledge, base.nowMs);
  if (!walk(base.call, base.knowledge).some(stops)) return undefined;
  const steps = walk(changed.call, changed.knowledge);
  const refused = steps.find(({ judgement }) => judgement.verdict === 'refuses');
  const stopped = refused ?? steps.find(stops);
  const [finding] = stopped?.judgement.findings ?? [];
  return {
    verdict: refused ? 'nextRefusal' : stopped ? 'unknown' : 'passes',
    ...(stopped && finding ? { next: { cause: finding.cause, gate: stopped.step.gate } } : {}),
    open: steps.filter(({ judgement }) => judgement.verdict === 'unknown').map(({ step }) => step.gate),
    isBlind: !steps.some(({ judgement }) => judgement.verdict === 'passes'),
    weakens: changed.knowledge !== base.knowledge && letsIn(base, changed, walk),
  };
}

function routeWith(knowledge: Knowledge, refusedAt: GateId): Step[] {
  return withGate(routeOf(knowledge), refusedAt);
}

/** A step that refuses, or would if it is there or set up so. */
function stops({ judgement }: WalkedStep): boolean {
  return judgement.verdict === 'refuses' || judgement.findings.length > 0;
}

/**
 * True when a call is not refused any more that was refused for what is bad about it: for another cause than those a good
 * call meets as well.
 */
function letsIn(base: TokenBase, changed: Changed, walk: (call: Call, knowledge: Knowledge) => WalkedStep[]): boolean {
  const own = { ...base, call: changed.call };
  const usual = refusals(walk(goodCall(own), base.knowledge));
  return badCalls(own).some((call) => {
    const isKeptOut = refusals(walk(call, base.knowledge)).some((cause) => !usual.includes(cause));
    return isKeptOut && refusals(walk(call, changed.knowledge)).length === 0;
  });
}

function refusals(steps: readonly WalkedStep[]): CauseId[] {
  return steps.flatMap(({ judgement }) =>
    judgement.verdict === 'refuses' ? judgement.findings.map(({ cause }) => cause) : [],
  );
}
