import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokensInResponse } from '../../../src/host/request/response-tokens.ts';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (sub: string) => `${part({ alg: 'RS256' })}.${part({ sub })}.${'A'.repeat(342)}`;

test('finds the tokens of headers and body, each once', () => {
  const text = JSON.stringify({ access_token: token('a'), id_token: token('b') });
  const found = tokensInResponse({
    status: 200,
    headers: [{ name: 'X-MS-TOKEN-AAD-ID-TOKEN', value: token('b') }],
    headersComplete: true,
    body: { text, bytes: text.length, isComplete: true },
  });
  assert.deepEqual(
    found.map(({ raw, where }) => [raw, where]),
    [
      [token('b'), { part: 'header', name: 'X-MS-TOKEN-AAD-ID-TOKEN' }],
      [token('a'), { part: 'body' }],
    ],
  );
});

test('lists at most 20, and none of an answer that brings none', () => {
  const text = Array.from({ length: 50 }, (_, index) => token(`user-${index}`)).join('\n');
  const response = { headers: [], headersComplete: true, body: { text, bytes: text.length, isComplete: true } };
  assert.equal(tokensInResponse(response).length, 20);
  assert.deepEqual(tokensInResponse(undefined), []);
  assert.deepEqual(tokensInResponse({ ...response, body: { text: 'no token', bytes: 8, isComplete: true } }), []);
});
