import { randomBytes, randomUUID } from 'node:crypto';
import type { EntraKeys } from './entra-server.ts';
import { APPS, CONSUMERS_TENANT_ID, CONTOSO, type LabApp, type LabTenant, type LabUser } from './entra-tenant.ts';
import type { GenericIssuer } from './generic-issuer.ts';
import type { SigningKey } from './signing-key.ts';
import {
  claimsOfAccessTokenV1,
  claimsOfAccessTokenV2,
  claimsOfAppOnlyToken,
  claimsOfGraphToken,
  claimsOfIdToken,
  type TokenSubject,
} from './token-claims.ts';
import { type Members, signGraphToken, signRawToken, signToken } from './token-signing.ts';

/** Departures from a right token of the lab. */
export interface TokenWishes {
  /** Default: Contoso. */
  tenant?: LabTenant;
  /** Default: the tenant's first user. */
  user?: LabUser;
  /** Who asked for the token. Default: Orders Web, or Nightly Job for app-only tokens. */
  client?: LabApp;
  /** Whom it is for. Default: the Orders API. */
  api?: LabApp;
  /** Default: `Orders.Read`. */
  scopes?: readonly string[];
  /** Default: none, or `Orders.Read.All` for app-only tokens. */
  roles?: readonly string[];
  /** From issuing to `exp`. Default: 75 minutes, the mean of Entra's 60 to 90. */
  lifetimeSec?: number;
  /** How long ago it was issued; negative for a token of the future. Default: now. */
  issuedSecAgo?: number;
  /** Header members over the right ones; `undefined` removes one. */
  header?: Members;
  /** Claims over the right ones; `undefined` removes one. */
  payload?: Members;
  /** Replaces the whole header by this text, JSON or not. */
  headerText?: string;
  /** Replaces the whole payload by this text, JSON or not. */
  payloadText?: string;
  /** Signs with another key than the issuer's current one; `kid` follows. */
  key?: SigningKey;
}

export interface MintOptions {
  origin: string;
  keys: EntraKeys;
  generic: GenericIssuer;
  /** Milliseconds since the epoch. */
  now: () => number;
}

const DEFAULT_LIFETIME_SEC = 75 * 60;

/** Issues tokens of the lab's tenants and of its generic issuer, right or wrong, without asking anybody to sign in. */
export class TokenMint {
  readonly options: MintOptions;

  constructor(options: MintOptions) {
    this.options = options;
  }

  accessTokenV2(wishes: TokenWishes = {}): Promise<string> {
    return this.#issue(wishes, headerV2, claimsOfAccessTokenV2(this.#subject(wishes)));
  }

  accessTokenV1(wishes: TokenWishes = {}): Promise<string> {
    return this.#issue(wishes, headerV1, claimsOfAccessTokenV1(this.#subject(wishes)));
  }

  idToken(wishes: TokenWishes = {}): Promise<string> {
    return this.#issue(wishes, headerV2, claimsOfIdToken(this.#subject(wishes)));
  }

  appOnlyToken(wishes: TokenWishes = {}, version: 1 | 2 = 2): Promise<string> {
    const subject = this.#subject({ client: APPS.nightlyJob, roles: ['Orders.Read.All'], ...wishes });
    return this.#issue(wishes, version === 2 ? headerV2 : headerV1, claimsOfAppOnlyToken(subject, version));
  }

  /** What a managed identity of the gateway gets for a resource. */
  managedIdentityToken(resource: string): Promise<string> {
    return this.appOnlyToken({ client: APPS.gatewayIdentity, roles: [], payload: { aud: resource } }, 1);
  }

  /** A token of a personal Microsoft account, signed with the keys of that tenant. */
  personalToken(wishes: TokenWishes = {}): Promise<string> {
    const subject = { ...this.#subject(wishes), tenant: { id: CONSUMERS_TENANT_ID } };
    const key = this.options.keys.consumers.current;
    return this.#issue({ key, ...wishes }, headerV2, claimsOfAccessTokenV2(subject));
  }

  /** For Microsoft Graph: rightly signed, and yet no standard validator accepts the signature. */
  async graphToken(wishes: TokenWishes = {}): Promise<string> {
    const subject = this.#subject({ scopes: ['openid', 'profile', 'User.Read', 'email'], ...wishes });
    const key = wishes.key ?? this.options.keys.shared.current;
    const header = {
      typ: 'JWT',
      nonce: randomBytes(33).toString('base64url'),
      alg: key.alg,
      x5t: key.kid,
      kid: key.kid,
    };
    return signGraphToken({ ...header, ...wishes.header }, payloadTextOf(claimsOfGraphToken(subject), wishes), key);
  }

  /** An RFC 9068 access token of the generic issuer. */
  genericToken(wishes: TokenWishes = {}): Promise<string> {
    const { generic } = this.options;
    const issuedAtSec = this.#issuedAtSec(wishes);
    const claims = {
      iss: generic.issuer,
      aud: wishes.api?.appIdUri ?? 'https://orders.example',
      sub: 'user-1842',
      client_id: 'orders-web',
      iat: issuedAtSec,
      exp: issuedAtSec + (wishes.lifetimeSec ?? DEFAULT_LIFETIME_SEC),
      jti: randomUUID(),
      scope: (wishes.scopes ?? ['orders:read']).join(' '),
    };
    return this.#issue({ key: generic.keys.current, ...wishes }, headerOfAccessTokenJwt, claims);
  }

  #subject(wishes: TokenWishes): TokenSubject {
    const tenant = wishes.tenant ?? CONTOSO;
    return {
      origin: this.options.origin,
      issuedAtSec: this.#issuedAtSec(wishes),
      lifetimeSec: wishes.lifetimeSec ?? DEFAULT_LIFETIME_SEC,
      tenant,
      user: wishes.user ?? tenant.users[0],
      client: wishes.client ?? APPS.ordersWeb,
      api: wishes.api ?? APPS.ordersApi,
      scopes: wishes.scopes ?? ['Orders.Read'],
      roles: wishes.roles ?? [],
    };
  }

  async #issue(wishes: TokenWishes, headerOf: (key: SigningKey) => Members, claims: Members): Promise<string> {
    const key = wishes.key ?? this.#entraKeyFor(wishes.api);
    const payloadText = payloadTextOf(claims, wishes);
    if (wishes.headerText !== undefined) return signRawToken(wishes.headerText, payloadText, key);
    return signToken({ ...headerOf(key), ...wishes.header }, payloadText, key);
  }

  #entraKeyFor(api: LabApp | undefined): SigningKey {
    const { byApp, shared } = this.options.keys;
    return (byApp.get(api?.id ?? '') ?? shared).current;
  }

  #issuedAtSec({ issuedSecAgo = 0 }: TokenWishes): number {
    return Math.floor(this.options.now() / 1000) - issuedSecAgo;
  }
}

function headerV2({ alg, kid }: SigningKey): Members {
  return { typ: 'JWT', alg, kid };
}

function headerV1({ alg, kid }: SigningKey): Members {
  return { typ: 'JWT', alg, x5t: kid, kid };
}

function headerOfAccessTokenJwt({ alg, kid }: SigningKey): Members {
  return { typ: 'at+jwt', alg, kid };
}

function payloadTextOf(claims: Members, wishes: TokenWishes): string {
  return wishes.payloadText ?? JSON.stringify({ ...claims, ...wishes.payload });
}
