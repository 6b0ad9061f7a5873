import type { SecretStore } from '../core/ports.ts';
import { credentialKey, credentialOf } from './credential-key.ts';
import { CredentialVault, type VaultProblem } from './credential-vault.ts';
import { heldIn } from './held-tokens.ts';
import type { MsalPublicOptions, MsalPublicSource } from './msal-public.ts';
import { withoutAccount } from './token-cache-text.ts';
import type { Forgotten, Held, TokenRequest, TokenResult, TokenSource } from './token-source.ts';

export interface LazyMsalOptions extends MsalPublicOptions {
  secrets: SecretStore;
  /** Hears once of each thing that is wrong with the secret store. */
  report?: (problem: VaultProblem) => void;
  /** How long a call of the secret store may take. Default: 10 s. */
  secretsTimeoutMs?: number;
}

export interface LazyMsalSource extends TokenSource {
  dispose(): void;
}

/**
 * Signing in with MSAL, which is loaded by the first call that needs it: not before somebody has signed in, and not to
 * list or forget accounts.
 */
export function createLazyMsalSource(lazyOptions: LazyMsalOptions): LazyMsalSource {
  const { secrets, report, secretsTimeoutMs, ...options } = lazyOptions;
  const vault = new CredentialVault(secrets, { report, timeoutMs: secretsTimeoutMs });
  let loading: Promise<MsalPublicSource> | undefined;

  function load(): Promise<MsalPublicSource> {
    loading ??= import('./msal-public.ts').then(({ createMsalPublicSource }) => createMsalPublicSource(vault, options));
    return loading;
  }

  async function held(request: TokenRequest): Promise<Held> {
    return heldIn(await vault.read(credentialKey(request)));
  }

  async function forget(key: string): Promise<Forgotten[]> {
    const { accounts, tokens } = heldIn(await vault.read(key));
    await vault.forget(key);
    if (accounts.length === 0) return [];
    const kinds = [...new Set(tokens.map(({ kind }) => kind))];
    return [{ ...credentialOf(key), accounts: accounts.map(({ userName }) => userName), kinds }];
  }

  return {
    held,
    async acquireSilently(request: TokenRequest, signal?: AbortSignal): Promise<TokenResult> {
      if (!loading && (await held(request)).accounts.length === 0) {
        return { ok: false, failure: { kind: 'interactionRequired', detail: 'nobody is signed in' } };
      }
      return (await load()).acquireSilently(request, signal);
    },
    async signIn(request, signal, onStep) {
      onStep?.({ step: 'browser' });
      return (await load()).signIn(request, signal);
    },
    async signOut(request, accountId) {
      const key = credentialKey(request);
      if (accountId === undefined) return vault.forget(key);
      return vault.update(key, (stored) => withoutAccount(stored, accountId));
    },
    async forgetAll() {
      const forgotten = await Promise.all((await vault.keys()).map(forget));
      return forgotten.flat();
    },
    onDidChange: (listener) => vault.onDidChange(listener),
    dispose: () => vault.dispose(),
  };
}
