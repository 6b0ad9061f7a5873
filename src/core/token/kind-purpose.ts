import { isLoginHost } from '../azure/login-hosts.ts';
import type { TokenOrigin } from './kind-origin.ts';
import type { JsonObject, JsonValue } from './token.ts';
import type { KindEvidence, TokenKindId } from './token-kind.ts';
import { microsoftApiOf } from './well-known-apps.ts';

export interface TokenPurpose {
  id: TokenKindId;
  api?: string;
  sure: boolean;
  evidence: KindEvidence[];
}

type Judge = (header: JsonObject, payload: JsonObject, origin: TokenOrigin) => TokenPurpose | undefined;

const CLIENT_CLAIMS = ['appid', 'azp', 'appidacr', 'azpacr'];
/** `azp` and `appid` occur with other issuers too; these two only with Microsoft's. */
const MICROSOFT_CLIENT_CLAIMS = ['appidacr', 'azpacr'];
const ID_TOKEN_CLAIMS = ['nonce', 'c_hash', 'at_hash', 'preferred_username'];
/** The audiences Entra exchanges a token of another issuer for: public cloud, US Government, China. */
const EXCHANGE_AUDIENCE = /^api:\/\/AzureADTokenExchange(?:USGov|China)?$/i;
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** The first that knows decides: a client claim comes before `aud` alone and before the payload's `nonce`. */
const JUDGES: Judge[] = [
  judgeLogout,
  judgeSession,
  judgeAssertion,
  judgeExchange,
  judgeMicrosoftApi,
  judgeAdfs,
  judgeClientClaim,
  judgeAccessType,
  judgeOther,
  judgeRest,
];

/** What a token is for, by its header and claims and who issued it. */
export function purposeOf(header: JsonObject, payload: JsonObject, origin: TokenOrigin): TokenPurpose {
  for (const judge of JUDGES) {
    const purpose = judge(header, payload, origin);
    if (purpose) return purpose;
  }
  return { id: 'otherJwt', sure: true, evidence: [] };
}

/** OpenID Connect Back-Channel Logout §2.4 and §2.6. */
function judgeLogout(header: JsonObject, payload: JsonObject): TokenPurpose | undefined {
  const { events } = payload;
  const hasEvent = typeof events === 'object' && events !== null && Object.hasOwn(events, LOGOUT_EVENT);
  const hasType = isType(header, 'logout+jwt');
  if (!hasEvent && !hasType) return undefined;
  const hasNonce = Object.hasOwn(payload, 'nonce');
  const evidence: KindEvidence[] = [
    ...(hasEvent ? [{ id: 'logoutEvent', claim: 'events' } as const] : []),
    ...(hasType ? [{ id: 'logoutType', claim: 'typ' } as const] : []),
    ...(hasNonce ? [{ id: 'logoutNonce', claim: 'nonce' } as const] : []),
  ];
  return { id: 'logoutToken', sure: hasEvent && !hasNonce, evidence };
}

/**
 * Session token of App Service Authentication: the documented issuer of Mobile Services, or a site that writes for
 * itself, with the `sid:` id Microsoft's page on customizing sign-ins shows as `userId`. The latter form is not documented.
 */
