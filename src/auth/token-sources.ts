import type { SignInKind } from '../core/entra/identity.ts';
import type { SecretStore } from '../core/ports.ts';
import type { AzureCliOptions } from './azure-cli.ts';
import { refuseClientOfMicrosoft } from './client-of-microsoft.ts';
import type { SecretQuestion } from './client-proof.ts';
import { ClientSecrets, clientSecretKey } from './client-secrets.ts';
import { credentialKey, credentialOf } from './credential-key.ts';
import { CredentialVault, type VaultProblem } from './credential-vault.ts';
import { heldIn } from './held-tokens.ts';
import { MemoryTokens } from './memory-tokens.ts';
import type { MsalPublicOptions } from './msal-public.ts';
import { removeOldKeys } from './old-keys.ts';
import type { TokenQuestion } from './pasted-token.ts';
import { withoutAccount } from './token-cache-text.ts';
import type { Forgotten, Held, TokenRequest, TokenSource, Way } from './token-source.ts';

export interface TokenSourceOptions extends MsalPublicOptions, Pick<AzureCliOptions, 'isInWorkspace' | 'searchPath'> {
  secrets: SecretStore;
  /**
   * Hears once of each thing that is wrong with the secret store; `askedAgain`: what it held for an authority was removed,
   * since it cannot be told whose it was.
   */
  report?: ((problem: VaultProblem | 'askedAgain') => void) | undefined;
  /** How long a call of the secret store may take. Default: 10 s. */
  secretsTimeoutMs?: number | undefined;
  /** Asks the user for a client secret; undefined when they give none. Without it nobody is asked. */
  askSecret?: ((question: SecretQuestion) => PromiseLike<string | undefined>) | undefined;
  /** Asks the user to paste a token. Without it nobody is asked. */
  askToken?: ((question: TokenQuestion) => PromiseLike<string | undefined>) | undefined;
  /** VS Code's own account. Default: there is none. */
  openVsCodeAccount?: ((memory: MemoryTokens) => Promise<Way>) | undefined;
}

export interface DisposableTokenSource extends TokenSource {
  dispose(): void;
}

