import { compactVerify, errors, importJWK, type JWK } from 'jose';
import type { JsonObject } from '../token/token.ts';
import type { PublishedKey } from './metadata.ts';

/** Algorithms a published key can verify; `none` and the HS family are left out on purpose (RFC 8725 §3.1). */
export const ASYMMETRIC_ALGORITHMS: readonly string[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

const MAX_KEYS_TRIED = 20;

/** `assumed` is for hypothetical tokens only: it counts as valid, and says so. */
export type SignatureState = 'valid' | 'invalid' | 'keyNotFound' | 'notChecked' | 'assumed';

/** Why a signature is in its state, where that is not plain. */
export type SignatureDetail =
  | 'noKid' // the header names no key; all published ones were tried
  | 'keyDoesNotFit' // the key named is of another type or algorithm, or for encryption
  | 'keyTooSmall' // RSA under 2048 bits, which RFC 7518 §3.3 forbids
  | 'criticalHeader' // `crit` names an extension nobody here understands (RFC 7515 §4.1.11)
  | 'algorithm'; // not an asymmetric algorithm

export interface SignatureFinding {
  state: SignatureState;
  detail?: SignatureDetail;
  /** The key that was used: its `kid`, and the issuer the key set ties it to. */
  key?: { kid?: string; issuer?: string };
}

/**
 * Verifies a compact JWS with published keys: the key is chosen by `kid`, never by anything else the token brings
 * (`jku`, `jwk`, `x5u` are ignored). Nothing throws: every failure is a finding.
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
  const isNamed = typeof kid === 'string';
  const candidates = isNamed ? keys.filter((key) => key.kid === kid) : keys;
  let finding: SignatureFinding = isNamed ? { state: 'keyNotFound' } : { state: 'keyNotFound', detail: 'noKid' };
  for (const key of candidates.slice(0, MAX_KEYS_TRIED)) {
    const tried = await verifyWithKey(raw, alg, key);
    if (tried.state === 'valid') return isNamed ? tried : { ...tried, detail: 'noKid' };
    if (isNamed) finding = tried;
  }
  return finding;
}

async function verifyWithKey(raw: string, alg: string, key: PublishedKey): Promise<SignatureFinding> {
  const used = { key: nameKey(key) };
  if (key.use === 'enc' || (key.alg !== undefined && key.alg !== alg)) {
    return { state: 'invalid', detail: 'keyDoesNotFit', ...used };
  }
  if (key.kty === 'RSA' && rsaBits(key) < 2048) return { state: 'invalid', detail: 'keyTooSmall', ...used };
  const publicKey = await importPublicKey(key, alg);
  if (!publicKey) return { state: 'invalid', detail: 'keyDoesNotFit', ...used };
  try {
    await compactVerify(raw, publicKey, { algorithms: [alg] });
    return { state: 'valid', ...used };
  } catch (error) {
    return { state: 'invalid', ...detailOf(error), ...used };
  }
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
  if (error instanceof errors.JOSENotSupported || error instanceof errors.JWSInvalid)
    return { detail: 'criticalHeader' };
  return { detail: 'keyDoesNotFit' };
}

function nameKey({ kid, issuer }: PublishedKey): { kid?: string; issuer?: string } {
  return { ...(kid === undefined ? {} : { kid }), ...(issuer === undefined ? {} : { issuer }) };
}

function rsaBits({ n }: PublishedKey): number {
  return typeof n === 'string' ? Math.floor((n.replace(/=+$/, '').length * 6) / 8) * 8 : 0;
}
