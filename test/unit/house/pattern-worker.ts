import { parentPort } from 'node:worker_threads';
import { checkSync, type Diagnostics } from 'recheck';
import type { Pattern } from './pattern-scan.ts';

/**
 * Bounded by steps, so that a busy machine gives the same verdict; by time only where a check would never end. A pattern may take a thousand steps a character,
 * which is what 1 MB allows within the watchdog of two seconds; one that takes more is called super-linear.
 */
const LONGEST_ATTACK = 4_000;
const STEPS_PER_CHARACTER = 1_000;
const LONGEST_CHECK_MS = 100_000;
const FEW = 2;
const COUNT = /(?<!\\)\{(\d+)(,?)(\d*)\}/g;
const LINEAR = 'linear';
const BOUNDS = {
  timeout: LONGEST_CHECK_MS,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
  recallTimeout: -1,
  maxAttackStringSize: LONGEST_ATTACK,
  attackLimit: LONGEST_ATTACK * STEPS_PER_CHARACTER,
  maxIteration: 2,
  maxInitialGenerationSize: 100,
  maxGenerationSize: 50,
  mutationSize: 25,
  crossoverSize: 12,
};

parentPort?.on('message', ({ source, flags }: Pattern) => {
  const short = withFewRepeats(source);
  const verdicts = [source, ...(short === source ? [] : [short])].map((one) =>
    verdictOf(checkSync(one, flags, BOUNDS)),
  );
  parentPort?.postMessage(verdicts.find((verdict) => verdict !== LINEAR) ?? LINEAR);
});

/**
 * Patterns that count far are checked by trying texts, and a super-linear pair of repetitions beside the counted ones may be
 * missed. With all counts small the checker can prove what it says.
 */
function withFewRepeats(source: string): string {
  return source.replace(COUNT, (_all, least: string, comma: string, most: string) => {
    return `{${few(least)}${comma}${most === '' ? '' : few(most)}}`;
  });
}

function few(count: string): number {
  return Math.min(Number(count), FEW);
}

function verdictOf(found: Diagnostics): string {
  if (found.status === 'vulnerable') return `${found.complexity.summary}: ${found.attack.pattern.slice(0, 120)}`;
  return found.status === 'safe' ? LINEAR : `unknown: ${found.error.kind}`;
}
