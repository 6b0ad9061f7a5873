/** How long a signature is as base64url text, by `alg`: RSA by modulus (1024, 2048, 3072, 4096 bits). RFC 7518 §3, RFC 8037, RFC 8812. */
const lengthsByAlg = new Map<string, readonly number[]>([
  ['none', [0]],
  ['HS256', [43]],
  ['HS384', [64]],
  ['HS512', [86]],
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((alg) => [alg, [171, 342, 512, 683]] as const),
  ['ES256', [86]],
  ['ES256K', [86]],
  ['ES384', [128]],
  ['ES512', [176]],
  ['EdDSA', [86, 152]],
  ['Ed25519', [86]],
]);

/** Length of a JWE authentication tag as base64url text, by `enc`. RFC 7518 §5. */
const tagLengthsByEnc = new Map<string, readonly number[]>([
  ['A128GCM', [22]],
  ['A192GCM', [22]],
  ['A256GCM', [22]],
  ['A128CBC-HS256', [22]],
  ['A192CBC-HS384', [32]],
  ['A256CBC-HS512', [43]],
]);

/** Base64url lengths a signature of this algorithm can have, ascending; empty when the algorithm is not known. */
export function signatureLengths(alg: unknown): readonly number[] {
  return (typeof alg === 'string' && lengthsByAlg.get(alg)) || [];
}

/** Base64url lengths the tag of a JWE with this content encryption can have; empty when it is not known. */
export function tagLengths(enc: unknown): readonly number[] {
  return (typeof enc === 'string' && tagLengthsByEnc.get(enc)) || [];
}
