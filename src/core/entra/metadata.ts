import * as v from 'valibot';
import type { FetchedText, FetchFailure } from '../ports.ts';
import { privatePartIn } from './private-key.ts';

/**
 * Why metadata or keys could not be read. `notAllowed`: the user did not agree to ask that host. `serverError`: HTTP 5xx or
 * 429; `badStatus`: another status, which is an answer. `privateKey`: the set holds what only its owner may have.
 */
export type KeySourceFailure =
  | FetchFailure
  | 'notAllowed'
  | 'unknownTenant'
  | 'badStatus'
  | 'serverError'
  | 'html'
  | 'notJson'
  | 'wrongShape'
  | 'privateKey';

export interface Metadata {
  issuer: string;
  /** AD FS names the issuer of its access tokens apart from that of its ID tokens ([MS-OIDCE] §2.2.3.2). */
  accessTokenIssuer?: string;
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
      accessTokenIssuer?: string | undefined;
      jwksUri: string;
      keys: PublishedKey[];
      readAtMs: number;
      /** Why the keys could not be read again: what is here are the last good ones and may be stale. */
      refetchFailure?: KeySourceFailure;
    }
  | { ok: false; metadataUrl: string; failedUrl: string; failure: KeySourceFailure; detail: string };

export type ReadSource = Extract<KeySource, { ok: true }>;

const MOST_KEYS_KEPT = 200;
const LONGEST_KEPT_TEXT = 1024 * 1024;

/** What was read, or why it could not be. */
export type Read<T> = { ok: true; value: T } | { ok: false; failure: KeySourceFailure; detail: string };

const httpsUrl = v.pipe(
  v.string(),
  v.check((text) => URL.canParse(text) && new URL(text).protocol === 'https:'),
);
const issuer = v.pipe(v.string(), v.minLength(1));
const metadataShape = v.object({
  issuer,
  jwks_uri: httpsUrl,
  access_token_issuer: v.fallback(v.optional(issuer), undefined),
});
const optionalText = v.optional(v.string());
const keyShape = v.looseObject({
  kty: v.string(),
  // A number is no name a token could give (RFC 7517 §4.5): the key is one without a name.
  kid: v.fallback(optionalText, undefined),
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
  const { issuer: named, jwks_uri: jwksUri, access_token_issuer: accessTokenIssuer } = parsed.output;
  return { ok: true, value: { issuer: named, jwksUri, ...(accessTokenIssuer ? { accessTokenIssuer } : {}) } };
}

/**
 * Reads a JWK set (RFC 7517 §5): entries that are no keys are left out, as the RFC asks. A document with a private or shared
 * key anywhere in it is refused whole: whoever reads it can sign.
 */
export function readKeySet(response: FetchedText): Read<PublishedKey[]> {
  const json = readJson(response);
  if (!json.ok) return json;
  if (privatePartIn(response.text)) return { ok: false, failure: 'privateKey', detail: 'a private key' };
  const parsed = v.safeParse(keySetShape, json.value);
  if (!parsed.success) return { ok: false, failure: 'wrongShape', detail: 'there is no list of keys' };
  const keys = parsed.output.keys.flatMap((entry) => {
    const key = v.safeParse(keyShape, entry);
    return key.success ? [key.output] : [];
  });
  return { ok: true, value: keys };
}

const keptShape = v.object({
  metadataUrl: httpsUrl,
  issuer,
  accessTokenIssuer: v.optional(issuer),
  jwksUri: httpsUrl,
  keys: v.pipe(v.array(keyShape), v.maxLength(MOST_KEYS_KEPT)),
  readAtMs: v.pipe(v.number(), v.finite(), v.minValue(0)),
});

/** The members of a public key; a key set from elsewhere may carry anything. */
const PUBLIC_MEMBERS = ['kty', 'kid', 'use', 'key_ops', 'alg', 'issuer', 'n', 'e', 'crv', 'x', 'y'];

/** What an authority published, as text to keep: public members only. Undefined when there is too much of it. */
export function writeKeptKeys(source: ReadSource): string | undefined {
  const { metadataUrl, issuer, accessTokenIssuer, jwksUri, keys, readAtMs } = source;
  if (keys.length > MOST_KEYS_KEPT) return undefined;
  const publicKeys = keys.map((key) =>
    Object.fromEntries(Object.entries(key).filter(([member]) => PUBLIC_MEMBERS.includes(member))),
  );
  const text = JSON.stringify({ metadataUrl, issuer, accessTokenIssuer, jwksUri, keys: publicKeys, readAtMs });
  return text.length > LONGEST_KEPT_TEXT ? undefined : text;
}

/**
 * Reads what {@link writeKeptKeys} wrote. The file is hostile until read: undefined for anything that is not the keys of
 * this metadata document, that holds a private key, or that comes from the future.
 */
export function readKeptKeys(text: string, metadataUrl: string, nowMs: number): ReadSource | undefined {
  if (text.length > LONGEST_KEPT_TEXT || privatePartIn(text)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const kept = v.safeParse(keptShape, json);
  if (!kept.success || kept.output.metadataUrl !== metadataUrl || kept.output.readAtMs > nowMs) return undefined;
  return { ok: true, ...kept.output };
}

function readJson({ status, contentType, text }: FetchedText): Read<unknown> {
  if (/AADSTS90002\b/.test(text)) return { ok: false, failure: 'unknownTenant', detail: 'AADSTS90002' };
  if (status >= 500 || status === 429) return { ok: false, failure: 'serverError', detail: `HTTP ${status}` };
  if (status !== 200) return { ok: false, failure: 'badStatus', detail: `HTTP ${status}` };
  if (contentType.includes('html') || /^\s*</.test(text)) return { ok: false, failure: 'html', detail: 'HTML' };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, failure: 'notJson', detail: 'no JSON' };
  }
}
