import type { LabUser } from '../entra-tenant.ts';
import { opaqueGrant } from './opaque-grant.ts';
import type { Account, ClientRegistration, Platform } from './registrations.ts';
import type { RequestedAccess } from './requested-access.ts';

/** Who allowed what to whom. */
export interface Grant {
  account: Account;
  client: ClientRegistration;
  /** Of the redirect URI. Absent when there was none, as with a device code. */
  platform?: Platform;
  /** What the person showed in signing in: ids of policies, and authentication contexts such as `c1`. */
  satisfied: ReadonlySet<string>;
}

/** What a code stands for. */
export interface CodeGrant extends Grant {
  access: RequestedAccess;
  redirectUri: string;
  /** BASE64URL(SHA-256(verifier)). */
  codeChallenge: string;
  nonce?: string;
}

type Redemption<T> = { state: 'valid'; grant: T } | { state: 'unknown' | 'redeemed' | 'expired' | 'revoked' };

interface Stored<T> {
  grant: T;
  issuedAtMs: number;
  redeemed: boolean;
}

const CODE_LIFE_MS = 10 * 60_000;
const REFRESH_LIFE_MS = 90 * 86_400_000;
/** Older ones are forgotten, so that a lab left running does not grow. */
const KEPT = 1000;

/** Codes and refresh tokens, in memory. */
export class Grants {
  /** Entra leaves a used refresh token valid; `true` makes each one good for a single use. */
  singleUseRefreshTokens = false;
  readonly #now: () => number;
  readonly #codes = new Map<string, Stored<CodeGrant>>();
  readonly #refreshTokens = new Map<string, Stored<Grant>>();
  readonly #revoked = new WeakSet<Grant>();

  constructor(now: () => number) {
    this.#now = now;
  }

  issueCode(grant: CodeGrant): string {
    return this.#issue(this.#codes, grant);
  }

  issueRefreshToken(grant: Grant): string {
    return this.#issue(this.#refreshTokens, grant);
  }

  /** A code is good once, for ten minutes. */
  redeemCode(code: string): Redemption<CodeGrant> {
    return this.#redeem(this.#codes.get(code), CODE_LIFE_MS, true);
  }

  redeemRefreshToken(refreshToken: string): Redemption<Grant> {
    return this.#redeem(this.#refreshTokens.get(refreshToken), REFRESH_LIFE_MS, this.singleUseRefreshTokens);
  }

  /** Withdraws every refresh token, or those of one person, as a reset password does. */
  revoke(user?: LabUser): void {
    for (const { grant } of this.#refreshTokens.values()) {
      if (user === undefined || grant.account.home.user.id === user.id) this.#revoked.add(grant);
    }
  }

  #issue<T>(store: Map<string, Stored<T>>, grant: T): string {
    const text = opaqueGrant();
    const [oldest] = store.keys();
    if (store.size >= KEPT && oldest !== undefined) store.delete(oldest);
    store.set(text, { grant, issuedAtMs: this.#now(), redeemed: false });
    return text;
  }

  #redeem<T extends Grant>(stored: Stored<T> | undefined, lifeMs: number, once: boolean): Redemption<T> {
    if (!stored) return { state: 'unknown' };
    if (this.#revoked.has(stored.grant)) return { state: 'revoked' };
    if (once && stored.redeemed) return { state: 'redeemed' };
    if (this.#now() >= stored.issuedAtMs + lifeMs) return { state: 'expired' };
    stored.redeemed = true;
    return { state: 'valid', grant: stored.grant };
  }
}
