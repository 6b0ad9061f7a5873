import type { AadstsCode } from './aadsts-code.ts';
import type { SignInKind } from './identity.ts';

/** A sign-in that failed, as its token source says it. Every text may be the server's. */
export interface FailedSignIn {
  /** `AADSTS50011` where the server gave one. */
  code?: string;
  /** The OAuth `error`. */
  oauthError?: string;
  /** The server's sentence, or ours; free of secrets. */
  detail: string;
}

/** What is known about the identity that was to get a token. An absent member is unknown. */
export interface IdentityFacts {
  signIn: SignInKind;
  /** The client that asks. */
  clientId?: string;
  /** GUID, domain, `organizations`, `common` or `consumers`. */
  tenant: string;
  /** Origin of the login host. */
  loginBase: string;
  scopes: readonly string[];
  /** The address the browser comes back to. Default: `http://localhost`. */
  redirectUri?: string;
  /** User name. */
  account?: string;
  /** The API's own application id. */
  appId?: string;
  appIdUri?: string;
  /** On-behalf-of: the audience of the token that was handed over. */
  assertionAudience?: string;
}

/** What a failure is about. */
export type FailureConcern =
  | 'client'
  | 'redirect'
  | 'credential'
  | 'tenant'
  | 'account'
  | 'scope'
  | 'consent'
  | 'assignment'
  | 'assertion'
  | 'policy'
  | 'session'
  | 'request'
  | 'service'
  | 'unknown';

/** Who can mend it: the one who calls, whoever registered the API, or an administrator of the tenant. */
export type WhoActs = 'you' | 'apiOwner' | 'administrator';

/** `afterFix`: only once something was changed. `signInAgain`: yes, interactively. */
export type WhetherRetryHelps = 'afterFix' | 'signInAgain' | 'later' | 'never' | 'unknown';

/** A failed sign-in explained for one identity: plain data, texts without markup. */
export interface SignInDiagnosis {
  code?: AadstsCode;
  /** False without a code of the catalogue: cause and action then go by the OAuth error, or say that nothing is known. */
  isKnown: boolean;
  /** `seems`: nobody of Microsoft documents the code. Never to be shown as certain. */
  certainty: 'documented' | 'seems';
  concerns: FailureConcern;
  /** The values of this identity that the failure is about. */
  atFault: { label: string; value: string }[];
  /** A sentence or two: why it failed, for this identity. */
  cause: string;
  /** A sentence or two: what to do. Never to lower protection. */
  action: string;
  where: { portal: string; property?: string; command?: string; caution?: string };
  who: WhoActs;
  whoText: string;
  retry: WhetherRetryHelps;
  retryText: string;
  /** The server's own words: data, to be shown as text. */
  serverText: string;
  /** Microsoft's page on the code. */
  lookUp?: string;
}
