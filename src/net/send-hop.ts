import * as http from 'node:http';
import * as https from 'node:https';
import { isIP, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Header } from '../core/call/call.ts';
import type { CallResponse, SendFailure, Timing } from '../core/call/exchange.ts';
import type { ResponseHead } from './redirect.ts';
import { ResponseBodyReader } from './response-body.ts';
import { classifyFailure } from './send-failure.ts';
import type { HeaderToSend, Hop } from './send-request.ts';

export interface HopLimits {
  signal?: AbortSignal;
  now: () => number;
  maxKeptBytes: number;
  /** Milliseconds without progress. */
  timeoutMs: number;
}

export interface HopResult {
  /** As really sent. */
  sentHeaders: HeaderToSend[];
  response?: CallResponse;
  failure?: SendFailure;
  timing: Timing;
}

/** Cookies, tokens in redirects and long policies pass Node's default of 16 kB. */
const MAX_HEAD_BYTES = 256 * 1024;

/**
 * Sends one request and reads its answer; `wantsBody` is asked as soon as the head is there, and `false` ends the
 * connection. Never rejects. What arrived before a failure is in the result as well.
 */
export function sendHop(hop: Hop, limits: HopLimits, wantsBody: (head: ResponseHead) => boolean): Promise<HopResult> {
  return new Promise((resolve) => new HopRun(hop, limits, wantsBody, resolve).start());
}

class HopRun {
  readonly #hop: Hop;
  readonly #limits: HopLimits;
  readonly #wantsBody: (head: ResponseHead) => boolean;
  readonly #resolve: (result: HopResult) => void;
  readonly #timing: Timing;
  #request: http.ClientRequest | undefined;
  #response: CallResponse | undefined;
  #body: ResponseBodyReader | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(
    hop: Hop,
    limits: HopLimits,
    wantsBody: (head: ResponseHead) => boolean,
    resolve: (result: HopResult) => void,
  ) {
    this.#hop = hop;
    this.#limits = limits;
    this.#wantsBody = wantsBody;
    this.#resolve = resolve;
    this.#timing = { startedAtMs: limits.now(), totalMs: 0 };
  }

  start(): void {
    if (this.#limits.signal?.aborted) {
      this.#end({ kind: 'cancelled', detail: '' });
      return;
    }
    this.#limits.signal?.addEventListener('abort', this.#cancel, { once: true });
    this.#progress();
    try {
      this.#request = this.#open();
    } catch (error) {
      this.#end(classifyFailure(error));
    }
  }

  #open(): http.ClientRequest {
    const url = new URL(this.#hop.url);
    const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const options: https.RequestOptions = {
      method: this.#hop.method,
      hostname,
      port: url.port === '' ? undefined : Number(url.port),
      path: `${url.pathname}${url.search}`,
      agent: false,
      setHost: false,
      maxHeaderSize: MAX_HEAD_BYTES,
      // Said here, so that no Host header decides which name the certificate is checked for.
      ...(url.protocol === 'https:' ? { servername: isIP(hostname) === 0 ? hostname : '' } : {}),
    };
    // Looked up at call time: VS Code replaces `request` on these modules.
    const request = url.protocol === 'https:' ? https.request(options) : http.request(options);
    // setHeader and not a list in the options: a proxy agent that rewrites the request would lose the list.
    for (const [name, values] of groupByName(this.#hop.headers)) {
      request.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
    }
    request.setHeader('Connection', 'close');
    request.on('socket', (socket) => this.#watch(socket));
    request.on('response', (response) => this.#takeResponse(response));
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      this.#end({ kind: 'protocol', detail: 'ERR_UPGRADE' });
    });
    request.on('error', (error) => this.#end(classifyFailure(error)));
    request.on('close', () => {
      if (!this.#response) this.#end({ kind: 'reset', detail: 'ECONNRESET' });
    });
    request.end(this.#hop.body);
    return request;
  }

  /** Connected means ready to send: with TLS when the handshake is done, through a proxy when it has been passed. */
  #watch(socket: Socket): void {
    const isConnected = socket instanceof TLSSocket ? socket.getFinished() !== undefined : !socket.connecting;
    if (isConnected) this.#markConnected();
    else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => this.#markConnected());
  }

  #markConnected(): void {
    this.#timing.connectedMs = this.#elapsed();
    this.#progress();
  }

  #takeResponse(message: http.IncomingMessage): void {
    message.on('error', (error) => this.#end(classifyFailure(error)));
    if (this.#isOver) {
      message.destroy();
      return;
    }
    this.#timing.firstByteMs = this.#elapsed();
    this.#progress();
    const headers = pairHeaders(message.rawHeaders);
    const status = message.statusCode ?? 0;
    this.#response = { status, statusText: message.statusMessage ?? '', headers, headersComplete: true };
    if (!this.#wantsBody({ status, headers })) {
      this.#end();
      return;
    }
    this.#body = new ResponseBodyReader(message, headers, this.#limits.maxKeptBytes, () => this.#progress());
    this.#body.whenDone((error) => this.#end(error === undefined ? undefined : classifyFailure(error)));
  }

  readonly #cancel = (): void => this.#end({ kind: 'cancelled', detail: '' });

  /** Restarts the clock that ends a silent connection. */
  #progress(): void {
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    const { timeoutMs } = this.#limits;
    this.#timer = setTimeout(() => this.#end({ kind: 'timeout', detail: `${timeoutMs} ms` }), timeoutMs);
  }

  #elapsed(): number {
    return Math.max(0, this.#limits.now() - this.#timing.startedAtMs);
  }

  #end(failure?: SendFailure): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#limits.signal?.removeEventListener('abort', this.#cancel);
    this.#timing.totalMs = this.#elapsed();
    const result: HopResult = { sentHeaders: this.#sentHeaders(), timing: this.#timing };
    if (this.#response) {
      const body = this.#body?.read(failure === undefined);
      result.response = body ? { ...this.#response, body } : this.#response;
    }
    if (failure) result.failure = failure;
    this.#request?.destroy();
    this.#resolve(result);
  }

  #sentHeaders(): HeaderToSend[] {
    const request = this.#request;
    if (!request) return [...this.#hop.headers];
    const secretNames = new Set(this.#hop.headers.filter(({ secret }) => secret).map(({ name }) => name.toLowerCase()));
    return request.getRawHeaderNames().flatMap((name) => {
      const value = request.getHeader(name) ?? '';
      const values = Array.isArray(value) ? value : [String(value)];
      return values.map(
        (one): HeaderToSend =>
          secretNames.has(name.toLowerCase()) ? { name, value: one, secret: true } : { name, value: one },
      );
    });
  }
}

/** Node sends the values of one name one after the other, where the name stood first. */
function groupByName(headers: readonly HeaderToSend[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  const nameOf = new Map<string, string>();
  for (const { name, value } of headers) {
    const first = nameOf.get(name.toLowerCase()) ?? name;
    nameOf.set(name.toLowerCase(), first);
    groups.set(first, [...(groups.get(first) ?? []), value]);
  }
  return groups;
}

function pairHeaders(raw: readonly string[]): Header[] {
  const headers: Header[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    headers.push({ name: raw[index] ?? '', value: raw[index + 1] ?? '' });
  }
  return headers;
}
