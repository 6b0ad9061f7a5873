import type { Call } from '../call/call.ts';
import type { Knowledge } from '../gates/facts.ts';
import { withDocumentedSources } from './documented-sources.ts';
import { routeOf } from './route.ts';
import { type WalkedStep, walkRoute } from './walk-route.ts';

/** What can be said before sending. `nothingKnown` is an answer of its own: silence would look like "fine". */
export interface Forecast {
  verdict: 'nothingKnown' | 'willBeRefused' | 'mayBeRefused' | 'nothingAgainstIt';
  /** Every step of the route, those behind a refusal too. */
  steps: WalkedStep[];
}

/**
 * Judges a call along the route, without any network. `willBeRefused`: by what is known, a gate refuses it;
 * `mayBeRefused`: one would, if it is there or set up so.
 */
export function predict(call: Call, knowledge: Knowledge, nowMs: number): Forecast {
  const informed = withDocumentedSources(knowledge, nowMs);
  const steps = walkRoute(call, routeOf(informed), informed, nowMs);
  return { verdict: verdictOf(steps), steps };
}

function verdictOf(steps: readonly WalkedStep[]): Forecast['verdict'] {
  if (steps.length === 0) return 'nothingKnown';
  const refusing = steps.filter(({ judgement }) => judgement.verdict === 'refuses');
  if (refusing.some(({ step }) => !step.isOptional)) return 'willBeRefused';
  const isSuspect = steps.some(({ judgement }) => judgement.findings.length > 0);
  return refusing.length > 0 || isSuspect ? 'mayBeRefused' : 'nothingAgainstIt';
}
