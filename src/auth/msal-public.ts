import { type AccountInfo, type AuthenticationResult, LogLevel, PublicClientApplication } from '@azure/msal-node';
import type { Redacted } from '../core/call/redaction.ts';
import { redact } from '../core/call/redaction.ts';
import { answerWithCancel, isAnsweredElsewhere } from './browser-answer.ts';
import { credentialKey, isOfAuthority } from './credential-key.ts';
import type { CredentialVault } from './credential-vault.ts';
import { type SilentCachePlugin, signInCachePlugin, silentCachePlugin } from './msal-cache-plugin.ts';
import { createMsalNetwork, type MsalNetwork } from './msal-network.ts';
import { type FailedCall, SignInStopped, signInFailureOf } from './sign-in-failure.ts';
import { NOT_SIGNED_IN_PAGE, SIGNED_IN_PAGE } from './sign-in-pages.ts';
import { accountsIn, type CachedAccount } from './token-cache-text.ts';
import type { TokenRequest, TokenResult, TokenSource } from './token-source.ts';

export interface MsalPublicOptions {
  /** Opens the system's browser; false when the user did not want that. */
  openBrowser: (url: string) => PromiseLike<boolean>;
  /** For the whole of a sign-in, the user's part included. Default: 5 minutes. */
  signInTimeoutMs?: number;
  /** For each request to the login host. Default: 20 s. */
  requestTimeoutMs?: number;
  /** The port the browser comes back to; a free one when absent or taken. */
  preferredPort?: number;
  /** MSAL's own log, warnings and errors. */
  log?: (line: Redacted) => void;
}

export type MsalPublicSource = Pick<TokenSource, 'acquireSilently' | 'signIn'>;

/** A client that refreshes, and the end of the last call made with it: one call at a time. */
interface SilentClient {
  application: PublicClientApplication;
  network: MsalNetwork;
  plugin: SilentCachePlugin;
  lastCall: Promise<unknown>;
}

const SIGN_IN_TIMEOUT_MS = 5 * 60_000;
const REQUEST_TIMEOUT_MS = 20_000;
/** How long a call that was stopped may take to end: a keyring that asks the user may hold it up for ever. */
const GRACE_MS = 2_000;

