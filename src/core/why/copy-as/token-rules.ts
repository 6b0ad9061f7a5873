import type { AcceptedPermissions, ApiProfile } from '../../entra/api-profile.ts';
import { isIssuerOfEntra, isIssuerTemplate, issuerForTenant, tenantIdOfIssuer } from '../../entra/issuer.ts';
import type { KeySource, ReadSource } from '../../entra/metadata.ts';
import { acceptsAudience } from '../../gates/bearer/audience-check.ts';
import { grants, readPermissions } from '../../gates/bearer/permission-checks.ts';
import { readStrings } from '../../gates/bearer/token-under-check.ts';
import { isGuid } from '../../token/issuer-shape.ts';
import type { JsonObject, JsonValue } from '../../token/token.ts';

/** What a validator has to know to let in tokens like one that passed, and no others. Every text is printable. */
export interface TokenRules {
  metadataUrl: string;
  jwksUri: string;
  /** Of every tenant that profile or metadata name; never of one that only the token does. */
  issuers: string[];
  audiences: string[];
  algorithm: string;
  /** Any one is enough; at least one member of each is filled. Empty when the token has neither scopes nor roles. */
  permissions: AcceptedPermissions[];
  /** The one of `permissions` that the token has. */
  granted?: AcceptedPermissions;
  /** Claim that names the caller's application, and those that may call: the profile's, else the token's own. */
  clients?: { claim: 'azp' | 'appid' | 'client_id'; ids: string[] };
  /** True when the profile names the clients: only then is a validator to refuse others. */
  restrictsClients: boolean;
  /** Where scopes stand: `scp` in Entra's tokens, `scope` in others (RFC 9068 §2.2.3). */
  scopeClaim: 'scp' | 'scope';
  /** The API's application id, where profile or audience tells. */
  appId?: string;
  /** Present for Entra. */
  entra?: { loginBase: string; tenantIds: string[]; version: 1 | 2; isPublicCloud: boolean };
}

/** Why no settings can be written for a token. */
export type NoRules = 'claims' | 'keys' | 'text' | 'issuer' | 'tenants';

/** The rules a token that passed against `profile` follows; `source` are the keys it was verified with. */
export function rulesOf(
  { header, payload }: { header: JsonObject; payload: JsonObject },
  profile: ApiProfile,
  source: KeySource | undefined,
): TokenRules | NoRules {
  if (!source?.ok) return 'keys';
  const { iss, aud } = payload;
  const { alg } = header;
  if (typeof iss !== 'string' || typeof alg !== 'string' || aud === undefined) return 'claims';
  const written = writtenIssuers(profile, source).find((issuer) => issuerForTenant(issuer, payload.tid) === iss);
  if (written === undefined) return 'issuer';
  const issuers = issuersOfNamedTenants(written, profile);
  if (issuers.length === 0) return 'tenants';
  if (!issuers.includes(iss)) return 'issuer';
  const held = readPermissions(payload, profile.authority.kind === 'entra' || isIssuerOfEntra(written));
  const permissions = profile.accepts ?? ownPermissions(held);
  const granted = permissions.find((alternative) => grants(held, alternative));
  const clients = clientsOf(payload, profile);
  const audiences = audiencesOf(aud, profile);
  const appId = profile.appId ?? audiences.map((audience) => audience.replace(/^api:\/\//, '')).find(isGuid);
  const entra = entraOf(payload, profile, issuers);
  const rules: TokenRules = {
    ...{
      metadataUrl: source.metadataUrl,
      jwksUri: source.jwksUri,
      issuers,
      audiences,
      algorithm: alg,
      permissions,
    },
    ...(granted ? { granted } : {}),
    ...(clients ? { clients } : {}),
    restrictsClients: profile.allowedClients !== undefined,
    scopeClaim: payload.scp === undefined && payload.scope !== undefined ? 'scope' : 'scp',
    ...(appId ? { appId } : {}),
    ...(entra ? { entra } : {}),
  };
  return isPrintable(rules) ? rules : 'text';
}

function ownPermissions({ scopes, roles }: AcceptedPermissions): AcceptedPermissions[] {
  if (scopes.length > 0) return [{ scopes, roles: [] }];
  return roles.length > 0 ? [{ scopes: [], roles }] : [];
}

/** What the profile accepts, the token's own among them; what the token says when the profile does not say. */
function audiencesOf(aud: JsonValue, profile: ApiProfile): string[] {
  const own = readStrings(aud) ?? [];
  const held = own.filter((audience) => acceptsAudience(profile, audience));
  return held.length > 0 ? held : own;
}

function clientsOf(payload: JsonObject, { allowedClients }: ApiProfile): TokenRules['clients'] {
  const claim = (['azp', 'appid', 'client_id'] as const).find((name) => typeof payload[name] === 'string');
  return claim && { claim, ids: allowedClients ?? [String(payload[claim])] };
}

function writtenIssuers({ issuers }: ApiProfile, { issuer, accessTokenIssuer }: ReadSource): string[] {
  return issuers ?? [issuer, ...(accessTokenIssuer === undefined ? [] : [accessTokenIssuer])];
}

/**
 * What a template is for each tenant that the profile names. Where it names none, there is nothing to write: the token's own
 * tenant is nobody's choice.
 */
function issuersOfNamedTenants(written: string, { allowedTenants, authority }: ApiProfile): string[] {
  if (!isIssuerTemplate(written)) return [written];
  const ownTenant = authority.kind === 'entra' ? [authority.tenant] : [];
  const tenants = (allowedTenants ?? ownTenant).map((tenant) => tenant.toLowerCase());
  return [...new Set(tenants.flatMap((tenant) => issuerForTenant(written, tenant) ?? []))];
}

function entraOf({ ver }: JsonObject, { authority }: ApiProfile, issuers: readonly string[]): TokenRules['entra'] {
  const tenantIds = issuers.flatMap((issuer) => tenantIdOfIssuer(issuer) ?? []);
  if (authority.kind !== 'entra' || tenantIds.length === 0) return undefined;
  const version = ver === '1.0' ? 1 : 2;
  const { loginBase, cloud } = authority;
  return { loginBase, tenantIds: [...new Set(tenantIds)], version, isPublicCloud: cloud === 'public' };
}

/** Claims are hostile: a line break or a control character has no place in settings. */
function isPrintable(rules: TokenRules): boolean {
  const texts: string[] = [];
  JSON.stringify(rules, (_name, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.every((text) => /^[^\p{C}\p{Zl}\p{Zp}]*$/u.test(text));
}
