/** One way to get a token. What identifies the credential is all here: a stored secret is never keyed by a name. */
export interface TokenRequest {
  /** Authority with tenant, such as `https://login.microsoftonline.com/contoso.onmicrosoft.com`; https, no trailing slash. */
  authority: string;
  /** True for an authority that is no login host of a known cloud: MSAL is then told to take it as given. */
  isCustomAuthority: boolean;
  clientId: string;
  /** Scopes of one API, such as `api://orders/Orders.Read`. */
  scopes: readonly string[];
  /** What a challenge demands of the token, as JSON text: decoded already, since MSAL drops Base64 without a word. */
  claims?: string;
  /** User name to sign in with, so that the page does not ask which account. */
  loginHint?: string;
}

export interface AcquiredToken {
  accessToken: string;
  /** Seconds since the epoch. */
  expiresAtSec: number;
  /** User name of the account, for showing only. */
  account: string;
}

/** Why no token could be had. `code` is `AADSTS50011` where the server gave one. */
export interface SignInFailure {
  kind: 'cancelled' | 'timeout' | 'refused' | 'portTaken' | 'network' | 'interactionRequired' | 'other';
  code?: string;
  /** The OAuth `error`, such as `invalid_grant`. */
  oauthError?: string;
  /** What the next sign-in has to bring, for {@link TokenRequest.claims}. */
  claims?: string;
  /** What went wrong, free of secrets. */
  detail: string;
}

export type TokenResult = { ok: true; token: AcquiredToken } | { ok: false; failure: SignInFailure };

export interface TokenSource {
  /** A token without asking anybody: from the cache, or with a refresh token. `interactionRequired` when that cannot be. */
  acquireSilently(request: TokenRequest, signal?: AbortSignal): Promise<TokenResult>;
  /** Asks the user to sign in. Ends soon after `signal` aborts, and leaves no port open. */
  signIn(request: TokenRequest, signal?: AbortSignal): Promise<TokenResult>;
  /** Account names known for this client and authority. */
  accounts(request: Pick<TokenRequest, 'authority' | 'clientId' | 'isCustomAuthority'>): Promise<string[]>;
  /** Forgets the accounts and tokens of this client and authority. */
  signOut(request: Pick<TokenRequest, 'authority' | 'clientId' | 'isCustomAuthority'>): Promise<void>;
}
