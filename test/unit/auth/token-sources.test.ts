import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { it } from 'node:test';
import { MemorySecretStore } from './secret-store.ts';

const loaded: string[] = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});
const { createTokenSource } = await import('../../../src/auth/token-sources.ts');

function isMsalLoaded(): boolean {
  return loaded.some((url) => url.includes('/@azure/msal-'));
}

const request = {
  signIn: 'browser' as const,
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  isCustomAuthority: false,
  clientId: '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f',
  scopes: ['api://orders/Orders.Read'],
};

it('loads MSAL with the first sign-in, not to look, list or forget', async () => {
  const source = createTokenSource({
    secrets: new MemorySecretStore(),
    openBrowser: () => Promise.resolve(false),
  });
  assert.deepEqual(await source.held(request), { accounts: [], tokens: [] });
  const silent = await source.acquireSilently(request);
  assert.equal(silent.ok ? '' : silent.failure.kind, 'interactionRequired');
  await source.signOut(request);
  assert.ok(loaded.some((url) => url.endsWith('/token-sources.ts')));
  assert.equal(isMsalLoaded(), false);

  const signIn = await source.signIn(request, AbortSignal.abort());
  assert.equal(signIn.ok ? '' : signIn.failure.kind, 'cancelled');
  assert.equal(isMsalLoaded(), true);
  source.dispose();
});
