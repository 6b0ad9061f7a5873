import { withoutEnd } from '../without-end.ts';
import { type Authority, authorityUrl } from './authority.ts';
import { isMicrosoftSignInHost } from './clouds.ts';

/**
 * The path by which an authority is told from others of its origin: with its leading slash and without trailing ones, empty
 * for the origin itself. Where Microsoft signs in, tenants have no letter case, so that it is in lower case; anybody else's
 * server may tell `/realms/Contoso` from `/realms/contoso` (RFC 3986 §6.2.2.1), so that it is as it was written.
 * `authority` is an absolute URL.
 */
export function authorityPath(authority: string): string {
  const { host, pathname } = new URL(authority);
  const path = withoutEnd(pathname, '/');
  return isMicrosoftSignInHost(host) ? path.toLowerCase() : path;
}

/**
 * Where people sign in for this authority, and in this `tenant` of it where another one is wanted. An Entra of no known cloud
 * has its tenant in lower case: that letter case does not count there is not seen from the host.
 */
export function signInAuthorityOf(authority: Authority, tenant?: string): string {
  if (authority.kind === 'oidc') return authorityUrl(authority);
  const wanted = tenant ?? authority.tenant;
  return authorityUrl({ ...authority, tenant: authority.cloud === undefined ? wanted.toLowerCase() : wanted });
}
