import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type DiagnosisCase, isScored, isStrict, readCases } from '../../cases/diagnosis-case.ts';
import { type Answer, acceptedCauses, answerByPattern, answerCase, scoreAll } from '../../cases/score-cases.ts';

const BESIDE_THE_PROJECT = join(dirname(fileURLToPath(import.meta.url)), '../../../../shared/cases');
const FILE = join(process.env.WHY401_CASES ?? BESIDE_THE_PROJECT, 'dev.jsonl');

/** The cases are data of others and no part of the project: skipped, and loudly, where they are absent. */
function needsCases(): { skip: string | false } {
  if (existsSync(FILE)) return { skip: false };
  const line = `SKIPPED: there are no cases at ${FILE}; WHY401_CASES may name their folder`;
  console.error(`\n━━━━ ${line} ━━━━\n`);
  return { skip: line };
}

function idsOf(cases: readonly DiagnosisCase[], isMiss: (one: DiagnosisCase, answer: Answer) => boolean): string[] {
  return cases.filter((one) => isMiss(one, answerCase(one))).map(({ id }) => id);
}

describe('diagnosis cases', needsCases(), () => {
  const cases = existsSync(FILE) ? readCases(readFileSync(FILE, 'utf8')) : [];
  const strict = cases.filter(isStrict);

  test('strict: at most one cause is not the first, and none that names the same mistake', () => {
    assert.ok(strict.length > 0);
    const missed = idsOf(strict, ({ cause }, { top }) => top[0] !== cause);
    assert.ok(missed.length <= 1, missed.join(', '));
    assert.deepEqual(
      idsOf(strict, (one, { top }) => !acceptedCauses(one).includes(top[0] ?? '')),
      [],
    );
  });

  test('no wrong answer is certain, and at least 60 % of the strict ones are', () => {
    const isWrong = (one: DiagnosisCase, { top, confidence }: Answer) =>
      confidence === 'certain' && !acceptedCauses(one).includes(top[0] ?? '');
    assert.deepEqual(idsOf(cases, isWrong), []);
    assert.deepEqual(idsOf(strict.map(withoutTarget), isWrong), []);
    const certain = strict.filter((one) => answerCase(one).confidence === 'certain').length;
    assert.ok(certain / strict.length >= 0.6, `${certain} of ${strict.length}`);
  });

  test('the right cause is among the first three of every scored case, the target hidden or not', () => {
    const isMissed = (one: DiagnosisCase, { top }: Answer) =>
      !top.slice(0, 3).some((cause) => acceptedCauses(one).includes(cause));
    const scored = cases.filter(isScored);
    assert.deepEqual(idsOf(scored, isMissed), []);
    assert.deepEqual(idsOf(scored.map(withoutTarget), isMissed), []);
  });

  test('a table of regular expressions does worse where no code names the cause', () => {
    const scoreBy = (answer: (one: DiagnosisCase) => Answer) =>
      scoreAll(cases, new Map(cases.map((one) => [one.id, answer(one)]))).withoutCode;
    assert.ok(scoreBy(answerCase).acceptable > scoreBy(answerByPattern).acceptable);
  });
});

function withoutTarget(one: DiagnosisCase): DiagnosisCase {
  return { ...one, target: null };
}
