import { credentialKey } from './credential-key.ts';
import type { AcquiredToken, HeldToken, TokenRequest } from './token-source.ts';

/** Tokens this near their end are not given out any more: as long before as MSAL refreshes. */
const RENEW_BEFORE_SEC = 300;

interface Entry {
  request: TokenRequest;
  token: AcquiredToken;
  kind: HeldToken['kind'];
}

/** Tokens that are kept in memory only: of applications, of exchanges, of other programs, and pasted ones. */
export class MemoryTokens {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();

  /** A token for this request that is good for a while; pasted ones however old. */
  get(request: TokenRequest): AcquiredToken | undefined {
    const entry = this.#entries.get(keyOf(request));
    if (!entry) return undefined;
    const isFresh = entry.token.expiresAtSec - RENEW_BEFORE_SEC > Date.now() / 1000;
    return isFresh || entry.kind === 'pasted' ? entry.token : undefined;
  }

  set(request: TokenRequest, token: AcquiredToken, kind: HeldToken['kind']): void {
    this.#entries.set(keyOf(request), { request, token, kind });
    this.#announce();
  }

  held(request: TokenRequest): HeldToken[] {
    return this.#of(request).map(([, { request: asked, token, kind }]) => ({
      kind,
      scopes: asked.scopes,
      expiresAtSec: token.expiresAtSec,
      ...(token.accountId === undefined ? {} : { accountId: token.accountId }),
    }));
  }

  /** Tokens of the same way, client and authority. */
  tokens(request: TokenRequest): AcquiredToken[] {
    return this.#of(request).map(([, { token }]) => token);
  }

  /** Forgets what {@link held} tells. */
  forget(request: TokenRequest): void {
    for (const [key] of this.#of(request)) this.#entries.delete(key);
    this.#announce();
  }

  /** Every request a token is kept for. */
  requests(): TokenRequest[] {
    return [...this.#entries.values()].map(({ request }) => request);
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #of(request: TokenRequest): [string, Entry][] {
    const group = groupOf(request);
    return [...this.#entries].filter(([, entry]) => groupOf(entry.request) === group);
  }

  #announce(): void {
    for (const listener of this.#listeners) listener();
  }
}

function groupOf(request: TokenRequest): string {
  if (request.signIn === 'pasted') return JSON.stringify([request.signIn, request.purpose]);
  return JSON.stringify([request.signIn, credentialKey(request)]);
}

function keyOf(request: TokenRequest): string {
  const from = request.signIn === 'onBehalfOf' ? keyOf(request.from) : '';
  return JSON.stringify([groupOf(request), [...request.scopes].sort(), request.accountId ?? '', from]);
}
