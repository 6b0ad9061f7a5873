import { PUBLIC_LOGIN, V1_ISSUER } from '../../azure/login-hosts.ts';
import { authorityOfUrl, isManyTenants, isTenantName, metadataUrl, type TokenVersion } from '../../entra/authority.ts';
import { literalOf } from '../../policy/policy-value.ts';
import type { TokenPolicy } from '../../policy/token-policy.ts';
import { isGuid } from '../../token/issuer-shape.ts';

/** A metadata document a token policy takes keys and issuers from. */
export interface PolicyMetadata {
  url: string;
  /** Present for a document of Entra: whose it is, and for tokens of which version. */
  entra?: { loginBase: string; tenant: string; version: TokenVersion; cloud?: string };
}

const WELL_KNOWN = '/.well-known/openid-configuration';

/**
 * The metadata documents of a token policy; `isComplete` is false where one is an expression or a named value.
 * `validate-azure-ad-token` names a tenant only, of the public cloud unless it says where else (Microsoft:
 * validate-azure-ad-token-policy). `loginBase`: where the user says the tenant is.
 */
export function metadataOf(
  policy: TokenPolicy,
  loginBase = PUBLIC_LOGIN,
): { documents: PolicyMetadata[]; isComplete: boolean } {
  if (policy.policy === 'validate-jwt') {
    const urls = policy.openIdUrls.flatMap((url) => literalOf(url) ?? []);
    const documents = urls.flatMap((url) => (URL.canParse(url) ? [documentOf(url)] : []));
    return { documents, isComplete: documents.length === policy.openIdUrls.length };
  }
  const tenant = literalOf(policy.tenant);
  if (tenant === undefined || !isTenantName(tenant) || policy.authenticationEndpoint) {
    return { documents: [], isComplete: false };
  }
  const authority = authorityOfUrl(`${loginBase}/${tenant}`);
  const versions = [2, 1] as const;
  return { documents: versions.map((version) => documentOf(metadataUrl(authority, version))), isComplete: true };
}

/** All URLs under which the keys of a document may be known: Entra serves v1 and v2 tokens of a tenant with the same keys. */
export function keyUrlsOf({ url, entra }: PolicyMetadata): string[] {
  if (!entra || isManyTenants(entra.tenant)) return [url];
  const authority = { kind: 'entra', loginBase: entra.loginBase, tenant: entra.tenant } as const;
  return [...new Set([url, metadataUrl(authority, 2), metadataUrl(authority, 1)])];
}

/**
 * The issuer a document of Entra's public cloud names, by what is documented: read or not (Microsoft:
 * access-tokens.md). Undefined for any other document, a domain or a name for many tenants.
 */
export function documentedIssuerOf({ entra }: PolicyMetadata): string | undefined {
  if (entra?.cloud !== 'public' || !isGuid(entra.tenant)) return undefined;
  const tenant = entra.tenant.toLowerCase();
  return entra.version === 1 ? `${V1_ISSUER}/${tenant}/` : `${PUBLIC_LOGIN}/${tenant}/v2.0`;
}

function documentOf(url: string): PolicyMetadata {
  const { pathname, search } = new URL(url);
  const bare = search === '' ? url : url.slice(0, url.indexOf('?'));
  const authority = authorityOfUrl(bare);
  if (authority.kind !== 'entra' || !pathname.endsWith(WELL_KNOWN)) return { url };
  const version = pathname.endsWith(`/v2.0${WELL_KNOWN}`) ? 2 : 1;
  const { loginBase, tenant, cloud } = authority;
  return { url, entra: { loginBase, tenant, version, ...(cloud ? { cloud } : {}) } };
}
