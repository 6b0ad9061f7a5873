import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findHeader } from '../../../../src/core/call/exchange.ts';
import { readExchangeText, readRecording } from '../../../../src/core/call/http-text.ts';
import { encodeToken } from '../entra-fixture.ts';

const CANARY = 'Zq7canaryKey19vXw82LmPt';
const TOKEN = encodeToken({ alg: 'RS256', kid: 'k' }, { aud: 'api://orders' }, 'c2lnbmF0dXJlQ2FuYXJ5MTIzNDU2Nzg5MA');

function entry(
  changes: { url?: string; status?: number; location?: string; authorization?: string; content?: object } = {},
) {
  return {
    request: {
      method: 'get',
      url: changes.url ?? `https://contoso.azure-api.net/orders?subscription-key=${CANARY}`,
      headers: [
        { name: ':authority', value: 'contoso.azure-api.net' },
        { name: 'Host', value: 'contoso.azure-api.net' },
        ...(changes.authorization ? [{ name: 'Authorization', value: changes.authorization }] : []),
      ],
      postData: { text: '{"a":1}' },
    },
    response: {
      status: changes.status ?? 401,
      statusText: 'Unauthorized',
      headers: [
        { name: 'Content-Type', value: 'application/json' },
        ...(changes.location ? [{ name: 'Location', value: changes.location }] : []),
      ],
      content: changes.content ?? { text: '{ "statusCode": 401, "message": "JWT not present." }' },
    },
  };
}

const recording = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', entries } });

test('a recording lists its calls, secrets masked', () => {
  const calls = readRecording(recording(entry(), entry({ status: 0 }), { nonsense: true }, entry({ status: 200 })));
  assert.deepEqual(
    calls?.map(({ method, status }) => [method, status]),
    [
      ['GET', 401],
      ['GET', undefined],
      ['GET', 200],
    ],
  );
  assert.ok(!JSON.stringify(calls).includes(CANARY));
});

test('a call of a recording: request, answer, body, and the token without its text', () => {
  const [call] = readRecording(recording(entry({ authorization: `Bearer ${TOKEN}` }))) ?? [];
  const [exchange, ...more] = call?.exchanges() ?? [];
  assert.equal(more.length, 0);
  const { authorization } = exchange?.call ?? {};
  assert.ok(authorization?.type === 'bearer' && authorization.bearer.token?.payload.aud === 'api://orders');
  assert.deepEqual([exchange?.call?.method, exchange?.call?.body], ['GET', '{"a":1}']);
  assert.deepEqual(
    [exchange?.response?.status, exchange?.response?.headersComplete, exchange?.response?.body?.isComplete],
    [401, true, true],
  );
  const shown = JSON.stringify(exchange);
  assert.ok(!shown.includes(CANARY) && !shown.includes('c2lnbmF0dXJl'), shown);
});

test('a browser leaves Authorization out: that none is there proves nothing', () => {
  const [call] = readRecording(recording(entry())) ?? [];
  assert.equal(call?.exchanges()[0]?.call?.authorization.type, 'unknown');
});

test('a body in base64 is read, one that is left out is unknown', () => {
  const content = { text: Buffer.from('{"error":"x"}').toString('base64'), encoding: 'base64' };
  const [binary, none] = readRecording(recording(entry({ content }), entry({ content: {} }))) ?? [];
  assert.equal(binary?.exchanges()[0]?.response?.body?.text, '{"error":"x"}');
  assert.equal(none?.exchanges()[0]?.response?.body, undefined);
});

test('redirects that led to a call come with it', () => {
  const calls = readRecording(
    recording(
      entry({ url: 'https://a.example/', status: 302, location: 'https://b.example/x' }),
      entry({ url: 'https://other.example/', status: 302, location: '/elsewhere' }),
      entry({ url: 'https://b.example/x' }),
    ),
  );
  assert.deepEqual(
    calls?.[2]?.exchanges().map(({ call }) => call?.url),
    ['https://a.example/', 'https://b.example/x'],
  );
});

test('one entry alone, as a browser copies it', () => {
  const [exchange] = readExchangeText(JSON.stringify(entry()));
  assert.equal(exchange?.response?.status, 401);
});

for (const text of [
  '',
  '{}',
  '{"log":1}',
  '{"log":{"entries":{}}}',
  '[]',
  'HTTP/1.1 401 Unauthorized',
  '{"request":{}}',
]) {
  test(`no recording: ${text}`, () => assert.equal(readRecording(text), undefined));
}

const CONSOLE = `GET https://contoso.azure-api.net/orders?a=1: {
  "Network": {
    "addresses": { "remote": { "address": "1.2.3.4", "port": 443 } }
  },
  "Request Headers": {
    "authorization": "Bearer ${TOKEN}",
    "ocp-apim-subscription-key": "${CANARY}",
    "user-agent": "PostmanRuntime/7.51.0"
  },
  "Response Headers": {
    "content-type": "application/json",
    "www-authenticate": "Bearer realm=\\"contoso\\""
  },
  "Response Body": "{ \\"statusCode\\": 401, \\"message\\": \\"Invalid JWT.\\" }"
}`;

test('Postman’s console: every header, the body, no secret', () => {
  const [exchange, ...more] = readExchangeText(CONSOLE);
  assert.equal(more.length, 0);
  assert.deepEqual([exchange?.call?.method, exchange?.call?.url], ['GET', 'https://contoso.azure-api.net/orders?a=1']);
  assert.equal(exchange?.call?.authorization.type, 'bearer');
  assert.equal(findHeader(exchange?.response?.headers ?? [], 'www-authenticate')?.value, 'Bearer realm="contoso"');
  assert.match(exchange?.response?.body?.text ?? '', /Invalid JWT/);
  assert.equal(exchange?.response?.headersComplete, true);
  assert.equal(exchange?.response?.status, undefined);
  const shown = JSON.stringify(exchange);
  assert.ok(!shown.includes(CANARY) && !shown.includes('c2lnbmF0dXJl'), shown);
});

test('Postman’s console: a status below, and two entries', () => {
  const exchanges = readExchangeText(`${CONSOLE}\n401 Unauthorized\n\n${CONSOLE.replace('orders', 'second')}`);
  assert.deepEqual(
    exchanges.map(({ call, response }) => [call?.url, response?.status]),
    [
      ['https://contoso.azure-api.net/orders?a=1', 401],
      ['https://contoso.azure-api.net/second?a=1', undefined],
    ],
  );
});

test('Postman’s console without authorization: none was sent', () => {
  const [exchange] = readExchangeText(CONSOLE.replace(/^.*"authorization".*\n/m, ''));
  assert.equal(exchange?.call?.authorization.type, 'none');
});

test('nothing hostile throws', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.string(), (json, text) => {
      readExchangeText(`{"log":{"entries":[${json},{"request":${json},"response":${json}}]}}`);
      readExchangeText(
        `GET https://a.example/: {\n"Request Headers": ${json},\n"Response Headers": ${json}\n}\n${text}`,
      );
    }),
  );
});
