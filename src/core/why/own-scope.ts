import type { ApiProfile } from '../entra/api-profile.ts';
import { scopesOf } from '../entra/identity.ts';
import { resourceOf } from '../entra/scope-resource.ts';
import { namesSameApi } from '../gates/bearer/audience-check.ts';

/**
 * The scope to ask for to get a token for the profile's own API, as far as the profile says it: one that an identity
 * asks for, one that the API accepts, else `<App ID URI>/.default`. Undefined when neither is known.
 */
export function findOwnScope(profile: ApiProfile | undefined): string | undefined {
  if (!profile) return undefined;
  const { identities = {}, accepts = [], appIdUri } = profile;
  const accepted = accepts.flatMap(({ scopes }) => scopes);
  const asked = Object.values(identities)
    .flatMap(scopesOf)
    .filter((scope) => namesSameApi(resourceOf(scope), profile));
  const fitting = asked.find((scope) => accepted.includes(nameOf(scope))) ?? asked[0];
  if (fitting !== undefined) return fitting;
  return appIdUri === undefined ? undefined : `${appIdUri}/${accepted[0] ?? '.default'}`;
}

function nameOf(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1);
}

/** What to ask for in place of a token for another API. `ownScope` from {@link findOwnScope}. */
export function askForOwnApi(ownScope: string | undefined): string {
  return ownScope === undefined
    ? 'Ask for a scope of your own API: api://<application id>/<scope>, or api://<application id>/.default.'
    : `Ask for ${ownScope}, a scope of your own API.`;
}
