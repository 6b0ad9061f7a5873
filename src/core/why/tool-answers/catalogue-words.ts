import type { CauseId } from '../../gates/cause-id.ts';
import type { Evidence } from '../../gates/evidence.ts';
import { CAUSE_TEXTS } from '../cause-text.ts';
import type { CauseFacts } from '../causes/cause-words.ts';
import { describeEvidence } from '../evidence-text.ts';
import type { Diagnosis } from '../explain.ts';
import type { CorrectProfile, PathHop } from '../explanation.ts';
import { writeCorrection } from '../profile-correction.ts';
import { headlineOf } from '../write-explanation.ts';
import { HOP_TITLES } from '../write-path.ts';
import { type ClosedWord, inOurWords, ours, type Said } from './closed-word.ts';
import { AUDIENCE_LABEL, CHALLENGE_LABELS, EVIDENCE_LABELS, FACT_LABELS, KEY_NAME_LABEL } from './fact-labels.ts';
import type { LabelledValues } from './labelled-values.ts';

/** Facts in which every text is a word of ours or a reference to a labelled value. Made by {@link closedFacts} only. */
export type ClosedFacts = CauseFacts & { readonly [FACTS]: true };
declare const FACTS: unique symbol;

/** One fix of the catalogue. */
export type FixWords = {
  kind: ClosedWord;
  text: ClosedWord;
  where?: ClosedWord;
  value?: ClosedWord;
  exposes?: ClosedWord;
};

/** A cause in the catalogue's words. */
export type CauseWords = {
  id: ClosedWord;
  title: ClosedWord;
  means: ClosedWord;
  fixes: FixWords[];
  source: ClosedWord;
};

/** The facts of a case without a word of it: what fills the sentences are our own words, and references. */
export function closedFacts({ challenge, ...facts }: CauseFacts, values: LabelledValues): ClosedFacts {
  const closed: Record<string, unknown> = {};
  for (const [name, label] of Object.entries(FACT_LABELS)) {
    const fact = facts[name as keyof typeof facts];
    if (fact === undefined || label === 'leftOut') continue;
    closed[name] = label === 'ours' ? fact : values.word(fact, label);
  }
  if (challenge) {
    const { authority, resource } = challenge;
    closed.challenge = {
      authority: values.word(authority, CHALLENGE_LABELS.authority),
      resource: values.word(resource, CHALLENGE_LABELS.resource),
    };
  }
  return closed as unknown as ClosedFacts;
}

/** A cause, worded with closed facts or none. */
export function causeWords(id: CauseId, facts: ClosedFacts = {} as ClosedFacts): CauseWords {
  const { title, means, fixes, source } = CAUSE_TEXTS[id](facts);
  return {
    id: ours(id),
    title: inOurWords(title),
    means: inOurWords(means),
    fixes: fixes.map(({ kind, text, where, value, exposes }) => ({
      kind: ours(kind),
      text: inOurWords(text),
      where: inOurWords(where),
      ...(value === undefined ? {} : { value: inOurWords(value) }),
      ...(exposes === undefined ? {} : { exposes: inOurWords(exposes) }),
    })),
    source: inOurWords(source),
  };
}

/** One observation as a sentence. */
export function evidenceWords({ id, value, other }: Evidence, values: LabelledValues): ClosedWord {
  const labels = EVIDENCE_LABELS[id];
  const sentence = describeEvidence({
    id,
    ...(value === undefined || !labels.value ? {} : { value: values.word(value, labels.value) }),
    ...(other === undefined || !labels.other ? {} : { other: values.word(other, labels.other) }),
  });
  return inOurWords(sentence);
}

/** The correction of a profile as a fix. */
export function correctionWords(
  action: CorrectProfile,
  policyLine: number | undefined,
  values: LabelledValues,
): FixWords {
  const { kind, text, where, value } = writeCorrection(closedCorrection(action, values), policyLine);
  return {
    kind: ours(kind),
    text: inOurWords(text),
    ...(where === undefined ? {} : { where: inOurWords(where) }),
    ...(value === undefined ? {} : { value: inOurWords(value) }),
  };
}

function closedCorrection(action: CorrectProfile, values: LabelledValues): CorrectProfile {
  if (action.member === 'audiences')
    return { ...action, value: action.value.map((audience) => values.word(audience, AUDIENCE_LABEL)) };
  const { header, query } = action.value;
  return {
    ...action,
    value: {
      ...(header === undefined ? {} : { header: values.word(header, KEY_NAME_LABEL) }),
      ...(query === undefined ? {} : { query: values.word(query, KEY_NAME_LABEL) }),
    },
  };
}

/** What happened, in one sentence. */
export function headlineWords(diagnosis: Diagnosis, best: CauseWords | undefined): ClosedWord {
  const confidence = diagnosis.causes[0]?.confidence;
  return inOurWords(headlineOf(diagnosis, best && confidence && { title: best.title, confidence }));
}

/** Gates and verdicts by id, with lines as numbers: what a policy calls its elements stays out. */
export function pathWords(path: readonly PathHop[]): Said[] {
  return path.map(({ title, steps }) => ({
    hop: inOurWords(Object.values(HOP_TITLES).find((known) => known === title) ?? ''),
    gates: steps.map(({ gate, verdict, line }) => ({
      gate: ours(gate),
      verdict: ours(verdict),
      ...(line === undefined ? {} : { line }),
    })),
  }));
}
