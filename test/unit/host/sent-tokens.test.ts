import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SentTokens } from '../../../src/host/request/sent-tokens.ts';
import { NOW_MS, NOW_SEC, signToken, v2Claims } from '../core/entra-fixture.ts';

test('keeps what a token says, never the token, and only while it holds', async () => {
  const tokens = new SentTokens();
  const raw = await signToken(v2Claims({ exp: NOW_SEC + 60 }));
  tokens.remember('orders · me', raw);
  const bearer = tokens.of('orders · me', NOW_MS);
  assert.equal(bearer?.token?.payload.exp, NOW_SEC + 60);
  assert.equal(bearer?.raw, undefined);
  assert.ok(!JSON.stringify([...Object.values(bearer ?? {})]).includes(raw.split('.')[2] ?? raw));
  assert.equal(tokens.of('orders · me', NOW_MS + 60_000), undefined);
  assert.equal(tokens.of('orders · other', NOW_MS), undefined);
  tokens.forgetAll();
  assert.equal(tokens.of('orders · me', NOW_MS), undefined);
});
