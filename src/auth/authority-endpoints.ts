import type { PublishedIssuer } from '../core/entra/answering-issuer.ts';
import { cloudOfHost } from '../core/entra/clouds.ts';

/** What an authority's metadata says, or the host of an endpoint that is not the authority's. */
type ReadEndpoints = ({ ok: true } & PublishedIssuer) | { ok: false; foreignHost: string };

/** Where people are sent, codes and secrets go, and device codes come from. */
const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'device_authorization_endpoint'];

/**
 * Whether this authority may be talked to at this URL: over https, at its own origin or at a host of its own cloud. What a
 * metadata document of the authority names elsewhere is refused. So its endpoints are all at known login hosts, or none is.
 */
export function isOfAuthority(url: string, authority: string): boolean {
  if (!URL.canParse(url)) return false;
  const target = new URL(url);
  if (target.protocol !== 'https:' || target.username !== '' || target.password !== '') return false;
  const own = new URL(authority);
  if (target.origin === own.origin) return true;
  return cloudOfHost(own.host)?.hosts.includes(target.host) ?? false;
}

/** True for the address of a metadata document (OpenID Connect Discovery 1.0 §4). */
export function isMetadataUrl(url: string): boolean {
  return new URL(url).pathname.endsWith('/.well-known/openid-configuration');
}

/** Reads an authority's metadata before anything is done by it: one endpoint elsewhere, and none of them is used. */
export function readEndpoints(metadata: Readonly<Record<string, unknown>>, authority: string): ReadEndpoints {
  const named = ENDPOINTS.map((name) => metadata[name]).filter((url) => url !== undefined);
  const foreign = named.find((url) => typeof url !== 'string' || !isOfAuthority(url, authority));
  if (foreign !== undefined) {
    return { ok: false, foreignHost: URL.canParse(String(foreign)) ? new URL(String(foreign)).host : 'no URL' };
  }
  const { issuer, authorization_response_iss_parameter_supported: isPromised } = metadata;
  return { ok: true, issuer: typeof issuer === 'string' ? issuer : '', isPromised: isPromised === true };
}
