import type { ApiProfile } from '../../core/entra/api-profile.ts';
import { type SetUpFacts, type SetUpStep, setUpSteps } from '../../core/entra/set-up-steps.ts';
import { readToken } from '../../core/token/read-token.ts';
import type { ExpectedClaim, SetUpCheck, SetUpFields, SetUpState } from '../../protocol/sign-in-panel.ts';

type Claims = Extract<SetUpCheck, { state: 'passed' }>['claims'];

/** What the fields say at first: the profile's own scope, where it names one. */
export function firstFields(profiles: readonly ApiProfile[], name?: string): SetUpFields {
  const profile = profiles.find((one) => one.name === name) ?? profiles[0];
  return { api: profile?.name ?? '', way: 'own', scope: profile ? scopeOf(profile) : '', clientId: '' };
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
    missing: profile ? missingIn(profile) : [],
    expected: profile ? expectedOf(profile, fields) : [],
    findings: [],
    steps: stepsFor(profile, fields),
  };
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
    return { claim, says, isExpected: values.some(({ text }) => text === says) };
  });
}

function expectedOf(_profile: ApiProfile, _fields: SetUpFields): ExpectedClaim[] {
  return [];
}

function scopeOf({ appId, appIdUri, accepts = [] }: ApiProfile): string {
  const name = accepts.flatMap(({ scopes }) => scopes)[0];
  const resource = appIdUri ?? (appId === undefined ? undefined : `api://${appId}`);
  return resource === undefined ? '' : `${resource}/${name ?? '.default'}`;
}

function factsOf({ appId, appIdUri, authority }: ApiProfile, { scope, clientId }: SetUpFields): SetUpFacts {
  const short = scope.slice(scope.lastIndexOf('/') + 1);
  return {
    ...(appId === undefined ? {} : { appId }),
    ...(appIdUri === undefined ? {} : { appIdUri }),
    ...(short === '' || short === '.default' ? {} : { scope: short }),
    ...(authority.kind === 'entra' ? { tenant: authority.tenant } : {}),
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
