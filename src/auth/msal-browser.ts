import { randomBytes } from 'node:crypto';
import { type AuthenticationResult, CryptoProvider, PublicClientApplication } from '@azure/msal-node';
import { faultOfIssuer } from '../core/entra/answering-issuer.ts';
import { redirectPathOf, redirectUriAt } from '../core/entra/redirect-uri.ts';
import { isOfAuthority } from './authority-endpoints.ts';
import { credentialKey } from './credential-key.ts';
import type { CredentialVault } from './credential-vault.ts';
import { configurationOf, type MsalOptions } from './msal-application.ts';
import { signInCachePlugin } from './msal-cache-plugin.ts';
import type { MsalNetwork } from './msal-network.ts';
import { NotReady } from './not-ready.ts';
import { type AuthorizeAnswer, listenForRedirect, NoPort } from './redirect-listener.ts';
import { SignInStopped } from './sign-in-failure.ts';
import { untilAborted } from './stopping.ts';
import type { TokenRequest } from './token-source.ts';

export interface BrowserOptions extends MsalOptions {
  /** Opens the system's browser; false when the user did not want that. */
  openBrowser: (url: string) => PromiseLike<boolean>;
  /**
   * The `http://localhost:<port>` that leads the browser to this port: another one where VS Code's window runs on another
   * machine. Undefined when nothing does. Default: this very port.
   */
  redirectUriFor?: ((port: number) => PromiseLike<string | undefined>) | undefined;
  /** The port the browser comes back to; a free one when absent or taken. */
  preferredPort?: number | undefined;
}

/**
 * Signs in with the system's browser: authorization code with PKCE (RFC 8252). By a listener of our own, since MSAL's
 * takes no redirect address, stays open when nobody answers and cannot be cancelled.
 */
export async function signInWithBrowser(
  request: TokenRequest,
  vault: CredentialVault,
  network: MsalNetwork,
  options: BrowserOptions,
  stop: AbortSignal,
): Promise<AuthenticationResult> {
  const state = randomBytes(32).toString('base64url');
  const path = redirectPathOf(request.authority);
  const listener = await listenForRedirect(state, path, options.preferredPort).catch((error: unknown) => {
    throw error instanceof NoPort ? new SignInStopped('portTaken', `no free port (${error.message})`) : error;
  });
  try {
    const redirectUri = redirectUriAt(await loopbackFor(listener.port, options, stop), request.authority);
    const application = new PublicClientApplication({
      ...configurationOf(request, network, options),
      cache: { cachePlugin: signInCachePlugin(vault, credentialKey(request), stop) },
    });
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const asked = {
      scopes: [...request.scopes],
      redirectUri,
      ...(request.claims === undefined ? {} : { claims: request.claims }),
    };
    const url = await application.getAuthCodeUrl({
      ...asked,
      ...hintOf(request),
      responseMode: 'form_post',
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      state,
    });
    await openBrowser(url, request, options, stop);
    const answer = await untilAborted(stop, listener.answer);
    requireIssuer(answer, request, network);
    if (answer.error !== undefined) throw new AuthorizeRefusal(answer);
    return await application.acquireTokenByCode({
      ...asked,
      code: answer.code ?? '',
      codeVerifier: verifier,
      clientInfo: answer.client_info ?? '',
    });
  } finally {
    await listener.close();
  }
}

async function loopbackFor(port: number, { redirectUriFor }: BrowserOptions, stop: AbortSignal): Promise<string> {
  const own = `http://localhost:${port}`;
  if (!redirectUriFor) return own;
  const uri = await untilAborted(stop, redirectUriFor(port));
  if (uri === undefined || !/^http:\/\/localhost:\d{1,5}$/.test(uri)) throw new NotReady('noLocalRedirect');
  return uri;
}

async function openBrowser(url: string, { authority }: TokenRequest, options: BrowserOptions, stop: AbortSignal) {
  if (!isOfAuthority(url, authority)) throw new SignInStopped('other', 'the sign-in page is on another host');
  stop.throwIfAborted();
  const isOpened = await untilAborted(stop, options.openBrowser(url));
  if (!isOpened) throw new SignInStopped('cancelled', 'the browser was not opened');
}

/** Before anything of the answer is used, a refusal included: another server may have given it (RFC 9700 §4.4). */
function requireIssuer({ iss }: AuthorizeAnswer, { authority }: TokenRequest, { published }: MsalNetwork): void {
  const fault = faultOfIssuer(iss, authority, published);
  if (fault) throw new NotReady(fault, iss === undefined ? undefined : `It says: ${iss}.`);
}

function hintOf(request: TokenRequest): { loginHint: string } | { prompt: 'select_account' } {
  const loginHint = request.signIn === 'browser' ? request.loginHint : undefined;
  return loginHint === undefined ? { prompt: 'select_account' } : { loginHint };
}

/** What the login host answered by way of the browser, in the form MSAL gives such errors. */
class AuthorizeRefusal extends Error {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly subError: string;
  readonly claims: string;
  constructor({ error = '', error_description = '', suberror = '', claims = '' }: AuthorizeAnswer) {
    super(error);
    this.name = 'ServerError';
    this.errorCode = error;
    this.errorMessage = error_description;
    this.subError = suberror;
    this.claims = claims;
  }
}
