import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { ApiProfile } from '../../../src/core/entra/api-profile.ts';
import type { FetchedText, FetchFailure, FetchText } from '../../../src/core/ports.ts';
import type { JsonObject } from '../../../src/core/token/token.ts';

/** A tenant on paper: one signing key, the documents it publishes, and the tokens it signs. Frozen clock. */
export const NOW_MS = Date.UTC(2026, 10, 21, 12, 0, 0);
export const NOW_SEC = NOW_MS / 1000;
export const TENANT = '11111111-aaaa-4bbb-8ccc-000000000001';
export const OTHER_TENANT = '22222222-aaaa-4bbb-8ccc-000000000002';
export const API_ID = '33333333-aaaa-4bbb-8ccc-000000000003';
export const CLIENT_ID = '44444444-aaaa-4bbb-8ccc-000000000004';
export const API_URI = 'api://orders';
export const LOGIN = 'https://login.microsoftonline.com';
export const V2_ISSUER = `${LOGIN}/${TENANT}/v2.0`;
export const V1_ISSUER = `https://sts.windows.net/${TENANT}/`;
export const KID = 'key-1';

const signing = await generateKeyPair('RS256', { extractable: true });
const publicJwk = await exportJWK(signing.publicKey);
export const PRIVATE_KEY = signing.privateKey;

export function publishedKey(changes: JsonObject = {}): JsonObject {
  return { kty: 'RSA', n: publicJwk.n ?? '', e: publicJwk.e ?? '', use: 'sig', kid: KID, ...changes };
}

export const PROFILE: ApiProfile = {
  name: 'orders-dev',
  origin: 'user',
  authority: { kind: 'entra', loginBase: LOGIN, tenant: TENANT, cloud: 'public' },
  tokenVersions: [2],
  appId: API_ID,
  appIdUri: API_URI,
  accepts: [
    { scopes: ['Orders.Read'], roles: [] },
    { scopes: [], roles: ['Orders.Read.All'] },
  ],
  allowedClients: [CLIENT_ID],
  clockSkewSec: 0,
};

export function v2Claims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    ...{ iss: V2_ISSUER, tid: TENANT, ver: '2.0', aud: API_ID, azp: CLIENT_ID, azpacr: '0', scp: 'Orders.Read' },
    ...{ iat: NOW_SEC - 60, nbf: NOW_SEC - 60, exp: NOW_SEC + 3600, sub: 's', oid: 'o' },
    ...changes,
  };
}

export function v1Claims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { azp: _azp, azpacr: _azpacr, ...claims } = v2Claims();
  return { ...claims, iss: V1_ISSUER, ver: '1.0', aud: API_URI, appid: CLIENT_ID, appidacr: '0', ...changes };
}

export function signToken(claims: Record<string, unknown>, header: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: KID, ...header }).sign(PRIVATE_KEY);
}

/** An unsigned token with any header and payload. */
export function encodeToken(header: unknown, payload: unknown, signature = ''): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encode(header)}.${encode(payload)}.${signature}`;
}

/** Documents by URL, with a log of what was fetched; an unknown URL is answered with 404. */
export function fakeFetch(documents: Record<string, unknown>): {
  fetchText: FetchText;
  fetched: string[];
  documents: Record<string, unknown>;
} {
  const fetched: string[] = [];
  const fetchText: FetchText = async (url) => {
    fetched.push(url);
    const document = documents[url];
    if (isFailure(document)) return { ok: false, failure: document.failure, detail: 'test' };
    if (isResponse(document)) return { ok: true, response: document };
    if (document === undefined) return { ok: true, response: { status: 404, contentType: 'text/plain', text: '' } };
    return { ok: true, response: { status: 200, contentType: 'application/json', text: JSON.stringify(document) } };
  };
  return { fetchText, fetched, documents };
}

function isFailure(document: unknown): document is { failure: FetchFailure } {
  return typeof document === 'object' && document !== null && 'failure' in document;
}

function isResponse(document: unknown): document is FetchedText {
  return typeof document === 'object' && document !== null && 'contentType' in document;
}

export const V2_METADATA_URL = `${LOGIN}/${TENANT}/v2.0/.well-known/openid-configuration`;
export const V1_METADATA_URL = `${LOGIN}/${TENANT}/.well-known/openid-configuration`;
export const V2_KEYS_URL = `${LOGIN}/${TENANT}/discovery/v2.0/keys`;
export const V1_KEYS_URL = `${LOGIN}/${TENANT}/discovery/keys`;

/** What the tenant publishes. */
export function tenantDocuments(): Record<string, unknown> {
  return {
    [V2_METADATA_URL]: { issuer: V2_ISSUER, jwks_uri: V2_KEYS_URL },
    [V1_METADATA_URL]: { issuer: V1_ISSUER, jwks_uri: V1_KEYS_URL },
    [V2_KEYS_URL]: { keys: [publishedKey({ issuer: `${LOGIN}/{tenantid}/v2.0` })] },
    [V1_KEYS_URL]: { keys: [publishedKey()] },
  };
}
