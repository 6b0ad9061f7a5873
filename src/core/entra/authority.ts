import { isGuid } from '../token/issuer-shape.ts';
import { withoutEnd } from '../without-end.ts';
import { type CloudId, cloudOfHost } from './clouds.ts';

/** Who issues the tokens of an API. URLs are https and carry no trailing slash. */
export type Authority =
  | {
      kind: 'entra';
      /** Origin of the login endpoint: `https://login.microsoftonline.com`. */
      loginBase: string;
      /** GUID, verified domain, `organizations`, `common` or `consumers`. */
      tenant: string;
      /** Absent for an Entra of no known cloud (air-gapped cloud, emulator). */
      cloud?: CloudId;
      /** Metadata document given by hand, for either version. */
      metadata?: string;
    }
  | { kind: 'oidc'; base: string; metadata?: string };

export type TokenVersion = 1 | 2;

const WELL_KNOWN = '/.well-known/openid-configuration';
const WELL_KNOWN_END = /\/\.well-known\/openid-configuration$/i;
const MULTI_TENANT_NAMES = ['organizations', 'common', 'consumers'];

/** True for the names that stand for more than one tenant: `organizations` and `common`. */
export function isManyTenants(tenant: string): boolean {
  return tenant === 'organizations' || tenant === 'common';
}

/** True for what may stand as a tenant in a setting: a GUID, a domain with a dot, or one of the three names. */
export function isTenantName(text: string): boolean {
  return isGuid(text) || MULTI_TENANT_NAMES.includes(text.toLowerCase()) || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text);
}

/**
 * The authority a base URL or metadata address names: Entra when its host is a known login host and its path is
 * `/{tenant}` or `/{tenant}/v2.0`, otherwise any OpenID Connect issuer. A query, such as `?appid=` of an API with keys of
 * its own, belongs to the metadata of the same tenant; only `?p=`, a policy of Azure AD B2C, makes it another issuer.
 */
export function authorityOfUrl(url: string, metadata?: string): Authority {
  const parsed = new URL(url);
  parsed.pathname = withoutEnd(withoutEnd(parsed.pathname, '/').replace(WELL_KNOWN_END, ''), '/');
  const [tenant, version, ...rest] = parsed.pathname.split('/').filter((segment) => segment !== '');
  const cloud = cloudOfHost(withoutEnd(parsed.host, '.'));
  if (cloud) parsed.hostname = withoutEnd(parsed.hostname, '.');
  const isVersion = version === undefined || version.toLowerCase() === 'v2.0';
  if (cloud && tenant !== undefined && isVersion && rest.length === 0 && !parsed.searchParams.has('p')) {
    const entra = {
      kind: 'entra',
      loginBase: parsed.origin,
      tenant: normaliseTenant(tenant),
      cloud: cloud.id,
    } as const;
    const ownMetadata = parsed.search === '' ? undefined : metadataUrl(entra, 2) + parsed.search;
    return { ...entra, ...givenMetadata(metadata ?? ownMetadata) };
  }
  return { kind: 'oidc', base: parsed.href.replace(/\/$/, ''), ...givenMetadata(metadata) };
}

function givenMetadata(metadata: string | undefined): { metadata?: string } {
  return metadata === undefined ? {} : { metadata };
}

/** The names that stand for many tenants in lower case; anything else as it is. */
export function normaliseTenant(tenant: string): string {
  const lower = tenant.toLowerCase();
  return MULTI_TENANT_NAMES.includes(lower) ? lower : tenant;
}

/** The authority as a person would write it, for a report. */
export function authorityUrl(authority: Authority): string {
  return authority.kind === 'entra' ? `${authority.loginBase}/${authority.tenant}` : authority.base;
}

/**
 * Where the metadata for tokens of this version stands. Entra serves v1 tokens' metadata without `/v2.0`, whatever
 * authority the API is configured with (Microsoft: access-tokens.md, "v1.0 and v2.0 tokens"); another issuer has one.
 */
export function metadataUrl(authority: Authority, version: TokenVersion): string {
  if (authority.kind === 'oidc') return authority.metadata ?? wellKnownOf(authority.base);
  if (authority.metadata !== undefined) return ofVersion(authority.metadata, version);
  const path = version === 2 ? `/${authority.tenant}/v2.0` : `/${authority.tenant}`;
  return authority.loginBase + path + WELL_KNOWN;
}

/** A query, such as B2C's `?p={policy}`, stays behind the path. */
function wellKnownOf(base: string): string {
  const url = new URL(base);
  url.pathname = withoutEnd(url.pathname, '/') + WELL_KNOWN;
  return url.href;
}

function ofVersion(metadata: string, version: TokenVersion): string {
  const url = new URL(metadata);
  const tenantPath = url.pathname.slice(0, -WELL_KNOWN.length);
  if (!url.pathname.endsWith(WELL_KNOWN)) return metadata;
  const bare = tenantPath.replace(/\/v2\.0$/, '');
  url.pathname = (version === 2 ? `${bare}/v2.0` : bare) + WELL_KNOWN;
  return url.href;
}
