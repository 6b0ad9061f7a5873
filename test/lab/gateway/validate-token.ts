import type { CheckToken, TokenRules } from '../apps/token-authority.ts';
import { claimsOf } from '../services/service-token.ts';
import type { Members } from '../token-signing.ts';
import { type GatewayCall, type GatewayRefusal, headerOf } from './gateway-call.ts';
import { childOf, listOf, type PolicyElement } from './policy-document.ts';

/** What a token policy is enforced with. */
export interface TokenPolicyWorld {
  checkToken: CheckToken;
  /** Of the login host. */
  origin: string;
}

/** .NET's default; the policy has no attribute for it and its documentation no number. */
const ENTRA_POLICY_SKEW_SEC = 300;

/** `validate-jwt`: attributes, elements and defaults as documented. */
export function validateJwt(policy: PolicyElement, call: GatewayCall, world: TokenPolicyWorld) {
  const issuers = listOf(policy, 'issuers');
  const skew = Number(policy.attributes['clock-skew'] ?? 0);
  const configs = policy.children.filter(({ name }) => name === 'openid-config');
  return validate(policy, call, world, {
    metadataUrls: configs.map(({ attributes }) => attributes.url ?? ''),
    clockSkewSec: skew,
    ...(issuers ? { issuers } : {}),
  });
}

/** `validate-azure-ad-token`: the tenant's tokens, v1 and v2, of the clients that are listed. */
export function validateAzureAdToken(policy: PolicyElement, call: GatewayCall, world: TokenPolicyWorld) {
  const base = `${world.origin}/${policy.attributes['tenant-id']}`;
  const refusal = validate(policy, call, world, {
    metadataUrls: ['', '/v2.0'].map((version) => `${base}${version}/.well-known/openid-configuration`),
    clockSkewSec: ENTRA_POLICY_SKEW_SEC,
  });
  if (refusal) return refusal;
  const clients = listOf(policy, 'client-application-ids');
  const claims = claimsOf(tokenOf(policy, call));
  if (!clients || clients.includes(String(claims.azp ?? claims.appid))) return undefined;
  return refusalOf(policy, 'TokenClaimValueNotAllowed', 'Invalid JWT.', 'client application');
}

function validate(
  policy: PolicyElement,
  call: GatewayCall,
  { checkToken }: TokenPolicyWorld,
  rules: TokenRules,
): GatewayRefusal | undefined {
  const token = tokenOf(policy, call);
  if (!token) return refusalOf(policy, 'TokenNotPresent', 'JWT not present.');
  const audiences = listOf(policy, 'audiences');
  const verdict = checkToken(token, { ...rules, ...(audiences ? { audiences } : {}) });
  if (!verdict.accepted) return refusalOf(policy, verdict.fault, 'Invalid JWT.', verdict.detail);
  for (const required of childOf(policy, 'required-claims')?.children ?? []) {
    const fault = faultOfClaim(required, verdict.claims);
    if (fault) return refusalOf(policy, fault, 'Invalid JWT.', `claim ${required.attributes.name}`);
  }
  return undefined;
}

function refusalOf(policy: PolicyElement, reason: string, message: string, detail = message): GatewayRefusal {
  const { attributes } = policy;
  return {
    status: Number(attributes['failed-validation-httpcode'] ?? 401),
    message: attributes['failed-validation-error-message'] ?? message,
    source: policy.name,
    reason,
    detail,
  };
}

function tokenOf({ attributes }: PolicyElement, call: GatewayCall): string {
  const parameter = attributes['query-parameter-name'];
  if (parameter !== undefined) return call.url.searchParams.get(parameter) ?? '';
  const headerName = attributes['header-name'] ?? 'Authorization';
  const requireScheme = attributes['require-scheme'];
  const value = headerOf(call, headerName)?.trim() ?? '';
  // A header of another name holds the token alone.
  if (headerName.toLowerCase() !== 'authorization') return value;
  const [, scheme, rest] = /^(?:(\S+) +)?(\S+)$/.exec(value) ?? [];
  const isSchemeRight = requireScheme === undefined || scheme?.toLowerCase() === requireScheme.toLowerCase();
  return isSchemeRight ? (rest ?? '') : '';
}

/** All claims must hold; within one, `match="all"` is the default. */
function faultOfClaim({ attributes, children }: PolicyElement, claims: Members): string | undefined {
  const { name = '', match = 'all', separator } = attributes;
  const claim = claims[name];
  if (claim === undefined) return 'TokenClaimNotFound';
  const present = (Array.isArray(claim) ? claim : separator ? String(claim).split(separator) : [claim]).map(String);
  const values = children.map(({ text }) => text);
  const isPresent = (value: string) => present.includes(value);
  const holds = values.length === 0 || (match === 'all' ? values.every(isPresent) : values.some(isPresent));
  return holds ? undefined : 'TokenClaimValueNotAllowed';
}
