import { compactVerify, errors, importJWK, type JWK } from 'jose';
import { decodeBase64url } from '../token/base64url.ts';
import type { JsonObject, JsonValue } from '../token/token.ts';
import type { PublishedKey } from './metadata.ts';

/** Algorithms a published key can verify; `none` and the HS family are left out on purpose (RFC 8725 §3.1). */
export const ASYMMETRIC_ALGORITHMS: readonly string[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

const MAX_KEYS_TRIED = 20;
/** RFC 7518 §3.3. */
const FEWEST_RSA_BITS = 2048;

/** `assumed` is for hypothetical tokens only: it counts as valid, and says so. */
export type SignatureState = 'valid' | 'invalid' | 'keyNotFound' | 'notChecked' | 'assumed';

/** Why a signature is in its state, where that is not plain. */
export type SignatureDetail =
  | 'noKid' // the header names no key; the only published key was tried
  | 'noKidAmongOthers' // the header names no key; of several published keys the one that fits was tried
  | 'noKidAmongMany' // the header names no key; several published keys fit and were tried
  | 'kidNull' // kid is null, and there is only one key
  | 'kidNotText' // kid is a number or something else that names no key
  | 'sameKid' // several published keys that fit have the kid; the first verifies
  | 'sameKidLater' // likewise, but not the first verifies
  | 'sameKidOther' // several keys have the kid; only one fits, and it is not the first
  | 'otherKey' // the key named is not published, but another published key verifies
  | 'keyDoesNotFit' // the key named is of another type or algorithm, or for encryption
  | 'keyTooSmall' // RSA under 2048 bits, which RFC 7518 §3.3 forbids
  | 'keyWeak' // RSA with the exponent 1 or an even one: anybody could sign
  | 'criticalHeader' // `crit` names an extension nobody here understands, or is malformed (RFC 7515 §4.1.11)
  | 'unreadable' // the third part is no base64url text
  | 'algorithm'; // not an asymmetric algorithm

export interface SignatureFinding {
  state: SignatureState;
  detail?: SignatureDetail;
  /** The key that was used: its `kid`, and the issuer the key set ties it to. */
  key?: { kid?: string; issuer?: string };
  /** The key was given by hand: nobody vouches for whose it is. */
  given?: true;
}

/** What is told of a published set, and says nothing of keys that somebody put together. */
const ABOUT_THE_SET: readonly SignatureDetail[] = [
  ...(['otherKey', 'noKid', 'noKidAmongOthers', 'noKidAmongMany'] as const),
  ...(['sameKid', 'sameKidLater', 'sameKidOther'] as const),
];

/**
 * Verifies with keys given by hand: those without a `kid` may be meant for any. The finding is marked as not the
 * authority's.
 */
export async function verifyWithGivenKeys(
  raw: string,
  header: JsonObject,
  keys: readonly PublishedKey[],
): Promise<SignatureFinding> {
  const { kid } = header;
  const named = keys.map((key) => (typeof kid === 'string' && key.kid === undefined ? { ...key, kid } : key));
  const { key: _key, ...finding } = await verifySignature(raw, header, named);
  if (finding.detail === undefined || !ABOUT_THE_SET.includes(finding.detail)) return { ...finding, given: true };
  return { state: finding.state, given: true };
}

/**
 * Verifies a compact JWS with published keys: the key is chosen by `kid`, never by anything else the token brings
 * (`jku`, `jwk`, `x5u` are ignored). At most 20 keys are tried. Nothing throws: every failure is a finding.
 */
export async function verifySignature(
  raw: string,
  header: JsonObject,
  keys: readonly PublishedKey[],
): Promise<SignatureFinding> {
  const { alg, kid } = header;
  if (typeof alg !== 'string' || !ASYMMETRIC_ALGORITHMS.includes(alg)) {
    return { state: 'notChecked', detail: 'algorithm' };
  }
  const token: SignedText = { raw, alg, critical: readCritical(header) };
  if (typeof kid !== 'string') return verifyWithoutKid(token, keys, kid);
  const { named = [], others = [] } = Object.groupBy(keys, (key) => (key.kid === kid ? 'named' : 'others'));
  const finding = await verifyWithAny(token, named);
  if (finding) return withDetail(finding.finding, sameKidDetail(finding, token.alg, named));
  const other = (await verifyWithAny(token, others))?.finding;
  return other?.state === 'valid' ? { ...other, state: 'keyNotFound', detail: 'otherKey' } : { state: 'keyNotFound' };
}

interface SignedText {
  raw: string;
  alg: string;
  critical: readonly string[] | 'malformed';
}

async function verifyWithoutKid(
  token: SignedText,
  keys: readonly PublishedKey[],
  kid: JsonValue | undefined,
): Promise<SignatureFinding> {
  const found = await verifyWithAny(token, keys);
  if (found?.finding.state !== 'valid') return { state: 'keyNotFound', detail: 'noKid' };
  return withDetail(found.finding, noKidDetail(token.alg, keys, kid));
}

function noKidDetail(alg: string, keys: readonly PublishedKey[], kid: JsonValue | undefined): SignatureDetail {
  const isOnly = keys.filter(isForSigning).length === 1;
  if (kid === null && isOnly) return 'kidNull';
  if (kid !== undefined) return 'kidNotText';
  if (isOnly) return 'noKid';
  return keys.filter((key) => mayVerify(key, alg)).length > 1 ? 'noKidAmongMany' : 'noKidAmongOthers';
}

/** Validators that look keys up by `kid` take the first; others choose among those that fit, and refuse two. */
function sameKidDetail(found: FoundKey, alg: string, named: readonly PublishedKey[]): SignatureDetail | undefined {
  const isFirst = named.find(isForSigning) === found.key;
  const fitting = named.filter((key) => mayVerify(key, alg)).length;
  if (fitting > 1) return isFirst ? 'sameKid' : 'sameKidLater';
  return isFirst ? undefined : 'sameKidOther';
}

function withDetail(finding: SignatureFinding, detail: SignatureDetail | undefined): SignatureFinding {
  const isPlain = finding.state === 'valid' && finding.detail === undefined;
  return isPlain && detail !== undefined ? { ...finding, detail } : finding;
}

interface FoundKey {
  finding: SignatureFinding;
  key: PublishedKey;
}

/** The first valid finding, else the last; undefined without keys. */
async function verifyWithAny(token: SignedText, keys: readonly PublishedKey[]): Promise<FoundKey | undefined> {
  let found: FoundKey | undefined;
  for (const key of keys.slice(0, MAX_KEYS_TRIED)) {
    found = { finding: await verifyWithKey(token, key), key };
    if (found.finding.state === 'valid') break;
  }
  return found;
}

async function verifyWithKey({ raw, alg, critical }: SignedText, key: PublishedKey): Promise<SignatureFinding> {
  const used = { key: nameKey(key) };
  if (!mayVerify(key, alg)) return { state: 'invalid', detail: 'keyDoesNotFit', ...used };
  if (key.kty === 'RSA' && rsaBits(key) < FEWEST_RSA_BITS) return { state: 'invalid', detail: 'keyTooSmall', ...used };
  if (key.kty === 'RSA' && !hasSoundExponent(key)) return { state: 'invalid', detail: 'keyWeak', ...used };
  const publicKey = await importOnce(key, alg);
  if (!publicKey) return { state: 'invalid', detail: 'keyDoesNotFit', ...used };
  if (critical === 'malformed') return { state: 'invalid', detail: 'criticalHeader', ...used };
  try {
    // jose would refuse before it verifies; whether the signature is genuine is worth knowing all the same.
    const crit = Object.fromEntries(critical.map((name) => [name, true]));
    await compactVerify(raw, publicKey, { algorithms: [alg], crit });
    return { state: 'valid', ...(critical.length > 0 ? { detail: 'criticalHeader' } : {}), ...used };
  } catch (error) {
    return { state: 'invalid', ...detailOf(error), ...used };
  }
}

/** Extensions that are demanded. `b64` changes what is signed (RFC 7797), so nothing with it is verified here. */
function readCritical(header: JsonObject): SignedText['critical'] {
  if (!Object.hasOwn(header, 'crit')) return [];
  const { crit } = header;
  if (!Array.isArray(crit) || crit.length === 0) return 'malformed';
  const names = crit.filter((name): name is string => typeof name === 'string' && Object.hasOwn(header, name));
  const isWellFormed = names.length === crit.length && new Set(names).size === crit.length && !names.includes('b64');
  return isWellFormed ? names : 'malformed';
}

const TYPE_BY_ALGORITHM: Readonly<Record<string, string>> = { R: 'RSA', P: 'RSA', ES: 'EC', Ed: 'OKP' };

function isForSigning({ use }: PublishedKey): boolean {
  return use === undefined || use === 'sig';
}

/** What the key says of itself (RFC 7517 §4.1–4.4): its type, use, operations and algorithm. */
function mayVerify(key: PublishedKey, alg: string): boolean {
  const { kty, alg: ownAlg, key_ops: operations } = key;
  const wantedType = TYPE_BY_ALGORITHM[alg[0] === 'E' ? alg.slice(0, 2) : (alg[0] ?? '')];
  if (kty !== wantedType || !isForSigning(key)) return false;
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return false;
  return ownAlg === undefined || ownAlg === alg;
}

const imported = new WeakMap<PublishedKey, Map<string, Promise<CryptoKey | undefined>>>();

function importOnce(key: PublishedKey, alg: string): Promise<CryptoKey | undefined> {
  const byAlgorithm = imported.get(key) ?? new Map<string, Promise<CryptoKey | undefined>>();
  imported.set(key, byAlgorithm);
  const known = byAlgorithm.get(alg) ?? importPublicKey(key, alg);
  byAlgorithm.set(alg, known);
  return known;
}

/** Only the public members are taken over: a published key that carries more is still nothing but a public key. */
async function importPublicKey({ kty, n, e, crv, x, y }: PublishedKey, alg: string): Promise<CryptoKey | undefined> {
  try {
    const key = await importJWK({ kty, n, e, crv, x, y } as JWK, alg);
    return key instanceof Uint8Array ? undefined : key;
  } catch {
    return undefined;
  }
}

function detailOf(error: unknown): { detail?: SignatureDetail } {
  if (error instanceof errors.JWSSignatureVerificationFailed) return {};
  if (error instanceof errors.JOSENotSupported) return { detail: 'criticalHeader' };
  return { detail: error instanceof errors.JWSInvalid ? 'unreadable' : 'keyDoesNotFit' };
}

function nameKey({ kid, issuer }: PublishedKey): { kid?: string; issuer?: string } {
  return { ...(kid === undefined ? {} : { kid }), ...(issuer === undefined ? {} : { issuer }) };
}

/** Odd and at least 3 (RFC 8017 §3.1). */
function hasSoundExponent({ e }: PublishedKey): boolean {
  const bytes = bytesOf(e);
  const last = bytes?.at(-1) ?? 0;
  return last % 2 === 1 && !(last === 1 && bytes?.every((byte, at) => byte === 0 || at === bytes.length - 1));
}

function bytesOf(member: unknown): Uint8Array | undefined {
  const reading = typeof member === 'string' ? decodeBase64url(member) : undefined;
  return reading?.fault ? undefined : reading?.bytes;
}

/** Length of the modulus without leading zeros; 0 when there is none to read. */
function rsaBits({ n }: PublishedKey): number {
  const bytes = bytesOf(n);
  const first = bytes?.findIndex((byte) => byte !== 0) ?? -1;
  if (!bytes || first < 0) return 0;
  return (bytes.length - first) * 8 - (Math.clz32(bytes[first] ?? 0) - 24);
}
