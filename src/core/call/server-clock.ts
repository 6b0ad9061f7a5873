import { type Exchange, findHeader } from './exchange.ts';

/** Nearer, and two clocks are the same for what tokens say: validators allow as much. */
const SAME_MS = 300_000;
/** Farther, and the answer is of another day, or its date is made up. */
const FARTHEST_MS = 12 * 3_600_000;

/** A server's clock that is not this machine's. */
export interface ServerClock {
  /** Milliseconds since the epoch, by the `Date` header (RFC 9110 §6.6.1). */
  saidMs: number;
  /** How far ahead of this machine's clock it is; negative when it is behind. */
  aheadSec: number;
}

/**
 * What the `Date` of an answer says of the server's clock, or of when an older answer was given. Undefined when it says
 * nothing, when it is within five minutes of `nowMs`, and when it is more than twelve hours away.
 */
export function readServerClock({ response }: Exchange, nowMs: number): ServerClock | undefined {
  const date = findHeader(response?.headers ?? [], 'date')?.value;
  const saidMs = date === undefined ? Number.NaN : Date.parse(date);
  const difference = saidMs - nowMs;
  const isTelling = Math.abs(difference) > SAME_MS && Math.abs(difference) <= FARTHEST_MS;
  return isTelling ? { saidMs, aheadSec: Math.round(difference / 1000) } : undefined;
}
