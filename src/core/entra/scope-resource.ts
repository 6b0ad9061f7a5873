import { SERVICES } from '../azure/service-table.ts';
import { type Authority, authorityUrl } from './authority.ts';
import { cloudOfHost } from './clouds.ts';

/** They ask for no API of their own; alone, Entra makes the access token for Graph. */
export const OPENID_SCOPES: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

/**
 * What scopes ask a token for. Everything before the last slash of a scope is its resource. At Entra a scope without one
 * is Microsoft Graph's, and so is the token for OpenID scopes alone. One text may hold several scopes with blanks between
 * them, as the `scope` parameter does. (https://learn.microsoft.com/entra/identity-platform/scopes-oidc)
 */
export function audiencesOfScopes(scopes: readonly string[], authority: Authority): string[] {
  const resources = resourcesOfScopes(scopes);
  const isForGraph = isEntra(authority) && (resources.length === 0 || resources.includes(''));
  return [...resources.filter((resource) => resource !== ''), ...(isForGraph ? (SERVICES.graph.appIds ?? []) : [])];
}

/** The resource of each scope; empty for one that names none. OpenID scopes are left out. */
export function resourcesOfScopes(scopes: readonly string[]): string[] {
  const words = scopes.flatMap((text) => text.split(/\s+/)).filter((word) => word !== '');
  return words.filter((word) => !OPENID_SCOPES.includes(word.toLowerCase())).map(resourceOf);
}

/** On a login host, also an authority whose path is no tenant's: MSAL asks Entra for the tenant in its first segment. */
function isEntra(authority: Authority): boolean {
  return authority.kind === 'entra' || cloudOfHost(new URL(authorityUrl(authority)).host) !== undefined;
}

/** A scope is its resource, a slash, and its name: everything before the last slash, or nothing. */
export function resourceOf(scope: string): string {
  return scope.slice(0, Math.max(0, scope.lastIndexOf('/')));
}
