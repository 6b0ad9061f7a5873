import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../../src/core/call/call.ts';
import type { RequestFault } from '../../../src/core/call/exchange.ts';
import { resultOf, stayedBehindNote } from '../../../src/host/request/request-result.ts';
import type { SendResult } from '../../../src/net/sender.ts';

const CALL: Call = { method: 'GET', url: 'x', headers: [], authorization: { type: 'none', setBy: 'caller' } };
const SECRET = 'a/secret+of=32"characters-0123456';

function previewOf(text: string): string {
  const body = { text, bytes: text.length, isComplete: true };
  const headers = [{ name: 'Content-Type', value: 'application/json' }];
  const sent: SendResult = {
    exchanges: [{ response: { status: 200, headers, headersComplete: true, body } }],
    droppedCredentials: [],
    ignoredHeaders: [],
  };
  return resultOf(sent, undefined, [SECRET]).bodyPreview?.text ?? '';
}

test('an echoed secret is masked in the preview, however the answer writes it', () => {
  const preview = previewOf(
    JSON.stringify({ plain: SECRET, url: `/?code=${encodeURIComponent(SECRET)}`, other: 'kept' }),
  );
  assert.equal(preview.match(/••••/g)?.length, 2);
  assert.ok(preview.includes('kept') && !preview.includes('0123'));
});

test('a secret that the end of the preview cuts in two leaves nothing of itself', () => {
  for (let before = 0; before < SECRET.length; before += 5) {
    const preview = previewOf(`${'.'.repeat(64 * 1024 - before)}${SECRET}${'.'.repeat(100)}`);
    assert.ok(preview.length > 60_000);
    assert.ok(!preview.includes('a/s'), `${before}`);
  }
});

test('what stayed behind is told in the same words for a redirect and for a button', () => {
  const stayed = { from: 'https://a.example', to: 'https://b.example', names: ['Authorization', 'the body'] };
  const sent: SendResult = { exchanges: [{}], droppedCredentials: [stayed], ignoredHeaders: [] };
  const { notes } = resultOf(sent, undefined, []);
  assert.deepEqual(notes, [stayedBehindNote(stayed, 'Redirected')]);
  for (const part of [stayed.from, stayed.to, ...stayed.names])
    assert.ok(stayedBehindNote(stayed, 'Moved').includes(part));
});

test('a request that must not be sent has its fault in words of its own, and is not shown as sent', () => {
  const faults: RequestFault[] = ['ERR_CREDENTIAL_ORIGIN', 'ERR_INVALID_HEADER_NAME', 'ERR_INVALID_URL'];
  const results = faults.map((detail) => {
    const exchange = { call: CALL, failure: { kind: 'notSent', detail } } as const;
    return resultOf({ exchanges: [exchange], droppedCredentials: [], ignoredHeaders: [] }, undefined, []);
  });
  assert.equal(new Set(results.map(({ failure }) => failure?.text)).size, faults.length);
  for (const { sent } of results) assert.deepEqual(sent, []);
});

test('a redirect that was not followed names where it led, or that nobody may see it', () => {
  const noteTo = (to: string) => {
    const notFollowed = { from: 'https://a.example', to, reason: 'credentialInAddress' } as const;
    return resultOf({ exchanges: [{}], droppedCredentials: [], ignoredHeaders: [], notFollowed }, undefined, [])
      .notes[0];
  };
  assert.ok(noteTo('https://b.example')?.includes('https://b.example'));
  assert.ok(!noteTo('')?.includes('  '));
});
