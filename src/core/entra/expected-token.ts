import { V1_ISSUER } from '../azure/login-hosts.ts';
import { isGuid } from '../token/issuer-shape.ts';
import { PERSONAL_ACCOUNTS_TENANT } from '../token/well-known-tenants.ts';
import { withoutEnd } from '../without-end.ts';
import { type Authority, isManyTenants, type TokenVersion } from './authority.ts';

/** What a token is asked for. */
export interface TokenWish {
  authority: Authority;
  /** As the scopes name the API. */
  resource: string;
  /** Scope names; `.default` alone stands for everything granted. */
  names: readonly string[];
  isAppOnly: boolean;
  /** The API's own application id, where it is known. */
  appId?: string;
}

/** What the access token will carry, as far as it can be said beforehand. An absent member cannot be. */
export interface ExpectedToken {
  ver: '1.0' | '2.0';
  aud?: string;
  /** With `{tenantid}` where only the answer says which tenant it is. */
  iss?: string;
  /** `contains`: the values that are certain to be in it, if the token is issued. Empty: whatever was granted. */
  permissions: { claim: 'scp' | 'roles'; contains: readonly string[] };
}

const TENANT_TEMPLATE = '{tenantid}';
const DEFAULT_NAME = '.default';

/**
 * The token that Entra makes of a wish, where the API's manifest says `requestedAccessTokenVersion` 1 or null, or 2. A v1
 * token has as audience what the client called the API, a v2 token the API's application id; the endpoint that is asked
 * decides neither. Undefined for an issuer that is no Entra. (Microsoft: access-tokens.md, "Token ownership";
 * access-token-claims-reference.md, `aud`, `iss`, `scp`, `roles`.)
 */
export function expectToken(wish: TokenWish, version: TokenVersion): ExpectedToken | undefined {
  const { authority } = wish;
  if (authority.kind !== 'entra') return undefined;
  const aud = version === 1 ? wish.resource : (wish.appId ?? idIn(wish.resource));
  const iss = issuerOf(authority, version);
  return {
    ver: version === 1 ? '1.0' : '2.0',
    ...(aud === undefined || aud === '' ? {} : { aud }),
    ...(iss === undefined ? {} : { iss }),
    permissions: {
      claim: wish.isAppOnly ? 'roles' : 'scp',
      contains: wish.isAppOnly ? [] : wish.names.filter((name) => name !== DEFAULT_NAME),
    },
  };
}

/** The GUID in `<guid>` or `api://<guid>`. */
function idIn(resource: string): string | undefined {
  const id = withoutEnd(resource.replace(/^api:\/\//i, ''), '/');
  return isGuid(id) ? id.toLowerCase() : undefined;
}

/** v1 issuers outside the public cloud stand only in the tenant's metadata. */
function issuerOf({ loginBase, tenant, cloud }: Authority & { kind: 'entra' }, version: TokenVersion) {
  const id = tenant === 'consumers' ? PERSONAL_ACCOUNTS_TENANT : tenant;
  const tid = isGuid(id) && !isManyTenants(id) ? id.toLowerCase() : TENANT_TEMPLATE;
  if (version === 2) return `${loginBase}/${tid}/v2.0`;
  return cloud === 'public' ? `${V1_ISSUER}/${tid}/` : undefined;
}
