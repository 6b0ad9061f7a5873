import type { SecretStore } from '../core/ports.ts';
import { type Credential, credentialKey } from './credential-key.ts';
import { CredentialVault, type VaultProblem } from './credential-vault.ts';
import type { MsalPublicOptions, MsalPublicSource } from './msal-public.ts';
import { accountsIn } from './token-cache-text.ts';
import type { TokenRequest, TokenResult, TokenSource } from './token-source.ts';

export interface LazyMsalOptions extends MsalPublicOptions {
  secrets: SecretStore;
  /** Hears once of each thing that is wrong with the secret store. */
  report?: (problem: VaultProblem) => void;
  /** How long a call of the secret store may take. Default: 10 s. */
  secretsTimeoutMs?: number;
}

export interface LazyMsalSource extends TokenSource {
  /** Forgets every account this window knows of. */
  forgetAll(): Promise<void>;
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

  async function accounts(credential: Credential): Promise<string[]> {
    return accountsIn(await vault.read(credentialKey(credential))).map(({ username }) => username);
  }

  return {
    accounts,
    async acquireSilently(request: TokenRequest, signal?: AbortSignal): Promise<TokenResult> {
      if (!loading && (await accounts(request)).length === 0) {
        return { ok: false, failure: { kind: 'interactionRequired', detail: 'nobody is signed in' } };
      }
      return (await load()).acquireSilently(request, signal);
    },
    async signIn(request, signal) {
      return (await load()).signIn(request, signal);
    },
    signOut: (credential) => vault.forget(credentialKey(credential)),
    forgetAll: () => vault.forgetAll(),
    dispose: () => vault.dispose(),
  };
}
