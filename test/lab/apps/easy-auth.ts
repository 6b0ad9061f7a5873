import { randomUUID } from 'node:crypto';
import type { LabReply, LabRequest, LabRoute } from '../loopback-server.ts';
import type { Members } from '../token-signing.ts';
import { emptyReply } from './echo.ts';
import { bearerOf, type CheckToken } from './token-authority.ts';

/** What decides, of authsettingsV2. May be changed while the app runs. */
export interface EasyAuthSettings {
  enabled: boolean;
  /** Which front end answers: they word a 401 differently. */
  platform: 'linux' | 'windows';
  unauthenticatedClientAction: 'RedirectToLoginPage' | 'AllowAnonymous' | 'Return401' | 'Return403';
  excludedPaths: string[];
  /** `https://login…/{tid}/v2.0`, or without `/v2.0` for v1 tokens: compared with the token's, and the way to the keys. */
  openIdIssuer: string;
  /** Always an allowed audience. */
  clientId: string;
  /** Every other audience, to the letter. */
  allowedAudiences: string[];
  /** `defaultAuthorizationPolicy.allowedApplications`. Any when empty. */
  allowedApplications: string[];
  /** `allowedPrincipals.identities`: object ids. Any when empty. */
  allowedIdentities: string[];
}

/** .NET's default. */
const CLOCK_SKEW_SEC = 300;

/** App Service Authentication in front of a route: 401 for who it cannot tell, 403 for who its policy leaves out. */
export function easyAuth(settings: EasyAuthSettings, checkToken: CheckToken, app: LabRoute): LabRoute {
  return async (request) => {
    if (!settings.enabled) return app(request);
    const trusted = withoutInjected(request);
    const refusal = judge(settings, checkToken, trusted);
    const outcome = 'status' in refusal ? refusal : await app(refusal);
    if (!outcome || 'do' in outcome) return outcome;
    return { ...outcome, headers: { ...outcome.headers, ...marksOf(settings) } };
  };
}

function judge(settings: EasyAuthSettings, checkToken: CheckToken, request: LabRequest): LabReply | LabRequest {
  if (settings.excludedPaths.includes(request.url.pathname)) return request;
  const token = bearerOf(request.headers.authorization);
  if (token === undefined) return answerAnonymous(settings, request);
  const base = settings.openIdIssuer.replace(/\/$/, '');
  const verdict = checkToken(token, {
    metadataUrls: [`${base}/.well-known/openid-configuration`],
    issuers: [settings.openIdIssuer],
    audiences: [settings.clientId, ...settings.allowedAudiences],
    clockSkewSec: CLOCK_SKEW_SEC,
  });
  // Whether AllowAnonymous lets a bad token pass as nobody is not known; here it does not.
  if (!verdict.accepted) return challengeReply(settings, request);
  return isAllowed(settings, verdict.claims) ? withPrincipal(request, verdict.claims) : emptyReply(403);
}

function answerAnonymous(settings: EasyAuthSettings, request: LabRequest): LabReply | LabRequest {
  switch (settings.unauthenticatedClientAction) {
    case 'AllowAnonymous':
      return request;
    case 'Return403':
      return emptyReply(403);
    case 'Return401':
      return challengeReply(settings, request);
    case 'RedirectToLoginPage':
      return isBrowser(request) ? loginRedirect(settings, request) : challengeReply(settings, request);
  }
}

// The parameters stand apart by spaces: not what RFC 9110 §11.6.1 says, but what the platform sends.
function challengeReply(settings: EasyAuthSettings, { url }: LabRequest): LabReply {
  const isWindows = settings.platform === 'windows';
  const challenge = `Bearer realm="${url.host}" authorization_uri="${authorizeUrl(settings, isWindows ? 1 : 2)}" resource_id="${settings.clientId}"`;
  if (!isWindows) return emptyReply(401, { 'WWW-Authenticate': challenge });
  return {
    status: 401,
    headers: { 'Content-Type': 'text/html', 'WWW-Authenticate': challenge },
    body: 'You do not have permission to view this directory or page.',
  };
}

function loginRedirect(settings: EasyAuthSettings, { url }: LabRequest): LabReply {
  const location = new URL(authorizeUrl(settings, 2));
  location.search = new URLSearchParams({
    response_type: 'code id_token',
    redirect_uri: `${url.origin}/.auth/login/aad/callback`,
    client_id: settings.clientId,
    scope: 'openid profile email',
    response_mode: 'form_post',
    nonce: randomUUID(),
    state: `redir=${encodeURIComponent(url.pathname)}`,
  }).toString();
  return emptyReply(302, { Location: location.href });
}

function authorizeUrl({ openIdIssuer }: EasyAuthSettings, version: 1 | 2): string {
  const tenant = openIdIssuer.replace(/\/(v2\.0)?\/?$/, '');
  return `${tenant}/oauth2/${version === 2 ? 'v2.0/' : ''}authorize`;
}

function isAllowed({ allowedApplications, allowedIdentities }: EasyAuthSettings, claims: Members): boolean {
  const client = String(claims.azp ?? claims.appid);
  const mayCall = allowedApplications.length === 0 || allowedApplications.includes(client);
  return mayCall && (allowedIdentities.length === 0 || allowedIdentities.includes(String(claims.oid)));
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

function marksOf({ platform }: EasyAuthSettings): Record<string, string> {
  return platform === 'windows' ? {} : { Server: 'Kestrel', 'x-ms-middleware-request-id': randomUUID() };
}
