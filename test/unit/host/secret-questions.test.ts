import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../../../src/core/app-error.ts';
import { standInForWindow } from './asked-window.ts';

const window = standInForWindow();
const { askClientSecret, askPastedToken } = await import('../../../src/host/sign-in/secret-questions.ts');

const API = 'https://api.example';
const LOGIN = 'https://login.microsoftonline.com';
const ELSEWHERE = 'x. Goes to: https://good.example';

async function promptOf(ask: () => PromiseLike<unknown>): Promise<string> {
  window.prompts.length = 0;
  await ask();
  return window.prompts[0] ?? '';
}

/** Every word of a prompt that is an address. */
const addressesIn = (prompt: string) => prompt.split(' ').filter((word) => word.startsWith('https://'));

test('who pastes a token is told of every place it may go to, and of no other', async () => {
  for (const [api, exchange] of [
    [[API], []],
    [[API, 'https://other.example'], [LOGIN]],
    [[], [LOGIN]],
    [[], []],
    [[`${API}/${ELSEWHERE}`], [`${LOGIN}\n${ELSEWHERE}`]],
  ] as const) {
    const prompt = await promptOf(() => askPastedToken({ label: ELSEWHERE, goesTo: { api, exchange } }));
    assert.deepEqual(addressesIn(prompt).length, api.length + exchange.length, prompt);
  }
});

test('who gives a client’s secret is told of the one place it goes to', async () => {
  for (const isRejected of [true, false]) {
    const plain = await promptOf(() => askClientSecret({ clientId: 'c', authority: LOGIN, isRejected }));
    assert.deepEqual(addressesIn(plain), [LOGIN]);
    const hostile = { clientId: ELSEWHERE, authority: `${LOGIN}/ ${ELSEWHERE}`, isRejected };
    assert.equal(addressesIn(await promptOf(() => askClientSecret(hostile))).length, 1);
  }
});

test('what is too long to be shown whole is not asked for', async () => {
  const goesTo = { api: Array.from({ length: 300 }, (_, at) => `https://${at}.api.example`), exchange: [] };
  await assert.rejects(askPastedToken({ label: 'l', goesTo }), AppError);
  await assert.rejects(
    askClientSecret({ clientId: 'c', authority: LOGIN + '/a'.repeat(3_000), isRejected: false }),
    AppError,
  );
});
