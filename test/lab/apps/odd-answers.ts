import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { LabReply, LabRequest, LabRoute, Misbehaviour } from '../loopback-server.ts';
import { echoReply, emptyReply, jsonReply } from './echo.ts';

/** Size of `/big`. */
export const BIG_BODY_BYTES = 20_000_000;

const PIECE_BYTES = 64 * 1024;
const DEFAULT_PIECES = 5;
const MAX_PIECES = 1000;
const DEFAULT_PAUSE_MS = 20;

type Answer = (request: LabRequest) => LabReply | Misbehaviour | Promise<LabReply>;

/**
 * A server whose every path answers in its own odd way, for what sends requests. `otherOrigin` is where `/redirect/other`
 * leads.
 */
export function oddAnswers(otherOrigin: string): LabRoute {
  const answers: Readonly<Record<string, Answer>> = {
    '/echo': (request) => echoReply(request),
    '/json': () => jsonReply(200, { orders: [{ id: 1, total: 12.5, note: 'größer' }], next: null }),
    '/xml': () =>
      typed('application/xml', '<?xml version="1.0"?><orders><order id="1"><total>12.5</total></order></orders>'),
    '/html': () => typed('text/html; charset=utf-8', '<h1>Orders</h1><script>document.title = "ran"</script>'),
    '/text': () => typed('text/plain; charset=utf-8', 'line 1\nline 2\n'),
    '/broken-json': () => typed('application/json', '{"orders": [1, 2'),
    '/latin1': () => typed('text/plain; charset=iso-8859-1', Buffer.from('größer', 'latin1')),
    '/gzip': () => ({
      status: 200,
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      body: gzipSync('{"zipped":true}'),
    }),
    '/empty': () => emptyReply(204),
    '/binary': () =>
      typed(
        'application/octet-stream',
        Uint8Array.from({ length: 1024 }, (_, index) => index % 256),
      ),
    '/big': () => bigReply({}),
    '/big-sized': () => bigReply({ 'Content-Length': String(BIG_BODY_BYTES) }),
    '/slow': slowReply,
    '/late': async ({ url, signal }) => {
      await sleep(Number(url.searchParams.get('ms') ?? DEFAULT_PAUSE_MS), undefined, { signal });
      return jsonReply(200, { late: true });
    },
    '/silent': () => ({ do: 'silent' }),
    '/reset': () => ({ do: 'destroy' }),
    '/truncated': () => ({ do: 'truncate', body: '{"orders": [1', promisedBytes: 5000 }),
    '/cookies': () => ({ status: 200, headers: { 'Set-Cookie': ['session=one; HttpOnly', 'theme=dark'] }, body: '' }),
    '/sign-in-page': () => typed('text/html; charset=utf-8', '<title>Sign in to your account</title><form></form>'),
    '/refused': refusedReply,
    '/redirect/same': (request) => redirect(request, '/echo'),
    '/redirect/other': (request) => redirect(request, `${otherOrigin}/echo`),
    '/redirect/loop': (request) => redirect(request, '/redirect/loop'),
    '/redirect/nowhere': (request) => redirect(request, 'http://[broken'),
  };
  return (request) => {
    const answer = answers[request.url.pathname];
    return answer ? answer(request) : statusReply(request);
  };
}

/** A 401 with the challenge of `?challenge=`, or none: servers may propose anything. */
function refusedReply({ url }: LabRequest): LabReply {
  const challenge = url.searchParams.get('challenge');
  return emptyReply(401, challenge === null ? {} : { 'WWW-Authenticate': challenge });
}

/** `?status=` chooses among 301, 302, 303, 307 and 308. */
function redirect({ url }: LabRequest, location: string): LabReply {
  return emptyReply(Number(url.searchParams.get('status') ?? 302), { Location: location });
}

/** `/status/418` */
function statusReply({ url }: LabRequest): LabReply | undefined {
  const status = Number(/^\/status\/([2-5]\d\d)$/.exec(url.pathname)?.[1]);
  return status ? jsonReply(status, { status }) : undefined;
}

function bigReply(headers: Record<string, string>): LabReply {
  return { status: 200, headers: { 'Content-Type': 'text/plain', ...headers }, body: letters(BIG_BODY_BYTES) };
}

async function* letters(total: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < total; sent += PIECE_BYTES) yield Buffer.alloc(Math.min(PIECE_BYTES, total - sent), 'x');
}

/** `?pieces=` and `?ms=` between them. */
function slowReply({ url, signal }: LabRequest): LabReply {
  const pieces = Math.min(Number(url.searchParams.get('pieces') ?? DEFAULT_PIECES), MAX_PIECES);
  const pauseMs = Number(url.searchParams.get('ms') ?? DEFAULT_PAUSE_MS);
  async function* body(): AsyncGenerator<Uint8Array> {
    for (let piece = 1; piece <= pieces; piece += 1) {
      yield Buffer.from(`piece ${piece}\n`);
      await sleep(pauseMs, undefined, { signal });
    }
  }
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: body() };
}

function typed(type: string, body: string | Uint8Array): LabReply {
  return { status: 200, headers: { 'Content-Type': type }, body };
}
