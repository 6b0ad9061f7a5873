import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { MOST_DUPLICATES, readJsonText } from '../../../../src/core/token/json-text.ts';

describe('readJsonText', () => {
  test('takes for JSON what JSON.parse does, and nothing else', () => {
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      fc.string().map((text) => `{"a":${text}}`),
    );
    fc.assert(
      fc.property(text, (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        assert.equal(readJsonText(text).fault === undefined, isJson);
      }),
    );
  });

  test('reads any value back, in plain words and with everything escaped', () => {
    fc.assert(
      fc.property(fc.jsonValue().filter(hasNoMinusZero), (value) => {
        const text = JSON.stringify(value);
        assert.deepEqual(readJsonText(text).value, value);
        assert.deepEqual(readJsonText(escapeLetters(text)).value, value);
      }),
    );
  });

  test('tells names with escapes apart, whatever was read before', () => {
    readJsonText('{"a":1,"\\\\":1}');
    assert.deepEqual(Object.keys(readJsonText('{"a":1,"\\u0062":1}').value ?? {}), ['a', 'b']);
    JSON.parse('{"c":1,"\\\\":1}');
    assert.deepEqual(Object.keys(readJsonText('{"c":1,"\\u0062":1}').value ?? {}), ['c', 'b']);
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

  test('finds duplicates in any text that has them, and in no other', () => {
    const name = fc.constantFrom('a', '\\u0061', ':', '{', '}\\"', '\\\\', '__proto__', '1', '');
    const { node } = fc.letrec<{ node: { text: string; hasDuplicate: boolean } }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('1', 'null', '":"', '"{\\"a\\":1"', '[]', '{}').map((text) => ({ text, hasDuplicate: false })),
        fc.array(tie('node')).map((items) => ({
          text: `[${items.map(({ text }) => text).join(' , ')}]`,
          hasDuplicate: items.some(({ hasDuplicate }) => hasDuplicate),
        })),
        fc.array(fc.tuple(name, tie('node')), { maxLength: 4 }).map((members) => ({
          text: `{ ${members.map(([name, { text }]) => `"${name}" : ${text}`).join(',')}}`,
          hasDuplicate:
            new Set(members.map(([name]) => JSON.parse(`"${name}"`))).size < members.length ||
            members.some(([, { hasDuplicate }]) => hasDuplicate),
        })),
      ),
    }));
    fc.assert(
      fc.property(node, ({ text, hasDuplicate }) => {
        const { fault, duplicates } = readJsonText(text);
        assert.equal(fault, undefined, text);
        assert.equal(duplicates.length > 0, hasDuplicate, text);
      }),
      { numRuns: 1000 },
    );
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

/** Each letter of a string as its code, `\u0061`; words such as `true` stand in no string. */
function escapeLetters(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text.replace(/\\u[0-9a-f]{4}|\\.|[A-Za-z]/g, (all) =>
      all.length > 1 ? all : `\\u${all.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
}

/** JSON.stringify writes -0 as 0. */
function hasNoMinusZero(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return !Object.is(value, -0);
  return Object.values(value).every(hasNoMinusZero);
}
