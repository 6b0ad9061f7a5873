import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Pattern, scanPatterns } from './pattern-scan.ts';
import { withSourceProgram } from './source-program.ts';

const FEWEST_PATTERNS = 300;
/** Patterns that this version of the checker has found linear: a verdict depends on nothing else. */
const RECORD = new URL('./linear-patterns.json', import.meta.url);
const checker: { version: string } = JSON.parse(
  readFileSync(new URL('../../../node_modules/recheck/package.json', import.meta.url), 'utf8'),
);
/** `WHY401_CHECK_ALL_PATTERNS=1` checks those of the record, too, and writes it anew. */
const checksAll = process.env.WHY401_CHECK_ALL_PATTERNS === '1';

describe('every pattern of the sources', () => {
  let literals: Pattern[];
  let builtAt: string[];
  let built: Pattern[];

  before(() => {
    ({ literals, builtAt } = withSourceProgram(scanPatterns));
    const modules = new Set(builtAt.map((place) => place.split(':')[0] ?? ''));
    const printed = execFileSync(process.execPath, [
      fileURLToPath(new URL('./built-patterns.ts', import.meta.url)),
      ...modules,
    ]);
    built = JSON.parse(printed.toString());
  });

  it('is a literal, or is built of constants while its module loads', () => {
    const known = new Set(built.flatMap(({ places }) => places));
    assert.deepEqual(
      builtAt.filter((place) => !known.has(place)),
      [],
    );
  });

  it('takes time in proportion to the text, whatever the text is', async () => {
    const patterns = [...literals, ...built];
    assert.ok(patterns.length > FEWEST_PATTERNS);
    const recorded = new Set(checksAll ? [] : readRecord());
    assert.deepEqual(await faultsIn(patterns.filter((pattern) => !recorded.has(fingerprint(pattern)))), []);
    if (checksAll) writeRecord(patterns);
  });
});

it('the checker finds what is super-linear: $-anchored blanks, overlapping parts, a start within its own repetition', async () => {
  const hostile = [
    '\\s+$',
    '/+$',
    '(?:a+)+b',
    '[ \\t]+(.*)$',
    'x: .*--y',
    '<<[^>]*>>',
    '.{1,400}.{1,400}.{1,400}x',
    '^([a-z][a-z-]{2,40})[ \\t]*(?:\\([^()]{1,40}\\))?[ \\t]*:',
  ];
  const faults = await faultsIn(hostile.map((source) => ({ source, flags: '', places: [source] })));
  assert.deepEqual(
    faults.map(({ places }) => places[0]),
    hostile,
  );
});

function readRecord(): string[] {
  const record: { checker: string; patterns: string[] } = JSON.parse(readFileSync(RECORD, 'utf8'));
  return record.checker === checker.version ? record.patterns : [];
}

function writeRecord(patterns: Pattern[]): void {
  const fingerprints = [...new Set(patterns.map(fingerprint))].sort();
  writeFileSync(RECORD, `${JSON.stringify({ checker: checker.version, patterns: fingerprints }, null, 2)}\n`);
}

function fingerprint({ source, flags }: Pattern): string {
  return createHash('sha256').update(`/${source}/${flags}`).digest('hex').slice(0, 20);
}

/** What the checker says of the patterns that are not linear, in their order. */
async function faultsIn(patterns: Pattern[]): Promise<(Pattern & { verdict: string })[]> {
  const verdicts = new Map<Pattern, string>();
  const waiting = [...patterns];
  const work = async () => {
    const worker = new Worker(new URL('./pattern-worker.ts', import.meta.url), {
      env: { ...process.env, RECHECK_BACKEND: 'pure' },
    });
    for (let pattern = waiting.shift(); pattern; pattern = waiting.shift()) {
      worker.postMessage(pattern);
      const [verdict]: [string] = (await once(worker, 'message')) as [string];
      verdicts.set(pattern, verdict);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return patterns.flatMap((pattern) => {
    const verdict = verdicts.get(pattern) ?? 'not checked';
    return verdict === 'linear' ? [] : [{ ...pattern, verdict }];
  });
}
