import type { Call } from '../call/call.ts';
import type { ApiProfile } from '../entra/api-profile.ts';
import { authorityUrl } from '../entra/authority.ts';
import type { KeyStore, MayFetch } from '../entra/key-store.ts';
import type { KeySource } from '../entra/metadata.ts';
import { type SignatureFinding, verifySignature } from '../entra/signature.ts';
import { keySourceUrl, metadataUrlsFor } from '../entra/token-source.ts';
import { bearerCheck } from '../gates/bearer-check.ts';
import type { Judgement, Knowledge } from '../gates/gate.ts';
import { readToken } from '../token/read-token.ts';
import type { TokenReading } from '../token/token.ts';
import { describeOrigin, writeHeadline, writeLines } from './check-text.ts';
import type { ValidationReport } from './validation-report.ts';

export interface ValidationRequest {
  /** The token without scheme or white space. */
  raw: string;
  profile: ApiProfile;
  keyStore: KeyStore;
  mayFetch: MayFetch;
  /** Milliseconds since the epoch. */
  nowMs: number;
  signal?: AbortSignal;
}

/**
 * Validates a token against a profile: reads the metadata and keys it needs, then lets the bearer check of the API the
 * token is meant for judge it. A token that cannot be read causes no request. Never throws for bad data.
 */
export async function validateToken(request: ValidationRequest): Promise<ValidationReport> {
  const reading = readToken(request.raw);
  const proof = await verifyToken(request, reading);
  return writeReport(request, reading, proof.keySources, judgeToken(request, proof));
}

/** What the keys of the authority say of a token, by metadata URL. */
export interface TokenProof {
  keySources: Record<string, KeySource>;
  signatures: Record<string, SignatureFinding>;
}

/** Reads the metadata and keys a token needs and verifies it with them. Empty for a token that cannot be read. */
export async function verifyToken(
  request: Omit<ValidationRequest, 'nowMs'>,
  reading: TokenReading,
): Promise<TokenProof> {
  const { form, header, payload } = reading;
  const proof: TokenProof = { keySources: {}, signatures: {} };
  if (form !== 'jws' || !header || !payload) return proof;
  const { raw, profile, keyStore, mayFetch, signal } = request;
  const ownUrl = keySourceUrl(payload, profile);
  for (const metadataUrl of metadataUrlsFor(payload, profile)) {
    const kid = metadataUrl === ownUrl && typeof header.kid === 'string' ? { kid: header.kid } : {};
    proof.keySources[metadataUrl] = await keyStore.read({
      metadataUrl,
      mayFetch,
      ...kid,
      ...(signal ? { signal } : {}),
    });
  }
  const source = proof.keySources[ownUrl];
  if (source?.ok) proof.signatures[ownUrl] = await verifySignature(raw, header, source.keys);
  return proof;
}

function judgeToken({ raw, profile, nowMs }: ValidationRequest, { keySources, signatures }: TokenProof): Judgement {
  const call: Call = {
    method: 'GET',
    url: '',
    headers: [],
    authorization: { type: 'bearer', bearer: { raw, partial: false, signatures }, setBy: 'caller' },
  };
  const knowledge: Knowledge = { profile: { value: profile, source: 'setting', readAtMs: nowMs }, keySources };
  return bearerCheck.judge({ gate: 'bearerCheck', hop: 'target' }, call, knowledge, nowMs);
}

function writeReport(
  { profile }: ValidationRequest,
  { payload }: TokenReading,
  keySources: TokenProof['keySources'],
  { verdict, checks }: Judgement,
): ValidationReport {
  const source = payload ? keySources[keySourceUrl(payload, profile)] : undefined;
  return {
    verdict,
    headline: writeHeadline(verdict, checks, profile),
    ...(profile.name === undefined ? {} : { profile: profile.name }),
    origin: describeOrigin(profile.origin),
    authority: authorityUrl(profile.authority),
    ...(source?.ok ? { keys: { url: source.jwksUri, readAtMs: source.readAtMs } } : {}),
    lines: writeLines(checks, profile),
  };
}
