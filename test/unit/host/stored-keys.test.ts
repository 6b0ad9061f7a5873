import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoredKeys } from '../../../src/host/request/stored-keys.ts';
import { MemorySecretStore } from '../auth/secret-store.ts';
import { encodeToken } from '../core/entra-fixture.ts';

const ORIGIN = 'https://api.example';
const unavailable = { name: 'AppError', code: 'secretsUnavailable' };

test('a key is found for its origin and kind only', async () => {
  const keys = new StoredKeys(new MemorySecretStore());
  await keys.storeKey(ORIGIN, 'functionsHeader', 'secret');
  assert.equal(await keys.key(ORIGIN, 'functionsQuery'), 'secret');
  assert.equal(await keys.hasKey(ORIGIN, 'functionsHeader'), true);
  assert.equal(await keys.hasKey(ORIGIN, 'subscriptionHeader'), false);
  assert.equal(await keys.hasKey('https://other.example', 'functionsHeader'), false);
});

test('a store that fails is said to who sends or stores, and leaves the form alone', async () => {
  const secrets = new MemorySecretStore();
  const keys = new StoredKeys(secrets);
  for (const call of ['get', 'store', 'delete'] as const) secrets.failing.add(call);
  assert.equal(await keys.hasKey(ORIGIN, 'functionsHeader'), false);
  await assert.rejects(keys.key(ORIGIN, 'functionsHeader'), unavailable);
  await assert.rejects(keys.storeKey(ORIGIN, 'functionsHeader', 'secret'), unavailable);
  await assert.rejects(keys.storeKey(ORIGIN, 'functionsHeader', undefined), unavailable);
});

test('a token is no key: it is not kept, and one that was kept is not given', async () => {
  const token = encodeToken({ alg: 'RS256' }, { aud: 'https://graph.microsoft.com' }, 'x');
  const encrypted = `${Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url')}..aaaa.bbbb.cccc`;
  for (const value of [token, `Bearer ${token}`, encrypted, Buffer.from(token).toString('base64')]) {
    const secrets = new MemorySecretStore();
    const keys = new StoredKeys(secrets);
    await assert.rejects(keys.storeKey(ORIGIN, 'subscriptionHeader', value), {
      code: 'badKey',
      message: /Pasted token/,
    });
    assert.deepEqual(await secrets.keys(), []);
    await secrets.store(`key:subscription|${ORIGIN}`, value);
    await assert.rejects(keys.key(ORIGIN, 'subscriptionHeader'), { code: 'badKey' });
    assert.equal(await keys.hasKey(ORIGIN, 'subscriptionHeader'), false);
    await keys.storeKey(ORIGIN, 'subscriptionHeader', undefined);
    assert.deepEqual(await secrets.keys(), []);
  }
});
