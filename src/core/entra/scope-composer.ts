import { isGuid } from '../token/issuer-shape.ts';
import { microsoftApiOf } from '../token/well-known-apps.ts';
import type { TokenVersion } from './authority.ts';
import { type ExpectedToken, expectToken } from './expected-token.ts';
import { OPENID_SCOPES, resourceOf } from './scope-resource.ts';
import {
  DEFAULT_NAME,
  isEntra,
  isOfOtherApi,
  isSelf,
  nameOf,
  SCOPE_RULES,
  type ScopeContext,
  type ScopeSeverity,
  sameText,
} from './scope-rules.ts';
import { type ScopeFindingId, scopeFindingText } from './scope-text.ts';

/** What is odd about one scope, in words. */
export interface ScopeFinding {
  id: ScopeFindingId;
  severity: ScopeSeverity;
  /** The scope as written. */
  scope: string;
  text: string;
}

/** What was found of the scopes of an identity, and which tokens they bring. */
export interface ScopeReview {
  /** What to ask for: the scopes as written, mended where the mend is plain. */
  scopes: string[];
  findings: ScopeFinding[];
  /** By version of the API's manifest. Absent when no one API is asked for, or it is no Entra, or Microsoft's own API. */
  tokens?: Readonly<Record<TokenVersion, ExpectedToken>>;
}

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
 * hold several scopes with blanks between them, as the `scope` parameter does; what is written twice is judged once.
 */
export function reviewScopes(written: readonly string[], context: ScopeContext): ScopeReview {
  const words = [...new Set(written.flatMap((text) => text.split(/\s+/)).filter((word) => word !== ''))];
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
  for (const rule of SCOPE_RULES) {
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

function finding(id: ScopeFindingId, severity: ScopeSeverity, scope: string, value = ''): ScopeFinding {
  return { id, severity, scope, text: scopeFindingText(id, { scope, value }) };
}

function isResource(text: string): boolean {
  return isGuid(text) || /^[a-z][a-z0-9+.-]*:\/\/[^\s/]\S*$/i.test(text);
}

function isReserved(word: string): boolean {
  return OPENID_SCOPES.includes(word.toLowerCase());
}
