import type { FetchText } from '../core/ports.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1024 * 1024;

/**
 * GET of public text over the global `fetch`, which VS Code patches for proxies and certificates. 5 s, 1 MB, no
 * redirects, no cookies. Failures are data; `detail` holds the system's error code, never a body.
 */
export const fetchText: FetchText = async (url, signal) => {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const combined = signal ? AbortSignal.any([signal, timeout]) : timeout;
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      credentials: 'omit',
      signal: combined,
      headers: { accept: 'application/json' },
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return { ok: false, failure: 'redirect', detail: `HTTP ${response.status}` };
    }
    const text = await readLimited(response);
    if (text === undefined) return { ok: false, failure: 'tooLarge', detail: `over ${MAX_BYTES} bytes` };
    const contentType = response.headers.get('content-type') ?? '';
    return { ok: true, response: { status: response.status, contentType, text } };
  } catch (error) {
    if (signal?.aborted) return { ok: false, failure: 'cancelled', detail: '' };
    if (timeout.aborted) return { ok: false, failure: 'timeout', detail: `${TIMEOUT_MS / 1000} s` };
    return { ok: false, failure: 'unreachable', detail: errorCode(error) };
  }
};

async function readLimited(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** `ENOTFOUND`, `ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN` …: undici wraps the system's error in its cause. */
function errorCode(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'network error';
}
