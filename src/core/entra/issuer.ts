import { V1_ISSUER, V1_ISSUER_CLOUDS } from '../azure/login-hosts.ts';
import { isGuid, issuerShapeOf } from '../token/issuer-shape.ts';
import type { TokenVersion } from './authority.ts';
import { type CloudId, cloudOfHost } from './clouds.ts';

/** As Entra writes it, and as people do. */
const TENANT_PLACEHOLDER = /\{tenantid\}/gi;

/** The Entra issuer that a text is: its version and tenant, and its cloud where that is known. */
export interface EntraIssuer {
  version: TokenVersion;
  /** GUID in lower case. */
  tenantId: string;
  cloud?: CloudId;
}

/**
 * Reads an issuer of Entra: `https://sts.windows.net/{tid}/` is v1, `https://{login host}/{tid}/v2.0` is v2.
 * `loginBase` names one more Entra, of no known cloud, that serves both. Undefined for any other issuer.
 */
export function readEntraIssuer(issuer: string, loginBase?: string): EntraIssuer | undefined {
  const shape = issuerShapeOf(issuer);
  if ((shape.id !== 'entraV1' && shape.id !== 'entraV2') || !URL.canParse(issuer)) return undefined;
  const { host, origin } = new URL(issuer);
  const cloud = cloudOfHost(host);
  if (!cloud && origin !== loginBase) return undefined;
  const version = shape.id === 'entraV1' ? 1 : 2;
  // Other clouds may issue v1 tokens as sts.windows.net too, so that host names no cloud.
  const isTelling = cloud && host !== new URL(V1_ISSUER).host;
  return { version, tenantId: shape.tenant.toLowerCase(), ...(isTelling ? { cloud: cloud.id } : {}) };
}

/** The clouds whose Entra may be this issuer, of either version; undefined where it is of no cloud that is known. */
export function cloudsOfIssuer(issuer: string): readonly CloudId[] | undefined {
  if (!URL.canParse(issuer)) return undefined;
  const { host } = new URL(issuer);
  if (host === new URL(V1_ISSUER).host) return V1_ISSUER_CLOUDS;
  const cloud = cloudOfHost(host);
  return cloud && [cloud.id];
}

/** True for an issuer that stands for every tenant: `https://login.microsoftonline.com/{tenantid}/v2.0`. */
export function isIssuerTemplate(issuer: string): boolean {
  return issuer.search(TENANT_PLACEHOLDER) >= 0;
}

/**
 * True for an issuer that only an Entra has: a template, one of v2 (`…/{tid}/v2.0`) on any host, one of v1 on a host of a
 * known cloud. Who names such an issuer speaks for Entra, whatever address the metadata was read from.
 */
export function isIssuerOfEntra(issuer: string): boolean {
  const shape = issuerShapeOf(issuer);
  return isIssuerTemplate(issuer) || shape.id === 'entraV2' || (shape.id === 'entraV1' && shape.knownHost);
}

/**
 * The issuer a template means for this token: `{tenantid}` replaced by the token's `tid`, which must be a GUID
 * (Microsoft: access-tokens.md, "Validate the issuer"). Undefined when the token names no tenant.
 */
export function issuerForTenant(template: string, tid: unknown): string | undefined {
  if (!isIssuerTemplate(template)) return template;
  return typeof tid === 'string' && isGuid(tid) ? template.replaceAll(TENANT_PLACEHOLDER, tid) : undefined;
}

/** The tenant GUID an issuer of metadata names; undefined for a template or another issuer's. */
export function tenantIdOfIssuer(issuer: string): string | undefined {
  if (!URL.canParse(issuer)) return undefined;
  const first = new URL(issuer).pathname.split('/').find((segment) => segment !== '') ?? '';
  return isGuid(first) ? first.toLowerCase() : undefined;
}
