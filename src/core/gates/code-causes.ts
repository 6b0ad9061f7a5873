import type { FoundCode } from '../call/error-codes.ts';
import { causeOfAadsts } from '../entra/aadsts-causes.ts';
import type { CauseId, GateId } from './gate.ts';

/** What a documented code stands for: who raised it, and its causes; one where the code has only one. */
export interface CodeMeaning {
  gate: GateId;
  causes: readonly CauseId[];
}

const AUDIENCE: readonly CauseId[] = [
  ...(['aud-mismatch', 'aud-clientid-vs-appiduri', 'aud-is-graph', 'id-token-instead-of-access-token'] as const),
];
const ISSUER: readonly CauseId[] = ['issuer-v1-v2-mismatch', 'issuer-wrong-tenant', 'issuer-not-accepted'];
const SIGNATURE: readonly CauseId[] = ['graph-nonce-token', 'signature-tampered'];

/** Microsoft.IdentityModel: whoever validates tokens with it, so the gate is the app unless something else says more. */
const IDX: Readonly<Record<string, readonly CauseId[]>> = {
  ...group(['IDX10205', 'IDX10211', 'IDX10212', 'IDX40001'], ISSUER),
  ...group(['IDX10206', 'IDX10207', 'IDX10214', 'IDX10215'], AUDIENCE),
  ...group(['IDX10222'], ['token-not-yet-valid']),
  ...group(['IDX10223'], ['token-expired']),
  ...group(['IDX10231'], ['functions-bearer-scheme-collision', 'aud-mismatch']),
  ...group(['IDX10500', 'IDX20803', 'IDX20804', 'IDX20807'], ['validator-keys-unreachable']),
  ...group(['IDX10501', 'IDX10502', 'IDX10503'], ['signing-key-not-found']),
  ...group(['IDX10508', 'IDX12709', 'IDX12723', 'IDX12729', 'IDX12741'], ['token-malformed']),
  ...group(['IDX14100', 'IDX14101', 'IDX14102', 'IDX14120'], ['token-malformed']),
  ...group(['IDX10511', 'IDX10516'], SIGNATURE),
  ...group(['IDX40012'], ['token-from-other-cloud']),
};

/** Reasons of `context.LastError` in API Management. */
const APIM: Readonly<Record<string, CodeMeaning>> = {
  SubscriptionKeyNotFound: key('apim-subscription-key-missing', 'apim-subscription-key-wrong-header'),
  SubscriptionKeyInvalid: key('apim-subscription-key-invalid'),
  TokenNotPresent: jwt('missing-token', 'bearer-prefix-missing'),
  TokenExpired: jwt('token-expired'),
  TokenSignatureInvalid: jwt(...SIGNATURE),
  TokenSignatureKeyNotFound: jwt('signing-key-not-found'),
  TokenAudienceNotAllowed: jwt(...AUDIENCE),
  TokenIssuerNotAllowed: jwt(...ISSUER),
  TokenClaimNotFound: jwt('apim-required-claim-mismatch'),
  TokenClaimValueNotAllowed: jwt('apim-required-claim-mismatch', ...AUDIENCE),
  JwtInvalid: jwt(),
  RateLimitExceeded: jwt('apim-rate-limited'),
  QuotaExceeded: jwt('apim-quota-exceeded'),
  CallerIpNotAllowed: jwt('apim-ip-filtered'),
  CallerIpBlocked: jwt('apim-ip-filtered'),
  FailedToParseCallerIP: jwt('apim-ip-filtered'),
  HeaderNotFound: jwt('apim-header-check-failed'),
  HeaderValueNotAllowed: jwt('apim-header-check-failed'),
};

/** `error.code`, or the inner code, of Resource Manager, Graph and Key Vault. */
const ERROR_CODES: Readonly<Record<string, CauseId>> = {
  AuthorizationFailed: 'arm-rbac-missing',
  LinkedAuthorizationFailed: 'arm-linked-scope-missing',
  InvalidAuthenticationTokenTenant: 'arm-wrong-tenant',
  InvalidAuthenticationTokenAudience: 'arm-wrong-audience',
  ExpiredAuthenticationToken: 'token-expired',
  ForbiddenByRbac: 'keyvault-rbac-missing',
  ForbiddenByFirewall: 'keyvault-network-blocked',
  ForbiddenByConnection: 'keyvault-network-blocked',
  AKV10022: 'keyvault-wrong-resource',
  AKV10032: 'keyvault-issuer-wrong-tenant',
  AKV10046: 'signing-key-not-found',
};

const IDW: Readonly<Record<string, CauseId>> = { IDW10201: 'role-missing', IDW10203: 'scope-missing' };

/** What a code stands for; undefined for one that is not known here. Sources: the references of each family. */
export function meaningOfCode({ family, code, innerCode }: FoundCode): CodeMeaning | undefined {
  switch (family) {
    case 'aadsts':
      return { gate: 'tokenEndpoint', causes: oneOf(causeOfAadsts(code)) };
    case 'idx':
      return { gate: 'app', causes: IDX[code] ?? [] };
    case 'idw':
      return { gate: 'app', causes: oneOf(IDW[code]) };
    case 'apim':
      return APIM[code];
    case 'akv':
      return {
        gate: 'keyVault',
        causes: code === 'AKV10000' ? ['missing-token', 'keyvault-challenge-expected'] : oneOf(ERROR_CODES[code]),
      };
    case 'errorCode': {
      const cause = ERROR_CODES[innerCode ?? ''] ?? ERROR_CODES[code];
      return cause ? { gate: gateOfCause(cause), causes: [cause] } : undefined;
    }
    case 'oauth':
      return undefined;
  }
}

function gateOfCause(cause: CauseId): GateId {
  return cause.startsWith('keyvault-') ? 'keyVault' : 'resourceManager';
}

function group(codes: readonly string[], causes: readonly CauseId[]): Record<string, readonly CauseId[]> {
  return Object.fromEntries(codes.map((code) => [code, causes]));
}

function key(...causes: CauseId[]): CodeMeaning {
  return { gate: 'subscriptionKey', causes };
}

function jwt(...causes: CauseId[]): CodeMeaning {
  return { gate: 'validateJwt', causes };
}

function oneOf(cause: CauseId | undefined): CauseId[] {
  return cause ? [cause] : [];
}
