import { GRAPH_NAME, microsoftApiOf } from '../token/well-known-apps.ts';
import type { Authority } from './authority.ts';

/** They ask for no API of their own; alone, Entra makes the access token for Graph. */
const OPENID_SCOPES = ['openid', 'profile', 'email', 'offline_access'];

/**
 * Name of the Microsoft API that scopes ask a token for; undefined when all of them are of other APIs. Everything before
 * the last slash of a scope is its resource. At Entra a scope without one is Microsoft Graph's, and so is the token for
 * OpenID scopes alone. One text may hold several scopes with blanks between them, as the `scope` parameter does.
 * (https://learn.microsoft.com/entra/identity-platform/scopes-oidc)
 */
export function microsoftApiOfScopes(scopes: readonly string[], authority: Authority): string | undefined {
  const words = scopes.flatMap((text) => text.split(/\s+/)).filter((word) => word !== '');
  const resources = words.filter((word) => !OPENID_SCOPES.includes(word.toLowerCase())).map(resourceOf);
  const isForGraph = authority.kind === 'entra' && (resources.length === 0 || resources.includes(''));
  const named = resources.map((resource) => microsoftApiOf(resource)).find((api) => api !== undefined);
  return named ?? (isForGraph ? GRAPH_NAME : undefined);
}

function resourceOf(scope: string): string {
  return scope.slice(0, Math.max(0, scope.lastIndexOf('/')));
}
