import { authorityOfUrl, metadataUrl } from '../entra/authority.ts';
import type { KeyStore, MayFetch } from '../entra/key-store.ts';
import { verifySignature } from '../entra/signature.ts';
import type { EffectivePolicy } from '../policy/effective-policy.ts';
import { literalOf } from '../policy/policy-value.ts';
import type { TokenPolicy } from '../policy/token-policy.ts';
import type { TokenReading } from '../token/token.ts';
import type { TokenProof } from './validate.ts';

const MOST_DOCUMENTS = 6;

/**
 * What the metadata documents that a policy names say of a token. Each is read only where `mayFetch` allows its host: a
 * policy is a proposal (design: keys are never fetched from where a file alone says). Empty for an unreadable token.
 */
export async function proveAgainstPolicy(
  { header, form, raw }: TokenReading,
  policy: EffectivePolicy,
  { keyStore, mayFetch, signal }: { keyStore: KeyStore; mayFetch: MayFetch; signal: AbortSignal },
): Promise<TokenProof> {
  const proof: TokenProof = { keySources: {}, signatures: {} };
  if (form !== 'jws' || !header) return proof;
  for (const url of metadataUrlsIn(policy)) {
    const source = await keyStore.read({ metadataUrl: url, mayFetch, signal });
    proof.keySources[url] = source;
    if (source.ok) proof.signatures[url] = await verifySignature(raw, header, source.keys);
  }
  return proof;
}

/** Literal https addresses only: an expression or a named value is not known. */
function metadataUrlsIn({ inbound }: EffectivePolicy): string[] {
  const urls = inbound.flatMap(({ policy }) => (policy.type === 'token' ? urlsOf(policy) : []));
  return [...new Set(urls)].filter(isHttps).slice(0, MOST_DOCUMENTS);
}

function urlsOf({ policy, openIdUrls, tenant, authenticationEndpoint }: TokenPolicy): string[] {
  if (policy === 'validate-jwt') return openIdUrls.flatMap((url) => literalOf(url) ?? []);
  const name = literalOf(tenant);
  if (name === undefined || authenticationEndpoint) return [];
  const authority = authorityOfUrl(`https://login.microsoftonline.com/${encodeURIComponent(name)}`);
  return [metadataUrl(authority, 2), metadataUrl(authority, 1)];
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}
