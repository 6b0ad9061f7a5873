import { createPublicKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { metadataV1, metadataV2 } from '../entra-discovery.ts';
import { type EntraKeys, keysServedFor } from '../entra-server.ts';
import { resolveTenantName } from '../entra-tenant.ts';
import type { PublicJwk } from '../signing-key.ts';
import type { Members } from '../token-signing.ts';

/** What an API asks of a token. */
export interface TokenRules {
  /** Addresses of metadata documents of the lab's cloud: their keys and issuers are trusted. */
  metadataUrls: readonly string[];
  /** Instead of the issuers of the metadata. */
  issuers?: readonly string[];
  /** Any audience when absent. */
  audiences?: readonly string[];
  clockSkewSec: number;
}

/** Named as API Management names the reasons of validate-jwt. */
export type TokenFault =
  | 'TokenExpired'
  | 'TokenNotYetValid'
  | 'TokenSignatureInvalid'
  | 'TokenSignatureKeyNotFound'
  | 'TokenAudienceNotAllowed'
  | 'TokenIssuerNotAllowed'
  | 'JwtInvalid';

export type TokenVerdict = { accepted: true; claims: Members } | { accepted: false; fault: TokenFault; detail: string };

/** Checks tokens on behalf of the lab's APIs. */
export type CheckToken = (token: string, rules: TokenRules) => TokenVerdict;

interface Trust {
  issuer: string;
  keys: PublicJwk[];
}

const ISSUER_TENANT = '{tenantid}';

/** Enforces tokens with `jsonwebtoken`, against the keys the lab's cloud publishes at that moment. */
export function tokenCheckerFor(origin: string, keys: EntraKeys, now: () => number): CheckToken {
  return (token, rules) => {
    const trusts = rules.metadataUrls.map((url) => trustOf(url, origin, keys));
    const decoded = decode(token);
    if (!decoded || typeof decoded.payload === 'string') return refusal('JwtInvalid', 'not a JWT');
    if (decoded.header.alg === 'none') return refusal('TokenSignatureInvalid', 'unsigned');
    const { kid } = decoded.header;
    const key = trusts.flatMap((trust) => trust.keys).find((candidate) => candidate.kid === kid);
    if (!key) return refusal('TokenSignatureKeyNotFound', `no key ${kid}`);

    const issuers = rules.issuers ?? trusts.map(({ issuer }) => issuer);
    const { tid } = decoded.payload;
    try {
      const claims = jwt.verify(token, createPublicKey({ key, format: 'jwk' }), {
        algorithms: ['RS256'],
        clockTimestamp: Math.floor(now() / 1000),
        clockTolerance: rules.clockSkewSec,
        issuer: issuers.map((issuer) => issuer.replace(ISSUER_TENANT, String(tid))) as [string, ...string[]],
        ...(rules.audiences ? { audience: [...rules.audiences] as [string, ...string[]] } : {}),
      }) as Members;
      // jsonwebtoken lets a token live forever; no API of the lab does.
      return 'exp' in claims ? { accepted: true, claims } : refusal('JwtInvalid', 'no exp');
    } catch (error) {
      return refusal(faultOf(error as Error), (error as Error).message);
    }
  };
}

/** The token of an `Authorization: Bearer` header, whatever it looks like. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^bearer +(\S.*)$/i.exec(authorization ?? '')?.[1];
}

// jsonwebtoken answers null to some that are no JWT, and throws at others.
function decode(token: string): jwt.Jwt | null {
  try {
    return jwt.decode(token, { complete: true });
  } catch {
    return null;
  }
}

function trustOf(metadataUrl: string, origin: string, keys: EntraKeys): Trust {
  const url = new URL(metadataUrl);
  const [, tenantText = '', ...rest] = url.pathname.split('/');
  const name = resolveTenantName(tenantText);
  if (url.origin !== new URL(origin).origin || !name) throw new Error(`The lab serves no metadata at ${metadataUrl}.`);
  const metadata = rest[0] === 'v2.0' ? metadataV2(origin, name) : metadataV1(origin, name);
  return {
    issuer: String(metadata.issuer),
    keys: keysServedFor(keys, name, url.searchParams.get('appid') ?? undefined),
  };
}

function refusal(fault: TokenFault, detail: string): TokenVerdict {
  return { accepted: false, fault, detail };
}

function faultOf({ name, message }: Error): TokenFault {
  if (name === 'TokenExpiredError') return 'TokenExpired';
  if (name === 'NotBeforeError') return 'TokenNotYetValid';
  if (message === 'invalid signature') return 'TokenSignatureInvalid';
  if (message.startsWith('jwt audience invalid')) return 'TokenAudienceNotAllowed';
  return message.startsWith('jwt issuer invalid') ? 'TokenIssuerNotAllowed' : 'JwtInvalid';
}
