import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskText } from '../../../../src/core/call/mask-text.ts';
import { redact } from '../../../../src/core/call/redaction.ts';
import { BESIDE_TEXTS, HARMLESS_TEXTS, PUBLIC_TEXTS } from './harmless-texts.ts';
import { ESCAPES } from './secret-places.ts';

test('codes, ids, addresses, policies and sentences are not masked, however they are escaped', (t) => {
  const changed: string[] = [];
  const texts = [...HARMLESS_TEXTS, ...BESIDE_TEXTS, ...PUBLIC_TEXTS];
  for (const text of texts) {
    for (const [way, { write }] of Object.entries(ESCAPES)) {
      const written = write(text);
      const masked = maskText(written);
      if (masked !== written) changed.push(`${way}: ${masked}`);
    }
  }
  t.diagnostic(`${texts.length * Object.keys(ESCAPES).length} texts`);
  assert.deepEqual(changed, []);
});

/** Ids that look like a key: a log does without them. */
const LONG_IDS = /[0-9A-Fa-f]{32}|x-azure-ref/;

test('of a log everything stays that a key cannot be', () => {
  const texts = HARMLESS_TEXTS.filter((text) => !LONG_IDS.test(text));
  const changed = texts.filter((text) => redact(text) !== text).map(redact);
  assert.deepEqual(changed, []);
});
