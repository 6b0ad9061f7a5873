import type { Knowledge } from '../gates/facts.ts';
import type { Finding } from '../gates/judgement.ts';
import { evidenceOfFinding } from '../gates/recognition.ts';
import type { ExplainedCause, Prediction, StepVerdict } from './explanation.ts';
import { describeNeeds } from './need-text.ts';
import type { Forecast } from './predict.ts';
import type { WalkedStep } from './walk-route.ts';
import { catalogueFixes, writeCause } from './write-cause.ts';
import { pathOf, titleOf } from './write-path.ts';

const MOST_CAUSES = 6;

/** Puts what can be said before sending into words: one line, the causes in the order they are met, the path. */
export function writePrediction(forecast: Forecast, knowledge: Knowledge): Prediction {
  const { verdict, steps } = forecast;
  const foreseen = foreseenFaults(forecast).slice(0, MOST_CAUSES);
  const causes = foreseen.map((fault) => writeFault(fault, knowledge));
  const refusedIndex = steps.findIndex(({ judgement }) => judgement.verdict === 'refuses');
  const needs = describeNeeds([
    ...(verdict === 'nothingKnown' ? [{ fact: 'target', member: 'kind' } as const] : []),
    ...steps.flatMap(({ judgement }) => judgement.needs),
  ]);
  return {
    verdict,
    text: textOf(verdict, foreseen[0], causes[0], steps),
    causes,
    path: pathOf(
      steps.map((walked, index) => ({ step: walked.step, verdict: verdictAt(walked, index, refusedIndex) })),
      verdict === 'willBeRefused',
    ),
    needs,
  };
}

interface Fault {
  walked: WalkedStep;
  finding: Finding;
}

/** What refuses for sure comes before what only might, each in the order of the route. */
function foreseenFaults({ steps }: Forecast): Fault[] {
  const refuses = (walked: WalkedStep) => walked.judgement.verdict === 'refuses';
  return [...steps.filter(refuses), ...steps.filter((walked) => !refuses(walked))].flatMap((walked) =>
    walked.judgement.findings.map((finding) => ({ walked, finding })),
  );
}

function writeFault({ walked, finding }: Fault, knowledge: Knowledge): ExplainedCause {
  const isSure = walked.judgement.verdict === 'refuses' && !walked.step.isOptional;
  const ranked = {
    cause: finding.cause,
    confidence: isSure ? ('likely' as const) : ('possible' as const),
    refusedAt: walked.step.gate,
    evidence: finding.seen === undefined ? [] : [evidenceOfFinding(finding)],
  };
  const base = { checks: walked.judgement.checks, knowledge, exchange: {} };
  return writeCause(ranked, base, catalogueFixes(ranked, base), []);
}

function textOf(
  verdict: Prediction['verdict'],
  fault: Fault | undefined,
  cause: ExplainedCause | undefined,
  steps: readonly WalkedStep[],
): string {
  const gate = fault ? placeOf(fault.walked) : '';
  switch (verdict) {
    case 'nothingKnown':
      return 'Nothing is known about this target.';
    case 'willBeRefused':
      return `${gate} will refuse this call: ${cause?.title ?? 'by what is known of it'}.`;
    case 'mayBeRefused':
      return `${gate} may refuse this call: ${cause?.title ?? 'by what is known of it'}.`;
    case 'nothingAgainstIt': {
      const unknown = steps.filter(({ judgement }) => judgement.verdict === 'unknown');
      const names = [...new Set(unknown.map(({ step }) => titleOf(step)))];
      return names.length === 0
        ? 'Every gate that is known lets this call pass.'
        : `Nothing that is known speaks against this call. Not known: ${names.join(', ')}.`;
    }
  }
}

function placeOf({ step }: WalkedStep): string {
  const line = step.place?.line;
  return line === undefined ? titleOf(step) : `${titleOf(step)}, line ${line}`;
}

function verdictAt({ step, judgement }: WalkedStep, index: number, refusedIndex: number): StepVerdict {
  if (refusedIndex >= 0 && index > refusedIndex) return 'notReached';
  if (judgement.verdict === 'refuses') return 'refused';
  if (judgement.verdict === 'unknown') return 'unknown';
  return step.isOptional ? 'passedOrAbsent' : 'passed';
}