function judgeSession(header: JsonObject, { iss, aud, sub, stable_sid }: JsonObject): TokenPurpose | undefined {
  const session = { id: 'sessionToken' } as const;
  if (iss === 'urn:microsoft:windows-azure:zumo') {
    return { ...session, sure: true, evidence: [{ id: 'appServiceIssuer', claim: 'iss', value: 'mobileServices' }] };
  }
  const isForItself = typeof iss === 'string' && iss === aud && /^https:\/\/[^/?#]+\/$/.test(iss);
  const userClaim = [sub, stable_sid].findIndex((id) => typeof id === 'string' && id.startsWith('sid:'));
  if (!isForItself || userClaim < 0 || !/^HS/.test(textOf(header.alg))) return undefined;
  return {
    ...session,
    sure: false,
    evidence: [
      { id: 'appServiceIssuer', claim: 'iss', value: 'site' },
      { id: 'appServiceUser', claim: userClaim === 0 ? 'sub' : 'stable_sid' },
    ],
  };
}

/** RFC 7523 §3: `iss` and `sub` are the client, `aud` is the authorization server. */
function judgeAssertion(header: JsonObject, { iss, sub, aud }: JsonObject): TokenPurpose | undefined {
  const isSelfIssued = typeof iss === 'string' && iss !== '' && iss === sub;
  const host = /^https:\/\/([^/?#]+)\/[^?#]*\boauth2\/(?:v2\.0\/)?token$/i.exec(textOf(aud))?.[1];
  const hasType = isType(header, 'client-authentication+jwt');
  if (!isSelfIssued || (host === undefined && !hasType)) return undefined;
  return {
    id: 'clientAssertion',
    sure: hasType || isLoginHost(host?.toLowerCase() ?? ''),
    evidence: [
      ...(hasType ? [{ id: 'assertionType', claim: 'typ' } as const] : []),
      { id: 'selfIssued', claim: 'iss' },
      ...(host === undefined ? [] : [{ id: 'tokenEndpoint', claim: 'aud' } as const]),
    ],
  };
}

function judgeExchange(_header: JsonObject, { aud }: JsonObject, origin: TokenOrigin): TokenPurpose | undefined {
  if (origin.id === 'entra' || !audiencesOf(aud).some((one) => EXCHANGE_AUDIENCE.test(one))) return undefined;
  return { id: 'federatedToken', sure: true, evidence: [{ id: 'exchangeAudience', claim: 'aud' }] };
}

function judgeMicrosoftApi(header: JsonObject, payload: JsonObject, origin: TokenOrigin): TokenPurpose | undefined {
  const isEntra = isOfEntra(origin);
  const api = audiencesOf(payload.aud).flatMap((one) => microsoftApiOf(one) ?? [])[0];
  const hasHeaderNonce = isEntra && Object.hasOwn(header, 'nonce');
  if (!api && !hasHeaderNonce) return undefined;
  const evidence: KindEvidence[] = [
    ...(api ? [{ id: 'microsoftAudience', claim: 'aud', value: api } as const] : []),
    ...(hasHeaderNonce ? [{ id: 'headerNonce', claim: 'nonce' } as const] : []),
    ...clientEvidence(payload),
  ];
  return { id: 'microsoftApiToken', ...(api && { api }), sure: isEntra && api !== undefined, evidence };
}

/** AD FS names the client in ID tokens as well, so that only the audience is left to tell; no page of Microsoft's says so. */
function judgeAdfs(_header: JsonObject, payload: JsonObject, origin: TokenOrigin): TokenPurpose | undefined {
  if (origin.id !== 'adfs' || typeof payload.appid !== 'string') return undefined;
  return payload.aud === payload.appid
    ? {
        id: 'idToken',
        sure: false,
        evidence: [{ id: 'audienceIsClient', claim: 'aud' }, ...idTokenEvidence(payload)],
      }
    : { id: 'accessToken', sure: false, evidence: [{ id: 'audienceIsNotClient', claim: 'aud' }] };
}

function judgeClientClaim(_header: JsonObject, payload: JsonObject, origin: TokenOrigin): TokenPurpose | undefined {
  const evidence = clientEvidence(payload);
  const hasMicrosoftClaim = MICROSOFT_CLIENT_CLAIMS.some((claim) => Object.hasOwn(payload, claim));
  if (evidence.length === 0 || !(isOfEntra(origin) || hasMicrosoftClaim)) return undefined;
  return { id: 'accessToken', sure: isOfEntra(origin), evidence };
}

/** RFC 9068 §2.1. */
function judgeAccessType(header: JsonObject): TokenPurpose | undefined {
  if (!isType(header, 'at+jwt')) return undefined;
  return { id: 'accessToken', sure: true, evidence: [{ id: 'accessType', claim: 'typ' }] };
}

function judgeOther(_header: JsonObject, _payload: JsonObject, origin: TokenOrigin): TokenPurpose | undefined {
  return isOfEntra(origin) ? undefined : { id: 'otherJwt', sure: true, evidence: [] };
}

function judgeRest(_header: JsonObject, payload: JsonObject): TokenPurpose {
  const accessClaim = ['scp', 'idtyp'].find((claim) => Object.hasOwn(payload, claim));
  if (accessClaim) return { id: 'accessToken', sure: false, evidence: [{ id: 'accessClaim', claim: accessClaim }] };
  const marks = idTokenEvidence(payload);
  return { id: 'idToken', sure: marks.length > 0, evidence: [{ id: 'noClientClaim' }, ...marks] };
}

function clientEvidence(payload: JsonObject): KindEvidence[] {
  const claim = CLIENT_CLAIMS.find((name) => Object.hasOwn(payload, name));
  return claim ? [{ id: 'clientClaim', claim }] : [];
}

function idTokenEvidence(payload: JsonObject): KindEvidence[] {
  const marks = ID_TOKEN_CLAIMS.filter((claim) => Object.hasOwn(payload, claim));
  return marks.map((claim) => ({ id: 'idTokenClaim', claim }));
}

function isOfEntra(origin: TokenOrigin): boolean {
  return origin.id === 'entra' || origin.id === 'customers';
}

/** RFC 7515 §4.1.9: with or without `application/`, in any letter case. */
function isType({ typ }: JsonObject, wanted: string): boolean {
  return (
    textOf(typ)
      .toLowerCase()
      .replace(/^application\//, '') === wanted
  );
}

function audiencesOf(audience: JsonValue | undefined): string[] {
  const all = Array.isArray(audience) ? audience : [audience];
  return all.filter((one) => typeof one === 'string');
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
