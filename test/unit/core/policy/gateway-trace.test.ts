import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backendStatusIn, readGatewayTrace, refusalIn } from '../../../../src/core/policy/gateway-trace.ts';

const TRACE = {
  traceId: '1',
  serviceName: 'apim1',
  traceEntries: {
    inbound: [
      { source: 'api-inspector', data: { request: { method: 'GET', url: 'https://x', headers: [] } } },
      {
        source: 'cors',
        data: 'Origin header was missing or empty and the request was classified as not cross-domain.',
      },
      { source: 'set-status', data: { message: ['a', 'b'] } },
    ],
    backend: [{ source: 'forward-request', data: { response: { status: { code: 403, reason: 'Forbidden' } } } }],
    outbound: [{ source: 'transfer-response', data: { message: 'Response has been sent to the caller.' } }],
    'on-error': [{ source: 'validate-jwt', data: { message: 'JWT Validation Failed: IDX10511: x' } }],
  },
};

test('the JSON of a trace: sections, sources and messages, in whatever form they come', () => {
  const entries = readGatewayTrace(JSON.stringify(TRACE));
  assert.deepEqual(
    entries.map(({ section, source, message }) => [section, source, message.slice(0, 12)]),
    [
      ['inbound', 'api-inspector', ''],
      ['inbound', 'cors', 'Origin heade'],
      ['inbound', 'set-status', 'a\nb'],
      ['backend', 'forward-request', ''],
      ['outbound', 'transfer-response', 'Response has'],
      ['on-error', 'validate-jwt', 'JWT Validati'],
    ],
  );
  assert.equal(backendStatusIn(entries), 403);
  assert.equal(refusalIn(entries)?.source, 'validate-jwt');
});

test('the retired trace file names other sources', () => {
  const old = JSON.stringify({ traceEntries: { inbound: [{ source: 'handler', data: 'x' }] } });
  assert.deepEqual(
    readGatewayTrace(old).map(({ source }) => source),
    ['handler'],
  );
});

test('lines as the test console shows them; prose is none', () => {
  const text =
    'cors (0.1 ms): no\n  validate-jwt (70 ms): JWT Validation Failed: IDX10205: x\nnote: this\nforward-request (12 ms): status code: 401';
  const entries = readGatewayTrace(text);
  assert.deepEqual(
    entries.map(({ source, status }) => [source, status]),
    [
      ['cors', undefined],
      ['validate-jwt', undefined],
      ['forward-request', 401],
    ],
  );
  assert.equal(refusalIn(entries)?.message, 'JWT Validation Failed: IDX10205: x');
  assert.equal(refusalIn(readGatewayTrace('the validate-jwt policy refused it')), undefined);
});

test('a passing call has no refusal', () => {
  const { 'on-error': _, ...fine } = TRACE.traceEntries;
  assert.equal(refusalIn(readGatewayTrace(JSON.stringify({ traceEntries: fine }))), undefined);
});

test('whatever the text, it never throws', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), fc.constant(null), fc.array(tie('any')), tie('object')),
    object: fc.dictionary(
      fc.constantFrom('traceEntries', 'inbound', 'on-error', 'source', 'data', 'message', '__proto__'),
      tie('any'),
    ),
  })).object;
  fc.assert(
    fc.property(
      fc.oneof(
        value.map((json) => JSON.stringify(json)),
        fc.string(),
      ),
      (text) => {
        assert.ok(Array.isArray(readGatewayTrace(text)));
      },
    ),
  );
});
