import type { ApiProfile } from '../../core/entra/api-profile.ts';
import { signInAuthorityOf } from '../../core/entra/authority-path.ts';
import type { ExpectedToken } from '../../core/entra/expected-token.ts';
import type { Identity } from '../../core/entra/identity.ts';
import { redirectToRegister } from '../../core/entra/redirect-uri.ts';
import { composeScopes, reviewScopes, type ScopeReview } from '../../core/entra/scope-composer.ts';
import { foreignCharacterIn, isScopeToken, scopesIn } from '../../core/entra/scope-token.ts';
import {
  MICROSOFT_CLIENTS,
  SET_UP_WAYS,
  type SetUpFacts,
  type SetUpStep,
  type SetUpWay,
  setUpSteps,
} from '../../core/entra/set-up-steps.ts';
import { isGuid } from '../../core/token/issuer-shape.ts';
import { readToken } from '../../core/token/read-token.ts';
import type { ExpectedClaim, SetUpCheck, SetUpFields, SetUpState } from '../../protocol/sign-in-panel.ts';

type Claims = Extract<SetUpCheck, { state: 'passed' }>['claims'];

const NOT_KNOWN = 'not known';
const GRANTED = 'whatever was granted';
/** Stands in an issuer where only the answer says which tenant it is. */
const TENANT = '{tenantid}';

/** What the fields say at first: the profile's own scope, where it names one, and this way where there is such a one. */
export function firstFields(profiles: readonly ApiProfile[], name?: string, wanted: SetUpWay = 'own'): SetUpFields {
  const profile = profiles.find((one) => one.name === name) ?? profiles[0];
  const way = waysFor(profile).includes(wanted) ? wanted : 'own';
  return { api: profile?.name ?? '', way, scope: profile ? scopeOf(profile) : '', clientId: '' };
}

/** All of the page but what came of the first sign-in. */
export function describeSetUp(
  profiles: readonly ApiProfile[],
  fields: SetUpFields,
): Omit<SetUpState, 'nowMs' | 'revision' | 'check'> {
  const profile = profiles.find(({ name }) => name === fields.api);
  return {
    page: 'setUp',
    apis: profiles.map(({ name }) => name ?? ''),
    fields,
    ways: waysFor(profile),
    missing: profile?.authority.kind === 'entra' ? missingIn(profile) : [],
    expected: profile ? expectedOf(profile, fields) : [],
    findings:
      profile && fields.scope !== ''
        ? reviewOf(profile, fields).findings.map(({ severity, text }) => ({ severity, text }))
        : [],
    steps: stepsFor(profile, fields),
  };
}

/** The identity the fields make; undefined while one is missing, or the scope is none. */
export function identityOf({ way, scope, clientId }: SetUpFields): Identity | undefined {
  const scopes = scopesIn(scope);
  if (scopes.length === 0 || !scopes.every(isScopeToken)) return undefined;
  switch (way) {
    case 'own':
      return isGuid(clientId) ? { signIn: 'browser', clientId, scopes } : undefined;
    case 'vscode':
      return { signIn: 'vscode', scopes };
    case 'azureCli':
      return { signIn: 'azureCli', scopes };
    default:
      return way satisfies never;
  }
}

/** What the fields lack for an identity. */
export function whyNoIdentity({ scope }: SetUpFields): string {
  const foreign = foreignCharacterIn(scope);
  if (foreign !== undefined) return `The scope has ${foreign}, which no scope has.`;
  return scopesIn(scope).length === 0
    ? 'Name the scope first.'
    : 'Enter the client ID first: a GUID, from the registration’s Overview.';
}

/** Nobody but Entra knows Microsoft's clients. */
function waysFor(profile: ApiProfile | undefined): SetUpWay[] {
  return profile?.authority.kind === 'oidc' ? ['own'] : [...SET_UP_WAYS];
}

export function stepsFor(profile: ApiProfile | undefined, fields: SetUpFields): SetUpStep[] {
  return profile ? setUpSteps(fields.way, factsOf(profile, fields)) : [];
}

