import { readToken } from '../../core/token/read-token.ts';
import type { Diagnosis } from '../../core/why/explain.ts';
import type { RequestResult } from '../../protocol/request-view.ts';

/** Methods that may be sent twice with the effect of once (RFC 9110 §9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** True when the refusal is for a token that has expired by our own judgement, and not only in the server's words. */
export function isRefusedAsExpired(token: string, diagnosis: Diagnosis | undefined, nowMs: number): boolean {
  const [best] = diagnosis?.causes ?? [];
  const exp = readToken(token).payload?.exp;
  return best?.cause === 'token-expired' && typeof exp === 'number' && exp * 1000 <= nowMs;
}

/** False for a method that may do its work twice when it is sent twice. */
export function isIdempotent(method: string): boolean {
  return IDEMPOTENT.has(method);
}

/** Both exchanges in one: the later answer, and what was sent for it, in order. */
export function withFirstTry(first: RequestResult, second: RequestResult): RequestResult {
  const [again, ...more] = second.sent;
  const words = first.status ? `${first.status.code} ${first.status.words}`.trim() : 'no status';
  return {
    ...second,
    sent: [...first.sent, ...(again ? [{ ...again, after: 'freshToken' as const }] : []), ...more],
    notes: [
      `First answered with ${words}: the token had expired. Sent again, once, with a fresh one.`,
      ...second.notes,
    ],
  };
}
