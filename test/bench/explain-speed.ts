import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { explain } from '../../src/core/why/explain.ts';
import { exchangeOf, knowledgeOfCase } from '../cases/case-exchange.ts';
import { readCases } from '../cases/diagnosis-case.ts';
import { NOW_MS } from '../cases/score-cases.ts';

const BESIDE_THE_PROJECT = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/cases');
const FILE = join(process.env.WHY401_CASES ?? BESIDE_THE_PROJECT, 'dev.jsonl');
const WARM_UP = 20;

/** Milliseconds to explain one case, the median of all cases a round; empty where there are no cases. */
export function measureExplain(rounds: number): number[] {
  if (!existsSync(FILE)) return [];
  const cases = readCases(readFileSync(FILE, 'utf8'));
  for (let round = 0; round < WARM_UP; round++) roundMs(cases);
  return Array.from({ length: rounds }, () => median(roundMs(cases)));
}

/** Every exchange is made anew: nothing of an earlier round is remembered. */
function roundMs(cases: ReturnType<typeof readCases>): number[] {
  return cases.map((one) => {
    const exchange = exchangeOf(one, NOW_MS);
    const knowledge = knowledgeOfCase(one, NOW_MS);
    const startedAt = performance.now();
    explain([exchange], knowledge, NOW_MS);
    return performance.now() - startedAt;
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
