import type { Exchange } from '../call/exchange.ts';
import { findHeader } from '../call/exchange.ts';
import type { CauseId } from '../gates/cause-id.ts';
import { microsoftApiOf } from '../token/well-known-apps.ts';

/** How far a server's clock may be from ours for times to be compared. */
const CLOCK_DIFFERENCE_MS = 300_000;

/**
 * What the token of a call is at fault for whoever checks it, its API included: its time is over, or has not come;
 * it is Graph's, which no other validator can verify (entra-tokens.md §4). Some tolerate a token a few minutes more: this
 * confirms what an answer says, and refuses nothing by itself. Times count only where the server's clock, if it says so,
 * is ours.
 */
export function provenFaults({ call, response }: Exchange, nowMs: number): CauseId[] {
  const token = call?.authorization.type === 'bearer' ? call.authorization.bearer.token : undefined;
  if (!token) return [];
  const { exp, nbf, aud } = token.payload;
  const isClockRight = isNear(findHeader(response?.headers ?? [], 'date')?.value, nowMs);
  const isGraph = typeof aud === 'string' && microsoftApiOf(aud) === 'Microsoft Graph';
  return [
    ...(isClockRight && isTime(exp) && exp * 1000 <= nowMs ? (['token-expired'] as const) : []),
    ...(isClockRight && isTime(nbf) && nbf * 1000 > nowMs ? (['token-not-yet-valid'] as const) : []),
    ...(isGraph && token.header.nonce !== undefined ? (['graph-nonce-token'] as const) : []),
  ];
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isNear(date: string | undefined, nowMs: number): boolean {
  const sentMs = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(sentMs) || Math.abs(sentMs - nowMs) <= CLOCK_DIFFERENCE_MS;
}
