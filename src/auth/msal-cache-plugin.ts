import type { ICachePlugin, TokenCache } from '@azure/msal-node';
import type { CredentialVault } from './credential-vault.ts';
import {
  addSignIn,
  emptyTokenCache,
  mergeChanges,
  readTokenCache,
  type TokenCacheText,
  writeTokenCache,
} from './token-cache-text.ts';

export interface SilentCachePlugin extends ICachePlugin {
  /** Stores what MSAL removed from memory without saying so: a refresh token the server calls bad. */
  persist(cache: Pick<TokenCache, 'serialize'>): Promise<void>;
}

/** For a client that refreshes: MSAL reads the whole cache before each call and hands back what it changed. */
export function silentCachePlugin(vault: CredentialVault, key: string): SilentCachePlugin {
  let base = emptyTokenCache();
  /** What MSAL's memory holds, as long as nobody has changed it. */
  let inMemory: TokenCacheText | undefined;

  async function persist(cache: Pick<TokenCache, 'serialize'>): Promise<void> {
    const mine = serialized(cache);
    inMemory = undefined;
    await vault.update(key, (stored) => mergeChanges(base, mine, stored));
    base = mine;
  }

  return {
    persist,
    async beforeCacheAccess({ cacheHasChanged, tokenCache }) {
      // Before a write, memory holds what the read of the same call put there; a second one would blur the base.
      if (cacheHasChanged) return;
      base = await vault.read(key);
      if (base === inMemory) return;
      tokenCache.deserialize(writeTokenCache(base));
      inMemory = base;
    },
    async afterCacheAccess({ cacheHasChanged, tokenCache }) {
      if (cacheHasChanged) await persist(tokenCache);
    },
  };
}

/**
 * For a client that lives for one sign-in: it starts empty, and what it gets is added to what is stored. Once `stop`
 * aborts, MSAL is not kept waiting for the store, since its port is open meanwhile.
 */
export function signInCachePlugin(vault: CredentialVault, key: string, stop: AbortSignal): ICachePlugin {
  return {
    beforeCacheAccess: () => Promise.resolve(),
    async afterCacheAccess({ cacheHasChanged, tokenCache }) {
      if (!cacheHasChanged) return;
      const signedIn = serialized(tokenCache);
      const updated = vault.update(key, (stored) => addSignIn(signedIn, stored));
      await Promise.race([updated, abortOf(stop)]);
    },
  };
}

function abortOf(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function serialized(cache: Pick<TokenCache, 'serialize'>): TokenCacheText {
  return readTokenCache(cache.serialize()) ?? emptyTokenCache();
}
