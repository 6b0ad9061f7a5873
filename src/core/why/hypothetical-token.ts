import { PUBLIC_LOGIN, V1_ISSUER } from '../azure/login-hosts.ts';
import type { BearerToken, Call } from '../call/call.ts';
import type { ApiProfile } from '../entra/api-profile.ts';
import { metadataUrl, type TokenVersion } from '../entra/authority.ts';
import type { SignatureFinding } from '../entra/signature.ts';
import { tokenVersion } from '../entra/token-source.ts';
import { acceptedAudiences } from '../gates/bearer/audience-check.ts';
import type { Knowledge } from '../gates/facts.ts';
import { keyUrlsOf, metadataOf } from '../gates/token-policy/metadata-urls.ts';
import { isGuid } from '../token/issuer-shape.ts';
import type { JsonObject } from '../token/token.ts';

const LIFETIME_SEC = 3600;
/** Nobody's tenant, and nobody's API. */
const OTHER_TENANT = '99999999-0000-4000-8000-000000000001';
const OTHER_API = '99999999-0000-4000-8000-000000000002';
const GRAPH = '00000003-0000-0000-c000-000000000000';

/** What is known of a call for a token to be made up for it. */
export interface TokenBase {
  call: Call;
  knowledge: Knowledge;
  nowMs: number;
}

/** The call with another token, which counts as signed by whom its API trusts. */
export function withToken(base: TokenBase, payload: JsonObject, header: JsonObject = {}): Call {
  const bearer: BearerToken = {
    token: { header: { ...without(headerOf(base.call), 'nonce'), ...header }, payload },
    partial: false,
    signatures: assumedSignatures(base.knowledge),
  };
  const headers = base.call.headers.filter(({ name }) => name.toLowerCase() !== 'authorization');
  return {
    ...base.call,
    headers: [...headers, { name: 'Authorization', value: 'Bearer', masked: true, assumed: true }],
    authorization: { type: 'bearer', bearer, setBy: 'caller' },
  };
}

/** The claims of the call's token; undefined when none was sent or it cannot be read. */
export function payloadOf({ authorization }: Call): JsonObject | undefined {
  return authorization.type === 'bearer' ? authorization.bearer.token?.payload : undefined;
}

/** The same token, issued now. */
export function renewed(payload: JsonObject, nowMs: number): JsonObject {
  const nowSec = Math.floor(nowMs / 1000);
  return { ...payload, iat: nowSec, nbf: nowSec, exp: nowSec + LIFETIME_SEC };
}

/**
 * The token Entra would issue for the API of the profile to this caller. Undefined where the profile does not say what the
 * API's tokens are like: nothing is made up then.
 */
export function goodPayload({ call, knowledge, nowMs }: TokenBase): JsonObject | undefined {
  const profile = knowledge.profile?.value;
  const own = payloadOf(call) ?? {};
  if (profile?.authority.kind !== 'entra') return undefined;
  const version = profile.tokenVersions?.[0] ?? versionOf(profile) ?? tokenVersion(own) ?? 2;
  const audience = audienceOf(profile, version);
  const { tenant } = profile.authority;
  if (audience === undefined || !isGuid(tenant)) return undefined;
  const client = profile.allowedClients?.[0] ?? own.azp ?? own.appid ?? OTHER_API;
  return renewed(
    {
      ...pick(own, ['oid', 'sub', 'idtyp', 'name']),
      ...issuedBy(profile, tenant, version),
      aud: audience,
      ...(version === 2 ? { azp: client } : { appid: client }),
      ...permissionsFor(profile, own),
    },
    nowMs,
  );
}

/**
 * The same caller's token in the other version: issuer, `ver`, `aud` and the caller's claim change at once, as they do when
 * requestedAccessTokenVersion is changed (entra-tokens.md §1).
 */
export function inVersion({ call, knowledge, nowMs }: TokenBase, version: TokenVersion): JsonObject | undefined {
  const own = payloadOf(call);
  const tenant = own?.tid;
  if (!own || typeof tenant !== 'string') return undefined;
  const profile = knowledge.profile?.value;
  const audience = audienceIn(own, profile, version);
  const client = own.azp ?? own.appid;
  const rest = without(without(own, 'azp'), 'appid');
  return renewed(
    {
      ...rest,
      ...issuedBy(profile, tenant, version),
      ...(audience === undefined ? {} : { aud: audience }),
      ...(client === undefined ? {} : version === 2 ? { azp: client } : { appid: client }),
    },
    nowMs,
  );
}

