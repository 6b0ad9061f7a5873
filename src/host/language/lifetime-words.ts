import { describeTime, durationText } from '../../core/token/time.ts';
import type { TokenSummary } from '../../core/token/token-summary.ts';

const MINUTE = 60;

/** `expires in 12 min`, `expired 3 h ago`, `valid in 5 min`: whole minutes; undefined when the token does not say, or no Date can hold it. */
export function lifetimeWords(
  { expiresAtSec, notBeforeSec }: Pick<TokenSummary, 'expiresAtSec' | 'notBeforeSec'>,
  nowMs: number,
): string | undefined {
  if (expiresAtSec === undefined || !describeTime(expiresAtSec, nowMs)) return undefined;
  const nowSec = nowMs / 1000;
  if (expiresAtSec <= nowSec) return `expired ${inMinutes(nowSec - expiresAtSec)} ago`;
  if (notBeforeSec !== undefined && notBeforeSec > nowSec) return `valid in ${inMinutes(notBeforeSec - nowSec)}`;
  return `expires in ${inMinutes(expiresAtSec - nowSec)}`;
}

function inMinutes(spanSec: number): string {
  return spanSec < MINUTE ? 'less than 1 min' : durationText(Math.floor(spanSec / MINUTE) * MINUTE);
}
