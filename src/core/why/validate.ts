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
  const keySources = await readKeySources(request, reading);
  const judgement = await judgeToken(request, reading, keySources);
  return writeReport(request, reading, keySources, judgement);
}

type KeySources = Record<string, KeySource>;

async function readKeySources(
  request: ValidationRequest,
  { form, header, payload }: TokenReading,
): Promise<KeySources> {
  if (form !== 'jws' || !header || !payload) return {};
  const { profile, keyStore, mayFetch, signal } = request;
  const sources: KeySources = {};
  for (const [position, metadataUrl] of metadataUrlsFor(payload, profile).entries()) {
    const isOwnSource = position === 0;
    sources[metadataUrl] = await keyStore.read({
      metadataUrl,
      mayFetch,
      ...(isOwnSource && typeof header.kid === 'string' ? { kid: header.kid } : {}),
      ...(signal ? { signal } : {}),
    });
  }
  return sources;
}

async function judgeToken(
  { raw, profile, nowMs }: ValidationRequest,
  { form, header, payload }: TokenReading,
  keySources: KeySources,
): Promise<Judgement> {
  const signatures: Record<string, SignatureFinding> = {};
  if (form === 'jws' && header && payload) {
    const url = keySourceUrl(payload, profile);
    const source = keySources[url];
    if (source?.ok) signatures[url] = await verifySignature(raw, header, source.keys);
  }
  const call: Call = {
    method: 'GET',
    url: '',
    headers: [],
    authorization: { type: 'bearer', bearer: { raw, partial: false, signatures }, setBy: 'caller' },
  };
  const knowledge: Knowledge = { profile: { value: profile, source: 'setting', readAtMs: nowMs }, keySources };
  return bearerCheck.judge({ gate: 'bearerCheck' }, call, knowledge, nowMs);
}

function writeReport(
  { profile }: ValidationRequest,
  { payload }: TokenReading,
  keySources: KeySources,
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
