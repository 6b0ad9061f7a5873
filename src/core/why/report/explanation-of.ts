import { CAUSE_TEXTS } from '../cause-text.ts';
import type { CauseFacts } from '../causes/cause-words.ts';
import { describeEvidence } from '../evidence-text.ts';
import type { ExplainedCause, ExplainedFix, Explanation, FixProof, PathHop } from '../explanation.ts';
import { headlineOf } from '../write-explanation.ts';
import { GATE_TITLES, HOP_TITLES } from '../write-path.ts';
import { Pseudonyms } from './pseudonyms.ts';
import type { Report } from './report.ts';

const ACCEPTS_TITLES = { profile: 'profile accepts', policy: 'policy accepts', target: 'target accepts' } as const;

/**
 * A report in words: all of them the catalogue's, selected by ids. Of its values only what a report may hold is let in,
 * whoever wrote it. Without actions: there is no call to change. Undefined when the catalogue cannot word it.
 */
export function explanationOf(report: Report): Explanation | undefined {
  const names = new Pseudonyms('report');
  try {
    const causes = report.causes.map((cause) => causeOf(cause, names));
    return {
      headline: headlineOf(report as Parameters<typeof headlineOf>[0], causes[0]),
      path: report.path.map(hopOf),
      ...(report.pair ? { pair: pairOf(report.pair, names) } : {}),
      causes,
      needs: [],
    };
  } catch {
    // Facts of a forged report may be of another kind than the wording expects.
    return undefined;
  }
}

function hopOf({ hop, steps }: Report['path'][number]): PathHop {
  return {
    title: HOP_TITLES[hop],
    steps: steps.map(({ gate, verdict, isProbable, line }) => ({
      gate,
      title: GATE_TITLES[gate],
      verdict,
      ...(isProbable ? { isProbable } : {}),
      ...(line === undefined ? {} : { line, place: `line ${line}` }),
    })),
  };
}

function pairOf({ accepts, rows }: NonNullable<Report['pair']>, names: Pseudonyms): NonNullable<Explanation['pair']> {
  return {
    acceptsTitle: ACCEPTS_TITLES[accepts],
    rows: rows.map((row) => ({
      ...row,
      says: names.hide(row.says),
      accepts: row.accepts.map((accepted) => names.hide(accepted)),
    })),
  };
}

function causeOf(cause: Report['causes'][number], names: Pseudonyms): ExplainedCause {
  const { title, means, fixes, source } = CAUSE_TEXTS[cause.id](factsOf(cause, names));
  return {
    id: cause.id,
    title,
    confidence: cause.confidence,
    ...(cause.refusedAt ? { refusedAt: cause.refusedAt } : {}),
    ...(cause.faultAt ? { faultAt: cause.faultAt } : {}),
    means,
    evidence: cause.evidence.map(({ id, value, other }) =>
      describeEvidence({
        id,
        ...(value === undefined ? {} : { value: names.hide(value) }),
        ...(other === undefined ? {} : { other: names.hide(other) }),
      }),
    ),
    fixes: cause.fixes.flatMap((one) => {
      const fix = fixes[one.number];
      return fix ? [fixOf(fix, one)] : [];
    }),
    rejected: cause.rejected.map((id) => ({ id, title: CAUSE_TEXTS[id]({}).title, why: 'ruled out in the report.' })),
    source,
  };
}

type ReportedFix = Report['causes'][number]['fixes'][number];

const LETS_IN = 'Calls that are refused now would be let in.';

function fixOf(fix: ExplainedFix, { proof, weakens }: ReportedFix): ExplainedFix {
  const { action: _action, ...words } = fix;
  return {
    ...words,
    ...(weakens ? { kind: 'weakens', exposes: words.exposes ?? LETS_IN } : {}),
    ...(proof ? { proof: proofOf(proof) } : {}),
  };
}

function proofOf({ verdict, next }: NonNullable<ReportedFix['proof']>): FixProof {
  return { verdict, text: proofText(verdict, next && CAUSE_TEXTS[next]({}).title), ...(next ? { next } : {}) };
}

function proofText(verdict: FixProof['verdict'], next: string | undefined): string {
  switch (verdict) {
    case 'passes':
      return 'With this change every gate we can see passes.';
    case 'nextRefusal':
      return next ? `Then the call meets the next refusal: ${next}.` : 'Then the call meets another refusal.';
    case 'unknown':
      return 'What comes after this change is not known.';
  }
}

function factsOf({ facts }: Report['causes'][number], names: Pseudonyms): CauseFacts {
  const hide = (fact: string) => names.hide(fact);
  const entries = Object.entries(facts).map(([name, fact]) => [
    name,
    typeof fact === 'string'
      ? hide(fact)
      : Object.fromEntries(Object.entries(fact).map(([member, text]) => [member, hide(text)])),
  ]);
  return Object.fromEntries(entries) as CauseFacts;
}
