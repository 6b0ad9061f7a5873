import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { findHeader } from '../../../src/core/call/exchange.ts';
import type { HeaderToSend } from '../../../src/net/send-request.ts';
import { type RequestToSend, type SendResult, sendRequest } from '../../../src/net/sender.ts';
import { createCertificateAuthority } from '../../lab/certificate-authority.ts';
import { signToken } from '../core/token/sign-token.ts';
import { refusingOrigin, serve, serveRaw } from './loopback.ts';

function get(url: string, headers: HeaderToSend[] = [], queryParameters: string[] = []): RequestToSend {
  const names = headers.filter(({ secret }) => secret).map(({ name }) => name);
  const origin = URL.canParse(url) ? new URL(url).origin : url;
  return { method: 'GET', url, headers, credentials: { headers: names, queryParameters, origin } };
}

function only(result: SendResult) {
  assert.equal(result.exchanges.length, 1);
  const [exchange] = result.exchanges;
  assert.ok(exchange);
  return exchange;
}

const newSecret = () => randomBytes(24).toString('base64url');

test('the request is reported as really sent, in order, and the answer with status, headers and text', async (t) => {
  let received = '';
  const origin = await serveRaw(t, (socket) =>
    socket.on('data', (data) => {
      received += data.toString('latin1');
      if (!received.includes('\r\n\r\nbody')) return;
      socket.end(
        'HTTP/1.1 418 Short And Stout\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\nContent-Length: 4\r\n\r\nZo\u00c3\u00ab',
        'latin1',
      );
    }),
  );
  const headers = [
    { name: 'X-Second', value: 'b' },
    { name: 'accept', value: 'text/x' },
    { name: 'X-First', value: 'a' },
    { name: 'Connection', value: 'keep-alive' },
    { name: 'Content-Length', value: '999' },
  ];
  const result = await sendRequest({ ...get(`${origin}/p?q=1`, headers), method: 'post', body: 'body' });
  const { call, response, timing } = only(result);

  const [requestLine, ...lines] = received.split('\r\n\r\n')[0]?.split('\r\n') ?? [];
  assert.equal(requestLine, 'POST /p?q=1 HTTP/1.1');
  assert.deepEqual(
    lines,
    call?.headers.map(({ name, value }) => `${name}: ${value}`),
  );
  assert.deepEqual(
    call?.headers.map(({ name }) => name),
    ['Host', 'X-Second', 'accept', 'X-First', 'Accept-Encoding', 'User-Agent', 'Content-Length', 'Connection'],
  );
  assert.equal(call?.method, 'POST');
  assert.equal(call?.body, 'body');
  assert.deepEqual(result.ignoredHeaders, ['Connection', 'Content-Length']);
  assert.deepEqual(response, {
    status: 418,
    statusText: 'Short And Stout',
    headers: [
      { name: 'X-B', value: '1' },
      { name: 'x-a', value: '2' },
      { name: 'X-B', value: '3' },
      { name: 'Content-Length', value: '4' },
    ],
    headersComplete: true,
    body: { bytes: 4, isComplete: true, text: 'Zoë' },
  });
  const times = [0, timing?.connectedMs, timing?.firstByteMs, timing?.totalMs];
  assert.ok(times.every((time) => time !== undefined));
  assert.deepEqual(
    times,
    [...times].sort((a, b) => (a ?? 0) - (b ?? 0)),
  );
});

test('times come from the clock that was given', async (t) => {
  const origin = await serve(t, (_request, response) => response.end());
  let now = 1_000_000;
  const { timing } = only(await sendRequest(get(origin), { now: () => now++ }));
  assert.deepEqual(timing, { startedAtMs: 1_000_000, connectedMs: 1, firstByteMs: 2, totalMs: 3 });
});

test('a method without a body says so where it may have one', async (t) => {
  const seen: (string | undefined)[] = [];
  const origin = await serve(t, (request, response) => {
    seen.push(`${request.method} ${request.headers['content-length']} ${request.headers['transfer-encoding']}`);
    response.end();
  });
  for (const method of ['GET', 'DELETE', 'POST', 'QUERY']) {
    const { call } = only(await sendRequest({ ...get(origin), method }));
    const shown = call && findHeader(call.headers, 'content-length')?.value;
    assert.equal(seen.at(-1), `${method} ${shown} undefined`);
  }
  assert.equal(seen[2], 'POST 0 undefined');
});

