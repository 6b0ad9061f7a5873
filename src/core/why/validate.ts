import type { Call } from '../call/call.ts';
import type { ApiProfile } from '../entra/api-profile.ts';
import { authorityUrl } from '../entra/authority.ts';
import { clockSkewOf } from '../entra/clock-skew.ts';
import type { GivenKeys } from '../entra/given-key.ts';
import type { KeyStore, MayFetch } from '../entra/key-store.ts';
import type { KeySource } from '../entra/metadata.ts';
import { type SignatureFinding, verifySignature, verifyWithGivenKeys } from '../entra/signature.ts';
import { keySourceUrl, metadataUrlsFor } from '../entra/token-source.ts';
import { areOldKeys } from '../gates/bearer/signature-checks.ts';
import { bearerCheck } from '../gates/bearer-check.ts';
import type { Knowledge } from '../gates/facts.ts';
import type { Judgement } from '../gates/judgement.ts';
import { readToken } from '../token/read-token.ts';
import type { TokenReading } from '../token/token.ts';
import { writeDisagreements, writeHeadline, writeLines } from './check-text.ts';
import { describeOrigin } from './origin-text.ts';
import type { Caveat, ValidationReport } from './validation-report.ts';
import { describeSkewSource, validatorName } from './validator-text.ts';

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

/**
 * Judges a token with keys given by hand instead of the authority's. Nothing is fetched, so whatever only metadata knows,
 * such as the issuer, stays open unless the profile says it; the report is marked as not the tenant's verdict.
 */
export async function validateWithKeys(
  request: Pick<ValidationRequest, 'raw' | 'profile' | 'nowMs'>,
  given: Extract<GivenKeys, { ok: true }>,
): Promise<ValidationReport> {
  const { raw, profile } = request;
  const reading = readToken(raw);
  const { form, header, payload } = reading;
  const proof: TokenProof = { keySources: {}, signatures: {} };
  if (form === 'jws' && header && payload) {
    proof.signatures[keySourceUrl(payload, profile)] = await verifyWithGivenKeys(raw, header, given.keys);
  }
  return writeReport(request, reading, proof.keySources, judgeToken(request, proof), { id: 'givenKey' });
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

function judgeToken(
  { raw, profile, nowMs }: Pick<ValidationRequest, 'raw' | 'profile' | 'nowMs'>,
  { keySources, signatures }: TokenProof,
): Judgement {
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
  { profile, nowMs }: Pick<ValidationRequest, 'profile' | 'nowMs'>,
  { payload }: TokenReading,
  keySources: TokenProof['keySources'],
  { verdict, checks, disagreements = [] }: Judgement,
  given?: Caveat,
): ValidationReport {
  const source = payload ? keySources[keySourceUrl(payload, profile)] : undefined;
  const caveat: Caveat | undefined =
    source?.ok && areOldKeys(source, nowMs) ? { id: 'oldKeys', keysReadAtMs: source.readAtMs } : given;
  const skew = clockSkewOf(profile);
  return {
    verdict,
    headline: writeHeadline(verdict, checks, profile, caveat),
    ...(caveat ? { caveat } : {}),
    ...(profile.name === undefined ? {} : { profile: profile.name }),
    origin: describeOrigin(profile.origin),
    authority: authorityUrl(profile.authority),
    ...(source?.ok ? { keys: { url: source.jwksUri, readAtMs: source.readAtMs } } : {}),
    ...(profile.validator === undefined ? {} : { validator: validatorName(profile.validator) }),
    ...(skew ? { clockSkew: { seconds: skew.seconds, from: describeSkewSource(skew, profile) } } : {}),
    disagreements: writeDisagreements(disagreements, checks, profile),
    lines: writeLines(checks, profile),
  };
}
