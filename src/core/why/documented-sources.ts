import { PUBLIC_LOGIN, V1_ISSUER } from '../azure/login-hosts.ts';
import { isManyTenants, metadataUrl, type TokenVersion } from '../entra/authority.ts';
import type { KeySource } from '../entra/metadata.ts';
import type { Knowledge } from '../gates/facts.ts';
import { isGuid } from '../token/issuer-shape.ts';

const VERSIONS: readonly TokenVersion[] = [1, 2];

/**
 * Where the metadata of a tenant of the public cloud was not read, its issuers as documented, without keys
 * (entra-tokens.md §5): enough to tell v1 from v2 and one tenant from another. A tenant named by its domain, another cloud
 * or metadata given by hand stay unknown.
 */
export function withDocumentedSources(knowledge: Knowledge, nowMs: number): Knowledge {
  const authority = knowledge.profile?.value.authority;
  if (authority?.kind !== 'entra' || authority.cloud !== 'public' || authority.metadata !== undefined) return knowledge;
  const { tenant } = authority;
  const named = isGuid(tenant) ? tenant.toLowerCase() : isManyTenants(tenant) ? '{tenantid}' : undefined;
  if (named === undefined) return knowledge;
  const documented = VERSIONS.map((version): [string, KeySource] => {
    const url = metadataUrl(authority, version);
    const issuer = version === 1 ? `${V1_ISSUER}/${named}/` : `${PUBLIC_LOGIN}/${named}/v2.0`;
    return [url, { ok: true, metadataUrl: url, issuer, jwksUri: '', keys: [], readAtMs: nowMs }];
  });
  const isMissing = ([url]: [string, KeySource]) => knowledge.keySources[url] === undefined;
  return { ...knowledge, keySources: { ...knowledge.keySources, ...Object.fromEntries(documented.filter(isMissing)) } };
}
