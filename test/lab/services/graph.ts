import { randomUUID } from 'node:crypto';
import { jsonReply } from '../apps/echo.ts';
import { bearerOf, type CheckToken } from '../apps/token-authority.ts';
import { CONTOSO, GRAPH_APP_ID } from '../entra-tenant.ts';
import type { LabReply, LabRequest, LabRoute } from '../loopback-server.ts';
import { claimsOf, judgeServiceToken, withHashedNonce } from './service-token.ts';

/** Microsoft Graph's answers: what is asked of whom. Members may be changed while it runs. */
export interface Graph {
  /** By path: a scope or app role, either of which is enough. */
  permissions: Record<string, string>;
  /** Paths that only make sense for a signed-in user. */
  forUsersOnly: string[];
  /** By path: the directory role (`wids`) the signed-in user has to have beside the scope. */
  directoryRoles: Record<string, string>;
  /** Application ids that Exchange keeps from mailboxes, whatever their roles. */
  blockedFromMail: string[];
  /** Object ids whose sign-in was revoked: their tokens get a claims challenge. */
  revoked: string[];
}

/** Template id of the role. */
export const PRIVILEGED_ROLE_ADMINISTRATOR = 'e8611ab8-c189-46e8-94e1-60213ab1f814';

const AUDIENCES = [GRAPH_APP_ID, 'https://graph.microsoft.com', 'https://graph.microsoft.com/'];

export function practiceGraph(): Graph {
  return {
    permissions: {
      '/v1.0/me': 'User.Read',
      '/v1.0/users': 'User.Read.All',
      '/v1.0/me/messages': 'Mail.Read',
      [`/v1.0/users/${CONTOSO.users[0].id}/messages`]: 'Mail.Read',
      '/v1.0/directoryRoles': 'RoleManagement.ReadWrite.Directory',
    },
    directoryRoles: { '/v1.0/directoryRoles': PRIVILEGED_ROLE_ADMINISTRATOR },
    blockedFromMail: [],
    forUsersOnly: ['/v1.0/me', '/v1.0/me/messages'],
    revoked: [],
  };
}

/** Microsoft Graph: token, revocation, permission. */
export function graphRoute(
  graph: Graph,
  world: { checkToken: CheckToken; origin: string; now: () => number },
): LabRoute {
  return (request) => judgeToken(graph, world, request) ?? answer(graph, world.now(), request);
}

function judgeToken(
  graph: Graph,
  world: { checkToken: CheckToken; origin: string; now: () => number },
  { headers }: LabRequest,
): LabReply | undefined {
  const refuse = (message: string, more: Record<string, string> = {}) =>
    errorReply(401, 'InvalidAuthenticationToken', message, world.now(), more);
  const token = bearerOf(headers.authorization);
  if (token === undefined) return refuse('Access token is empty.');
  const { fault, claims } = judgeServiceToken(withHashedNonce(token), { audiences: AUDIENCES }, world);
  if (fault === 'JwtInvalid') return refuse('CompactToken parsing failed with error code: 80049217');
  if (fault === 'TokenAudienceNotAllowed') return refuse('Access token validation failure. Invalid audience.');
  if (fault === 'TokenExpired') return refuse('Lifetime validation failed, the token is expired.');
  if (fault) return refuse('Access token validation failure.');
  if (claims.oid === undefined) {
    const message = 'The identity of the calling application could not be established.';
    return errorReply(401, 'Authorization_IdentityNotFound', message, world.now());
  }
  if (!graph.revoked.includes(String(claims.oid))) return undefined;
  const demanded = { access_token: { nbf: { essential: true, value: String(Math.floor(world.now() / 1000)) } } };
  const challenge = `Bearer realm="", authorization_uri="${world.origin}/common/oauth2/authorize", error="insufficient_claims", claims="${Buffer.from(JSON.stringify(demanded)).toString('base64')}"`;
  return refuse('Continuous access evaluation resulted in challenge with result: InteractionRequired.', {
    'WWW-Authenticate': challenge,
  });
}

function answer(graph: Graph, nowMs: number, { url, headers }: LabRequest): LabReply {
  const claims = claimsOf(bearerOf(headers.authorization) ?? '');
  const needed = graph.permissions[url.pathname];
  if (needed === undefined) return errorReply(404, 'itemNotFound', 'Resource not found.', nowMs);
  if (graph.forUsersOnly.includes(url.pathname) && claims.scp === undefined) {
    const message = '/me request is only valid with delegated authentication flow.';
    return errorReply(400, 'BadRequest', message, nowMs);
  }
  const granted = [...String(claims.scp ?? '').split(' '), ...(Array.isArray(claims.roles) ? claims.roles : [])];
  if (url.pathname.endsWith('/messages') && graph.blockedFromMail.includes(String(claims.appid))) {
    const message = 'Access to OData is disabled: Blocked by tenant configured AppOnly AccessPolicy settings.';
    return errorReply(403, 'ErrorAccessDenied', message, nowMs);
  }
  const role = graph.directoryRoles[url.pathname];
  const hasRole = role === undefined || (Array.isArray(claims.wids) && claims.wids.includes(role));
  if (granted.includes(needed) && hasRole) return jsonReply(200, { '@odata.context': url.href, id: claims.oid });
  const message = 'Insufficient privileges to complete the operation.';
  return errorReply(403, 'Authorization_RequestDenied', message, nowMs);
}

function errorReply(
  status: number,
  code: string,
  message: string,
  nowMs: number,
  headers: Record<string, string> = {},
): LabReply {
  const id = randomUUID();
  const date = new Date(nowMs).toISOString().slice(0, 19);
  const innerError = { date, 'request-id': id, 'client-request-id': id };
  return jsonReply(status, { error: { code, message, innerError } }, { 'request-id': id, ...headers });
}
