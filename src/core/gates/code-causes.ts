import type { FoundCode } from '../call/error-codes.ts';
import { causeOfAadsts } from '../entra/aadsts-causes.ts';
import type { CauseId } from './cause-id.ts';
import type { GateId } from './step.ts';

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
  ...group(['IDX10501', 'IDX10502', 'IDX10503'], ['signing-key-not-found', 'graph-nonce-token']),
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
  OperationNotFound: { gate: 'apimOperation', causes: ['apim-operation-not-found'] },
  RateLimitExceeded: { gate: 'rateLimit', causes: ['apim-rate-limited'] },
  QuotaExceeded: { gate: 'quota', causes: ['apim-quota-exceeded'] },
  CallerIpNotAllowed: { gate: 'ipFilter', causes: ['apim-ip-filtered'] },
  CallerIpBlocked: { gate: 'ipFilter', causes: ['apim-ip-filtered'] },
  FailedToParseCallerIP: { gate: 'ipFilter', causes: ['apim-ip-filtered'] },
  HeaderNotFound: { gate: 'checkHeader', causes: ['apim-header-check-failed'] },
  HeaderValueNotAllowed: { gate: 'checkHeader', causes: ['apim-header-check-failed'] },
};

/** `error.code`, the inner code, or the code a message begins with, of Microsoft's services; with one cause each. */
const SERVICES: readonly (readonly [gate: GateId, causes: Readonly<Record<string, CauseId>>])[] = [
  [
    'keyVault',
    {
      ForbiddenByRbac: 'keyvault-rbac-missing',
      ForbiddenByPolicy: 'keyvault-access-policy-missing',
      ForbiddenByFirewall: 'keyvault-network-blocked',
      ForbiddenByConnection: 'keyvault-network-blocked',
      AKV10022: 'keyvault-wrong-resource',
      AKV10032: 'keyvault-issuer-wrong-tenant',
      AKV10046: 'signing-key-not-found',
    },
  ],
  [
    'resourceManager',
    {
      AuthorizationFailed: 'arm-rbac-missing',
      LinkedAuthorizationFailed: 'arm-linked-scope-missing',
      LinkedAccessCheckFailed: 'arm-linked-scope-missing',
      InvalidAuthenticationTokenTenant: 'arm-wrong-tenant',
      InvalidAuthenticationTokenAudience: 'arm-wrong-audience',
      AuthenticationFailedInvalidHeader: 'bearer-prefix-missing',
      ExpiredAuthenticationToken: 'token-expired',
    },
  ],
  [
    'graph',
    { Authorization_IdentityNotFound: 'tenant-service-principal-missing', PermissionScopeNotGranted: 'scope-missing' },
  ],
  ['dataPlane', { AuthorizationPermissionMismatch: 'data-plane-role-missing' }],
  [
    'logicApp',
    {
      DirectApiRequestHasMoreThanOneAuthorization: 'logic-app-two-credentials',
      DirectApiAuthorizationRequired: 'logic-app-sas-missing',
      MisMatchingOAuthClaims: 'logic-app-claims-mismatch',
    },
  ],
];

/** Codes of the token endpoint that several causes have; the request decides. */
const AADSTS: Readonly<Record<string, readonly CauseId[]>> = {
  AADSTS50013: ['obo-assertion-signature-invalid', 'obo-assertion-wrong-audience'],
  AADSTS500133: ['token-expired', 'token-not-yet-valid'],
  AADSTS50012: ['aadsts-700024-assertion-time-range', 'aadsts-700027-certificate-not-registered'],
  AADSTS50027: ['obo-assertion-wrong-token-type', 'token-malformed'],
  AADSTS70021: ['aadsts-700213-federated-credential-mismatch'],
  AADSTS70002: ['aadsts-client-type-mismatch', 'aadsts-7000215-invalid-secret'],
  AADSTS90023: ['aadsts-client-type-mismatch'],
  AADSTS900384: ['token-from-other-cloud', 'obo-assertion-signature-invalid'],
  AADSTS7000229: ['tenant-service-principal-missing'],
};

const IDW: Readonly<Record<string, CauseId>> = { IDW10201: 'role-missing', IDW10203: 'scope-missing' };

/** What a code stands for; undefined for one that is not known here. Sources: the references of each family. */
export function meaningOfCode({ family, code, innerCode }: FoundCode): CodeMeaning | undefined {
  switch (family) {
    case 'aadsts':
      return { gate: 'tokenEndpoint', causes: AADSTS[code] ?? oneOf(causeOfAadsts(code)) };
    case 'idx':
      return { gate: 'app', causes: IDX[code] ?? [] };
    case 'idw':
      return { gate: 'app', causes: oneOf(IDW[code]) };
    case 'apim':
      return APIM[code];
    case 'akv':
      return {
        gate: 'keyVault',
        causes:
          code === 'AKV10000'
            ? ['missing-token', 'keyvault-challenge-expected']
            : (meaningAtService(code)?.causes ?? []),
      };
    case 'errorCode':
      return meaningAtService(innerCode ?? '') ?? meaningAtService(code);
    case 'oauth':
      return undefined;
  }
}

function meaningAtService(code: string): CodeMeaning | undefined {
  const found = SERVICES.find(([, causes]) => Object.hasOwn(causes, code));
  return found && { gate: found[0], causes: oneOf(found[1][code]) };
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
