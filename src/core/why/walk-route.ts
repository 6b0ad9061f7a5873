import type { Call } from '../call/call.ts';
import { gateOf } from '../gates/all-gates.ts';
import type { Knowledge } from '../gates/facts.ts';
import type { Judgement } from '../gates/judgement.ts';
import type { GateId, Step } from '../gates/step.ts';

/** A step and what judging it gave; a gate that is not judged answers `unknown`. */
export interface WalkedStep {
  step: Step;
  judgement: Judgement;
}

/**
 * Judges every step, the ones behind a refusal too: each sees the call as the one before forwards it. Behind a step that
 * answers the call itself nothing is reached.
 */
export function walkRoute(call: Call, route: readonly Step[], knowledge: Knowledge, nowMs: number): WalkedStep[] {
  const walked: WalkedStep[] = [];
  let forwarded = call;
  for (const step of route) {
    const judgement = gateOf(step.gate)?.judge(step, forwarded, knowledge, nowMs) ?? notJudged(forwarded);
    walked.push({ step, judgement });
    if (judgement.answers && !step.isOptional) break;
    forwarded = judgement.forwards;
  }
  return walked;
}

/** Of several steps of a gate the one that refuses, else the first that might, else the first. */
export function stepOf(gate: GateId, walked: readonly WalkedStep[]): WalkedStep | undefined {
  const own = walked.filter(({ step }) => step.gate === gate);
  return (
    own.find(({ judgement }) => judgement.verdict === 'refuses') ??
    own.find(({ judgement }) => judgement.findings.length > 0) ??
    own[0]
  );
}

function notJudged(call: Call): Judgement {
  return { verdict: 'unknown', checks: [], findings: [], needs: [], forwards: call };
}
