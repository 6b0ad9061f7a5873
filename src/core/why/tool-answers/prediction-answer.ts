import type { Prediction } from '../explanation.ts';
import { causeWords, pathWords } from './catalogue-words.ts';
import { inOurWords, ours, type ToolAnswer } from './closed-word.ts';

/** A prediction by ids, worded without the facts of the case. */
export function answerPrediction({ verdict, causes, path, needs }: Prediction): ToolAnswer {
  return {
    verdict: ours(verdict),
    path: pathWords(path),
    causes: causes.map(({ id, refusedAt, confidence }) => ({
      ...causeWords(id),
      confidence: ours(confidence),
      ...(refusedAt ? { refusedAt: ours(refusedAt) } : {}),
    })),
    unknown: needs.map(({ text, fact, setting }) => ({
      text: inOurWords(text),
      ...(fact ? { fact: ours(fact) } : {}),
      ...(setting ? { setting: inOurWords(setting) } : {}),
    })),
  };
}
