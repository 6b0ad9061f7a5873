import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CREDENTIAL_KEY_PREFIX } from '../../../src/auth/credential-key.ts';
import { CredentialVault } from '../../../src/auth/credential-vault.ts';
import { emptyTokenCache, writeTokenCache } from '../../../src/auth/token-cache-text.ts';
import { MemorySecretStore } from './secret-store.ts';

const KEY = `${CREDENTIAL_KEY_PREFIX}of a client`;

it('whoever reads while a new window still reads its store gets what is stored', async () => {
  const secrets = new MemorySecretStore();
  secrets.values.set(KEY, writeTokenCache({ ...emptyTokenCache(), lastAccount: 'megan' }));
  const vault = new CredentialVault(secrets);
  const read = await Promise.all([vault.read(KEY), vault.read(KEY)]);
  assert.deepEqual(
    read.map(({ lastAccount }) => lastAccount),
    ['megan', 'megan'],
  );
  assert.equal(secrets.calls.get, 1);
});

it('a sign-out that the store refuses is not undone by what was being read meanwhile', async () => {
  const secrets = new MemorySecretStore();
  const held = writeTokenCache({ ...emptyTokenCache(), lastAccount: 'megan' });
  const { promise: answered, resolve: answer } = Promise.withResolvers<string>();
  secrets.get = () => answered;
  secrets.failing.add('delete');
  const vault = new CredentialVault(secrets);
  const read = vault.read(KEY);
  await assert.rejects(vault.forget(KEY));
  answer(held);
  assert.equal((await read).lastAccount, undefined);
  assert.equal((await vault.read(KEY)).lastAccount, undefined);
});
