import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainHost, plainName, plainText } from '../../../src/host/plain-text.ts';

test('no text from outside brings a link, a command or an icon', () => {
  for (const clean of [plainText, plainName, plainHost]) {
    const text = clean('[click](command:x) $(verified)');
    assert.doesNotMatch(text, /\]\(|\$\(/);
  }
});

test('a name stays on one line, reads in one direction, and is short', () => {
  const name = plainName(`orders, set up by you,\u202e\n${'\n'.repeat(60)}${'x'.repeat(200)}`);
  assert.doesNotMatch(name, /[\n\u202e]/);
  assert.ok(name.length <= 61);
});

test('a host is shown in full, however long', () => {
  const host = 'login-microsoftonline-com-oauth2-v2-authorize.a1b2c3d4e5f6a1b2c3d4e5f6.evil.example';
  assert.equal(plainHost(host), host);
});