test('no secret is in the result, wherever the server echoes it', async (t) => {
  const [key, parameter, cookie, setCookie, named] = [newSecret(), newSecret(), newSecret(), newSecret(), newSecret()];
  const token = await signToken({ aud: 'api://orders' });
  const origin = await serve(t, (request, response) => {
    assert.equal(request.headers['x-functions-key'], key);
    assert.ok(request.url?.includes(parameter));
    response.setHeader('X-Echo', `${key} ${parameter} ${request.headers.authorization} ${named}`);
    response.setHeader('Set-Cookie', `session=${setCookie}; Path=/; HttpOnly`);
    response.writeHead(401).end('refused');
  });
  const headers: HeaderToSend[] = [
    { name: 'Authorization', value: `Bearer ${token}`, secret: true },
    { name: 'x-functions-key', value: key, secret: true },
    { name: 'Cookie', value: `a=${cookie}; b=${cookie}` },
    { name: 'X-Renamed', value: named, secret: true },
  ];
  const result = await sendRequest({
    ...get(`${origin}/x?apiCode=${parameter}&top=5`, headers, ['apicode']),
    method: 'POST',
    body: `client_secret=${named}&other=1`,
  });
  const shown = JSON.stringify(result);
  for (const secret of [key, parameter, cookie, setCookie, named, token, ...token.split('.')]) {
    assert.ok(!shown.includes(secret), `${secret} in ${shown}`);
  }
  const { call, response } = only(result);
  assert.deepEqual(call && findHeader(call.headers, 'authorization'), {
    name: 'Authorization',
    value: `Bearer ••••${token.slice(-2)}`,
    masked: true,
  });
  assert.equal(call?.url, `${origin}/x?apiCode=••••${parameter.slice(-2)}&top=5`);
  assert.equal(call?.authorization.type === 'bearer' && call.authorization.bearer.token?.payload.aud, 'api://orders');
  const maskedCookie = `session=••••${setCookie.slice(-2)}; Path=/; HttpOnly`;
  assert.equal(response && findHeader(response.headers, 'set-cookie')?.value, maskedCookie);
  assert.equal(response?.body?.text, 'refused');
});

test('a secret too short to be looked for is hidden under its name', async (t) => {
  const origin = await serve(t, (_request, response) => response.end());
  const headers: HeaderToSend[] = [{ name: 'X-Any', value: 'pin4', secret: true }];
  const { call } = only(await sendRequest(get(`${origin}/?pin=ab12`, headers, ['pin'])));
  assert.deepEqual(call && findHeader(call.headers, 'x-any'), { name: 'X-Any', value: '••••', masked: true });
  assert.equal(call?.url, `${origin}/?pin=••••`);
});

for (const [name, request, code] of [
  ['a line break in a value', { headers: [{ name: 'X-A', value: 'a\r\nX-Evil: 1' }] }, 'ERR_INVALID_HEADER_VALUE'],
  ['a lone line feed in a value', { headers: [{ name: 'X-A', value: 'a\nb' }] }, 'ERR_INVALID_HEADER_VALUE'],
  ['a character over a byte in a value', { headers: [{ name: 'X-A', value: '…' }] }, 'ERR_INVALID_HEADER_VALUE'],
  ['a line break in a name', { headers: [{ name: 'X-A: b\r\nX-Evil', value: '1' }] }, 'ERR_INVALID_HEADER_NAME'],
  ['an empty name', { headers: [{ name: '', value: '1' }] }, 'ERR_INVALID_HEADER_NAME'],
  ['two Hosts', { headers: ['a', 'b'].map((value) => ({ name: 'Host', value })) }, 'ERR_INVALID_HEADER_VALUE'],
  ['a method with a break', { method: 'GET / HTTP/1.1\r\nX:' }, 'ERR_INVALID_METHOD'],
  ['CONNECT', { method: 'CONNECT' }, 'ERR_INVALID_METHOD'],
  ['a line break in the URL', { path: '/a\r\nX-Evil: 1' }, 'ERR_INVALID_URL'],
  ['another origin than the credentials’', { credentialOrigin: 'https://api.contoso.com' }, 'ERR_CREDENTIAL_ORIGIN'],
] as const) {
  test(`${name} is refused before a connection is opened`, async (t) => {
    let connections = 0;
    const origin = await serveRaw(t, () => connections++);
    const changes = { path: '/', credentialOrigin: origin, ...request };
    const result = await sendRequest({
      ...get(`${origin}${changes.path}`),
      ...request,
      credentials: { headers: ['x-functions-key'], queryParameters: [], origin: changes.credentialOrigin },
    });
    assert.deepEqual(only(result).failure, { kind: 'notSent', detail: code });
    assert.equal(connections, 0);
  });
}

