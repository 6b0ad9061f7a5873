import type { CloudId } from '../core/entra/clouds.ts';
import type { CodePage } from '../core/entra/device-code-page.ts';

/** What any way to get a token is asked for. What identifies the credential is all here: nothing is keyed by a name. */
interface Asked {
  /** Authority with tenant, such as `https://login.microsoftonline.com/contoso.onmicrosoft.com`; https, no trailing slash. */
  authority: string;
  /** True for an authority that is no login host of a known cloud: MSAL is then told to take it as given. */
  isCustomAuthority: boolean;
  cloud?: CloudId;
  /** The client that asks; empty for a pasted token. */
  clientId: string;
  /** Scopes of one API, such as `api://orders/Orders.Read`. */
  scopes: readonly string[];
  /** What a challenge demands of the token, as JSON text: decoded already, since MSAL drops Base64 without a word. */
  claims?: string;
  /** No token of the cache: a fresh one. */
  forceRefresh?: boolean;
  /** Id of the account to use, from {@link HeldAccount}. Default: the one that signed in last. */
  accountId?: string;
}

/** One way to get a token. */
export type TokenRequest = Asked &
  (
    | { signIn: 'browser'; loginHint?: string }
    | { signIn: 'deviceCode' | 'vscode' | 'clientSecret' | 'azureCli' }
    | { signIn: 'clientCertificate'; certificatePath: string }
    /** `from` gets the token that is exchanged. Without a certificate the client has a secret. `audiences`: its further names. */
    | { signIn: 'onBehalfOf'; from: TokenRequest; audiences: readonly string[]; certificatePath?: string }
    /** `purpose` tells pasted tokens apart, which are kept in memory only; `label` and `goesTo` are only shown. */
    | { signIn: 'pasted'; purpose: string; label: string; goesTo: PastedGoesTo; expect?: 'managedIdentity' }
  );

/** All that a pasted token may be sent to. */
export interface PastedGoesTo {
  /** Origins of the API. */
  api: readonly string[];
  /** Origins of authorities that exchange it for a token of another API. */
  exchange: readonly string[];
}

/** The client and authority whose sign-ins are meant: identities that share both share what is kept. */
export type Credential = Pick<TokenRequest, 'authority' | 'clientId' | 'isCustomAuthority'>;

export interface AcquiredToken {
  accessToken: string;
  /** Seconds since the epoch. */
  expiresAtSec: number;
  /** User name of the account, for showing only; empty when the token is an application's own. */
  account: string;
  accountId?: string;
  /** Tenant that issued it, as the answer says. */
  tenantId?: string;
  /** On-behalf-of: the user's token that was exchanged for this one. */
  assertion?: { accessToken: string; expiresAtSec: number };
}

/** Why no token could be had. */
export interface SignInFailure {
  kind:
    | 'cancelled'
    | 'timeout'
    | 'refused'
    | 'portTaken'
    | 'network'
    | 'interactionRequired'
    /** Something on this side is not as it must be: {@link SignInFailure.reason} says what. Nothing was sent. */
    | 'notReady'
    | 'other';
  reason?: NotReadyReason;
  /** `AADSTS50011` where the server gave one. */
  code?: string;
  /** The OAuth `error`, such as `invalid_grant`. */
  oauthError?: string;
  /** The OAuth `suberror`, such as `message_only`. */
  suberror?: string;
  /** What the next sign-in has to bring, for {@link TokenRequest.claims}. */
  claims?: string;
  /** The server's name for this very request, for its administrators. */
  correlationId?: string;
  /** What went wrong, in a sentence free of secrets: the server's, or ours. */
  detail: string;
}

/** Words for each stand in `not-ready.ts`, and come with the failure as `detail`. */
export type NotReadyReason =
  | 'secretNotGiven'
  | 'tokenNotGiven'
  | 'noLocalRedirect'
  | 'certificateNotReadable'
  | 'certificateWithoutKey'
  | 'certificateKeyMismatch'
  | 'certificateExpired'
  | 'certificateKeyKind'
  | 'azureCliMissing'
  | 'azureCliOld'
  | 'azureCliSignedOut'
  | 'azureCliFailed'
  | 'notAnArgument'
  | 'vscodeCloud'
  | 'notAScope'
  | 'assertionUnreadable'
  | 'assertionKind'
  | 'assertionAudience'
  | 'assertionTenant'
  | 'assertionExpired'
  | 'otherTenant'
  | 'otherIssuer'
  | 'issuerMissing'
  | 'clientOfMicrosoft'
  | 'codePageElsewhere';

export type TokenResult = { ok: true; token: AcquiredToken } | { ok: false; failure: SignInFailure };

/** What the user has to be shown while a sign-in waits for them. */
export type SignInStep =
  | { step: 'browser' }
  | { step: 'deviceCode'; userCode: string; page: CodePage; expiresAtSec: number }
  | { step: 'vscode' }
  | { step: 'azureCli' };

/** An account that is signed in, or the application itself. */
export interface HeldAccount {
  id: string;
  userName: string;
  /** Tenant that issues its tokens here. */
  tenantId: string;
  /** Tenant it is at home in: another one for a guest. */
  homeTenantId: string;
}

/** A token or secret that is kept. Never the token itself. */
export interface HeldToken {
  kind: 'access' | 'refresh' | 'appOnly' | 'onBehalfOf' | 'pasted' | 'secret';
  scopes: readonly string[];
  /** Seconds since the epoch; absent where nobody says, as of refresh tokens. */
  expiresAtSec?: number;
  accountId?: string;
}

export interface Held {
  accounts: HeldAccount[];
  tokens: HeldToken[];
}

/** One thing that was forgotten, for telling what. */
export interface Forgotten {
  authority: string;
  clientId: string;
  /** User names of the accounts; empty for secrets and tokens of applications. */
  accounts: string[];
  kinds: HeldToken['kind'][];
}

/** One way to get tokens, for requests of its own kind. */
export type Way = Pick<TokenSource, 'acquireSilently' | 'signIn'>;

export interface TokenSource {
  /**
   * A token without asking anybody: from the cache, with a refresh token, or with a secret that is kept.
   * `interactionRequired` when that cannot be. Nothing is thrown but faults of the program.
   */
  acquireSilently(request: TokenRequest, signal?: AbortSignal): Promise<TokenResult>;
  /**
   * A fresh token, by asking the user what has to be asked: to sign in, for a secret, for a token to paste. Ends soon after
   * `signal` aborts, and leaves no port open.
   */
  signIn(request: TokenRequest, signal?: AbortSignal, onStep?: (step: SignInStep) => void): Promise<TokenResult>;
  /** What is kept for this request's client and authority; of an on-behalf-of request without what `from` has. */
  held(request: TokenRequest): Promise<Held>;
  /** Forgets one account, or everything that is kept for this request's client and authority. Throws when that fails. */
  signOut(request: TokenRequest, accountId?: string): Promise<void>;
  /** Forgets everything of every client and authority, and says what it was. Throws when something could not be removed. */
  forgetAll(): Promise<Forgotten[]>;
  /** Hears when what is held has changed, in this window or another. */
  onDidChange(listener: () => void): { dispose(): void };
}
