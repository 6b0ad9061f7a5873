import { readFile } from 'node:fs/promises';
import { type DiagnosisCase, isScored, isStrict, readCases } from './diagnosis-case.ts';
import { type Answer, acceptedCauses, answerByPattern, answerCase, type Score, scoreAll } from './score-cases.ts';

/** Prints how well the engine does on a cases file; `asJson`: one JSON object a case and nothing else. */
export async function printScore(file: string, asJson: boolean): Promise<void> {
  const cases = readCases(await readFile(file, 'utf8'));
  const answers = cases.map(answerCase);
  const lines = asJson ? answers.map((answer) => JSON.stringify(answer)) : report(cases, answers);
  process.stdout.write(`${lines.join('\n')}\n`);
}

function report(cases: readonly DiagnosisCase[], answers: readonly Answer[]): string[] {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const engine = scoreAll(cases, byId);
  const baseline = scoreAll(cases, new Map(cases.map((one) => [one.id, answerByPattern(one)])));
  return [
    '                                    exact  acceptable  top 3  certain  wrong',
    ...formatScore('strict', engine.strict, baseline.strict),
    ...formatScore('all scored', engine.all, baseline.all),
    ...formatScore('no code names it', engine.withoutCode, baseline.withoutCode),
    '',
    ...cases.flatMap((one) => formatMiss(one, byId.get(one.id))),
  ];
}

function formatScore(name: string, engine: Score, baseline: Score): string[] {
  return [formatLine(`${name} (${engine.cases})`, engine), formatLine('  regular expressions', baseline)];
}

function formatLine(name: string, { cases, exact, acceptable, topThree, certain, wrongCertain }: Score): string {
  const share = (count: number) => `${((100 * count) / Math.max(1, cases)).toFixed(0)} %`;
  const cells = [share(exact).padStart(7), share(acceptable).padStart(11), share(topThree).padStart(6)];
  return `${name.padEnd(34)}${cells.join(' ')} ${share(certain).padStart(8)} ${String(wrongCertain).padStart(6)}`;
}

function formatMiss(one: DiagnosisCase, answer: Answer | undefined): string[] {
  if (!answer || answer.top[0] === one.cause) return [];
  const kind = isStrict(one) ? 'strict' : isScored(one) ? 'scored' : 'not scored';
  const isAcceptable = acceptedCauses(one).includes(answer.top[0] ?? '');
  const told = `${answer.confidence} ${answer.top.slice(0, 3).join(', ') || 'nothing'}`;
  return [`${isAcceptable ? '≈' : '✘'} ${one.id} (${kind}): ${one.cause}; said ${told}`];
}
