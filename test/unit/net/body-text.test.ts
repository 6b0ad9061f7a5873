import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeBodyText } from '../../../src/net/body-text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

for (const [name, bytes, contentType, expected] of [
  ['UTF-8', utf8('Zoë'), 'text/plain', 'Zoë'],
  ['UTF-8 with a mark', utf8('\ufeffZoë'), 'application/json', 'Zoë'],
  ['UTF-16 with a mark', utf16('Zoë'), 'application/octet-stream', 'Zoë'],
  ['Latin-1 by charset', new Uint8Array([0x5a, 0x6f, 0xeb]), 'text/plain; charset="ISO-8859-1"', 'Zoë'],
  ['Latin-1 without a charset', new Uint8Array([0x5a, 0x6f, 0xeb]), 'text/plain', 'Zoë'],
  ['a charset that lies', new Uint8Array([0x5a, 0x6f, 0xeb]), 'text/plain; charset=utf-8', 'Zoë'],
  ['a charset nobody knows', utf8('Zoë'), 'text/plain; charset=klingon', 'Zoë'],
  ['text without a type', utf8('Zoë\n'), '', 'Zoë\n'],
  ['JSON as octets', utf8('{"a":1}'), 'application/octet-stream', '{"a":1}'],
  ['a suffix', utf8('<a/>'), 'application/vnd.x+xml', '<a/>'],
  ['nothing', new Uint8Array(), 'image/png', ''],
  ['zeros in text', new Uint8Array([65, 0, 66]), 'text/plain', undefined],
  ['control characters without a type', new Uint8Array([65, 1, 66]), '', undefined],
  ['no UTF-8 without a type', new Uint8Array([65, 0xff, 66]), 'application/pdf', undefined],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'image/png; charset=utf-8', undefined],
] as const) {
  test(`${name} is ${expected === undefined ? 'binary' : 'text'}`, () => {
    assert.equal(decodeBodyText(bytes, contentType, true), expected);
  });
}

test('text cut anywhere is a beginning of the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, length) => {
      const cut = decodeBodyText(utf8(text).subarray(0, length), 'text/plain; charset=utf-8', false);
      if (!text.includes('\0')) assert.ok(cut !== undefined && text.startsWith(cut));
    }),
  );
});

test('any bytes and type are read without an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), fc.boolean(), (bytes, contentType, isComplete) => {
      const text = decodeBodyText(bytes, contentType, isComplete);
      assert.ok(text === undefined || typeof text === 'string');
    }),
  );
});
