import { type AccountInfo, type AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import { isGuid } from '../core/token/issuer-shape.ts';
import { credentialKey } from './credential-key.ts';
import type { CredentialVault } from './credential-vault.ts';
import { acquiredTokenOf, configurationOf, openNetwork } from './msal-application.ts';
import { type BrowserOptions, signInWithBrowser } from './msal-browser.ts';
import { type SilentCachePlugin, silentCachePlugin } from './msal-cache-plugin.ts';
import { signInWithDeviceCode } from './msal-device-code.ts';
import type { MsalNetwork } from './msal-network.ts';
import { NotReady } from './not-ready.ts';
import { type FailedCall, signInFailureOf } from './sign-in-failure.ts';
import { endingSoonAfter } from './stopping.ts';
import { accountsIn, type CachedAccount, withoutRefreshTokens } from './token-cache-text.ts';
import type { AcquiredToken, SignInStep, TokenRequest, TokenResult, Way } from './token-source.ts';
import { Turns } from './turns.ts';

export interface MsalPublicOptions extends BrowserOptions {
  /** For the whole of a sign-in in the browser, the user's part included. Default: 5 minutes. */
  signInTimeoutMs?: number | undefined;
}

/** A client that refreshes. It makes one call at a time. */
interface SilentClient {
  application: PublicClientApplication;
  network: MsalNetwork;
  plugin: SilentCachePlugin;
}

const SIGN_IN_TIMEOUT_MS = 5 * 60_000;
/** A refresh token that is refused so will never be taken again; MSAL keeps it unless the server calls it bad. */
const DEAD_GRANTS = new Set(['AADSTS50173', 'AADSTS70000', 'AADSTS70008', 'AADSTS700082', 'AADSTS700084']);

/** Tokens of a public client: the user signs in, in the browser or with a device code; then silently from the cache. */
export function createMsalPublic(vault: CredentialVault, options: MsalPublicOptions): Way {
  const silentClients = new Map<string, SilentClient>();
  const turns = new Turns();

  return { acquireSilently, signIn };

  async function acquireSilently(request: TokenRequest, signal = new AbortController().signal): Promise<TokenResult> {
    const key = credentialKey(request);
    const client = silentClients.get(key) ?? openSilentClient(key, request);
    const call = turns.take(key, async () => (signal.aborted ? cancelled() : refresh(client, key, request, signal)));
    return endingSoonAfter(signal, call, cancelled);
  }

  function openSilentClient(key: string, request: TokenRequest): SilentClient {
    const network = openNetwork(request, options);
    const plugin = silentCachePlugin(vault, key);
    const configuration = { ...configurationOf(request, network, options), cache: { cachePlugin: plugin } };
    const client = { application: new PublicClientApplication(configuration), network, plugin };
    silentClients.set(key, client);
    return client;
  }

  async function refresh(
    { application, network, plugin }: SilentClient,
    key: string,
    request: TokenRequest,
    signal: AbortSignal,
  ): Promise<TokenResult> {
    network.begin(signal);
    const before = await vault.read(key);
    const accounts = accountsIn(before);
    const { scopes, claims, forceRefresh = false, accountId } = request;
    const account = accountId === undefined ? accounts[0] : accounts.find((one) => one.homeAccountId === accountId);
    if (!account) return nobodySignedIn();
    try {
      const asked = { scopes: [...scopes], forceRefresh, ...(claims === undefined ? {} : { claims }) };
      const result = await application.acquireTokenSilent({ ...asked, account: accountInfo(account, request) });
      return { ok: true, token: tokenOf(result, request) };
    } catch (error) {
      if (isBadToken(error)) await plugin.persist(application.getTokenCache());
      const stopped = signal.aborted ? ({ stopped: 'cancelled' } as const) : {};
      const failure = signInFailureOf(error, { network, isInteractive: false, ...stopped });
      if (DEAD_GRANTS.has(failure.code ?? '')) {
        await vault.update(key, (stored) => withoutRefreshTokens(stored, before, account.homeAccountId));
      }
      return { ok: false, failure };
    }
  }

  /** A client of its own each time: a page nobody answers holds up no other call. */
  async function signIn(
    request: TokenRequest,
    signal = new AbortController().signal,
    onStep: (step: SignInStep) => void = () => undefined,
  ): Promise<TokenResult> {
    const withCode = request.signIn === 'deviceCode';
    // A device code says itself for how long it is good.
    const timedOut = withCode ? undefined : AbortSignal.timeout(options.signInTimeoutMs ?? SIGN_IN_TIMEOUT_MS);
    const stop = timedOut ? AbortSignal.any([signal, timedOut]) : signal;
    const network = openNetwork(request, options);
    network.begin(stop);
    const call = ask()
      .then((result): TokenResult => ({ ok: true, token: tokenOf(result, request) }))
      .catch((error: unknown) => failed(error, failedCall()));
    return endingSoonAfter(stop, call, () => failed(undefined, failedCall()));

    async function ask(): Promise<AuthenticationResult> {
      stop.throwIfAborted();
      if (withCode) return signInWithDeviceCode(request, vault, network, options, stop, onStep);
      onStep({ step: 'browser' });
      return signInWithBrowser(request, vault, network, options, stop);
    }

    function failedCall(): FailedCall {
      const stopped = signal.aborted ? 'cancelled' : timedOut?.aborted ? 'timeout' : undefined;
      return { network, isInteractive: true, ...(stopped ? { stopped } : {}) };
    }
  }
}

/** Throws when the answer holds no token, or one of another tenant than the one asked for. */
function tokenOf(result: AuthenticationResult, request: TokenRequest): AcquiredToken {
  const wanted = tenantOf(request);
  const token = acquiredTokenOf(result);
  if (wanted !== undefined && token.tenantId && token.tenantId.toLowerCase() !== wanted)
    throw new NotReady('otherTenant', token.tenantId);
  return token;
}

/** The tenant of the authority, where it is one: names such as a domain, `organizations` and `common` do not tell. */
function tenantOf({ authority }: TokenRequest): string | undefined {
  const [, tenant = ''] = new URL(authority).pathname.split('/');
  return isGuid(tenant) ? tenant.toLowerCase() : undefined;
}

/** MSAL takes the account's own tenant for the authority's, whatever the authority: a guest would get a token of home. */
function accountInfo(account: CachedAccount, request: TokenRequest): AccountInfo {
  return { ...account, tenantId: tenantOf(request) ?? account.tenantId };
}

function failed(error: unknown, call: FailedCall): TokenResult {
  return { ok: false, failure: signInFailureOf(error, call) };
}

function cancelled(): TokenResult {
  return { ok: false, failure: { kind: 'cancelled', detail: 'cancelled' } };
}

function nobodySignedIn(): TokenResult {
  return { ok: false, failure: { kind: 'interactionRequired', detail: 'nobody is signed in' } };
}

function isBadToken(error: unknown): boolean {
  const subError = typeof error === 'object' && error !== null && 'subError' in error ? error.subError : undefined;
  return subError === 'bad_token';
}
