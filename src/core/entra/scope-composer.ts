import { isGuid } from '../token/issuer-shape.ts';
import { microsoftApiOf } from '../token/well-known-apps.ts';
import type { Authority, TokenVersion } from './authority.ts';
import { type ExpectedToken, expectToken } from './expected-token.ts';
import { OPENID_SCOPES, resourceOf } from './scope-resource.ts';
import { type ScopeFindingId, scopeFindingText } from './scope-text.ts';

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

export interface ScopeFinding {
  id: ScopeFindingId;
  /** `fault`: no token, or none this API accepts. `warning`: that may be. `note`: only to be known. */
  severity: 'fault' | 'warning' | 'note';
  /** The scope as written. */
  scope: string;
  text: string;
}

export interface ScopeReview {
  /** What to ask for: the scopes as written, mended where the mend is plain. */
  scopes: string[];
  findings: ScopeFinding[];
  /** By version of the API's manifest. Absent when no one API is asked for, or it is no Entra, or Microsoft's own API. */
  tokens?: Readonly<Record<TokenVersion, ExpectedToken>>;
}

const DEFAULT_NAME = '.default';
/** Their resource ids end with a slash (Microsoft: identity-platform/scopes-oidc, "Trailing slash and .default"). */
const WITH_SLASH = ['https://management.azure.com/', 'https://management.core.windows.net/'];

/**
 * The scopes for an API, named by App ID URI or application id as its registration writes them: a slash at the end is
 * kept. Without `names`, and always without a user, everything that was granted. A client that asks for itself names the
 * API by its id.
 */
export function composeScopes(resource: string, names: readonly string[], context: ScopeContext): ScopeReview {
  const api = resource.trim();
  if (!isResource(api)) return { scopes: [], findings: [finding('notAResource', 'fault', api || '(nothing)')] };
  const wanted = context.isAppOnly || names.length === 0 ? [DEFAULT_NAME] : names;
  const named = !context.isAppOnly && isSelf(api, context) ? (context.clientId ?? api) : api;
  return reviewScopes(
    wanted.map((name) => `${named}/${name}`),
    isGuid(api) ? context : { ...context, appIdUri: context.appIdUri ?? api },
  );
}

/**
 * Judges scopes before they are sent, mends what has one plain mend, and says what the token will carry. One text may
 * hold several scopes with blanks between them, as the `scope` parameter does.
 */
export function reviewScopes(written: readonly string[], context: ScopeContext): ScopeReview {
  const words = written.flatMap((text) => text.split(/\s+/)).filter((word) => word !== '');
  if (words.length === 0) return { scopes: [], findings: [finding('nothingAsked', 'fault', '')] };
  const reserved = words.filter(isReserved);
  const asked = words.filter((word) => !isReserved(word)).map((word) => reviewScope(word, context));
  const mended = asked.map(({ mend, scope }) => mend ?? scope);
  const findings = [
    ...reserved.map((scope) => reservedFinding(scope, context)),
    ...asked.flatMap((one) => one.findings),
    ...findTogether(mended, context),
    ...(asked.length === 0 && isEntra(context) && !context.isAppOnly
      ? [finding('graphByDefault', 'fault', words.join(' '))]
      : []),
  ];
  const scopes = [...new Set([...mended, ...(context.isAppOnly ? [] : reserved)])];
  const tokens = tokensFor(mended, context);
  return {
    scopes,
    findings: [...findings, ...(tokens ? findAudiences(mended, tokens, context) : [])],
    ...(tokens ? { tokens } : {}),
  };
}

interface ReviewedScope {
  scope: string;
  /** What to write instead. */
  mend?: string;
  findings: ScopeFinding[];
}

/** Each rule mends for the next one. */
function reviewScope(scope: string, context: ScopeContext): ReviewedScope {
  const reviewed: ReviewedScope = { scope, findings: [] };
  for (const rule of RULES) {
    const current = reviewed.mend ?? scope;
    const found = rule(current, context);
    if (!found) continue;
    const { mend, id, severity } = found;
    reviewed.findings.push(finding(id, severity, current, found.value ?? mend));
    if (mend !== undefined) reviewed.mend = mend;
    if (found.isLast) break;
  }
  return reviewed;
}

interface RuleResult {
  id: ScopeFindingId;
  severity: ScopeFinding['severity'];
  mend?: string;
  value?: string;
  /** Nothing more can be said of this scope. */
  isLast?: boolean;
}

type Rule = (scope: string, context: ScopeContext) => RuleResult | undefined;

