// Run by hostile-text.test.ts in threads: calls functions with hostile texts, and notes in shared memory which call is on.
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { HOSTILE_SHAPES, hostileText } from './hostile-shapes.ts';
import { CALL_FIELDS, type HostileOutcome, type HostileWork } from './hostile-work.ts';
import { Material, ValueBuilder } from './sketch.ts';
import { ROOT } from './source-program.ts';
import type { TextFunction } from './text-functions.ts';

/** The square of it is minutes of work; the megabyte of the safety rules is tried where that is asked for. */
const FULL_SIZE = process.env.WHY401_HOSTILE_TEXT === '1' ? 1_048_576 : 262_144;
/** A text this small stays in memory for the next function. */
const KEPT_SIZE = 65_536;
const SIZES = [...new Set([16_384, KEPT_SIZE, 262_144, FULL_SIZE])];
const WATCHDOG_MS = 2_000;
/** How often the event loop turns for a promise; one that waits on a port of the world never comes. */
const MOST_TURNS = 5;

type Called = (...parameters: unknown[]) => unknown;

const { sketches, call } = workerData as HostileWork;
const state = new Int32Array(call);
const materials = new Map<string, Material>();
const shortest = new Material('a');

parentPort?.on('message', async (taken: TextFunction) => {
  parentPort?.postMessage(await run(taken));
});

async function run(taken: TextFunction): Promise<HostileOutcome> {
  const outcome: HostileOutcome = { calls: 0, returned: 0, slowest: { ms: 0, shape: -1 } };
  const module: Record<string, unknown> = await import(pathToFileURL(join(ROOT, taken.path)).href);
  for (const shape of HOSTILE_SHAPES.keys()) {
    for (let variant = 0; variant < taken.variants; variant++) {
      const ms = await callWithEverySize(module, taken, shape, variant, outcome);
      if (ms > outcome.slowest.ms) outcome.slowest = { ms, shape };
    }
  }
  return outcome;
}

/**
 * From small to large, as long as the time of one call says that a square of the growth could reach the watchdog with the
 * full size: what is quicker would end in time even then, and need not be tried.
 */
async function callWithEverySize(
  module: Record<string, unknown>,
  taken: TextFunction,
  shape: number,
  variant: number,
  outcome: HostileOutcome,
): Promise<number> {
  let ms = 0;
  for (const size of SIZES) {
    const material = materialOf(shape, size);
    const call = async () => {
      const values = valuesFor(taken, material, variant, shape);
      begin(shape, variant, size);
      const took = await timeOf(() => callOf(module, taken, values), outcome);
      end();
      return took;
    };
    ms = await call();
    // The first call of a function is also its compilation.
    if (ms >= quickMs(size) && size < FULL_SIZE) ms = await call();
    if (ms < quickMs(size)) break;
  }
  return ms;
}

function quickMs(size: number): number {
  return WATCHDOG_MS / (FULL_SIZE / size) ** 2;
}

/** Milliseconds of this thread's own work. */
async function timeOf(called: () => unknown, outcome: HostileOutcome): Promise<number> {
  outcome.calls++;
  const startedAt = process.threadCpuUsage();
  try {
    const result = called();
    if (result instanceof Promise) await Promise.race([result, someTurns()]);
    outcome.returned++;
  } catch (error) {
    outcome.error ??= error instanceof Error ? error.message.slice(0, 200) : 'no error';
  }
  const { user, system } = process.threadCpuUsage(startedAt);
  return (user + system) / 1000;
}

async function someTurns(): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn++) await setImmediate();
}

function valuesFor(taken: TextFunction, material: Material, variant: number, turn: number): unknown[][] {
  const build = (builder: ValueBuilder) =>
    [taken.constructedWith ?? [], taken.parameters].map((list) =>
      list.map(({ name, type }) => builder.build(type, name)),
    );
  const counting = new ValueBuilder(sketches, shortest, variant);
  build(counting);
  return build(new ValueBuilder(sketches, material, variant, turn, counting.places));
}

function begin(shape: number, variant: number, size: number): void {
  state[CALL_FIELDS.shape] = shape;
  state[CALL_FIELDS.variant] = variant;
  state[CALL_FIELDS.size] = size;
  Atomics.add(state, CALL_FIELDS.count, 1);
}

function end(): void {
  Atomics.add(state, CALL_FIELDS.count, 1);
}

function materialOf(shape: number, size: number): Material {
  const key = `${shape} ${size}`;
  const known = materials.get(key);
  if (known) return known;
  const found = HOSTILE_SHAPES[shape];
  const material = new Material(found ? hostileText(found, size) : '');
  if (size <= KEPT_SIZE) materials.set(key, material);
  return material;
}

function callOf(
  module: Record<string, unknown>,
  { name, constructedWith }: TextFunction,
  values: unknown[][],
): unknown {
  const [owner = '', method] = name.split('.');
  const [constructing = [], parameters = []] = values;
  const exported = module[owner];
  const target = constructedWith ? Reflect.construct(exported as Called, constructing) : exported;
  if (method !== undefined) return (target as Record<string, Called>)[method]?.(...parameters);
  return constructedWith ? target : (target as Called)(...parameters);
}