/** What the token of the first sign-in says, held against what was expected of it. */
export function claimsOf(raw: string, profile: ApiProfile, fields: SetUpFields): Claims {
  const { payload } = readToken(raw);
  return expectedOf(profile, fields).map(({ claim, values }) => {
    const said = payload?.[claim];
    const says = said === undefined ? 'nothing' : String(said);
    return { claim, says, isExpected: values.some(({ text }) => isAsExpected(claim, says, text)) };
  });
}

/** A token may carry more scopes than were asked for, and a tenant is written by its id; what is not known is no other. */
function isAsExpected(claim: string, says: string, expected: string): boolean {
  if (expected === NOT_KNOWN || expected === GRANTED || says === expected) return true;
  if (claim === 'iss') {
    const [before = '', after] = expected.split(TENANT);
    return after !== undefined && says.startsWith(before) && says.endsWith(after);
  }
  if (claim !== 'scp') return false;
  const carried = new Set(says.split(' '));
  return expected.split(' ').every((scope) => carried.has(scope));
}

/** A version the API does not issue is not shown; where nobody said which it issues, both are. */
function expectedOf(profile: ApiProfile, fields: SetUpFields): ExpectedClaim[] {
  const { tokens } = reviewOf(profile, fields);
  if (!tokens) return [];
  const versions = ([1, 2] as const).filter((version) => profile.tokenVersions?.includes(version) ?? true);
  const row = (claim: string, say: (token: ExpectedToken) => string | undefined): ExpectedClaim => ({
    claim,
    values: versions.map((version) => ({ version, text: say(tokens[version]) ?? NOT_KNOWN })),
  });
  return [
    row('aud', ({ aud }) => aud),
    row('iss', ({ iss }) => iss),
    row('ver', ({ ver }) => ver),
    row(tokens[2].permissions.claim, ({ permissions }) => permissions.contains.join(' ') || GRANTED),
  ];
}

function reviewOf(profile: ApiProfile, { scope, way, clientId }: SetUpFields): ScopeReview {
  const { authority, appId, appIdUri, tokenVersions, audiences } = profile;
  const asking = way === 'own' ? clientId : MICROSOFT_CLIENTS[way].id;
  return reviewScopes([scope], {
    authority,
    isAppOnly: false,
    ...(asking === '' ? {} : { clientId: asking }),
    ...(appId === undefined ? {} : { appId }),
    ...(appIdUri === undefined ? {} : { appIdUri }),
    ...(tokenVersions === undefined ? {} : { tokenVersions }),
    ...(audiences === undefined ? {} : { acceptedAudiences: audiences }),
  });
}

function scopeOf({ appId, appIdUri, authority, accepts = [] }: ApiProfile): string {
  const resource = appIdUri ?? (appId === undefined ? undefined : `api://${appId}`);
  const names = accepts.flatMap(({ scopes }) => scopes).slice(0, 1);
  if (resource === undefined) return '';
  return composeScopes(resource, names, { authority, isAppOnly: false }).scopes.join(' ');
}

function factsOf({ appId, appIdUri, authority }: ApiProfile, { scope, clientId }: SetUpFields): SetUpFacts {
  const short = scope.slice(scope.lastIndexOf('/') + 1);
  return {
    ...(appId === undefined ? {} : { appId }),
    ...(appIdUri === undefined ? {} : { appIdUri }),
    ...(short === '' || short === '.default' ? {} : { scope: short }),
    redirectUri: redirectToRegister(signInAuthorityOf(authority)),
    ...(authority.kind === 'entra' ? { tenant: authority.tenant } : { isOtherIssuer: true }),
    ...(authority.kind === 'entra' && authority.cloud ? { cloud: authority.cloud } : {}),
    ...(clientId === '' ? {} : { clientId }),
  };
}

function missingIn({ appId, appIdUri }: ApiProfile): string[] {
  return [
    ...(appId === undefined
      ? ['The profile names no "appId", the API’s application ID: put it into the commands yourself.']
      : []),
    ...(appIdUri === undefined
      ? ['The profile names no "appIdUri": the scope begins with the API’s Application ID URI.']
      : []),
  ];
}
