import { firstPartyAppName } from '../core/azure/first-party-apps.ts';
import { readAudience } from '../core/azure/read-audience.ts';
import { resourceOf } from '../core/entra/scope-resource.ts';
import { microsoftApiOf, wellKnownAppName } from '../core/token/well-known-apps.ts';
import { plainValue } from './plain-text.ts';

/** Name of an application of Microsoft's by its id; undefined for any other. */
function microsoftAppOf(id: string): string | undefined {
  return wellKnownAppName(id) ?? firstPartyAppName(id);
}

function microsoftResourceOf(resource: string): string | undefined {
  const { appId } = readAudience(resource);
  return microsoftApiOf(resource) ?? (appId === undefined ? undefined : microsoftAppOf(appId));
}

/** A client whole, for a question that is answered by it: `Azure CLI (04b07795-…)`, or its id alone. */
export function nameClient(id: string): string {
  return named(microsoftAppOf(id), id);
}

/** A scope whole, its API by name where it is Microsoft's: `Azure Databricks (2ff814a6-…)/.default`. */
function nameScope(scope: string): string {
  const resource = resourceOf(scope);
  return nameResource(resource) + plainValue(scope.slice(resource.length));
}

function nameResource(resource: string): string {
  return named(microsoftResourceOf(resource), resource);
}

function named(name: string | undefined, value: string): string {
  return name === undefined ? plainValue(value) : `${name} (${plainValue(value)})`;
}

/**
 * Scopes whole, several of one API on one line: `api://orders: Orders.Read Orders.Write`. A blank stands between them, as in
 * the `scope` parameter; within one it is shown by its code point, so that no two lists look alike.
 */
export function nameScopes(scopes: readonly string[]): string[] {
  return [...Map.groupBy(scopes, beforeName)].map(([before, [first = '', ...others]]) => {
    if (others.length === 0) return nameScope(first);
    const names = [first, ...others].map((scope) => plainValue(scope.slice(before.length)));
    return `${before === '' ? 'without an API' : nameResource(before.slice(0, -1))}: ${names.join(' ')}`;
  });
}

/** All of a scope but its name, which is never empty: `api://orders/`, or nothing. */
function beforeName(scope: string): string {
  return /^.*\/(?=.)/s.exec(scope)?.[0] ?? '';
}

/**
 * APIs of which nothing but an id is known, where Microsoft's own client asks for them: it is given tokens for Microsoft's own
 * APIs without anybody's consent, and no table has all of those.
 */
export function unknownApis(clientId: string, scopes: readonly string[]): string[] {
  if (microsoftAppOf(clientId) === undefined) return [];
  const ids = scopes.flatMap((scope) => [resourceOf(scope), scope].flatMap((text) => readAudience(text).appId ?? []));
  return [...new Set(ids.filter((id) => microsoftAppOf(id) === undefined))].toSorted();
}
