import type { Call } from '../call/call.ts';
import { app } from '../gates/app.ts';
import { easyAuth } from '../gates/easy-auth.ts';
import { functionsKey } from '../gates/functions-key.ts';
import type { Gate, GateId, Judgement, Knowledge, Step } from '../gates/gate.ts';
import { subscriptionKey } from '../gates/subscription-key.ts';
import { service, tokenEndpoint } from '../gates/token-endpoint.ts';
import { validateJwt } from '../gates/validate-jwt.ts';
import { routeOf } from './route.ts';

const GATES: Partial<Record<GateId, Gate>> = {
  app,
  easyAuth,
  functionsKey,
  subscriptionKey,
  service,
  tokenEndpoint,
  validateJwt,
};

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
    const judgement = GATES[step.gate]?.judge(step, forwarded, knowledge, nowMs);
    if (!judgement) continue;
    steps.push({ step, judgement });
    if (judgement.verdict === 'refuses') return { knows: 'route', verdict: 'refuses', steps };
    forwarded = judgement.forwards;
  }
  const verdict = steps.every(({ judgement }) => judgement.verdict === 'passes') ? 'passes' : 'unknown';
  return { knows: 'route', verdict, steps };
}
