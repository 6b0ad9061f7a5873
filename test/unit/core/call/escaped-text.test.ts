import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { joinSpans, readingsOf, replaceSpans } from '../../../../src/core/call/escaped-text.ts';
import { ESCAPES } from './secret-places.ts';

test('a text is read as written and with its escapes undone, layer by layer', () => {
  assert.deepEqual(
    readingsOf('c%6fde \\u0026sig &amp;x ^&y \\" %2541').map(({ text }) => text),
    ['c%6fde \\u0026sig &amp;x ^&y \\" %2541', 'code &sig &x &y " %41', 'code &sig &x &y " A'],
  );
  assert.deepEqual(
    readingsOf('100 % of 5').map(({ text }) => text),
    ['100 % of 5'],
  );
});

test('whatever a text is, written in any way it is found again, at the place where it stands', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]{1,40}$/), fc.constantFrom(...Object.values(ESCAPES)), (text, { write }) => {
      const written = `a ${write(`needle${text}`)} b`;
      const found = readingsOf(written).some((reading) => {
        const start = reading.text.indexOf('needle');
        if (start < 0) return false;
        const place = reading.origin({ start, end: start + 'needle'.length });
        return readingsOf(written.slice(place.start, place.end)).some((again) => again.text === 'needle');
      });
      assert.ok(found, written);
    }),
  );
});

test('a place never begins or ends inside an escape', () => {
  const [asWritten] = readingsOf('a%20b%20c');
  assert.deepEqual(asWritten?.origin({ start: 2, end: 6 }), { start: 4, end: 8 });
});

test('places that overlap or touch are replaced as one, and nothing else', () => {
  const spans = [
    { start: 6, end: 8 },
    { start: 1, end: 3 },
    { start: 2, end: 4 },
    { start: 4, end: 4 },
    { start: 4, end: 5 },
  ];
  assert.deepEqual(joinSpans(spans), [
    { start: 1, end: 5 },
    { start: 6, end: 8 },
  ]);
  assert.equal(
    replaceSpans('abcdefghi', spans, (found) => `<${found}>`),
    'a<bcde>f<gh>i',
  );
});
