import assert from 'node:assert/strict';
import { it } from 'node:test';
import { withoutEnd } from '../../../src/core/without-end.ts';

it('takes a character off the end of a text as often as it stands there, and from nowhere else', () => {
  const cases: [text: string, rest: string][] = [
    ['', ''],
    ['a', 'a'],
    ['a/', 'a'],
    ['//a/b///', '//a/b'],
    ['///', ''],
    ['a/\n', 'a/\n'],
  ];
  for (const [text, rest] of cases) assert.equal(withoutEnd(text, '/'), rest);
});
