import type { TokenResult } from './token-source.ts';

/** How long a call that was stopped may take to end: a keyring that asks the user may hold it up for ever. */
const GRACE_MS = 2_000;

/** The value, or a rejection as soon as `signal` aborts. */
export function untilAborted<T>(signal: AbortSignal, value: PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    // The call that made the value may itself have led to the abort.
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    value.then(resolve, reject).then(() => signal.removeEventListener('abort', stop));
  });
}

/** Resolves after so long; rejects as soon as `signal` aborts, and leaves no timer. */
export function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, delayMs);
  });
  return untilAborted(signal, passed).finally(() => clearTimeout(timer));
}

/** The call's own result; when it does not end soon after the abort, `otherwise`. */
export async function endingSoonAfter(
  signal: AbortSignal,
  call: Promise<TokenResult>,
  otherwise: () => TokenResult,
): Promise<TokenResult> {
  let timer: NodeJS.Timeout | undefined;
  let giveUp = (): void => undefined;
  const late = new Promise<TokenResult>((resolve) => {
    giveUp = () => {
      timer = setTimeout(() => resolve(otherwise()), GRACE_MS);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

/** The value; a rejection when it is not there within that time. */
export function withinTime<T>(value: PromiseLike<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    value.then(resolve, reject).then(() => clearTimeout(timer));
  });
}
