import { cloudOfHost } from '../core/entra/clouds.ts';
import type { Credential } from './token-source.ts';

/** Every stored sign-in's key begins so. */
export const CREDENTIAL_KEY_PREFIX = 'msal:';

/**
 * Under which key a sign-in is stored: origin of the token endpoint, tenant and client id, never a name that a cloned
 * repository could reuse. The aliases of a cloud are one: all of them lead to the same token endpoint.
 */
export function credentialKey({ authority, clientId }: Pick<Credential, 'authority' | 'clientId'>): string {
  const tenant = new URL(authority).pathname.replace(/^\/|\/$/g, '').toLowerCase();
  return `${CREDENTIAL_KEY_PREFIX}${tokenEndpointOrigin(authority)}|${tenant}|${clientId.toLowerCase()}`;
}

/** What a key stands for. */
export function credentialOf(key: string): Pick<Credential, 'authority' | 'clientId'> {
  const [origin = '', tenant = '', clientId = ''] = key.slice(key.indexOf(':') + 1).split('|');
  return { authority: `${origin}/${tenant}`, clientId };
}

/** Where codes, refresh tokens and secrets of this authority go. */
export function tokenEndpointOrigin(authority: string): string {
  const { origin, host } = new URL(authority);
  const cloud = cloudOfHost(host);
  return cloud ? `https://${cloud.loginHost}` : origin;
}

/**
 * Whether this authority may be talked to at this URL: over https, at its own origin or at a host of its own cloud.
 * What a metadata document of the authority names elsewhere is refused.
 */
export function isOfAuthority(url: string, authority: string): boolean {
  if (!URL.canParse(url)) return false;
  const target = new URL(url);
  if (target.protocol !== 'https:' || target.username !== '' || target.password !== '') return false;
  const own = new URL(authority);
  if (target.origin === own.origin) return true;
  return cloudOfHost(own.host)?.hosts.includes(target.host) ?? false;
}
