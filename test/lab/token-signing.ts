import { createHash, sign } from 'node:crypto';
import { type CompactJWSHeaderParameters, CompactSign } from 'jose';
import type { SigningKey } from './signing-key.ts';

/** JSON members by name. `undefined` stands for "leave it out". */
export type Members = Record<string, unknown>;

/** Signs a well-formed token. */
export async function signToken(header: Members, payloadText: string, key: SigningKey): Promise<string> {
  if (header.alg !== key.alg || 'crit' in header) return signRawToken(JSON.stringify(header), payloadText, key);
  return new CompactSign(Buffer.from(payloadText))
    .setProtectedHeader(withoutUndefined(header) as unknown as CompactJWSHeaderParameters)
    .sign(key.privateKey);
}

/** Signs any two texts, whatever they say, with the key's own algorithm: what no token library would do. */
export function signRawToken(headerText: string, payloadText: string, key: SigningKey): string {
  const signed = `${encodePart(headerText)}.${encodePart(payloadText)}`;
  return `${signed}.${signatureOf(signed, key)}`;
}

/**
 * Signs the way Microsoft Graph's tokens are signed: the signature covers a header whose `nonce` was replaced by
 * base64url(SHA-256(nonce)), so that no standard validator accepts it.
 */
export function signGraphToken(header: Members & { nonce: string }, payloadText: string, key: SigningKey): string {
  const hashedNonce = createHash('sha256').update(header.nonce).digest('base64url');
  const payloadPart = encodePart(payloadText);
  const signed = `${encodePart(JSON.stringify({ ...header, nonce: hashedNonce }))}.${payloadPart}`;
  return `${encodePart(JSON.stringify(header))}.${payloadPart}.${signatureOf(signed, key)}`;
}

export function encodePart(text: string | Uint8Array): string {
  return Buffer.from(text as string).toString('base64url');
}

function signatureOf(signed: string, key: SigningKey): string {
  // JWS wants the two halves of an ECDSA signature side by side (RFC 7518 §3.4); Node's default is DER.
  return sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}

function withoutUndefined(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
