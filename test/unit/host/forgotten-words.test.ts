import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayForgotten } from '../../../src/host/sign-in/forgotten-words.ts';

const CLIENT = { authority: 'https://login.example/t', clientId: 'c' };

test('what was deleted is counted, and accounts are named once', () => {
  const text = sayForgotten({
    signIns: [
      { ...CLIENT, accounts: ['megan@x', 'alex@x'], kinds: ['access', 'refresh', 'refresh'] },
      { ...CLIENT, accounts: ['megan@x'], kinds: ['secret'] },
    ],
    keys: 1,
    permissions: 3,
  });
  for (const part of ['2 accounts', '3 tokens', '1 client secret', '1 key', '3 permissions'])
    assert.ok(text.includes(part), part);
  assert.ok(text.endsWith(': megan@x, alex@x'), 'names stand behind all words');
});

test('nothing is nothing', () => {
  const nothing = sayForgotten({ signIns: [], keys: 0, permissions: 0 });
  assert.doesNotMatch(nothing, /\d/);
});
