import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { type Redacted, redact } from '../core/call/redaction.ts';
import type { PublishedIssuer } from '../core/entra/answering-issuer.ts';
import { isMetadataUrl, isOfAuthority, readEndpoints } from './authority-endpoints.ts';
import { answerLine, requestLine } from './token-log.ts';

/** Why a request got no answer that MSAL can read. MSAL itself makes one `network_error` of all of them. */
export interface NetworkTrouble {
  kind: 'cancelled' | 'timeout' | 'network' | 'foreignHost';
  /** System's error code, HTTP status or host; free of secrets. */
  detail: string;
}

/** An answer that is no success: MSAL swallows those of discovery. */
export interface FailedReply {
  status: number;
  body: Readonly<Record<string, unknown>>;
}

export interface MsalNetwork extends INetworkModule {
  /** Begins a call: forgets what went wrong in the last one. Aborting `signal` ends its requests. */
  begin(signal: AbortSignal): void;
  readonly trouble: NetworkTrouble | undefined;
  readonly failedReply: FailedReply | undefined;
  /** What the authority's metadata says, once it was read in this call: not of a cloud whose metadata MSAL brings along. */
  readonly published: PublishedIssuer | undefined;
  /** Masks every secret that was sent or received in this call. */
  maskSecrets(text: string): string;
}

export interface MsalNetworkOptions {
  /** Nobody else is asked, and no metadata taken that leads elsewhere. Redirects are never followed. */
  authority: string;
  /** For a whole request. */
  timeoutMs: number;
  /** Hears of each request and its answer, secrets left out. */
  log?: (line: Redacted) => void;
}

interface Reply {
  status: number;
  headers: Record<string, string>;
  text: string;
}

const MAX_BYTES = 1024 * 1024;
const SECRETS = [
  'assertion',
  'code',
  'device_code',
  'code_verifier',
  'refresh_token',
  'access_token',
  'id_token',
  'client_secret',
  'client_assertion',
];

/**
 * MSAL's way to the login host: over `node:https`, which VS Code patches for proxies and the system's certificates;
 * its global `fetch` would leave out those of NODE_EXTRA_CA_CERTS.
 */
export function createMsalNetwork({ authority, timeoutMs, log }: MsalNetworkOptions): MsalNetwork {
  let callSignal = new AbortController().signal;
  let trouble: NetworkTrouble | undefined;
  let failedReply: FailedReply | undefined;
  let published: PublishedIssuer | undefined;
  let secrets = new Set<string>();

  async function exchange<T>(method: string, url: string, options: NetworkRequestOptions = {}, timeout = timeoutMs) {
    const timedOut = AbortSignal.timeout(timeout);
    try {
      if (!isOfAuthority(url, authority)) throw new ForeignHost(hostOf(url));
      const form = Object.fromEntries(new URLSearchParams(options.body ?? ''));
      noteSecrets(form);
      log?.(requestLine(method, url, form));
      const reply = await send(method, url, options, AbortSignal.any([callSignal, timedOut]));
      const body = parseReply(reply);
      noteSecrets(body);
      if (reply.status >= 400) failedReply = { status: reply.status, body };
      log?.(answerLine(reply.status, body, mask));
      if (reply.status === 200 && isMetadataUrl(url)) published = publishedIn(body);
      return { status: reply.status, headers: reply.headers, body: body as T } satisfies NetworkResponse<T>;
    } catch (error) {
      trouble = troubleOf(error, callSignal.aborted, timedOut.aborted ? timeout : undefined);
      log?.(redact(`← no answer: ${trouble.detail || trouble.kind}`));
      throw error;
    }
  }

  function publishedIn(metadata: Readonly<Record<string, unknown>>): PublishedIssuer {
    const read = readEndpoints(metadata, authority);
    if (!read.ok) throw new ForeignHost(read.foreignHost);
    return read;
  }

  function mask(text: string): string {
    let masked = text;
    for (const secret of secrets) masked = masked.replaceAll(secret, '[secret]');
    return masked;
  }

  function noteSecrets(values: Readonly<Record<string, unknown>>): void {
    for (const name of SECRETS) {
      const value = values[name];
      if (typeof value === 'string' && value !== '') secrets.add(value);
    }
  }

  return {
    sendGetRequestAsync: (url, options, timeout) => exchange('GET', asWritten(url, authority), options, timeout),
    sendPostRequestAsync: (url, options) => exchange('POST', url, options),
    begin(signal) {
      callSignal = signal;
      trouble = undefined;
      failedReply = undefined;
      published = undefined;
      secrets = new Set();
    },
    get trouble() {
      return trouble;
    },
    get failedReply() {
      return failedReply;
    },
    get published() {
      return published;
    },
    maskSecrets: mask,
  };
}

/** MSAL asks for metadata in lower case. A server that tells realms apart by it would answer for another one. */
function asWritten(url: string, authority: string): string {
  return url.startsWith(`${authority.toLowerCase()}/`) ? authority + url.slice(authority.length) : url;
}

class ForeignHost extends Error {}
class UnreadableReply extends Error {}

async function send(
  method: string,
  url: string,
  options: NetworkRequestOptions,
  signal: AbortSignal,
  isRetry = false,
): Promise<Reply> {
  const { headers = {}, body } = options;
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  let isReused = false;
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = requestHttps(url, { method, headers: { ...headers, ...length }, signal }, resolve);
      outgoing.on('error', (error) => {
        isReused = outgoing.reusedSocket;
        reject(error);
      });
      outgoing.end(body);
    });
    return { status: response.statusCode ?? 0, headers: singleHeaders(response), text: await readText(response) };
  } catch (error) {
    // The server closed an idle connection just as it was taken again: it has not seen this request.
    if (isReused && !isRetry && codeOf(error) === 'ECONNRESET') return send(method, url, options, signal, true);
    throw error;
  }
}

function singleHeaders({ headers }: IncomingMessage): Record<string, string> {
  const single = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return Object.fromEntries(single) as Record<string, string>;
}

async function readText(response: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new UnreadableReply(`over ${MAX_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseReply({ status, text }: Reply): Readonly<Record<string, unknown>> {
  if (status >= 300 && status < 400) throw new UnreadableReply(`HTTP ${status}, a redirect`);
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new UnreadableReply(`HTTP ${status}, not JSON: a proxy or a sign-in page of the network may have answered`);
}

function troubleOf(error: unknown, isCancelled: boolean, timeoutMs: number | undefined): NetworkTrouble {
  if (isCancelled) return { kind: 'cancelled', detail: '' };
  if (timeoutMs !== undefined) return { kind: 'timeout', detail: `no answer within ${timeoutMs / 1000} s` };
  if (error instanceof ForeignHost) return { kind: 'foreignHost', detail: error.message };
  if (error instanceof UnreadableReply) return { kind: 'network', detail: error.message };
  return { kind: 'network', detail: codeOf(error) ?? 'network error' };
}

/** `ENOTFOUND`, `ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN` … */
function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'no URL';
}
