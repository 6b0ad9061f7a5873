import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { checkBase64url, decodeBase64url } from '../../../../src/core/token/base64url.ts';

describe('decodeBase64url', () => {
  test('decodes what was encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const reading = decodeBase64url(Buffer.from(bytes).toString('base64url'));
        assert.ok(!reading.fault);
        assert.deepEqual([...reading.bytes], [...bytes]);
        assert.deepEqual([reading.padded, reading.canonical], [false, true]);
      }),
    );
  });

  test('reads right-sized padding and says so', () => {
    for (const text of ['YQ==', 'YWI=']) {
      const reading = decodeBase64url(text);
      assert.ok(!reading.fault && reading.padded);
    }
  });

  test('finds the first character outside the alphabet', () => {
    const faults = ['YQ=', 'Y=Q=', 'YWJj=', '====', 'YW+j', 'YW/j', 'YW j', 'YWJj\n', 'ab😀d', 'abé'];
    assert.deepEqual(
      faults.map((text) => {
        const { fault } = decodeBase64url(text);
        return [fault?.kind, fault?.at, fault?.found];
      }),
      [
        ['character', 3, '='],
        ['character', 2, '='],
        ['character', 5, '='],
        ['character', 1, '='],
        ['character', 3, '+'],
        ['character', 3, '/'],
        ['character', 3, ' '],
        ['character', 5, '\n'],
        ['character', 3, '😀'],
        ['character', 3, 'é'],
      ],
    );
  });

  test('refuses lengths no text can have', () => {
    assert.deepEqual(decodeBase64url('YWJjZ').fault, { kind: 'length', at: 5, found: '5' });
  });

  test('reports spare bits in the last character', () => {
    for (const [text, canonical] of [
      ['YQ', true],
      ['YR', false],
      ['YWI', true],
      ['YWJ', false],
    ] as const) {
      const reading = decodeBase64url(text);
      assert.ok(!reading.fault);
      assert.equal(reading.canonical, canonical, text);
    }
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { fault } = decodeBase64url(text);
        assert.ok(!fault || (fault.at >= 1 && fault.at <= text.length));
      }),
    );
  });

  test('checking says of any text what decoding says', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('A', 'B', '-', '_', '9', '=', '+', 'é', '😀') }),
    );
    fc.assert(
      fc.property(text, (text) => {
        const reading = decodeBase64url(text);
        const { fault, padded, canonical, byteLength } = {
          byteLength: 0,
          padded: 0,
          canonical: 0,
          ...checkBase64url(text),
        };
        assert.deepEqual(fault, reading.fault);
        if (!reading.fault) {
          assert.deepEqual([byteLength, padded, canonical], [reading.bytes.length, reading.padded, reading.canonical]);
        }
      }),
    );
  });
});
