import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import type { FetchText } from '../core/ports.ts';

const DEFAULT_TIMEOUT_MS = 5_000;
const MAX_BYTES = 1024 * 1024;

/**
 * GET of public text over `node:https`, which VS Code patches for proxies and the system's certificates. Not over the
 * global `fetch`: VS Code's own replaces the trusted certificates there and leaves out those of NODE_EXTRA_CA_CERTS.
 * Default 5 s; 1 MB, https only, no redirects, no cookies. Failures are data; `detail` holds the system's error code, never a body.
 */
export function createFetchText(timeoutMs = DEFAULT_TIMEOUT_MS): FetchText {
  return (url, signal) => fetchText(url, timeoutMs, signal);
}

async function fetchText(url: string, timeoutMs: number, signal?: AbortSignal): ReturnType<FetchText> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const combined = signal ? AbortSignal.any([signal, timeout]) : timeout;
  try {
    const response = await getResponse(url, combined);
    const status = response.statusCode ?? 0;
    if (status >= 300 && status < 400) {
      response.destroy();
      return { ok: false, failure: 'redirect', detail: `HTTP ${status}` };
    }
    const text = await readLimited(response);
    if (text === undefined) return { ok: false, failure: 'tooLarge', detail: `over ${MAX_BYTES} bytes` };
    return { ok: true, response: { status, contentType: response.headers['content-type'] ?? '', text } };
  } catch (error) {
    if (signal?.aborted) return { ok: false, failure: 'cancelled', detail: '' };
    if (timeout.aborted) return { ok: false, failure: 'timeout', detail: `${timeoutMs} ms` };
    return { ok: false, failure: 'unreachable', detail: errorCode(error) };
  }
}

function getResponse(url: string, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { signal, headers: { accept: 'application/json' } }, resolve).on('error', reject);
  });
}

/** Leaving the loop ends the connection, so that what is too large is not read to its end. */
async function readLimited(response: IncomingMessage): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** `ENOTFOUND`, `ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN` … */
function errorCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'network error';
}
