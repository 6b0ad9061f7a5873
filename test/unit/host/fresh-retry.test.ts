import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CauseId } from '../../../src/core/gates/cause-id.ts';
import type { Diagnosis } from '../../../src/core/why/explain.ts';
import { isIdempotent, isRefusedAsExpired, withFirstTry } from '../../../src/host/request/fresh-retry.ts';
import type { RequestResult } from '../../../src/protocol/request-view.ts';

const NOW_MS = 1_800_000_000_000;

function tokenWithExp(exp: unknown): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part({ aud: 'a', iss: 'i', exp })}.c2ln`;
}

function refusedFor(cause: CauseId): Diagnosis {
  return { isRefusal: true, causes: [{ cause }] } as unknown as Diagnosis;
}

test('a call is repeated only when the token has expired by our own judgement', () => {
  const expired = tokenWithExp(NOW_MS / 1000 - 1);
  assert.equal(isRefusedAsExpired(expired, refusedFor('token-expired'), NOW_MS), true);
  assert.equal(isRefusedAsExpired(tokenWithExp(NOW_MS / 1000 + 1), refusedFor('token-expired'), NOW_MS), false);
  assert.equal(isRefusedAsExpired(expired, refusedFor('aud-mismatch'), NOW_MS), false);
  assert.equal(isRefusedAsExpired(tokenWithExp('soon'), refusedFor('token-expired'), NOW_MS), false);
  assert.equal(isRefusedAsExpired(expired, undefined, NOW_MS), false);
});

test('what may do its work twice is no idempotent method (RFC 9110 §9.2.2)', () => {
  assert.deepEqual(['GET', 'HEAD', 'PUT', 'DELETE', 'POST', 'PATCH', 'QUERY'].filter(isIdempotent), [
    'GET',
    'HEAD',
    'PUT',
    'DELETE',
  ]);
});

test('both exchanges are shown, in order, and why there are two', () => {
  const result = (line: string, code: number): RequestResult => ({
    status: { code, words: '' },
    headers: [],
    sent: [{ line, headers: [], answer: String(code) }],
    notes: [line],
  });
  const both = withFirstTry(result('one', 401), result('two', 200));
  assert.equal(both.status?.code, 200);
  assert.deepEqual(
    both.sent.map(({ line, after }) => [line, after]),
    [
      ['one', undefined],
      ['two', 'freshToken'],
    ],
  );
  assert.equal(both.notes.length, 2);
  assert.match(both.notes[0] ?? '', /401/);
});
