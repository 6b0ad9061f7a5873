import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resultOf, stayedBehindNote } from '../../../src/host/request/request-result.ts';
import type { SendResult } from '../../../src/net/sender.ts';

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
