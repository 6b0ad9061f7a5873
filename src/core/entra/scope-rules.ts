import { audiencesOf } from '../azure/service-table.ts';
import { isGuid } from '../token/issuer-shape.ts';
import { microsoftApiOf } from '../token/well-known-apps.ts';
import { withoutEnd } from '../without-end.ts';
import type { Authority, TokenVersion } from './authority.ts';
import { resourceOf } from './scope-resource.ts';
import type { ScopeFindingId } from './scope-text.ts';

/** Who asks for the scopes, where, and for which API. An absent member is unknown. */
export interface ScopeContext {
  authority: Authority;
  /** Without a user: the token is the application's own. */
  isAppOnly: boolean;
  /** The client that asks. */
  clientId?: string;
  /** The API's own application id. */
  appId?: string;
  appIdUri?: string;
  /** Token versions the API accepts. Default: both are looked at. */
  tokenVersions?: readonly TokenVersion[];
  /** Audiences the API accepts. */
  acceptedAudiences?: readonly string[];
}

/** The scope that stands for everything granted. */
export const DEFAULT_NAME = '.default';
/** Their resource ids end with a slash (Microsoft: identity-platform/scopes-oidc, "Trailing slash and .default"). */
const WITH_SLASH = audiencesOf('resourceManager', 'public').map((audience) => `${audience}/`);

/** `fault`: no token, or none this API accepts. `warning`: that may be. `note`: only to be known. */
export type ScopeSeverity = 'fault' | 'warning' | 'note';

interface RuleResult {
  id: ScopeFindingId;
  severity: ScopeSeverity;
  mend?: string;
  value?: string;
  /** Nothing more can be said of this scope. */
  isLast?: boolean;
}

type Rule = (scope: string, context: ScopeContext) => RuleResult | undefined;

/** What one scope can have, in the order that each mends it for the next. */
export const SCOPE_RULES: readonly Rule[] = [
  namesNoScope,
  namesNoApi,
  isForMicrosoft,
  hasSlashTooMany,
  lacksSlash,
  asksForItself,
  lacksDefault,
  isOfOtherApi,
];

/** `api://orders`, `https://orders.contoso.com`, a bare GUID: the API itself, without a scope. */
function namesNoScope(scope: string, { appIdUri }: ScopeContext): RuleResult | undefined {
  const plain = withoutEnd(scope, '/');
  const isApi =
    isGuid(plain) || /^[a-z][a-z0-9+.-]*:\/\/[^/]+$/i.test(plain) || (appIdUri && sameText(plain, appIdUri));
  if (!isApi) return undefined;
  return {
    id: 'scopeNameMissing',
    severity: 'fault',
    mend: `${appIdUri && sameText(plain, appIdUri) ? appIdUri : plain}/${DEFAULT_NAME}`,
  };
}

function namesNoApi(scope: string, context: ScopeContext): RuleResult | undefined {
  if (resourceOf(scope) !== '' || !isEntra(context)) return undefined;
  return { id: 'graphByDefault', severity: 'fault', isLast: true };
}

function isForMicrosoft(scope: string): RuleResult | undefined {
  const api = microsoftApiOf(resourceOf(scope));
  return api === undefined ? undefined : { id: 'microsoftApi', severity: 'warning', value: api };
}

/** `api://orders//.default`, where the App ID URI is `api://orders`. No GUID and no `api://<guid>` ends with a slash. */
function hasSlashTooMany(scope: string, context: ScopeContext): RuleResult | undefined {
  const resource = resourceOf(scope);
  if (!resource.endsWith('/') || slashedUriOf(resource, context) !== undefined) return undefined;
  const plain = withoutEnd(resource, '/');
  const isKnown = sameText(plain, context.appIdUri) || isGuid(plain.replace(/^api:\/\//i, '')) || microsoftApiOf(plain);
  const mend = `${plain}/${nameOf(scope)}`;
  // Of an App ID URI that is not known, nobody can say how it ends.
  return isKnown
    ? { id: 'slashTooMany', severity: 'warning', mend }
    : { id: 'slashTooMany', severity: 'note', value: mend };
}

/** `https://management.azure.com/.default`, where the App ID URI ends with a slash. */
function lacksSlash(scope: string, context: ScopeContext): RuleResult | undefined {
  const resource = resourceOf(scope);
  const uri = slashedUriOf(resource, context);
  if (uri === undefined || resource.endsWith('/')) return undefined;
  return { id: 'slashMissing', severity: 'warning', mend: `${resource}//${nameOf(scope)}` };
}

/** Of an application as itself Entra takes the App ID URI too. */
function asksForItself(scope: string, context: ScopeContext): RuleResult | undefined {
  const { clientId, isAppOnly } = context;
  const resource = resourceOf(scope);
  if (isAppOnly || clientId === undefined || isGuid(resource) || !isSelf(resource, context)) return undefined;
  return { id: 'selfToken', severity: 'fault', mend: `${clientId}/${nameOf(scope)}` };
}

function lacksDefault(scope: string, { isAppOnly }: ScopeContext): RuleResult | undefined {
  if (!isAppOnly || nameOf(scope) === DEFAULT_NAME) return undefined;
  return { id: 'defaultMissing', severity: 'fault', mend: `${resourceOf(scope)}/${DEFAULT_NAME}` };
}

/** The finding for a scope of an API that goes by none of the names the profile knows; undefined otherwise. */
export function isOfOtherApi(scope: string, { appId, appIdUri }: ScopeContext): RuleResult | undefined {
  const resource = withoutEnd(resourceOf(scope), '/');
  const own = appIdUri ?? appId;
  // An API may have several App ID URIs: only two names of which the profile knows neither are another API for certain.
  if (own === undefined || resource === '' || microsoftApiOf(resource)) return undefined;
  const names = [appIdUri, appId, appId && `api://${appId}`];
  return names.some((name) => name !== undefined && sameText(resource, withoutEnd(name, '/')))
    ? undefined
    : { id: 'otherApi', severity: 'warning', value: own };
}

/** The App ID URI with its slash, when the resource is that API and its URI ends with one. */
function slashedUriOf(resource: string, { appIdUri }: ScopeContext): string | undefined {
  const known = [...WITH_SLASH, ...(appIdUri?.endsWith('/') ? [appIdUri] : [])];
  return known.find((uri) => sameText(withoutEnd(uri, '/'), withoutEnd(resource, '/')));
}

/** The client and the API are one registration. */
export function isSelf(resource: string, { clientId, appId, appIdUri }: ScopeContext): boolean {
  if (clientId === undefined) return false;
  const names = [clientId, `api://${clientId}`, ...(sameText(clientId, appId) ? [appIdUri] : [])];
  return names.some((name) => sameText(withoutEnd(resource, '/'), name && withoutEnd(name, '/')));
}

/** Whether scopes are read as Entra reads them. */
export function isEntra({ authority }: ScopeContext): boolean {
  return authority.kind === 'entra';
}

/** What stands behind a scope's last slash. */
export function nameOf(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1);
}

/** Entra compares names of APIs without regard to letter case. */
export function sameText(one: string, other: string | undefined): boolean {
  // Of many scopes each is compared: a long name is not put into lower case for every one.
  return other !== undefined && one.length === other.length && one.toLowerCase() === other.toLowerCase();
}
