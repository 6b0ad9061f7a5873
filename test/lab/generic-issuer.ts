import { KeyRing } from './key-ring.ts';
import type { LabReply, LabRoute } from './loopback-server.ts';
import { createEllipticKey } from './signing-key.ts';

/** A plain OpenID Connect issuer without anything of Entra: one issuer, ES256, at+jwt access tokens. */
export interface GenericIssuer {
  /** `{origin}/issuer`, exactly as in its tokens. */
  issuer: string;
  keys: KeyRing;
  route: LabRoute;
}

const ISSUER_PATH = '/issuer';

export async function createGenericIssuer(origin: string): Promise<GenericIssuer> {
  const keys = await KeyRing.create(createEllipticKey);
  const issuer = `${origin}${ISSUER_PATH}`;
  return {
    issuer,
    keys,
    route({ method, url }) {
      if (method !== 'GET') return undefined;
      if (url.pathname === `${ISSUER_PATH}/.well-known/openid-configuration`) return jsonReply(metadataOf(issuer));
      if (url.pathname === `${ISSUER_PATH}/jwks`) return jsonReply({ keys: keys.published() });
      return undefined;
    },
  };
}

function metadataOf(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    scopes_supported: ['openid', 'profile', 'orders:read'],
  };
}

function jsonReply(body: object): LabReply {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=300' },
    body: JSON.stringify(body),
  };
}
