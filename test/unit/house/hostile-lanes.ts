import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { HOSTILE_SHAPES } from './hostile-shapes.ts';
import { CALL_FIELDS, type HostileOutcome, type HostileWork } from './hostile-work.ts';
import type { Sketches } from './sketch.ts';
import type { TextFunction } from './text-functions.ts';

/** A function that did not come back, and from which call. */
export interface HostileFault {
  where: string;
  shape?: unknown;
  variant?: number;
  size?: number;
  /** Of a thread that ended. */
  error?: string;
}

const WATCHDOG_MS = 2_000;
const WATCH_EVERY_MS = 100;
const LANES = availableParallelism();

/** Calls every function with every hostile shape, in as many threads as there are processors. */
export async function callAll(
  functions: readonly TextFunction[],
  sketches: Sketches,
): Promise<{ faults: HostileFault[]; outcomes: Map<string, HostileOutcome> }> {
  const waiting = [...functions];
  const faults: HostileFault[] = [];
  const outcomes = new Map<string, HostileOutcome>();
  const lane = async () => {
    let thread = startThread(sketches);
    for (let taken = waiting.shift(); taken; taken = waiting.shift()) {
      const result = await callOne(thread, taken);
      if ('calls' in result) {
        outcomes.set(result.where, result);
        continue;
      }
      faults.push(result);
      await thread.worker.terminate();
      thread = startThread(sketches);
    }
    await thread.worker.terminate();
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { faults, outcomes };
}

interface Thread {
  worker: Worker;
  call: Int32Array;
}

function startThread(sketches: Sketches): Thread {
  const call = new SharedArrayBuffer(Object.keys(CALL_FIELDS).length * Int32Array.BYTES_PER_ELEMENT);
  const workerData: HostileWork = { sketches, call };
  const worker = new Worker(new URL('./hostile-worker.ts', import.meta.url), { workerData });
  return { worker, call: new Int32Array(call) };
}

function callOne(
  { worker, call }: Thread,
  taken: TextFunction,
): Promise<(HostileOutcome & { where: string }) | HostileFault> {
  const where = `${taken.path}#${taken.name}`;
  return new Promise((resolve) => {
    const watchdog = watch(call, () => {
      const [shape = 0, variant = 0, size = 0] = call.subarray(CALL_FIELDS.shape);
      finish({ where, shape: HOSTILE_SHAPES[shape], variant, size });
    });
    const finish = (result: (HostileOutcome & { where: string }) | HostileFault) => {
      clearInterval(watchdog);
      worker.removeAllListeners('message').removeAllListeners('error');
      resolve(result);
    };
    worker.on('message', (outcome: HostileOutcome) => finish({ where, ...outcome }));
    worker.on('error', (error) => finish({ where, error: String(error) }));
    worker.postMessage(taken);
  });
}

/** Counts this process's own work, not the clock: on a busy machine a thread may stand still for seconds. */
function watch(call: Int32Array, onLate: () => void): NodeJS.Timeout {
  let count = -1;
  let startedAt = process.cpuUsage();
  return setInterval(() => {
    const now = Atomics.load(call, CALL_FIELDS.count);
    if (now !== count) {
      count = now;
      startedAt = process.cpuUsage();
      return;
    }
    const { user, system } = process.cpuUsage(startedAt);
    if ((user + system) / 1000 > WATCHDOG_MS * LANES) onLate();
  }, WATCH_EVERY_MS);
}
