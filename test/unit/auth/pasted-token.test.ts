import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TokenQuestion } from '../../../src/auth/pasted-token.ts';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import { createTokenSource } from '../../../src/auth/token-sources.ts';
import { MemorySecretStore } from './secret-store.ts';
import { failureIn, tokenIn } from './sign-in-world.ts';

const goesTo = { api: ['https://api.example'], exchange: ['https://login.microsoftonline.com'] };
const request: TokenRequest = {
  ...{ authority: 'https://login.microsoftonline.com/contoso.com', isCustomAuthority: false, clientId: '', scopes: [] },
  ...{ signIn: 'pasted', purpose: 'for orders', label: 'orders · job', goesTo, expect: 'managedIdentity' },
};
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = `${part({ alg: 'RS256' })}.${part({ exp: 1_700_000_000, tid: 't' })}.${part({})}`;

function openWindow(...pasted: (string | undefined)[]) {
  const questions: TokenQuestion[] = [];
  const secrets = new MemorySecretStore();
  const source = createTokenSource({
    secrets,
    openBrowser: () => Promise.resolve(false),
    askToken: (question) => {
      questions.push(question);
      return Promise.resolve(pasted.shift());
    },
  });
  return { source, secrets, questions };
}

describe('a pasted token', () => {
  it('is asked for once, and given out as it is, expired or not; never stored', async () => {
    const { source, secrets, questions } = openWindow(`Authorization: Bearer ${token}\n`);
    assert.equal(failureIn(await source.acquireSilently(request)).kind, 'interactionRequired');
    const acquired = { accessToken: token, account: '', expiresAtSec: 1_700_000_000, tenantId: 't' };
    assert.deepEqual(tokenIn(await source.signIn(request)), acquired);
    assert.deepEqual(tokenIn(await source.acquireSilently(request)), acquired);
    assert.deepEqual(questions, [{ label: 'orders · job', goesTo, expect: 'managedIdentity' }]);
    assert.equal(secrets.calls.store, 0);
    assert.deepEqual((await source.held(request)).tokens, [
      { kind: 'pasted', scopes: [], expiresAtSec: 1_700_000_000 },
    ]);
  });

  it('is another for another purpose, and the same for the same under another name', async () => {
    const { source } = openWindow(token);
    tokenIn(await source.signIn(request));
    const other = { ...request, purpose: 'for stock' } as TokenRequest;
    assert.equal(failureIn(await source.acquireSilently(other)).kind, 'interactionRequired');
    assert.equal(tokenIn(await source.acquireSilently({ ...request, label: 'x' } as TokenRequest)).accessToken, token);
  });

  it('need be no JWT, but one word', async () => {
    const { source } = openWindow('bearer opaque-token', undefined, '', 'two words');
    assert.equal(tokenIn(await source.signIn(request)).accessToken, 'opaque-token');
    for (let count = 0; count < 3; count++) {
      assert.equal(failureIn(await source.signIn(request)).reason, 'tokenNotGiven');
    }
  });

  it('is forgotten on signing out', async () => {
    const { source } = openWindow(token);
    tokenIn(await source.signIn(request));
    await source.signOut(request);
    assert.equal(failureIn(await source.acquireSilently(request)).kind, 'interactionRequired');
  });
});
