import { CompactEncrypt, type CompactJWSHeaderParameters, CompactSign, generateKeyPair } from 'jose';

/** Algorithms the tests sign with: every signature length but RSA's other moduli. */
export const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'HS256', 'HS512'] as const;

const keys = new Map<string, CryptoKey | Uint8Array>();

/** Signs with a key made for this run. */
export async function signToken(
  payload: object | string,
  header: Partial<CompactJWSHeaderParameters> & Record<string, unknown> = {},
  modulusLength = 2048,
): Promise<string> {
  const alg = header.alg ?? 'RS256';
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const key = await keyFor(alg, modulusLength);
  return new CompactSign(new TextEncoder().encode(text)).setProtectedHeader({ typ: 'JWT', ...header, alg }).sign(key);
}

/** A JWE only its key, thrown away here, could open. */
export async function encryptToken(text: string): Promise<string> {
  const { publicKey } = await generateKeyPair('RSA-OAEP-256');
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
    .encrypt(publicKey);
}

/** `alg: none`, which no library signs. */
export function unsignedToken(payload: object): string {
  return `${base64url(JSON.stringify({ alg: 'none', typ: 'JWT' }))}.${base64url(JSON.stringify(payload))}.`;
}

export function base64url(text: string | Uint8Array): string {
  return Buffer.from(text as string).toString('base64url');
}

async function keyFor(alg: string, modulusLength: number): Promise<CryptoKey | Uint8Array> {
  const name = `${alg} ${modulusLength}`;
  const known = keys.get(name);
  if (known) return known;
  const key = alg.startsWith('HS')
    ? crypto.getRandomValues(new Uint8Array(64))
    : (await generateKeyPair(alg, { modulusLength })).privateKey;
  keys.set(name, key);
  return key;
}
