import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskBeginning } from '../../../../src/core/call/mask-beginning.ts';
import { maskText } from '../../../../src/core/call/mask-text.ts';
import { Chance } from '../random.ts';
import { leakOf, NAMED_PLACES, SECRETS } from './secret-places.ts';

const chance = new Chance(402);
const LONGEST = 4000;

/** Secrets, and the part of a text that holds one. */
const PLACED: readonly [secret: string, text: string][] = [
  ...Object.values(NAMED_PLACES).flatMap((write): [string, string][] =>
    ['subscriptionKey', 'functionsKey', 'token'].map((kind) => {
      const secret = SECRETS[kind]?.(chance) ?? '';
      return [secret, write(secret)];
    }),
  ),
  ['correct-horse-battery-9', '<password>correct-horse-battery-9</password>'],
  ['correct-horse-battery-9', 'https://bob:correct-horse-battery-9@h/'],
  ['correct-horse-battery-9', '{"value":"correct-horse-battery-9","name":"password"}'],
];

test('of a secret that a cut goes through nothing stays, wherever it is cut', (t) => {
  let tried = 0;
  for (const [secret, text] of PLACED) {
    for (let part = 0; part <= 4; part++) {
      const before = LONGEST - Math.floor((text.length * part) / 4);
      const filler = 'a word '.repeat(LONGEST).slice(0, before - 1);
      for (const after of ['', '\nmore\n', `\n${'more words '.repeat(LONGEST)}`]) {
        tried++;
        const shown = maskBeginning(`${filler}\n${text}${after}`, LONGEST);
        assert.ok(shown.length <= LONGEST);
        assert.equal(leakOf(secret, shown), undefined, `${text}: ${shown.slice(-200)}`);
      }
    }
  }
  t.diagnostic(`${tried} texts`);
});

test('nor where the text is cut for reading, though little is left of what was masked', () => {
  const token = `eyJhbGciOiJSUzI1NiJ9.${'eyJhdWQi'.repeat(2000)}.${'Ab3'.repeat(114)}`;
  const key = SECRETS.functionsKey?.(chance) ?? '';
  for (let cut = 1; cut < key.length; cut++) {
    const before = LONGEST + 16 * 1024 - cut - token.length - 1;
    const shown = maskBeginning(`${token}\n${'x '.repeat(before).slice(0, before)}${key} and more`, LONGEST);
    assert.ok(!shown.includes(key.slice(0, 12)), shown.slice(-100));
  }
});

test('a text that is no longer stays whole, and a longer one ends with a line', () => {
  const short = 'Authorization: Bearer abcdefgh\nAccept: */*\n';
  assert.equal(maskBeginning(short, LONGEST), maskText(short));
  const lines = 'one line of words\n'.repeat(LONGEST);
  const shown = maskBeginning(lines, LONGEST);
  assert.ok(lines.startsWith(`${shown}\n`) && shown.endsWith('words') && shown.length > LONGEST - 20);
});

test('an element whose end is cut off is masked to the end of its line', () => {
  for (const text of ['<a><password>Summer2026!x', '<password>Summer2026!x', '<a>\n <t:ClientSecret>Summer2026!x\n'])
    assert.ok(!maskText(text).includes('Summer'), maskText(text));
  for (const text of ['az login -p <password> --tenant x', 'send a <password>.', 'https://me:<password>@h/x'])
    assert.equal(maskText(text), text);
});
