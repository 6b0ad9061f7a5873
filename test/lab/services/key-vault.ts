import { randomUUID } from 'node:crypto';
import { emptyReply, jsonReply } from '../apps/echo.ts';
import { bearerOf, type CheckToken } from '../apps/token-authority.ts';
import { issuerV1 } from '../entra-discovery.ts';
import { CONTOSO, SERVICES } from '../entra-tenant.ts';
import type { LabReply, LabRequest, LabRoute } from '../loopback-server.ts';
import type { Members } from '../token-signing.ts';
import { judgeServiceToken } from './service-token.ts';

/** A vault; members may be changed while it runs. */
export interface KeyVault {
  name: string;
  tenantId: string;
  /** What the challenge names. No trailing slash. */
  resource: string;
  enableRbacAuthorization: boolean;
  /** Object ids with `secrets get`: by role or by access policy, whichever the vault goes by. */
  readers: { roles: string[]; accessPolicies: string[]; compoundPolicies: string[] };
  publicNetworkAccess: 'Enabled' | 'Disabled';
  /** Addresses its firewall lets in; any when empty. */
  ipRules: string[];
  secrets: Record<string, string>;
}

/** A vault of Contoso in RBAC mode, with one secret, which `readers` may read. */
export function practiceVault(readers: string[]): KeyVault {
  return {
    name: 'practice-vault',
    tenantId: CONTOSO.id,
    resource: SERVICES.keyVault.appIdUri,
    enableRbacAuthorization: true,
    readers: { roles: [...readers], accessPolicies: [...readers], compoundPolicies: [] },
    publicNetworkAccess: 'Enabled',
    ipRules: [],
    secrets: { 'orders-db': 'a practice secret' },
  };
}

/** Key Vault's data plane: the challenge, then audience, issuer and lifetime, then network, then rights. */
export function keyVaultRoute(vault: KeyVault, world: { checkToken: CheckToken; origin: string }): LabRoute {
  return (request) => {
    const answer = judge(vault, world, request) ?? readSecret(vault, request);
    const headers = {
      'x-ms-keyvault-region': 'westeurope',
      'x-ms-request-id': randomUUID(),
      'x-ms-keyvault-service-version': '1.9.2000.1',
      'x-ms-keyvault-network-info': `conn_type=Ipv4;addr=${request.address};act_addr_fam=InterNetwork;`,
    };
    return { ...answer, headers: { ...headers, ...answer.headers } };
  };
}

function judge(
  vault: KeyVault,
  world: { checkToken: CheckToken; origin: string },
  request: LabRequest,
): LabReply | undefined {
  const refuse401 = (message: string) => {
    const challenge = `Bearer authorization="${world.origin}/${vault.tenantId}", resource="${vault.resource}"`;
    return jsonReply(401, { error: { code: 'Unauthorized', message } }, { 'WWW-Authenticate': challenge });
  };
  const token = bearerOf(request.headers.authorization);
  if (token === undefined) return refuse401('AKV10000: Request is missing a Bearer or PoP token.');
  const tenant = { id: vault.tenantId };
  const { fault, claims } = judgeServiceToken(token, { audiences: [vault.resource], tenant }, world);
  switch (fault) {
    case undefined:
      return refuseNetwork(vault, request, claims) ?? refuseRights(vault, claims);
    case 'TokenAudienceNotAllowed':
      return refuse401(`AKV10022: Invalid audience. Expected ${vault.resource}, found: ${claims.aud}.`);
    case 'TokenIssuerNotAllowed': {
      const expected = issuerV1(world.origin, vault.tenantId);
      return refuse401(`AKV10032: Invalid issuer. Expected one of ${expected}, found ${claims.iss}.`);
    }
    default:
      // What it says of lifetimes and signatures is not documented.
      return refuse401('Error validating token.');
  }
}

function refuseNetwork(vault: KeyVault, { address }: LabRequest, claims: Members): LabReply | undefined {
  if (vault.publicNetworkAccess === 'Disabled') {
    return forbidden(
      'ForbiddenByConnection',
      `Public network access is disabled and request is not from a trusted service nor via an approved private link.\r\nCaller: ${callerOf(claims)}\r\nVault: ${vault.name};location=westeurope`,
    );
  }
  if (vault.ipRules.length === 0 || vault.ipRules.includes(address)) return undefined;
  return forbidden(
    'ForbiddenByFirewall',
    `Client address is not authorized and caller is not a trusted service.\r\nClient address: ${address}\r\nCaller: ${callerOf(claims)}\r\nVault: ${vault.name};location=westeurope`,
  );
}

function refuseRights(vault: KeyVault, claims: Members): LabReply | undefined {
  const { readers, name } = vault;
  const oid = String(claims.oid);
  if (vault.enableRbacAuthorization) {
    if (readers.roles.includes(oid)) return undefined;
    return forbidden(
      'ForbiddenByRbac',
      `Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\r\nCaller: ${callerOf(claims)}\r\nAction: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'\r\nResource: '/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/practice/providers/microsoft.keyvault/vaults/${name}/secrets/orders-db'\r\nAssignment: (not found)\r\nDenyAssignmentId: null\r\nDecisionReason: null\r\nVault: ${name};location=westeurope`,
    );
  }
  if (readers.accessPolicies.includes(oid)) return undefined;
  if (readers.compoundPolicies.includes(oid)) {
    return forbidden(
      'ForbiddenByPolicy',
      `The policy requires the caller '${callerOf(claims)}' to use on-behalf-of (OBO) flow. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2152287`,
    );
  }
  return forbidden(
    'ForbiddenByPolicy',
    `The user, group or application '${callerOf(claims)}' does not have secrets get permission on key vault '${name};location=westeurope'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287`,
  );
}

function forbidden(inner: string, message: string): LabReply {
  return jsonReply(403, { error: { code: 'Forbidden', message, innererror: { code: inner } } });
}

function callerOf({ appid, oid, iss }: Members): string {
  return `appid=${appid};oid=${oid};iss=${iss}`;
}

function readSecret(vault: KeyVault, { url }: LabRequest): LabReply {
  if (!url.searchParams.has('api-version')) {
    const message = 'Missing required query parameter: api-version';
    return jsonReply(400, { error: { code: 'BadParameter', message } });
  }
  const [, kind, name = ''] = url.pathname.split('/');
  const value = kind === 'secrets' ? vault.secrets[name] : undefined;
  if (value === undefined) return emptyReply(404);
  return jsonReply(200, { value, id: `${url.origin}/secrets/${name}/1`, attributes: { enabled: true } });
}