/** Every way to get a token, each loaded when it is first used: MSAL not to list or forget, nor before somebody has signed in. */
export function createTokenSource(options: TokenSourceOptions): DisposableTokenSource {
  const { secrets: store, report = () => undefined, secretsTimeoutMs, askSecret, askToken } = options;
  const vault = new CredentialVault(store, { report, timeoutMs: secretsTimeoutMs });
  const secrets = new ClientSecrets(store, () => report('notWritten'), secretsTimeoutMs);
  const memory = new MemoryTokens();
  const cleared = new Map<string, Promise<void>>();
  const nobodyAsked = () => Promise.resolve(undefined);

  const publicWay = lazily(async () => (await import('./msal-public.ts')).createMsalPublic(vault, options));
  const confidential = lazily(async () => {
    const [{ ClientProofs }, { Turns }] = await Promise.all([import('./client-proof.ts'), import('./turns.ts')]);
    const proofs = new ClientProofs({ secrets, askSecret: askSecret ?? nobodyAsked });
    return { ...options, proofs, memory, turns: new Turns() };
  });
  const appOnly = lazily(async () => (await import('./app-only.ts')).createAppOnly(await confidential()));
  const ways: Record<SignInKind, () => Promise<Way>> = {
    browser: publicWay,
    deviceCode: publicWay,
    clientSecret: appOnly,
    clientCertificate: appOnly,
    onBehalfOf: lazily(async () =>
      (await import('./on-behalf-of.ts')).createOnBehalfOf({ ...(await confidential()), source }),
    ),
    azureCli: lazily(async () => {
      const [{ createAzureCli }, { withLog }] = await Promise.all([import('./azure-cli.ts'), import('./token-log.ts')]);
      return withLog(createAzureCli({ ...options, memory }), 'az', options.log);
    }),
    pasted: lazily(async () =>
      (await import('./pasted-token.ts')).createPasted({ memory, askToken: askToken ?? nobodyAsked }),
    ),
    vscode: lazily(async () => {
      if (!options.openVsCodeAccount) throw new Error('there is no account of VS Code here');
      const [account, { withLog }] = await Promise.all([options.openVsCodeAccount(memory), import('./token-log.ts')]);
      return withLog(account, 'VS Code', options.log);
    }),
  };

  const source: DisposableTokenSource = {
    async acquireSilently(request, signal) {
      const refused = refuseClientOfMicrosoft(request, options.userAuthorities?.() ?? []);
      if (refused) return refused;
      await clearOldKeys(request);
      if (isPublic(request) && !publicWay.isMade && (await heldInVault(request)).accounts.length === 0) {
        return { ok: false, failure: { kind: 'interactionRequired', detail: 'nobody is signed in' } };
      }
      return (await ways[request.signIn]()).acquireSilently(request, signal);
    },
    async signIn(request, signal, onStep) {
      const refused = refuseClientOfMicrosoft(request, options.userAuthorities?.() ?? []);
      if (refused) return refused;
      await clearOldKeys(request);
      return (await ways[request.signIn]()).signIn(request, signal, onStep);
    },
    async held(request) {
      await clearOldKeys(request);
      if (isPublic(request)) return heldInVault(request);
      const hasSecret = mayHaveSecret(request) && (await secrets.get(request)) !== undefined;
      return { accounts: accountsOf(request), tokens: [...memory.held(request), ...(hasSecret ? [SECRET] : [])] };
    },
    async signOut(request, accountId) {
      await clearOldKeys(request);
      memory.forget(request);
      if (mayHaveSecret(request)) await secrets.forget(clientSecretKey(request));
      if (!isPublic(request)) return;
      const key = credentialKey(request);
      if (accountId === undefined) return vault.forget(key);
      await vault.update(key, (stored) => withoutAccount(stored, accountId));
    },
    async forgetAll() {
      const ofMemory = forgetMemory();
      const ofSecrets = (await secrets.keys()).map(async (key): Promise<Forgotten[]> => {
        await secrets.forget(key);
        return [{ ...credentialOf(key), accounts: [], kinds: ['secret'] }];
      });
      const forgotten = await Promise.all([...(await vault.keys()).map(forgetSignIn), ...ofSecrets]);
      return [...forgotten.flat(), ...ofMemory];
    },
    onDidChange(listener) {
      const subscriptions = [vault.onDidChange(listener), memory.onDidChange(listener)];
      return {
        dispose() {
          for (const subscription of subscriptions) subscription.dispose();
        },
      };
    },
    dispose: () => vault.dispose(),
  };
  return source;

  /** Once in this window; where the store does not answer, in the next. */
  function clearOldKeys(request: TokenRequest): Promise<void> {
    const key = credentialKey(request);
    const done =
      cleared.get(key) ??
      removeOldKeys(request, store, secretsTimeoutMs ?? SECRETS_TIMEOUT_MS).then(
        (isRemoved) => (isRemoved ? report('askedAgain') : undefined),
        () => undefined,
      );
    cleared.set(key, done);
    return done;
  }

  async function heldInVault(request: TokenRequest): Promise<Held> {
    return heldIn(await vault.read(credentialKey(request)));
  }

  function accountsOf(request: TokenRequest): Held['accounts'] {
    return memory.tokens(request).flatMap(({ account, accountId = account, tenantId = '' }) => {
      if (account === '') return [];
      return [{ id: accountId, userName: account, tenantId, homeTenantId: accountId.split('.')[1] ?? tenantId }];
    });
  }

  async function forgetSignIn(key: string): Promise<Forgotten[]> {
    const { accounts, tokens } = heldIn(await vault.read(key));
    await vault.forget(key);
    if (accounts.length === 0) return [];
    const kinds = [...new Set(tokens.map(({ kind }) => kind))];
    return [{ ...credentialOf(key), accounts: accounts.map(({ userName }) => userName), kinds }];
  }

  function forgetMemory(): Forgotten[] {
    const forgotten: Forgotten[] = [];
    for (const request of memory.requests()) {
      const kinds = memory.held(request).map(({ kind }) => kind);
      if (kinds.length === 0) continue;
      const { authority, clientId } = request;
      forgotten.push({ authority, clientId, accounts: accountsOf(request).map(({ userName }) => userName), kinds });
      memory.forget(request);
    }
    return forgotten;
  }
}

const SECRETS_TIMEOUT_MS = 10_000;
const SECRET = { kind: 'secret', scopes: [] } as const;

function isPublic({ signIn }: TokenRequest): boolean {
  return signIn === 'browser' || signIn === 'deviceCode';
}

function mayHaveSecret({ signIn }: TokenRequest): boolean {
  return signIn === 'clientSecret' || signIn === 'onBehalfOf';
}

/** Makes it when it is first asked for, and once. */
function lazily<T>(make: () => Promise<T>): (() => Promise<T>) & { readonly isMade: boolean } {
  let made: Promise<T> | undefined;
  const get = () => {
    made ??= make();
    return made;
  };
  return Object.defineProperty(get, 'isMade', { get: () => made !== undefined }) as typeof get & { isMade: boolean };
}
