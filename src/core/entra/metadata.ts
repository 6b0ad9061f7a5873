import * as v from 'valibot';
import type { FetchedText, FetchFailure } from '../ports.ts';

/** Why metadata or keys could not be read. `notAllowed`: the user did not agree to ask that host. */
export type KeySourceFailure =
  | FetchFailure
  | 'notAllowed'
  | 'unknownTenant'
  | 'badStatus'
  | 'html'
  | 'notJson'
  | 'wrongShape';

export interface Metadata {
  issuer: string;
  jwksUri: string;
}

/** A public key as a JWK, with the `issuer` Entra adds to each key. Members are untrusted beyond their type. */
export interface PublishedKey {
  kty: string;
  kid?: string | undefined;
  use?: string | undefined;
  alg?: string | undefined;
  issuer?: string | undefined;
  [member: string]: unknown;
}

/** Metadata and keys of one authority as last read. */
export type KeySource =
  | {
      ok: true;
      metadataUrl: string;
      issuer: string;
      jwksUri: string;
      keys: PublishedKey[];
      readAtMs: number;
      /** Why the keys could not be read again when a key was missing: what is here may be stale. */
      refetchFailure?: KeySourceFailure;
    }
  | { ok: false; metadataUrl: string; failedUrl: string; failure: KeySourceFailure; detail: string };

/** What was read, or why it could not be. */
export type Read<T> = { ok: true; value: T } | { ok: false; failure: KeySourceFailure; detail: string };

const httpsUrl = v.pipe(
  v.string(),
  v.check((text) => URL.canParse(text) && new URL(text).protocol === 'https:'),
);
const metadataShape = v.object({ issuer: v.pipe(v.string(), v.minLength(1)), jwks_uri: httpsUrl });
const optionalText = v.optional(v.string());
const keyShape = v.looseObject({
  kty: v.string(),
  kid: optionalText,
  use: optionalText,
  alg: optionalText,
  issuer: optionalText,
});
const keySetShape = v.object({ keys: v.array(v.unknown()) });

/** Reads an OpenID Connect discovery document (OpenID Connect Discovery 1.0 §4.3): `issuer` and an https `jwks_uri`. */
export function readMetadata(response: FetchedText): Read<Metadata> {
  const json = readJson(response);
  if (!json.ok) return json;
  const parsed = v.safeParse(metadataShape, json.value);
  if (!parsed.success) return { ok: false, failure: 'wrongShape', detail: 'issuer or an https jwks_uri is missing' };
  return { ok: true, value: { issuer: parsed.output.issuer, jwksUri: parsed.output.jwks_uri } };
}

/** Reads a JWK set (RFC 7517 §5): entries that are no keys are left out, as the RFC asks. */
export function readKeySet(response: FetchedText): Read<PublishedKey[]> {
  const json = readJson(response);
  if (!json.ok) return json;
  const parsed = v.safeParse(keySetShape, json.value);
  if (!parsed.success) return { ok: false, failure: 'wrongShape', detail: 'there is no list of keys' };
  const keys = parsed.output.keys.flatMap((entry) => {
    const key = v.safeParse(keyShape, entry);
    return key.success ? [key.output] : [];
  });
  return { ok: true, value: keys };
}

function readJson({ status, contentType, text }: FetchedText): Read<unknown> {
  if (/AADSTS90002\b/.test(text)) return { ok: false, failure: 'unknownTenant', detail: 'AADSTS90002' };
  if (status !== 200) return { ok: false, failure: 'badStatus', detail: `HTTP ${status}` };
  if (contentType.includes('html') || /^\s*</.test(text)) return { ok: false, failure: 'html', detail: 'HTML' };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, failure: 'notJson', detail: 'no JSON' };
  }
}