for (const [url, code] of [
  ['nowhere', 'ERR_INVALID_URL'],
  ['', 'ERR_INVALID_URL'],
  ['ftp://127.0.0.1/', 'ERR_INVALID_PROTOCOL'],
  ['file:///etc/passwd', 'ERR_INVALID_PROTOCOL'],
  ['http://user:pass@127.0.0.1/', 'ERR_URL_USERINFO'],
] as const) {
  test(`“${url}” is not sent`, async () => {
    const { failure, call } = only(await sendRequest(get(url)));
    assert.deepEqual(failure, { kind: 'notSent', detail: code });
    assert.ok(!call?.url.includes('pass@'));
  });
}

test('a refused connection, a reset and an answer that is no HTTP are told apart', async (t) => {
  const failureOf = async (origin: string) => only(await sendRequest(get(origin))).failure;
  assert.deepEqual(await failureOf(await refusingOrigin()), { kind: 'refused', detail: 'ECONNREFUSED' });
  const resetting = await serveRaw(t, (socket) => socket.once('data', () => socket.resetAndDestroy()));
  assert.deepEqual(await failureOf(resetting), { kind: 'reset', detail: 'ECONNRESET' });
  const closing = await serveRaw(t, (socket) => socket.once('data', () => socket.end()));
  assert.deepEqual(await failureOf(closing), { kind: 'reset', detail: 'ECONNRESET' });
  const babbling = await serveRaw(t, (socket) => socket.once('data', () => socket.end('SSH-2.0-hello\r\n')));
  assert.equal((await failureOf(babbling))?.kind, 'protocol');
  const upgrading = await serveRaw(t, (socket) =>
    socket.once('data', () => socket.write('HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')),
  );
  assert.equal((await failureOf(upgrading))?.kind, 'protocol');
});

test('a name that does not resolve is a dns failure', async () => {
  const { failure } = only(await sendRequest(get('http://why401.invalid/')));
  assert.equal(failure?.kind, 'dns');
});

test('a connection reset in the middle of a body gives what came before', async (t) => {
  const origin = await serveRaw(t, (socket) =>
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nfirst', () => {
        socket.end();
      });
    }),
  );
  const { failure, response } = only(await sendRequest(get(origin)));
  assert.deepEqual(failure, { kind: 'reset', detail: 'ECONNRESET' });
  assert.deepEqual(response?.body, { bytes: 5, isComplete: false, text: 'first' });
});

