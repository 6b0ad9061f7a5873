import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CREDENTIAL_KEY_PREFIX } from '../../../src/auth/credential-key.ts';
import { CredentialVault } from '../../../src/auth/credential-vault.ts';
import { emptyTokenCache, writeTokenCache } from '../../../src/auth/token-cache-text.ts';
import { MemorySecretStore } from './secret-store.ts';

it('whoever reads while a new window still reads its store gets what is stored', async () => {
  const secrets = new MemorySecretStore();
  const key = `${CREDENTIAL_KEY_PREFIX}of a client`;
  secrets.values.set(key, writeTokenCache({ ...emptyTokenCache(), lastAccount: 'megan' }));
  const vault = new CredentialVault(secrets);
  const read = await Promise.all([vault.read(key), vault.read(key)]);
  assert.deepEqual(
    read.map(({ lastAccount }) => lastAccount),
    ['megan', 'megan'],
  );
  assert.equal(secrets.calls.get, 1);
});
