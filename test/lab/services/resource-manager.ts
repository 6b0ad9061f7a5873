import { jsonReply } from '../apps/echo.ts';
import { bearerOf, type CheckToken } from '../apps/token-authority.ts';
import { issuerV1 } from '../entra-discovery.ts';
import { CONTOSO, SERVICES } from '../entra-tenant.ts';
import type { LabReply, LabRequest, LabRoute } from '../loopback-server.ts';
import type { Members } from '../token-signing.ts';
import { claimsOf, judgeServiceToken } from './service-token.ts';

/** One subscription of Azure and who may do what in it. Members may be changed while it runs. */
export interface ResourceManager {
  subscriptionId: string;
  tenantId: string;
  /** Object ids that may read and write resources. */
  contributors: string[];
  /** Object ids that may use the subnet a network interface is joined to. */
  subnetUsers: string[];
  /** Whether an assigned policy forbids what is written. */
  deniesByPolicy: boolean;
}

const AUDIENCES = [
  'https://management.core.windows.net/',
  'https://management.core.windows.net',
  'https://management.azure.com/',
  SERVICES.resourceManager.appIdUri,
];

export function practiceResourceManager(contributors: string[]): ResourceManager {
  return {
    subscriptionId: '9a1e5d3c-7b24-4f68-90ab-c1d2e3f40516',
    tenantId: CONTOSO.id,
    contributors: [...contributors],
    subnetUsers: [...contributors],
    deniesByPolicy: false,
  };
}

/** Azure Resource Manager: token, tenant of the subscription, role, role on what is linked, policy. */
export function resourceManagerRoute(
  azure: ResourceManager,
  world: { checkToken: CheckToken; origin: string; now: () => number },
): LabRoute {
  return (request) => judgeToken(azure, world, request) ?? answer(azure, world.origin, request);
}

function judgeToken(
  azure: ResourceManager,
  world: { checkToken: CheckToken; origin: string; now: () => number },
  { headers }: LabRequest,
): LabReply | undefined {
  const refuse = (code: string, message: string) => {
    const challenge = `Bearer authorization_uri="${world.origin}/${azure.tenantId}", error="invalid_token", error_description="${message.replace(/"/g, "'")}"`;
    return jsonReply(401, { error: { code, message } }, { 'WWW-Authenticate': challenge });
  };
  const { authorization } = headers;
  if (authorization === undefined) {
    return refuse('AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
  }
  const token = bearerOf(authorization);
  if (token === undefined) {
    return refuse(
      'AuthenticationFailedInvalidHeader',
      "Authentication failed. The 'Authorization' header is provided in an invalid format.",
    );
  }
  const { fault, claims } = judgeServiceToken(token, { audiences: AUDIENCES }, world);
  switch (fault) {
    case undefined:
      return undefined;
    case 'TokenExpired': {
      const expired = new Date(Number(claims.exp) * 1000).toISOString();
      const message = `The access token expiry UTC time '${expired}' is earlier than current UTC time '${new Date(world.now()).toISOString()}'.`;
      return refuse('ExpiredAuthenticationToken', message);
    }
    case 'TokenAudienceNotAllowed':
      return refuse(
        'InvalidAuthenticationTokenAudience',
        `The access token has been obtained for wrong audience or resource '${claims.aud}'. It should exactly match with one of the allowed audiences ${AUDIENCES.map((audience) => `'${audience}'`).join(',')}.`,
      );
    default:
      return refuse('InvalidAuthenticationToken', 'The access token is invalid.');
  }
}

function answer(azure: ResourceManager, origin: string, { method, url, headers }: LabRequest): LabReply {
  const claims = claimsOf(bearerOf(headers.authorization) ?? '');
  const scope = url.pathname.toLowerCase();
  if (scope === '/subscriptions') {
    return jsonReply(200, { value: [{ subscriptionId: azure.subscriptionId, tenantId: azure.tenantId }] });
  }
  const root = `/subscriptions/${azure.subscriptionId}`;
  if (scope !== root && !scope.startsWith(`${root}/`)) {
    const message = `The subscription '${url.pathname.split('/')[2]}' could not be found.`;
    return jsonReply(404, { error: { code: 'SubscriptionNotFound', message } });
  }
  return (
    refuseTenant(azure, origin, claims) ??
    refuseRights(azure, method, url.pathname, claims) ??
    jsonReply(200, { id: url.pathname, name: url.pathname.split('/').at(-1), properties: {} })
  );
}

function refuseTenant(azure: ResourceManager, origin: string, claims: Members): LabReply | undefined {
  if (claims.tid === azure.tenantId) return undefined;
  const authority = `${origin}/${azure.tenantId}`;
  const message = `The access token is from the wrong issuer '${claims.iss}'. It must match the tenant '${issuerV1(origin, azure.tenantId)}' associated with this subscription. Please use the authority (URL) '${authority}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour).`;
  const challenge = `Bearer authorization_uri="${authority}", error="invalid_token", error_description="The access token is from the wrong issuer."`;
  return jsonReply(
    401,
    { error: { code: 'InvalidAuthenticationTokenTenant', message } },
    { 'WWW-Authenticate': challenge },
  );
}

function refuseRights(azure: ResourceManager, method: string, path: string, claims: Members): LabReply | undefined {
  const oid = String(claims.oid);
  const client = String(claims.upn ?? claims.appid);
  const isRead = method === 'GET';
  const type = /\/providers\/([\w.]+\/\w+)/i.exec(path)?.[1] ?? 'Microsoft.Resources/subscriptions/resourceGroups';
  const action = `${type}/${isRead ? 'read' : 'write'}`;
  if (!azure.contributors.includes(oid)) {
    const message = `The client '${client}' with object id '${oid}' does not have authorization to perform action '${action}' over scope '${path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
    return jsonReply(403, { error: { code: 'AuthorizationFailed', message } });
  }
  if (isRead) return undefined;
  if (type.toLowerCase() === 'microsoft.network/networkinterfaces' && !azure.subnetUsers.includes(oid)) {
    const subnet = `/subscriptions/${azure.subscriptionId}/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/apps`;
    const message = `The client '${client}' with object id '${oid}' has permission to perform action '${action}' on scope '${path}'; however, it does not have permission to perform action(s) 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) '${subnet}' (respectively) or the linked scope(s) are invalid.`;
    return jsonReply(403, { error: { code: 'LinkedAuthorizationFailed', message } });
  }
  if (!azure.deniesByPolicy) return undefined;
  const message = `Resource '${path.split('/').at(-1)}' was disallowed by policy.`;
  return jsonReply(403, { error: { code: 'RequestDisallowedByPolicy', message } });
}
