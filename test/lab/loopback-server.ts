import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type Server,
  STATUS_CODES,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { ServerCertificate } from './certificate-authority.ts';
import { RequestLog } from './request-log.ts';
import { type FaultAction, ScriptedFaults } from './scripted-faults.ts';

/** A request as routes see it. */
export interface LabRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  /** Names and values as they arrived: in order, in their own case, repeated ones apart. */
  headerLines: readonly (readonly [name: string, value: string])[];
  /** The caller's IPv4 address. */
  address: string;
  /** Whether TLS brought a client certificate. */
  hasClientCertificate: boolean;
  /** Fires when the client goes away or the server stops. */
  signal: AbortSignal;
  readBody(): Promise<Buffer>;
}

export interface LabReply {
  status: number;
  /** Reason phrase, where it is not the status's usual one. */
  statusText?: string;
  headers: Record<string, string | readonly string[]>;
  /** Pieces are sent as they come, chunked unless `headers` promise a length. */
  body: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** What a route does instead of answering. */
export type Misbehaviour = Extract<FaultAction, { do: 'destroy' | 'silent' | 'truncate' }>;

type Outcome = LabReply | Misbehaviour | undefined;

/** Answers the requests it knows; `undefined` leaves a request to the next route. */
export type LabRoute = (request: LabRequest) => Outcome | Promise<Outcome>;

export interface LoopbackServer {
  /** `https://127.0.0.2:43211`, without a trailing slash. */
  origin: string;
  requests: RequestLog;
  faults: ScriptedFaults;
  /** Asked in order; more may be added while the server runs. */
  routes: LabRoute[];
  /** Closes the port, every connection and every pending delay. Resolves when nothing is left; may be called twice. */
  stop(): Promise<void>;
}

export interface LoopbackServerOptions {
  /** A loopback address. */
  host: string;
  /** 0 takes a free port. */
  port?: number;
  /** HTTPS with this certificate; plain HTTP when absent. */
  certificate?: ServerCertificate;
}

/** Starts a server on loopback. Rejects when the address or port cannot be had. */
export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const requests = new RequestLog();
  const faults = new ScriptedFaults();
  const routes: LabRoute[] = [];
  const stopping = new AbortController();
  const sockets = new Set<Socket>();
  let origin = '';

  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const request = readRequest(message, origin, AbortSignal.any([gone.signal, stopping.signal]));
    requests.add({
      method: request.method,
      path: request.url.pathname,
      query: request.url.search,
      headers: request.headers,
      atMs: Date.now(),
    });
    answer(request, response, faults, routes).catch(() => response.destroy());
  };
  const { certificate } = options;
  const server: Server = certificate
    ? createHttpsServer({ cert: certificate.certPem, key: certificate.keyPem }, listener)
    : createHttpServer(listener);
  // Sockets still in their TLS handshake are unknown to closeAllConnections().
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  await listen(server, options.host, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  origin = `${certificate ? 'https' : 'http'}://${options.host}:${port}`;

  let stopped: Promise<void> | undefined;
  return {
    origin,
    requests,
    faults,
    routes,
    stop() {
      stopped ??= new Promise((resolve) => {
        stopping.abort();
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      });
      return stopped;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function readRequest(message: IncomingMessage, origin: string, signal: AbortSignal): LabRequest {
  const target = message.url ?? '/';
  const url = URL.canParse(target, origin) ? new URL(target, origin) : new URL(origin);
  return {
    method: message.method ?? 'GET',
    url,
    headers: message.headers,
    headerLines: pairsOf(message.rawHeaders),
    address: message.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '',
    hasClientCertificate: message.socket instanceof TLSSocket && message.socket.getPeerCertificate().raw !== undefined,
    signal,
    async readBody() {
      const chunks: Buffer[] = [];
      for await (const chunk of message) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
  };
}

function pairsOf(rawHeaders: readonly string[]): [name: string, value: string][] {
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  return names.map((name, index) => [name, rawHeaders[index * 2 + 1] ?? '']);
}

async function answer(
  request: LabRequest,
  response: ServerResponse,
  faults: ScriptedFaults,
  routes: readonly LabRoute[],
): Promise<void> {
  const fault = faults.take(request.method, request.url.pathname);
  if (fault?.delayMs) await sleep(fault.delayMs, undefined, { signal: request.signal });
  if (fault && fault.action.do !== 'proceed') return strike(fault.action, response);
  for (const route of routes) {
    const outcome = await route(request);
    if (outcome) return 'do' in outcome ? strike(outcome, response) : send(response, outcome);
  }
  return send(response, { status: 404, headers: { 'Cache-Control': 'private' }, body: '' });
}

async function strike(action: FaultAction, response: ServerResponse): Promise<void> {
  switch (action.do) {
    case 'reply': {
      const headers = { ...defaultTypeOf(action.body), ...action.headers };
      return send(response, { status: action.status ?? 200, headers, body: textOf(action.body) });
    }
    case 'html': {
      const headers = { 'Content-Type': 'text/html; charset=utf-8' };
      return send(response, { status: action.status ?? 200, headers, body: action.html });
    }
    case 'destroy':
      response.socket?.destroy();
      break;
    case 'truncate':
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': action.promisedBytes });
      response.write(action.body, () => response.socket?.destroy());
      break;
    case 'silent':
    case 'proceed':
      break;
  }
}

async function send(response: ServerResponse, { status, statusText, headers, body }: LabReply): Promise<void> {
  const lines = { ...headers } as OutgoingHttpHeaders;
  const phrase = statusText ?? STATUS_CODES[status] ?? '';
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    response.writeHead(status, phrase, lines);
    return pipeline(Readable.from(body), response);
  }
  response.writeHead(status, phrase, { ...lines, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

function defaultTypeOf(body: string | Uint8Array | object | undefined): Record<string, string> {
  return { 'Content-Type': typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8' };
}

function textOf(body: string | Uint8Array | object | undefined): string | Uint8Array {
  if (body === undefined) return '';
  return typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
}
