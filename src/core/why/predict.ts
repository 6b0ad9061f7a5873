import type { Call } from '../call/call.ts';
import { gateOf } from '../gates/all-gates.ts';
import type { Judgement, Knowledge, Step } from '../gates/gate.ts';
import { routeOf } from './route.ts';

/** What can be said before sending. `nothingKnown` is an answer of its own: silence would look like "fine". */
export type Prediction =
  | { knows: 'nothing' }
  | { knows: 'route'; verdict: Judgement['verdict']; steps: { step: Step; judgement: Judgement }[] };

/** Judges the call along the route; each step sees it as the one before forwards it. */
export function predict(call: Call, knowledge: Knowledge, nowMs: number): Prediction {
  const route = routeOf(knowledge);
  if (route.length === 0) return { knows: 'nothing' };
  const steps: { step: Step; judgement: Judgement }[] = [];
  let forwarded = call;
  for (const step of route) {
    const judgement = gateOf(step.gate)?.judge(step, forwarded, knowledge, nowMs);
    if (!judgement) continue;
    steps.push({ step, judgement });
    if (judgement.verdict === 'refuses') return { knows: 'route', verdict: 'refuses', steps };
    forwarded = judgement.forwards;
  }
  const verdict = steps.every(({ judgement }) => judgement.verdict === 'passes') ? 'passes' : 'unknown';
  return { knows: 'route', verdict, steps };
}
