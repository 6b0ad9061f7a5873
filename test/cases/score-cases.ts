import type { Confidence } from '../../src/core/gates/evidence.ts';
import { explain } from '../../src/core/why/explain.ts';
import { exchangeOf, knowledgeOfCase } from './case-exchange.ts';
import { type DiagnosisCase, isScored, isStrict } from './diagnosis-case.ts';
import { guessByPattern } from './regex-baseline.ts';

/** One constant for a run: the moment the cases' times are relative to. */
export const NOW_MS = Date.UTC(2026, 10, 21, 12, 0, 0);

export interface Answer {
  id: string;
  /** Best first. */
  top: string[];
  confidence: Confidence;
}

/** What the engine says of a case, from its config without notes, request, token and response. */
export function answerCase({ id, target, config, request, token, response }: DiagnosisCase): Answer {
  const seen = { target, config, request, token, response } as Pick<
    DiagnosisCase,
    'target' | 'config' | 'request' | 'token' | 'response'
  >;
  const { causes } = explain([exchangeOf(seen, NOW_MS)], knowledgeOfCase(seen, NOW_MS), NOW_MS);
  return { id, top: causes.map(({ cause }) => cause), confidence: causes[0]?.confidence ?? 'possible' };
}

/** What a table of regular expressions says of the same. */
export function answerByPattern(one: DiagnosisCase): Answer {
  return { id: one.id, top: guessByPattern(one), confidence: 'possible' };
}

export interface Score {
  cases: number;
  exact: number;
  acceptable: number;
  topThree: number;
  certain: number;
  wrongCertain: number;
}

/** How many answers are right. `acceptable` counts the ids that name the same mistake, too. */
export function scoreOf(cases: readonly DiagnosisCase[], answers: ReadonlyMap<string, Answer>): Score {
  const score: Score = { cases: 0, exact: 0, acceptable: 0, topThree: 0, certain: 0, wrongCertain: 0 };
  for (const one of cases) {
    const answer = answers.get(one.id);
    if (!answer) continue;
    const right = acceptedCauses(one);
    const isAcceptable = right.includes(answer.top[0] ?? '');
    score.cases++;
    if (answer.top[0] === one.cause) score.exact++;
    if (isAcceptable) score.acceptable++;
    if (answer.top.slice(0, 3).some((cause) => right.includes(cause))) score.topThree++;
    if (answer.confidence !== 'certain') continue;
    score.certain++;
    if (!isAcceptable) score.wrongCertain++;
  }
  return score;
}

export function acceptedCauses({ cause, also_acceptable }: DiagnosisCase): string[] {
  return [cause, ...(also_acceptable ?? [])];
}

/** Cases in whose evidence no documented code stands: there, only the rules can tell. */
export function isWithoutCode({ response }: DiagnosisCase): boolean {
  const text = JSON.stringify([response?.headers ?? {}, response?.body ?? '', response?.trace ?? '']);
  return !/AADSTS\d|IDX\d|AKV\d|IDW\d|\\?"code\\?"|\\?"error\\?": \\?"[a-z]|<Code>|subscription key/.test(text);
}

export interface Scores {
  all: Score;
  strict: Score;
  withoutCode: Score;
}

export function scoreAll(cases: readonly DiagnosisCase[], answers: ReadonlyMap<string, Answer>): Scores {
  const scored = cases.filter(isScored);
  return {
    all: scoreOf(scored, answers),
    strict: scoreOf(cases.filter(isStrict), answers),
    withoutCode: scoreOf(scored.filter(isWithoutCode), answers),
  };
}
