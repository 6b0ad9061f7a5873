import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NOT_SIGNED_IN_PAGE, SIGNED_IN_PAGE } from './sign-in-pages.ts';

/** What the browser brings back: parameters of RFC 6749 §4.1.2, those of Entra among them. */
export type AuthorizeAnswer = Readonly<Record<string, string>>;

export interface RedirectListener {
  port: number;
  /** Settles with the first answer that carries the state of this sign-in; nothing else ever settles it. */
  answer: Promise<AuthorizeAnswer>;
  /** Resolves when the port is closed and every connection is. May be called twice. */
  close(): Promise<void>;
}

/** The machine has no port that is free for IPv4 and IPv6 alike. */
export class NoPort extends Error {}

const MAX_BYTES = 64 * 1024;
const ATTEMPTS = 5;
/** The port may be another one where it was forwarded. */
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;
const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  Connection: 'close',
};

/**
 * Listens on this machine for the browser that comes back from a sign-in (RFC 8252 §7.3), at this path alone: an answer for
 * another authority's redirect is none. `state` must be secret: whoever knows it may answer. On 127.0.0.1 and, where there is IPv6, on ::1, since a browser may take `localhost` for either.
 */
export async function listenForRedirect(state: string, path: string, preferredPort = 0): Promise<RedirectListener> {
  let settle: (answer: AuthorizeAnswer) => void = () => undefined;
  const answer = new Promise<AuthorizeAnswer>((resolve) => {
    settle = resolve;
  });
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    respond(request, response, { state, path }, settle).catch(() => response.destroy());
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const servers = [createServer(onRequest), createServer(onRequest)] as const;
    const close = async () => {
      await Promise.all(servers.map(closeServer));
    };
    try {
      const port = await listen(servers[0], '127.0.0.1', attempt === 0 ? preferredPort : 0);
      // A machine without IPv6 fails in other ways than by a taken port.
      const other = await listen(servers[1], '::1', port).catch(codeOf);
      if (other !== 'EADDRINUSE') return { port, answer, close };
    } catch (error) {
      if (!['EADDRINUSE', 'EACCES'].includes(codeOf(error))) throw new NoPort(codeOf(error));
    }
    await close();
  }
  throw new NoPort('EADDRINUSE');
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { state, path }: { state: string; path: string },
  settle: (answer: AuthorizeAnswer) => void,
): Promise<void> {
  // A name that somebody made lead here is no browser that comes back.
  if (!LOCAL_HOST.test(request.headers.host ?? '')) return send(response, 400, '');
  const [asked = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  if (asked !== path) return send(response, 404, '');
  if (request.method !== 'GET' && request.method !== 'POST') return send(response, 405, '');
  const fields = request.method === 'POST' ? await readForm(request) : new URLSearchParams(query);
  if (!fields) return send(response, 413, '');
  // Whoever cannot name the state is another page of the browser, or somebody who guesses.
  if (!fields.has('code') && !fields.has('error')) return send(response, 400, '');
  if (fields.get('state') !== state || isAnyRepeated(fields)) return send(response, 400, '');
  await send(response, 200, fields.has('error') ? NOT_SIGNED_IN_PAGE : SIGNED_IN_PAGE);
  settle(Object.fromEntries(fields));
}

/** Which of the two counts would be for the server to choose: none may be there twice (RFC 6749 §3.1). */
function isAnyRepeated(fields: URLSearchParams): boolean {
  return new Set(fields.keys()).size !== fields.size;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > MAX_BYTES) return undefined;
  }
  return new URLSearchParams(body);
}

/** Resolves when the page is on its way, or nobody is there any more to read it. */
function send(response: ServerResponse, status: number, page: string): Promise<void> {
  response.writeHead(status, HEADERS);
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.end(page, () => resolve());
  });
}

function listen(server: ReturnType<typeof createServer>, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ...(host === '::1' ? { ipv6Only: true } : {}) }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
