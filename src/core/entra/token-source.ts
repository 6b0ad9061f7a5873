import { issuerShapeOf } from '../token/issuer-shape.ts';
import type { JsonObject } from '../token/token.ts';
import type { ApiProfile } from './api-profile.ts';
import { metadataUrl, type TokenVersion } from './authority.ts';

/** The Entra version a token says it has; undefined when `ver` is absent or something else. */
export function tokenVersion(payload: JsonObject): TokenVersion | undefined {
  if (payload.ver === '1.0') return 1;
  return payload.ver === '2.0' ? 2 : undefined;
}

/**
 * The version whose metadata a token is checked with: its own `ver`, else the form of its
 * issuer, else the one the profile accepts, else 2
 * (Microsoft: access-tokens.md, "v1.0 and v2.0 tokens": the token's version decides, not the configured authority).
 */
export function metadataVersion(payload: JsonObject, profile: ApiProfile): TokenVersion {
  return tokenVersion(payload) ?? versionOfIssuer(payload.iss) ?? profile.tokenVersions?.[0] ?? 2;
}

function versionOfIssuer(iss: unknown): TokenVersion | undefined {
  const shape = typeof iss === 'string' ? issuerShapeOf(iss).id : 'other';
  if (shape === 'entraV1') return 1;
  return shape === 'entraV2' ? 2 : undefined;
}

/** Where the keys for this token stand. */
export function keySourceUrl(payload: JsonObject, profile: ApiProfile): string {
  return metadataUrl(profile.authority, metadataVersion(payload, profile));
}

/** All metadata documents a judgement reads: the token's own first, then those of the versions the profile accepts. */
export function metadataUrlsFor(payload: JsonObject, profile: ApiProfile): string[] {
  const versions = [metadataVersion(payload, profile), ...(profile.tokenVersions ?? [])];
  return [...new Set(versions.map((version) => metadataUrl(profile.authority, version)))];
}
