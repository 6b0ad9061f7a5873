import { factsOf } from './cause-facts.ts';
import { CAUSE_TEXTS } from './cause-text.ts';
import { describeEvidence } from './evidence-text.ts';
import type { Diagnosis } from './explain.ts';
import type { ExplainedCause, ExplainedFix } from './explanation.ts';
import type { RankedCause } from './rank-causes.ts';

/** What a wording rests on besides the cause itself. */
export type WordingBase = Pick<Diagnosis, 'checks' | 'knowledge' | 'exchange'>;

/** A cause in words, with these fixes and look-alikes. */
export function writeCause(
  ranked: RankedCause,
  base: WordingBase,
  fixes: ExplainedFix[],
  rejected: ExplainedCause['rejected'],
): ExplainedCause {
  const { cause, confidence, refusedAt, faultAt, evidence } = ranked;
  const { title, means, source } = CAUSE_TEXTS[cause](factsOf(ranked, base));
  return {
    id: cause,
    title,
    confidence,
    refusedAt,
    ...(faultAt === undefined || faultAt === refusedAt ? {} : { faultAt }),
    means,
    evidence: evidence.map(describeEvidence),
    fixes,
    rejected,
    source,
  };
}

/** The catalogue's fixes of a cause, as they stand. */
export function catalogueFixes(ranked: RankedCause, base: WordingBase): ExplainedFix[] {
  return CAUSE_TEXTS[ranked.cause](factsOf(ranked, base)).fixes.map((fix) => ({ ...fix }));
}
