import type { KeyStore, MayFetch } from '../entra/key-store.ts';
import { verifySignature } from '../entra/signature.ts';
import { metadataOf } from '../gates/token-policy/metadata-urls.ts';
import type { EffectivePolicy } from '../policy/effective-policy.ts';
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
  const urls = inbound.flatMap(({ policy }) =>
    policy.type === 'token' ? metadataOf(policy).documents.map(({ url }) => url) : [],
  );
  return [...new Set(urls)].filter(isHttps).slice(0, MOST_DOCUMENTS);
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}
