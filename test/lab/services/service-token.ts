import { createHash } from 'node:crypto';
import type { CheckToken, TokenFault } from '../apps/token-authority.ts';
import { issuerV1 } from '../entra-discovery.ts';
import { type LabTenant, TENANTS } from '../entra-tenant.ts';
import { encodePart, type Members } from '../token-signing.ts';

/** How a Microsoft service finds a token: whose it is, and what is wrong with it. */
export interface JudgedToken {
  /** Absent when the token is right. */
  fault?: TokenFault;
  /** Empty when it cannot be read. */
  claims: Members;
}

export interface ServiceTokenRules {
  audiences: readonly string[];
  /** Its tokens are accepted. Default: every tenant of the lab. */
  tenant?: Pick<LabTenant, 'id'>;
}

/** .NET's default. */
const CLOCK_SKEW_SEC = 300;

/** Judges v1 tokens of the lab's cloud as its services do. `origin`: of the login host. */
export function judgeServiceToken(
  token: string,
  { audiences, tenant }: ServiceTokenRules,
  { checkToken, origin }: { checkToken: CheckToken; origin: string },
): JudgedToken {
  const tenants = tenant ? [tenant] : TENANTS;
  const verdict = checkToken(token, {
    metadataUrls: TENANTS.map(({ id }) => `${origin}/${id}/.well-known/openid-configuration`),
    issuers: tenants.map(({ id }) => issuerV1(origin, id)),
    audiences,
    clockSkewSec: CLOCK_SKEW_SEC,
  });
  return verdict.accepted ? { claims: verdict.claims } : { fault: verdict.fault, claims: claimsOf(token) };
}

/** A Graph token as its signature covers it: the `nonce` of the header replaced by its hash. */
export function withHashedNonce(token: string): string {
  const [header = '', ...rest] = token.split('.');
  const members = membersOf(header);
  if (typeof members.nonce !== 'string') return token;
  const nonce = createHash('sha256').update(members.nonce).digest('base64url');
  return [encodePart(JSON.stringify({ ...members, nonce })), ...rest].join('.');
}

export function claimsOf(token: string): Members {
  return membersOf(token.split('.')[1] ?? '');
}

function membersOf(part: string): Members {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Members) : {};
  } catch {
    return {};
  }
}