/** Tokens of a public client: authorization code with PKCE in the system's browser, then silently from the cache. */
export function createMsalPublicSource(vault: CredentialVault, options: MsalPublicOptions): MsalPublicSource {
  const silentClients = new Map<string, SilentClient>();

  return { acquireSilently, signIn };

  async function acquireSilently(request: TokenRequest, signal = new AbortController().signal): Promise<TokenResult> {
    const key = credentialKey(request);
    const client = silentClients.get(key) ?? openSilentClient(key, request);
    const call = client.lastCall.then(() => (signal.aborted ? cancelled() : refresh(client, key, request, signal)));
    client.lastCall = call.catch(() => undefined);
    return endingSoonAfter(signal, call, cancelled);
  }

  function openSilentClient(key: string, request: TokenRequest): SilentClient {
    const network = openNetwork(request);
    const plugin = silentCachePlugin(vault, key);
    const application = openApplication(request, network, plugin);
    const client = { application, network, plugin, lastCall: Promise.resolve() };
    silentClients.set(key, client);
    return client;
  }

  async function refresh(
    { application, network, plugin }: SilentClient,
    key: string,
    { scopes, claims }: TokenRequest,
    signal: AbortSignal,
  ): Promise<TokenResult> {
    network.begin(signal);
    const [account] = accountsIn(await vault.read(key));
    if (!account) return nobodySignedIn();
    try {
      const asked = { account: accountInfo(account), scopes: [...scopes], ...(claims ? { claims } : {}) };
      return tokenOf(await application.acquireTokenSilent(asked), network);
    } catch (error) {
      if (isBadToken(error)) await plugin.persist(application.getTokenCache());
      return failed(error, { network, isInteractive: false, ...(signal.aborted ? { stopped: 'cancelled' } : {}) });
    }
  }

  /** A client of its own each time: a page nobody answers holds up no other call. */
  async function signIn(request: TokenRequest, signal = new AbortController().signal): Promise<TokenResult> {
    const timedOut = AbortSignal.timeout(options.signInTimeoutMs ?? SIGN_IN_TIMEOUT_MS);
    const stop = AbortSignal.any([signal, timedOut]);
    const network = openNetwork(request);
    network.begin(stop);
    const call = askInBrowser(request, network, stop).then(
      (result) => tokenOf(result, network),
      (error: unknown) => failed(error, failedCall()),
    );
    return endingSoonAfter(stop, call, () => failed(undefined, failedCall()));

    function failedCall(): FailedCall {
      const stopped = signal.aborted ? 'cancelled' : timedOut.aborted ? 'timeout' : undefined;
      return { network, isInteractive: true, ...(stopped ? { stopped } : {}) };
    }
  }

  async function askInBrowser(request: TokenRequest, network: MsalNetwork, stop: AbortSignal) {
    stop.throwIfAborted();
    const { scopes, claims, authority } = request;
    const loginHint = request.signIn === 'browser' ? request.loginHint : undefined;
    const application = openApplication(request, network, signInCachePlugin(vault, credentialKey(request), stop));
    let cancelInBrowser = (): void => undefined;
    try {
      return await application.acquireTokenInteractive({
        scopes: [...scopes],
        ...(claims ? { claims } : {}),
        ...(loginHint ? { loginHint } : { prompt: 'select_account' }),
        ...(options.preferredPort ? { preferredPort: options.preferredPort } : {}),
        successTemplate: SIGNED_IN_PAGE,
        errorTemplate: NOT_SIGNED_IN_PAGE,
        async openBrowser(url) {
          if (!isOfAuthority(url, authority)) throw new SignInStopped('other', 'the sign-in page is on another host');
          if (await isAnsweredElsewhere(url)) throw new SignInStopped('portTaken', 'another program has the port');
          stop.throwIfAborted();
          const isOpened = await untilAborted(stop, options.openBrowser(url));
          if (!isOpened) throw new SignInStopped('cancelled', 'the browser was not opened');
          stop.throwIfAborted();
          // From here on MSAL listens until somebody answers, so it is answered.
          cancelInBrowser = () => void answerWithCancel(url);
          stop.addEventListener('abort', cancelInBrowser, { once: true });
        },
      });
    } finally {
      stop.removeEventListener('abort', cancelInBrowser);
    }
  }

  function openNetwork({ authority }: TokenRequest): MsalNetwork {
    const isAllowed = (url: string) => isOfAuthority(url, authority);
    return createMsalNetwork({ isAllowed, timeoutMs: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS });
  }

  function openApplication(
    { authority, clientId, isCustomAuthority }: TokenRequest,
    networkClient: MsalNetwork,
    cachePlugin: NonNullable<ConstructorParameters<typeof PublicClientApplication>[0]['cache']>['cachePlugin'] & object,
  ): PublicClientApplication {
    return new PublicClientApplication({
      auth: { clientId, authority, knownAuthorities: isCustomAuthority ? [new URL(authority).host] : [] },
      cache: { cachePlugin },
      system: {
        networkClient,
        loggerOptions: {
          logLevel: LogLevel.Warning,
          piiLoggingEnabled: false,
          loggerCallback: (_level, message, containsPii) => {
            if (!containsPii) options.log?.(redact(networkClient.maskSecrets(message)));
          },
        },
      },
    });
  }
}

function tokenOf({ accessToken, expiresOn, account }: AuthenticationResult, network: MsalNetwork): TokenResult {
  if (!accessToken || !expiresOn) {
    return failed(new SignInStopped('other', 'the answer holds no access token'), { network, isInteractive: true });
  }
  const expiresAtSec = Math.floor(expiresOn.getTime() / 1000);
  return { ok: true, token: { accessToken, expiresAtSec, account: account?.username ?? '' } };
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

function accountInfo({ homeAccountId, localAccountId, environment, tenantId, username }: CachedAccount): AccountInfo {
  return { homeAccountId, localAccountId, environment, tenantId, username };
}

function isBadToken(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'subError' in error && error.subError === 'bad_token';
}

/** The value, or a rejection as soon as the signal aborts. */
function untilAborted<T>(signal: AbortSignal, value: PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    // The call that made the value may itself have led to the abort.
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    value.then(resolve, reject).then(() => signal.removeEventListener('abort', stop));
  });
}

/** The call's own result; when it does not end within {@link GRACE_MS} of the abort, `otherwise`. */
async function endingSoonAfter(
  signal: AbortSignal,
  call: Promise<TokenResult>,
  otherwise: () => TokenResult,
): Promise<TokenResult> {
  let timer: NodeJS.Timeout | undefined;
  let giveUp = (): void => undefined;
  const late = new Promise<TokenResult>((resolve) => {
    giveUp = () => {
      timer = setTimeout(() => resolve(otherwise()), GRACE_MS);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}
