import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { generate } from 'selfsigned';

/** A key that signs tokens. The private half lives in memory only. */
export interface SigningKey {
  kid: string;
  alg: 'RS256' | 'ES256';
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** The JWKS entry, as served. Entra's entries carry no `alg`. */
  publicJwk: PublicJwk;
}

export interface PublicJwk {
  kty: string;
  use: 'sig';
  kid: string;
  [member: string]: unknown;
}

/** An RSA 2048 key with a self-signed certificate; `kid` and `x5t` are the certificate's SHA-1, as with Entra. */
export async function createEntraKey(): Promise<SigningKey> {
  const pair = await generate([{ name: 'commonName', value: 'accounts.accesscontrol.windows.net' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [{ name: 'basicConstraints', cA: false }],
  });
  const certificate = new X509Certificate(pair.cert).raw;
  const publicKey = createPublicKey(pair.public);
  const { n, e } = publicKey.export({ format: 'jwk' });
  const thumbprint = createHash('sha1').update(certificate).digest('base64url');
  return {
    kid: thumbprint,
    alg: 'RS256',
    privateKey: createPrivateKey(pair.private),
    publicKey,
    publicJwk: {
      kty: 'RSA',
      use: 'sig',
      kid: thumbprint,
      x5t: thumbprint,
      n,
      e,
      x5c: [certificate.toString('base64')],
    },
  };
}

/** A P-256 key, as a generic OpenID Connect issuer may use. `kid` is the RFC 7638 thumbprint. */
export async function createEllipticKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  const kid = await calculateJwkThumbprint({ kty: 'EC', crv, x, y } as Parameters<typeof calculateJwkThumbprint>[0]);
  return {
    kid,
    alg: 'ES256',
    privateKey,
    publicKey,
    publicJwk: { kty: kty ?? 'EC', use: 'sig', alg: 'ES256', kid, crv, x, y },
  };
}