/** The call with a good token, as far as one is known. */
export function goodCall(base: TokenBase): Call {
  const good = goodPayload(base) ?? payloadOf(base.call);
  return good ? withToken(base, renewed(good, base.nowMs)) : base.call;
}

/**
 * Calls that must stay out, whatever is changed: without a token, for another API, of another tenant, expired, and with a
 * token for Microsoft Graph. Empty where no good token is known to spoil.
 */
export function badCalls(base: TokenBase): Call[] {
  const good = goodPayload(base) ?? payloadOf(base.call);
  const headers = base.call.headers.filter(({ name }) => name.toLowerCase() !== 'authorization');
  const anonymous: Call = { ...base.call, headers, authorization: { type: 'none', setBy: 'caller' } };
  if (!good) return [anonymous];
  const fresh = renewed(good, base.nowMs);
  const spoilt: JsonObject[] = [
    { ...fresh, aud: OTHER_API },
    { ...fresh, ...issuedBy(undefined, OTHER_TENANT, tokenVersion(fresh) ?? 2) },
    { ...fresh, exp: Math.floor(base.nowMs / 1000) - LIFETIME_SEC },
    { ...fresh, aud: GRAPH, scp: 'User.Read' },
  ];
  return [anonymous, ...spoilt.map((payload) => withToken(base, payload))];
}

function versionOf({ audiences, appId }: ApiProfile): TokenVersion | undefined {
  if (appId !== undefined || !audiences?.[0]) return undefined;
  return isGuid(audiences[0]) ? undefined : 1;
}

function audienceOf(profile: ApiProfile, version: TokenVersion): string | undefined {
  const accepted = acceptedAudiences(profile);
  const { appId, appIdUri } = profile;
  const wanted = version === 2 ? (appId ?? accepted.find(isGuid)) : (appIdUri ?? accepted.find((one) => !isGuid(one)));
  return wanted ?? accepted[0];
}

/** A v2 token always names its API by its id; a v1 token by its App ID URI, as most clients ask for it. */
function audienceIn(own: JsonObject, profile: ApiProfile | undefined, version: TokenVersion): string | undefined {
  const aud = typeof own.aud === 'string' ? own.aud : undefined;
  const id = profile?.appId ?? /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(aud ?? '')?.[0];
  if (version === 2) return id ?? aud;
  return profile?.appIdUri ?? (id === undefined ? aud : `api://${id}`);
}

function issuedBy(profile: ApiProfile | undefined, tenant: string, version: TokenVersion): JsonObject {
  const { authority } = profile ?? {};
  const isUnknownCloud = authority?.kind === 'entra' && authority.cloud === undefined;
  const base = authority?.kind === 'entra' ? authority.loginBase : PUBLIC_LOGIN;
  const v1 = isUnknownCloud ? `${base}/${tenant}/` : `${V1_ISSUER}/${tenant}/`;
  return { iss: version === 2 ? `${base}/${tenant}/v2.0` : v1, tid: tenant, ver: version === 2 ? '2.0' : '1.0' };
}

function permissionsFor({ accepts }: ApiProfile, own: JsonObject): JsonObject {
  const isApp = own.idtyp === 'app' || (own.scp === undefined && own.roles !== undefined);
  const fitting = accepts?.find(({ scopes, roles }) => (isApp ? roles.length > 0 : scopes.length > 0)) ?? accepts?.[0];
  if (!fitting) return pick(own, ['scp', 'roles']);
  return {
    ...(fitting.scopes.length > 0 ? { scp: fitting.scopes.join(' ') } : {}),
    ...(fitting.roles.length > 0 ? { roles: fitting.roles } : {}),
  };
}

/** Every key source that a gate may look at. */
function assumedSignatures({ profile, keySources, target }: Knowledge): Record<string, SignatureFinding> {
  const authority = profile?.value.authority;
  const policy = target?.policy?.value;
  const urls = [
    ...Object.keys(keySources),
    ...(authority ? [metadataUrl(authority, 1), metadataUrl(authority, 2)] : []),
    ...(policy?.inbound ?? []).flatMap((statement) =>
      statement.policy.type === 'token' ? metadataOf(statement.policy).documents.flatMap(keyUrlsOf) : [],
    ),
  ];
  return Object.fromEntries(urls.map((url) => [url, { state: 'assumed' }]));
}

function headerOf({ authorization }: Call): JsonObject {
  const header = authorization.type === 'bearer' ? authorization.bearer.token?.header : undefined;
  return { alg: 'RS256', typ: 'JWT', ...header };
}

function pick(claims: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => names.includes(name)));
}

function without(claims: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(claims).filter(([other]) => other !== name));
}
