import { type ClaimSurroundings, countOf } from './claim-value.ts';
import { durationText } from './time.ts';
import type { JsonValue } from './token.ts';

/** RFC 7519 §2: NumericDate counts seconds. The year 5138 begins where milliseconds of 1973 do. */
export function sayMilliseconds(value: JsonValue): string | undefined {
  const looksLikeMilliseconds = typeof value === 'number' && value >= 1e11 && value < 1e14;
  return looksLikeMilliseconds ? 'looks like milliseconds; it must be seconds' : undefined;
}

/** How long the token is valid, from `nbf` or `iat` to `exp`. */
export function sayExpiry(value: JsonValue, { payload }: ClaimSurroundings): string | undefined {
  const start = payload.nbf ?? payload.iat;
  if (sayMilliseconds(value) || typeof value !== 'number' || typeof start !== 'number') return sayMilliseconds(value);
  const minutes = Math.floor((value - start) / 60);
  if (!Number.isFinite(minutes)) return undefined;
  if (minutes < 0) return 'before the token becomes valid';
  if (minutes < 120) return `valid for ${countOf(minutes, 'minute')}`;
  const hours = Math.floor(minutes / 60);
  return hours < 100_000 ? `valid for ${countOf(hours, 'hour')}` : 'valid for more than ten years';
}

/** How long before the token was made the user signed in. */
export function saySignIn(value: JsonValue, { payload }: ClaimSurroundings): string | undefined {
  const { iat } = payload;
  if (sayMilliseconds(value) || typeof value !== 'number' || typeof iat !== 'number') return sayMilliseconds(value);
  const ageSec = iat - value;
  return ageSec >= 60 && ageSec < 1e9 ? `${durationText(ageSec)} before the token was made` : undefined;
}
