import type { EntraFailure } from '../entra-reply.ts';
import type { LabApp, LabTenant } from '../entra-tenant.ts';
import { FAILURES } from './failures.ts';
import { type ClientRegistration, GRAPH, type Registrations, type ResourceRegistration } from './registrations.ts';

/** What a `scope` parameter comes to: one API and what the token may do there, and what to issue beside it. */
export interface RequestedAccess {
  resource: ResourceRegistration;
  /** As the client named the API: a v1 token has it as its audience. */
  identifier: string;
  scopes: readonly string[];
  wantsIdToken: boolean;
  wantsRefreshToken: boolean;
  /** The answer's `scope`. */
  grantedScope: string;
}

const OPENID_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access']);
const DEFAULT_SCOPE = '.default';

interface Request {
  registrations: Registrations;
  client: ClientRegistration;
  tenant: LabTenant;
}

/** Reads a `scope` parameter as Entra's v2 endpoint does. Scopes without a resource are Microsoft Graph's. */
export function resolveScope(request: Request, text: string): RequestedAccess | EntraFailure {
  const words = text.split(/\s+/).filter(Boolean);
  const asked = words.filter((word) => !OPENID_SCOPES.has(word)).map(splitScope);
  const found = findAsked(request, text, asked);
  if (isFailure(found)) return found;
  const { resource, identifier } = found;
  if (resource.app.id === request.client.app.id && identifier.toLowerCase() !== resource.app.id) {
    return FAILURES.selfTokenNeedsGuid(request.client);
  }
  const scopes = resolveNames(
    request,
    resource,
    identifier,
    asked.map(({ name }) => name),
  );
  if (!Array.isArray(scopes)) return scopes as EntraFailure;

  const prefix = resource.app.appIdUri ?? resource.app.id;
  return {
    ...{ resource, identifier, scopes },
    wantsIdToken: words.includes('openid'),
    wantsRefreshToken: words.includes('offline_access'),
    grantedScope: [...scopes.map((scope) => `${prefix}/${scope}`), ...openIdScopesFor(resource, words)].join(' '),
  };
}

/** The API that an application asks for as itself: `<resource>/.default` and nothing else. */
export function resolveAppScope(
  request: Request,
  text: string,
): Pick<RequestedAccess, 'resource' | 'identifier'> | EntraFailure {
  const asked = text.split(/\s+/).filter(Boolean).map(splitScope);
  if (asked.length === 0) return FAILURES.badScope(text);
  if (asked.some(({ name }) => name !== DEFAULT_SCOPE)) return FAILURES.needsDefaultScope(text);
  return findAsked(request, text, asked);
}

export function isFailure(value: object): value is EntraFailure {
  return 'code' in value && 'error' in value;
}

function findAsked(
  request: Request,
  text: string,
  asked: readonly { resource: string }[],
): { resource: ResourceRegistration; identifier: string } | EntraFailure {
  const identifiers = new Set(asked.map(({ resource }) => resource.toLowerCase()));
  if (text.trim() === '') return FAILURES.badScope(text);
  if (identifiers.size > 1) return FAILURES.severalResources(text);
  const [identifier = GRAPH.id] = asked.map(({ resource }) => resource);
  const resource = findResource(request, identifier);
  return resource ? { resource, identifier } : FAILURES.unknownResource(identifier, request.tenant);
}

function splitScope(scope: string): { resource: string; name: string } {
  const slash = scope.lastIndexOf('/');
  return slash === -1
    ? { resource: GRAPH.id, name: scope }
    : { resource: scope.slice(0, slash), name: scope.slice(slash + 1) };
}

function findResource({ registrations, tenant }: Request, identifier: string): ResourceRegistration | undefined {
  const wanted = identifier.toLowerCase();
  return registrations.resources.find(
    ({ app, tenants }) => tenants.includes(tenant) && identifiersOf(app).includes(wanted),
  );
}

/** How an API may be named, in lower case. */
export function identifiersOf({ id, appIdUri }: LabApp): string[] {
  return [id, `api://${id}`, ...(appIdUri ? [appIdUri.toLowerCase()] : [])];
}

function resolveNames(
  { registrations, client }: Request,
  resource: ResourceRegistration,
  identifier: string,
  names: readonly string[],
): string[] | EntraFailure {
  const consented = registrations.consents
    .filter((consent) => consent.client.id === client.app.id && consent.resource.id === resource.app.id)
    .flatMap(({ scopes }) => scopes);
  const wantsAll = names.length === 0 || names.includes(DEFAULT_SCOPE);
  if (wantsAll) return consented.length > 0 ? consented : FAILURES.noConsent(client);

  const known = names.map((name) => resource.scopes.find((scope) => scope.toLowerCase() === name.toLowerCase()));
  const missing = names.find((_, index) => known[index] === undefined);
  if (missing !== undefined) return FAILURES.unknownScope(client, missing, identifier);
  const scopes = [...new Set(known.filter((scope) => scope !== undefined))];
  const isMissing = (scope: string) => !consented.includes(scope);
  if (scopes.some((scope) => isMissing(scope) && resource.adminScopes?.includes(scope))) {
    return FAILURES.adminConsentNeeded(client);
  }
  return scopes.some(isMissing) ? FAILURES.noConsent(client) : scopes;
}

// Entra names the OpenID scopes it granted only beside those of Graph, whose scopes they are.
function openIdScopesFor(resource: ResourceRegistration, words: readonly string[]): string[] {
  return resource.tokenVersion === 'graph'
    ? words.filter((word) => OPENID_SCOPES.has(word) && word !== 'offline_access')
    : [];
}
