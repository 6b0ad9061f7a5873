import type { CheckToken } from '../apps/token-authority.ts';
import type { Members } from '../token-signing.ts';
import { type GatewayCall, type GatewayRefusal, headerOf } from './gateway-call.ts';

/** One `<claim>`: several of them must all hold. */
export interface RequiredClaim {
  name: string;
  values: readonly string[];
  /** Default: `all`. */
  match?: 'all' | 'any';
  /** Splits a claim that is one string, such as `scp`. */
  separator?: string;
}

/** The `validate-jwt` policy, with its attributes' names and defaults. */
export interface ValidateJwtPolicy {
  kind: 'validate-jwt';
  /** Default: `Authorization`. */
  headerName?: string;
  openidConfigs: readonly string[];
  /** Default: those of the openid-configs. */
  issuers?: readonly string[];
  /** Default: any. */
  audiences?: readonly string[];
  requiredClaims?: readonly RequiredClaim[];
  /** Default: 0. */
  clockSkewSec?: number;
  /** Ignored unless the header is `Authorization`. */
  requireScheme?: string;
  /** Default: 401. */
  failedValidationHttpcode?: number;
  /** Default: `JWT not present.` or `Invalid JWT.` */
  failedValidationErrorMessage?: string;
}

export function validateJwt(
  policy: ValidateJwtPolicy,
  call: GatewayCall,
  checkToken: CheckToken,
): GatewayRefusal | undefined {
  const refuse = (reason: string, message: string, detail = message): GatewayRefusal => ({
    status: policy.failedValidationHttpcode ?? 401,
    message: policy.failedValidationErrorMessage ?? message,
    source: 'validate-jwt',
    reason,
    detail,
  });

  const token = tokenOf(policy, call);
  if (!token) return refuse('TokenNotPresent', 'JWT not present.');
  const verdict = checkToken(token, {
    metadataUrls: policy.openidConfigs,
    clockSkewSec: policy.clockSkewSec ?? 0,
    ...(policy.issuers ? { issuers: policy.issuers } : {}),
    ...(policy.audiences ? { audiences: policy.audiences } : {}),
  });
  if (!verdict.accepted) return refuse(verdict.fault, 'Invalid JWT.', verdict.detail);
  for (const required of policy.requiredClaims ?? []) {
    const fault = faultOfClaim(required, verdict.claims);
    if (fault) return refuse(fault, 'Invalid JWT.', `claim ${required.name}`);
  }
  return undefined;
}

function tokenOf({ headerName = 'Authorization', requireScheme }: ValidateJwtPolicy, call: GatewayCall): string {
  const value = headerOf(call, headerName)?.trim() ?? '';
  // A header of another name holds the token alone.
  if (headerName.toLowerCase() !== 'authorization') return value;
  const [, scheme, rest] = /^(?:(\S+) +)?(\S+)$/.exec(value) ?? [];
  const isSchemeRight = requireScheme === undefined || scheme?.toLowerCase() === requireScheme.toLowerCase();
  return isSchemeRight ? (rest ?? '') : '';
}

function faultOfClaim({ name, values, match = 'all', separator }: RequiredClaim, claims: Members): string | undefined {
  const claim = claims[name];
  if (claim === undefined) return 'TokenClaimNotFound';
  const present = (Array.isArray(claim) ? claim : separator ? String(claim).split(separator) : [claim]).map(String);
  const isPresent = (value: string) => present.includes(value);
  const holds = values.length === 0 || (match === 'all' ? values.every(isPresent) : values.some(isPresent));
  return holds ? undefined : 'TokenClaimValueNotAllowed';
}