const RULES: readonly Rule[] = [
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
  const plain = withoutSlashes(scope);
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
  const plain = withoutSlashes(resource);
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

function isOfOtherApi(scope: string, { appId, appIdUri }: ScopeContext): RuleResult | undefined {
  const resource = withoutSlashes(resourceOf(scope));
  const own = appIdUri ?? appId;
  // An API may have several App ID URIs: only two names of which the profile knows neither are another API for certain.
  if (own === undefined || resource === '' || microsoftApiOf(resource)) return undefined;
  const names = [appIdUri, appId, appId && `api://${appId}`];
  return names.some((name) => name !== undefined && sameText(resource, withoutSlashes(name)))
    ? undefined
    : { id: 'otherApi', severity: 'warning', value: own };
}

/** What is wrong with scopes only because they stand beside each other. */
function findTogether(scopes: readonly string[], context: ScopeContext): ScopeFinding[] {
  if (!isEntra(context)) return [];
  const [first = ''] = scopes;
  const others = scopes.filter((scope) => !sameText(resourceOf(scope), resourceOf(first)));
  const mixed = others.map((scope) =>
    finding('mixedResources', 'fault', scope, resourceOf(first) || 'Microsoft Graph'),
  );
  const hasDefault = scopes.some((scope) => nameOf(scope) === DEFAULT_NAME);
  const beside = hasDefault ? scopes.filter((scope) => nameOf(scope) !== DEFAULT_NAME) : [];
  return [...mixed, ...beside.map((scope) => finding('defaultMixed', 'fault', scope))];
}

function tokensFor(scopes: readonly string[], context: ScopeContext): ScopeReview['tokens'] {
  const resources = new Set(scopes.map((scope) => resourceOf(scope).toLowerCase()));
  const resource = resourceOf(scopes[0] ?? '');
  if (resources.size !== 1 || resource === '' || microsoftApiOf(resource)) return undefined;
  const { authority, isAppOnly, appId, appIdUri } = context;
  const isOwn = isOfOtherApi(scopes[0] ?? '', context) === undefined && (appIdUri ?? appId) !== undefined;
  const wish = {
    ...{ authority, isAppOnly, resource, names: scopes.map(nameOf) },
    ...(isOwn && appId !== undefined ? { appId } : {}),
  };
  const [v1, v2] = [expectToken(wish, 1), expectToken(wish, 2)];
  return v1 && v2 && { 1: v1, 2: v2 };
}

/** A version the API does not issue gives no finding. */
function findAudiences(
  scopes: readonly string[],
  tokens: NonNullable<ScopeReview['tokens']>,
  { acceptedAudiences = [], tokenVersions = [] }: ScopeContext,
): ScopeFinding[] {
  if (acceptedAudiences.length === 0 || tokenVersions.length !== 1) return [];
  return tokenVersions.flatMap((version) => {
    const { aud } = tokens[version];
    const isAccepted = acceptedAudiences.some((one) => one === aud || (isGuid(one) && sameText(one, aud)));
    return aud === undefined || isAccepted ? [] : [finding('audienceNotAccepted', 'warning', scopes.join(' '), aud)];
  });
}

function reservedFinding(scope: string, { isAppOnly }: ScopeContext): ScopeFinding {
  return isAppOnly ? finding('reservedScopeAppOnly', 'fault', scope) : finding('reservedScope', 'note', scope);
}

function finding(id: ScopeFindingId, severity: ScopeFinding['severity'], scope: string, value = ''): ScopeFinding {
  return { id, severity, scope, text: scopeFindingText(id, { scope, value }) };
}

/** The App ID URI with its slash, when the resource is that API and its URI ends with one. */
function slashedUriOf(resource: string, { appIdUri }: ScopeContext): string | undefined {
  const known = [...WITH_SLASH, ...(appIdUri?.endsWith('/') ? [appIdUri] : [])];
  return known.find((uri) => sameText(withoutSlashes(uri), withoutSlashes(resource)));
}

/** The client and the API are one registration. */
function isSelf(resource: string, { clientId, appId, appIdUri }: ScopeContext): boolean {
  if (clientId === undefined) return false;
  const names = [clientId, `api://${clientId}`, ...(sameText(clientId, appId) ? [appIdUri] : [])];
  return names.some((name) => sameText(withoutSlashes(resource), name && withoutSlashes(name)));
}

function isResource(text: string): boolean {
  return isGuid(text) || /^[a-z][a-z0-9+.-]*:\/\/[^\s/]\S*$/i.test(text);
}

function isEntra({ authority }: ScopeContext): boolean {
  return authority.kind === 'entra';
}

function isReserved(word: string): boolean {
  return OPENID_SCOPES.includes(word.toLowerCase());
}

function nameOf(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1);
}

function withoutSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '/') end--;
  return text.slice(0, end);
}

function sameText(one: string, other: string | undefined): boolean {
  return other !== undefined && one.toLowerCase() === other.toLowerCase();
}