test('a certificate nobody vouches for is a tls failure with the certificate’s error; a trusted one is accepted', async (t) => {
  const authority = await createCertificateAuthority();
  const { certPem, keyPem } = await authority.issueServerCertificate(['127.0.0.1']);
  const server = createHttpsServer({ cert: certPem, key: keyPem }, (_request, response) => response.end('safe'));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => new Promise((resolve) => server.close(resolve)));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  const refused = only(await sendRequest(get(url)));
  assert.deepEqual(refused.failure, { kind: 'tls', detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  assert.equal(refused.timing?.connectedMs, undefined);

  const before = getCACertificates();
  setDefaultCACertificates([...before, authority.caPem]);
  t.after(() => setDefaultCACertificates(before));
  const accepted = only(await sendRequest(get(url)));
  assert.equal(accepted.response?.body?.text, 'safe');
  assert.notEqual(accepted.timing?.connectedMs, undefined);

  // The certificate is checked against the URL, whatever Host says.
  const otherHost = only(await sendRequest(get(url, [{ name: 'Host', value: 'api.contoso.com' }])));
  assert.equal(otherHost.response?.body?.text, 'safe');
  const otherName = only(
    await sendRequest(get(url.replace('127.0.0.1', 'localhost'), [{ name: 'Host', value: '127.0.0.1' }])),
  );
  assert.deepEqual(otherName.failure, { kind: 'tls', detail: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

test('https to a plain HTTP port is a tls failure', async (t) => {
  const origin = await serve(t, (_request, response) => response.end());
  const { failure } = only(await sendRequest(get(origin.replace('http:', 'https:'))));
  assert.equal(failure?.kind, 'tls');
});

test('a host that never answers is left at once when cancelled, and its connection closed', async (t) => {
  const controller = new AbortController();
  const closed = Promise.withResolvers<void>();
  const origin = await serveRaw(t, (socket) => {
    socket.on('close', () => closed.resolve());
    socket.once('data', () => controller.abort());
  });
  const { failure, timing } = only(await sendRequest(get(origin), { signal: controller.signal }));
  assert.deepEqual(failure, { kind: 'cancelled', detail: '' });
  assert.equal(timing?.firstByteMs, undefined);
  await closed.promise;
});

test('cancelled before it began, nothing is sent', async (t) => {
  let connections = 0;
  const origin = await serveRaw(t, () => connections++);
  const { failure } = only(await sendRequest(get(origin), { signal: AbortSignal.abort() }));
  assert.equal(failure?.kind, 'cancelled');
  assert.equal(connections, 0);
});

test('a host that falls silent, before or after its head, is a timeout', async (t) => {
  const silent = await serveRaw(t, () => undefined);
  const first = only(await sendRequest(get(silent), { timeoutMs: 50 }));
  assert.equal(first.failure?.kind, 'timeout');
  const stalling = await serve(t, (_request, response) =>
    response.writeHead(200, { 'content-length': 9 }).write('abc'),
  );
  const second = only(await sendRequest(get(stalling), { timeoutMs: 1_000 }));
  assert.equal(second.failure?.kind, 'timeout');
  assert.equal(second.response?.status, 200);
  assert.equal(second.response?.body?.text, 'abc');
});

test('of 20 MB the first 5 are kept and all are counted', async (t) => {
  const piece = 'é'.repeat(32 * 1024);
  const pieces = (20 * 1024 * 1024) / Buffer.byteLength(piece);
  const origin = await serve(t, async (_request, response) => {
    response.setHeader('content-type', 'text/plain; charset=utf-8');
    response.write('x');
    for (let sent = 0; sent < pieces; sent++) {
      if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
    }
    response.end();
  });
  const { response, failure } = only(await sendRequest(get(origin)));
  assert.equal(failure, undefined);
  assert.equal(response?.body?.bytes, 20 * 1024 * 1024 + 1);
  assert.equal(response?.body?.isComplete, false);
  // One odd byte in front: the cut is in the middle of a character, which is left out.
  assert.equal(Buffer.byteLength(response?.body?.text ?? ''), 5 * 1024 * 1024 - 1);
  assert.ok(!response?.body?.text?.includes('\ufffd'));
});

test('a small body that unpacks to a huge one is unpacked no further than the limit', async (t) => {
  const zeros = Buffer.alloc(1024 * 1024, 'a');
  const chunks: Buffer[] = [];
  const gzip = createGzip();
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (let megabyte = 0; megabyte < 64; megabyte++) {
    if (!gzip.write(zeros)) await new Promise((resolve) => gzip.once('drain', resolve));
  }
  gzip.end();
  await new Promise((resolve) => gzip.once('end', resolve));
  const bomb = Buffer.concat(chunks);
  const origin = await serve(t, (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }).end(bomb),
  );
  const { response } = only(await sendRequest(get(origin), { maxKeptBytes: 1000 }));
  assert.equal(response?.body?.text, 'a'.repeat(1000));
  assert.deepEqual([response?.body?.bytes, response?.body?.isComplete], [bomb.length, false]);
});

for (const [coding, encode] of [
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['GZIP', (text: Buffer) => text],
  ['br', (text: Buffer) => text],
] as const) {
  test(`${coding} (${encode.name}) is undone, or shown as it came when it is none`, async (t) => {
    const origin = await serve(t, (_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': coding })
        .end(encode(Buffer.from('{"a":"ü"}'))),
    );
    assert.equal(only(await sendRequest(get(origin))).response?.body?.text, '{"a":"ü"}');
  });
}

test('a compressed body cut short gives its beginning', async (t) => {
  const text = randomBytes(3000).toString('hex');
  const origin = await serve(t, (_request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' })
      .end(gzipSync(text).subarray(0, 2000)),
  );
  const body = only(await sendRequest(get(origin))).response?.body;
  assert.ok(body?.text && text.startsWith(body.text) && body.text.length > 100);
});

test('a binary body has a size and no text; HEAD and 204 have none at all', async (t) => {
  const origin = await serve(t, (request, response) => {
    if (request.url === '/204') response.writeHead(204).end();
    else response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]));
  });
  assert.deepEqual(only(await sendRequest(get(origin))).response?.body, { bytes: 7, isComplete: true });
  assert.equal(only(await sendRequest({ ...get(origin), method: 'HEAD' })).response?.body?.bytes, 0);
  assert.equal(only(await sendRequest(get(`${origin}/204`))).response?.body?.bytes, 0);
});

test('a redirect within the origin keeps the credentials', async (t) => {
  const key = newSecret();
  const seen: unknown[] = [];
  const origin = await serve(t, (request, response) => {
    seen.push([request.method, request.url, request.headers['x-functions-key']]);
    if (request.url === '/a') response.writeHead(302, { location: '/b' }).end('moved');
    else response.end('done');
  });
  const result = await sendRequest(get(`${origin}/a`, [{ name: 'x-functions-key', value: key, secret: true }]));
  assert.deepEqual(seen, [
    ['GET', '/a', key],
    ['GET', '/b', key],
  ]);
  assert.deepEqual(
    result.exchanges.map(({ call, response }) => [call?.url, response?.status, response?.body?.text]),
    [
      [`${origin}/a`, 302, undefined],
      [`${origin}/b`, 200, 'done'],
    ],
  );
  assert.deepEqual(result.droppedCredentials, []);
});

test('a redirect to another origin and back loses every credential for good', async (t) => {
  const [key, code, cookie, typed] = [newSecret(), newSecret(), newSecret(), newSecret()];
  const token = await signToken({ aud: 'x' });
  const seenElsewhere: string[] = [];
  let home = '';
  const elsewhere = await serve(t, (request, response) => {
    seenElsewhere.push(`${request.url} ${request.rawHeaders.join(' ')}`);
    response.writeHead(302, { location: `${home}/back` }).end();
  });
  const seenAtHome: string[] = [];
  home = await serve(t, (request, response) => {
    seenAtHome.push(`${request.url} ${request.rawHeaders.join(' ')}`);
    if (request.url === '/back') response.end('back');
    else response.writeHead(307, { location: `${elsewhere}/x?code=${code}&keep=1` }).end();
  });
  const headers: HeaderToSend[] = [
    { name: 'Authorization', value: `Bearer ${token}`, secret: true },
    { name: 'X-Renamed', value: key, secret: true },
    { name: 'Cookie', value: `a=${cookie}` },
    { name: 'Ocp-Apim-Subscription-Key', value: typed },
    { name: 'Accept-Language', value: 'nl' },
  ];
  const result = await sendRequest(get(`${home}/start?code=${code}`, headers, ['code']));

  const secrets = [token, key, code, cookie, typed];
  for (const secret of secrets) {
    assert.ok(seenAtHome[0]?.includes(secret));
    assert.ok(!seenElsewhere.join().includes(secret));
    assert.ok(!seenAtHome[1]?.includes(secret));
    assert.ok(!JSON.stringify(result).includes(secret));
  }
  assert.match(seenElsewhere[0] ?? '', /^\/x\?keep=1 .*Accept-Language nl/);
  assert.deepEqual(result.droppedCredentials, [
    { from: home, to: elsewhere, names: ['Authorization', 'X-Renamed', 'Cookie', 'Ocp-Apim-Subscription-Key', 'code'] },
  ]);
  assert.equal(result.exchanges[1]?.call?.authorization.type, 'none');
  assert.equal(result.exchanges[2]?.response?.body?.text, 'back');
});

test('a redirect that would carry a secret in its path or its body is not followed', async (t) => {
  const key = newSecret();
  let connections = 0;
  const elsewhere = await serveRaw(t, () => connections++);
  const origin = await serve(t, (request, response) => {
    const place = request.url === '/path' ? `${elsewhere}/${key}/x` : `${elsewhere}/x`;
    response.writeHead(307, { location: place }).end('stay');
  });
  const headers: HeaderToSend[] = [{ name: 'x-functions-key', value: key, secret: true }];
  const inPath = await sendRequest(get(`${origin}/path`, headers));
  assert.deepEqual(inPath.notFollowed, { from: origin, to: elsewhere, reason: 'credentialInAddress' });
  assert.equal(only(inPath).response?.body?.text, 'stay');
  assert.ok(!JSON.stringify(inPath).includes(key));
  const inBody = await sendRequest({ ...get(`${origin}/body`), method: 'POST', body: `client_secret=${key}` });
  assert.equal(inBody.notFollowed?.reason, 'credentialInBody');
  assert.equal(connections, 0);
});

test('redirects without end stop at the limit', async (t) => {
  let requests = 0;
  const origin = await serve(t, (_request, response) => {
    requests++;
    response.writeHead(302, { location: '/again' }).end('more');
  });
  const result = await sendRequest(get(origin), { maxRedirects: 3 });
  assert.equal(requests, 4);
  assert.deepEqual(result.exchanges.at(-1)?.failure, { kind: 'tooManyRedirects', detail: '3' });
  assert.equal(result.exchanges.at(-1)?.response?.body?.text, 'more');
});
