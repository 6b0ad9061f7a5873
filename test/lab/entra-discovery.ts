import { CONSUMERS_TENANT_ID, type TenantName } from './entra-tenant.ts';

/** The literal place holder of multi-tenant issuers. */
export const TENANT_TEMPLATE = '{tenantid}';

/** Issuer of v2 tokens: no trailing slash. */
export function issuerV2(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/v2.0`;
}

/** Issuer of v1 tokens: with a trailing slash. Stands in for `https://sts.windows.net/{tid}/`. */
export function issuerV1(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/`;
}

/** Issuer of the keys every work tenant shares. */
export function sharedKeyIssuer(origin: string): string {
  return issuerV2(origin, TENANT_TEMPLATE);
}

/** Issuer of the keys of personal accounts: a fixed tenant. */
export function consumersKeyIssuer(origin: string): string {
  return issuerV2(origin, CONSUMERS_TENANT_ID);
}

/** `{tenant}/v2.0/.well-known/openid-configuration`. `appId` selects the application's own signing keys. */
export function metadataV2(origin: string, name: TenantName, appId?: string): Record<string, unknown> {
  const base = `${origin}/${pathNameOf(name)}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys${appIdQuery(appId)}`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: issuerV2(origin, issuerTenantOf(name)),
    request_uri_parameter_supported: false,
    userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: [
      ...COMMON_CLAIMS,
      'msgraph_host',
      'preferred_username',
      'name',
      'tid',
      'ver',
      'at_hash',
      'c_hash',
    ],
    kerberos_endpoint: `${base}/kerberos`,
    ...cloudMembers(name),
    msgraph_host: 'graph.microsoft.com',
    rbac_url: 'https://pas.windows.net',
  };
}

/** `{tenant}/.well-known/openid-configuration`. */
export function metadataV1(origin: string, name: TenantName, appId?: string): Record<string, unknown> {
  const base = `${origin}/${pathNameOf(name)}`;
  return {
    token_endpoint: `${base}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/keys${appIdQuery(appId)}`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'token id_token', 'token'],
    scopes_supported: ['openid'],
    issuer: issuerV1(origin, issuerTenantOf(name)),
    microsoft_multi_refresh_token: true,
    authorization_endpoint: `${base}/oauth2/authorize`,
    device_authorization_endpoint: `${base}/oauth2/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${base}/oauth2/logout`,
    claims_supported: [...COMMON_CLAIMS, 'amr', 'given_name', 'family_name', 'nickname'],
    check_session_iframe: `${base}/oauth2/checksession`,
    userinfo_endpoint: `${base}/openid/userinfo`,
    kerberos_endpoint: `${base}/kerberos`,
    ...cloudMembers(name),
    msgraph_host: 'graph.microsoft.com',
    rbac_url: 'https://pas.windows.net',
  };
}

/** `/common/discovery/instance`: the lab's host is a cloud of its own with one alias. */
export function instanceDiscovery(origin: string, authorizationEndpoint: URL): Record<string, unknown> {
  const { host } = new URL(origin);
  const tenant = authorizationEndpoint.pathname.split('/')[1];
  return {
    tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

const COMMON_CLAIMS = [
  'sub',
  'iss',
  'cloud_instance_name',
  'cloud_instance_host_name',
  'cloud_graph_host_name',
  'aud',
  'exp',
  'iat',
  'auth_time',
  'acr',
  'nonce',
  'email',
];

function cloudMembers(name: TenantName): Record<string, unknown> {
  return {
    tenant_region_scope: name.kind === 'tenant' ? 'WW' : null,
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
  };
}

// Entra answers a domain with endpoints that carry the tenant's GUID, and a common name with that name.
function pathNameOf(name: TenantName): string {
  return name.kind === 'tenant' ? name.tenant.id : name.kind;
}

function issuerTenantOf(name: TenantName): string {
  if (name.kind === 'tenant') return name.tenant.id;
  return name.kind === 'consumers' ? CONSUMERS_TENANT_ID : TENANT_TEMPLATE;
}

function appIdQuery(appId: string | undefined): string {
  return appId === undefined ? '' : `?appid=${encodeURIComponent(appId)}`;
}
