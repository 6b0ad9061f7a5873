import { randomBytes, randomUUID } from 'node:crypto';
import type { LabReply, LabRequest, LabRoute } from '../loopback-server.ts';
import type { Members } from '../token-signing.ts';
import type { AppServiceSite } from './app-service.ts';
import { type AuthSessions, presentedSession } from './auth-session.ts';
import type { AuthSettingsV2 } from './auth-settings.ts';
import { emptyReply, jsonReply } from './echo.ts';
import { bearerOf, type CheckToken, type TokenVerdict } from './token-authority.ts';

/** What App Service Authentication is enforced with. Settings and site may be changed while the app runs. */
export interface EasyAuthWorld {
  settings: AuthSettingsV2;
  site: AppServiceSite;
  sessions: AuthSessions;
  checkToken: CheckToken;
}

/** .NET's default. */
const CLOCK_SKEW_SEC = 300;

/** App Service Authentication in front of a route: 401 for who it cannot tell, 403 for who its policy leaves out. */
export function easyAuth(world: EasyAuthWorld, app: LabRoute): LabRoute {
  return async (request) => {
    if (!world.settings.platform.enabled) return app(request);
    const answer = (await answerLogin(world, request)) ?? judge(world, withoutInjected(request));
    const outcome = 'status' in answer ? answer : await app(answer);
    if (!outcome || 'do' in outcome) return outcome;
    return { ...outcome, headers: { ...outcome.headers, ...marksOf(world) } };
  };
}

function judge(world: EasyAuthWorld, request: LabRequest): LabReply | LabRequest {
  const { settings, sessions } = world;
  if (settings.globalValidation.excludedPaths.includes(request.url.pathname)) return request;
  if (settings.identityProviders.azureStaticWebApps?.enabled) return judgeLinked(request);
  const session = presentedSession(request);
  if (session) {
    const claims = sessions.read(session.token);
    if (!claims) return answerAnonymous(world, request);
    return session.isCookie && isForged(settings, request) ? emptyReply(403) : withPrincipal(request, claims);
  }
  const token = bearerOf(request.headers.authorization);
  if (token === undefined) return answerAnonymous(world, request);
  if (!settings.identityProviders.azureActiveDirectory.enabled) return bareChallenge(request);
  const verdict = checkAgainst(world, token);
  // Whether AllowAnonymous lets a bad token pass as nobody is not known; here it does not.
  if (!verdict.accepted) return challengeReply(world, request);
  return isAllowed(settings, verdict.claims) ? withPrincipal(request, verdict.claims) : emptyReply(403);
}

/** Only what the Static Web App passes on gets in. */
function judgeLinked(request: LabRequest): LabReply | LabRequest {
  if (request.headers['x-ms-auth-token'] !== undefined) return request;
  return bareChallenge(request);
}

function bareChallenge({ url }: LabRequest): LabReply {
  return emptyReply(401, { 'WWW-Authenticate': `Bearer realm="${url.host}"` });
}

function checkAgainst({ settings, checkToken }: EasyAuthWorld, token: string): TokenVerdict {
  const { registration, validation } = settings.identityProviders.azureActiveDirectory;
  const { openIdIssuer, clientId } = registration;
  return checkToken(token, {
    metadataUrls: [`${openIdIssuer.replace(/\/$/, '')}/.well-known/openid-configuration`],
    issuers: [openIdIssuer],
    audiences: [clientId, ...validation.allowedAudiences],
    clockSkewSec: CLOCK_SKEW_SEC,
  });
}

/** `POST /.auth/login/aad` with a token for the app itself, `GET /.auth/me`; undefined for other paths. */
async function answerLogin(world: EasyAuthWorld, request: LabRequest): Promise<LabReply | undefined> {
  const { settings, sessions } = world;
  const { apiPrefix } = settings.httpSettings.routes;
  const { method, url } = request;
  if (method === 'GET' && url.pathname === `${apiPrefix}/login/aad`) return loginRedirect(world, request);
  if (method === 'GET' && url.pathname === `${apiPrefix}/me`) {
    const claims = sessions.read(presentedSession(request)?.token ?? '');
    return claims ? jsonReply(200, [{ provider_name: 'aad', user_id: claims.sub }]) : emptyReply(401);
  }
  if (method !== 'POST' || url.pathname !== `${apiPrefix}/login/aad`) return undefined;
  const verdict = checkAgainst(world, accessTokenIn((await request.readBody()).toString()));
  if (!verdict.accepted) return emptyReply(401);
  if (!isAllowed(settings, verdict.claims)) return emptyReply(403);
  return jsonReply(200, sessions.open(verdict.claims, url.host));
}

function accessTokenIn(body: string): string {
  try {
    return String((JSON.parse(body) as { access_token?: unknown }).access_token);
  } catch {
    return '';
  }
}

/** A browser's session, used by a page of another site. */
function isForged({ login }: AuthSettingsV2, { method, headers, url }: LabRequest): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method) || headers.origin === undefined) return false;
  return headers.origin !== url.origin && !login.allowedExternalRedirectUrls.includes(headers.origin);
}

