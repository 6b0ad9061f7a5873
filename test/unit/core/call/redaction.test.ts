import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redact } from '../../../../src/core/call/redaction.ts';
import { signToken, v2Claims } from '../entra-fixture.ts';

test('no part of a token survives', async () => {
  const token = await signToken(v2Claims());
  for (const text of [token, `Bearer ${token}`, `{"t":"${token}"}`, token.slice(0, 200), encodeURIComponent(token)]) {
    const masked = redact(`before ${text} after`);
    for (const part of token.split('.')) assert.ok(!masked.includes(part.slice(0, 40)), masked);
    assert.match(masked, /^before .* after$/);
  }
});

test('keys and secrets are masked, words and addresses are not', () => {
  const secret = 'q7w8E~abcDEF123ghiJKL456mnoPQR789stuVWX0yz';
  assert.ok(!redact(`secret ${secret}`).includes(secret));
  const address = 'https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration';
  assert.equal(redact(address), address);
  assert.equal(redact('kid 11111111-aaaa-4bbb-8ccc-000000000001'), 'kid 11111111-aaaa-4bbb-8ccc-000000000001');
});
