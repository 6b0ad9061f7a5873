import type { Sketches } from './sketch.ts';

/** What a thread needs to call functions with hostile texts. */
export interface HostileWork {
  sketches: Sketches;
  /** Where the thread writes which call is on: {@link CALL_FIELDS}. */
  call: SharedArrayBuffer;
}

/** Of a call that is on `count` is odd. */
export const CALL_FIELDS = { count: 0, shape: 1, variant: 2, size: 3 } as const;

/** How a function stood its calls. */
export interface HostileOutcome {
  calls: number;
  /** How many did not throw. */
  returned: number;
  /** What the first that threw said. */
  error?: string;
  slowest: { ms: number; shape: number };
}