function answerAnonymous(world: EasyAuthWorld, request: LabRequest): LabReply | LabRequest {
  const { requireAuthentication, unauthenticatedClientAction } = world.settings.globalValidation;
  switch (requireAuthentication ? unauthenticatedClientAction : 'AllowAnonymous') {
    case 'AllowAnonymous':
      return request;
    case 'Return403':
      return emptyReply(403);
    case 'Return401':
      return challengeReply(world, request);
    case 'RedirectToLoginPage':
      return isBrowser(request) ? loginRedirect(world, request) : challengeReply(world, request);
  }
}

// The parameters stand apart by spaces: not what RFC 9110 §11.6.1 says, but what the platform sends.
function challengeReply({ settings, site }: EasyAuthWorld, { url }: LabRequest): LabReply {
  const isWindows = site.os === 'windows';
  const { registration } = settings.identityProviders.azureActiveDirectory;
  const challenge = `Bearer realm="${url.host}" authorization_uri="${authorizeUrl(registration, isWindows ? 1 : 2)}" resource_id="${registration.clientId}"`;
  if (!isWindows) return emptyReply(401, { 'WWW-Authenticate': challenge });
  return {
    status: 401,
    headers: { 'Content-Type': 'text/html', 'WWW-Authenticate': challenge },
    body: 'You do not have permission to view this directory or page.',
  };
}

function loginRedirect({ settings }: EasyAuthWorld, { url }: LabRequest): LabReply {
  const { registration } = settings.identityProviders.azureActiveDirectory;
  const location = new URL(authorizeUrl(registration, 2));
  location.search = new URLSearchParams({
    response_type: 'code',
    code_challenge: randomBytes(32).toString('base64url'),
    code_challenge_method: 'S256',
    redirect_uri: loginCallback(url.origin),
    client_id: registration.clientId,
    scope: 'openid profile email',
    response_mode: 'form_post',
    nonce: randomUUID(),
    state: `redir=${encodeURIComponent(url.pathname)}`,
  }).toString();
  return emptyReply(302, { Location: location.href });
}

/** Where the login host sends a browser back to. */
export function loginCallback(origin: string): string {
  return `${origin}/.auth/login/aad/callback`;
}

function authorizeUrl({ openIdIssuer }: { openIdIssuer: string }, version: 1 | 2): string {
  const tenant = openIdIssuer.replace(/\/(v2\.0)?\/?$/, '');
  return `${tenant}/oauth2/${version === 2 ? 'v2.0/' : ''}authorize`;
}

function isAllowed({ identityProviders }: AuthSettingsV2, claims: Members): boolean {
  const { defaultAuthorizationPolicy: policy, jwtClaimChecks } = identityProviders.azureActiveDirectory.validation;
  const client = String(claims.azp ?? claims.appid);
  const groups = Array.isArray(claims.groups) ? claims.groups.map(String) : [];
  const { identities, groups: allowedGroups } = policy.allowedPrincipals;
  const isPrincipal =
    identities.length + allowedGroups.length === 0 ||
    identities.includes(String(claims.oid)) ||
    allowedGroups.some((group) => groups.includes(group));
  return (
    isPrincipal &&
    holds(policy.allowedApplications, [client]) &&
    holds(jwtClaimChecks?.allowedClientApplications, [client]) &&
    holds(jwtClaimChecks?.allowedGroups, groups)
  );
}

function holds(allowed: readonly string[] | undefined, present: readonly string[]): boolean {
  return !allowed || allowed.length === 0 || allowed.some((value) => present.includes(value));
}

function isBrowser({ headers }: LabRequest): boolean {
  return headers.accept?.includes('text/html') ?? false;
}

/** Nobody outside may set what the platform injects. */
function withoutInjected(request: LabRequest): LabRequest {
  const isInjected = (name: string) => /^x-ms-(client-principal|token-)/i.test(name);
  return {
    ...request,
    headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => !isInjected(name))),
    headerLines: request.headerLines.filter(([name]) => !isInjected(name)),
  };
}

function withPrincipal(request: LabRequest, claims: Members): LabRequest {
  const principal = {
    auth_typ: 'aad',
    claims: Object.entries(claims).map(([typ, val]) => ({ typ, val: String(val) })),
    name_typ: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    role_typ: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
  };
  const injected: Record<string, string> = {
    'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64'),
    'x-ms-client-principal-id': String(claims.oid),
    'x-ms-client-principal-idp': 'aad',
    'x-ms-client-principal-name': String(claims.preferred_username ?? claims.upn ?? claims.oid),
  };
  return {
    ...request,
    headers: { ...request.headers, ...injected },
    headerLines: [...request.headerLines, ...Object.entries(injected)],
  };
}

function marksOf({ site }: EasyAuthWorld): Record<string, string> {
  return site.os === 'windows' ? {} : { Server: 'Kestrel', 'x-ms-middleware-request-id': randomUUID() };
}
