import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { MOST_DUPLICATES, readJsonText } from '../../../../src/core/token/json-text.ts';

describe('readJsonText', () => {
  test('reads what JSON.parse reads, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.string().map((text) => `{"a":${text}}`),
        ),
        (text) => {
          let expected: unknown;
          let isJson = true;
          try {
            expected = JSON.parse(text);
          } catch {
            isJson = false;
          }
          const reading = readJsonText(text);
          assert.equal(reading.fault === undefined, isJson);
          if (isJson) assert.deepEqual(reading.value, expected);
        },
      ),
    );
  });

  test('places the first fault', () => {
    const faults = ['{"a":1,}', '{"a" 1}', '{a:1}', '{"a":1', '{"a":1} x', '/* c */{}', '{"a":tru}', '{"a":01}', ''];
    assert.deepEqual(
      faults.map((text) => {
        const { fault } = readJsonText(text);
        return [fault?.kind, fault?.at, fault?.found];
      }),
      [
        ['syntax', 8, '}'],
        ['syntax', 6, '1'],
        ['syntax', 2, 'a'],
        ['syntax', 7, undefined],
        ['syntax', 9, 'x'],
        ['syntax', 1, '/'],
        ['syntax', 6, 't'],
        ['syntax', 7, '1'],
        ['syntax', 1, undefined],
      ],
    );
  });

  test('names duplicates, in nested objects too, and not equal names of different objects', () => {
    assert.deepEqual(readJsonText('{"a":1,"b":{"c":1,"c":2},"a":2,"d":{"a":1}}').duplicates, [
      { name: 'c', at: 19 },
      { name: 'a', at: 26 },
    ]);
    assert.deepEqual(readJsonText('[{"a":1},{"a":1}]').duplicates, []);
  });

  test('bounds the duplicates it names', () => {
    const text = `{${'"a":1,'.repeat(1000)}"a":1}`;
    assert.equal(readJsonText(text).duplicates.length, MOST_DUPLICATES);
  });

  test('keeps __proto__ an ordinary member', () => {
    const value = readJsonText('{"__proto__":{"admin":true},"constructor":1}').value as Record<string, unknown>;
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.equal(value.admin, undefined);
    assert.deepEqual(Object.keys(value), ['__proto__', 'constructor']);
    assert.equal(({} as Record<string, unknown>).admin, undefined);
  });

  test('deep nesting is a warning, then a fault, never an exception', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    assert.equal(readJsonText(nested(64)).deepNesting, undefined);
    assert.deepEqual(readJsonText(nested(65)).deepNesting, { at: 65 });
    assert.equal(readJsonText(nested(512)).fault, undefined);
    assert.deepEqual(readJsonText(nested(513)).fault, { kind: 'tooDeep', at: 513 });
    assert.equal(readJsonText(nested(500_000)).fault?.kind, 'tooDeep');
    assert.equal(readJsonText('{"a":'.repeat(200_000)).fault?.kind, 'tooDeep');
  });
});
