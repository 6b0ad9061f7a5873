import type { Held, HeldToken } from '../../auth/token-source.ts';
import type { Identity, SignInKind } from '../../core/entra/identity.ts';
import { scopesOf } from '../../core/entra/identity.ts';
import { durationText } from '../../core/token/time.ts';

/** How an identity gets its token, in two or three words. */
export const KIND_WORDS: Record<SignInKind, string> = {
  browser: 'browser',
  deviceCode: 'device code',
  vscode: 'VS Code account',
  clientSecret: 'client secret',
  clientCertificate: 'certificate',
  onBehalfOf: 'on behalf of',
  azureCli: 'Azure CLI',
  pasted: 'pasted',
};

const TOKEN_WORDS: Record<HeldToken['kind'], string> = {
  access: 'Access token',
  refresh: 'Refresh token',
  appOnly: 'App-only token',
  onBehalfOf: 'On-behalf-of token',
  pasted: 'Pasted token',
  secret: 'Client secret',
};

const MINUTE_SEC = 60;
/** Below this the seconds are worth watching. */
const CLOSE_SEC = 2 * MINUTE_SEC;

export function nameToken({ kind }: HeldToken): string {
  return TOKEN_WORDS[kind];
}

/** True for what is sent to an API, and can be decoded or copied: not a refresh token, not a secret. */
export function isSendable({ kind }: HeldToken): boolean {
  return kind !== 'refresh' && kind !== 'secret';
}

/** Scopes by their short names, `Orders.Read, Orders.Write`; OpenID's own are left out. */
export function shortScopes({ scopes }: Pick<HeldToken, 'scopes'>): string {
  const named = scopes.filter((scope) => !OPENID.has(scope.toLowerCase()));
  return named.map((scope) => scope.slice(scope.lastIndexOf('/') + 1)).join(', ');
}

/**
 * What is kept for this identity: identities of one client share a sign-in, and each shows only the tokens of its own
 * API. Refresh tokens and secrets serve all of them.
 */
export function heldFor(identity: Identity, { accounts, tokens }: Held): Held {
  const resources = new Set(scopesOf(identity).map(resourceOf));
  const isOwn = (token: HeldToken) =>
    !isSendable(token) || token.scopes.length === 0 || token.scopes.some((scope) => resources.has(resourceOf(scope)));
  return { accounts, tokens: tokens.filter((token) => resources.size === 0 || isOwn(token)) };
}

/** The token that would be sent now: of the account that signed in last, the one that is good longest. */
export function currentToken({ accounts, tokens }: Held): HeldToken | undefined {
  const [account] = accounts;
  return tokens
    .filter((token) => isSendable(token) && (token.accountId === undefined || token.accountId === account?.id))
    .toSorted((a, b) => (b.expiresAtSec ?? 0) - (a.expiresAtSec ?? 0))[0];
}

/** Who is signed in; for an application `application`, for a pasted token `pasted`. Undefined when nothing is kept. */
export function nameHeld({ accounts, tokens }: Held): string | undefined {
  const [account] = accounts;
  if (account) return account.userName;
  const [token] = tokens;
  return token && (token.kind === 'pasted' ? 'pasted' : 'application');
}

/** `52 min left`, `1 min 40 s left`, `expired 3 min ago`: whole minutes until the last two, so that little has to be drawn. */
export function timeLeft(expiresAtSec: number, nowMs: number): string {
  const leftSec = expiresAtSec - Math.floor(nowMs / 1000);
  if (leftSec <= 0) return `expired ${inMinutes(-leftSec)} ago`;
  return leftSec < CLOSE_SEC ? `${durationText(leftSec)} left` : `${inMinutes(leftSec)} left`;
}

function inMinutes(spanSec: number): string {
  return spanSec < MINUTE_SEC ? 'less than a minute' : durationText(Math.floor(spanSec / MINUTE_SEC) * MINUTE_SEC);
}

const OPENID = new Set(['openid', 'profile', 'email', 'offline_access']);

function resourceOf(scope: string): string {
  return scope
    .slice(0, Math.max(0, scope.lastIndexOf('/')))
    .replace(/\/$/, '')
    .toLowerCase();
}
