import { readAudience } from '../azure/read-audience.ts';
import type { ApiProfile } from './api-profile.ts';
import { scopesOf } from './identity.ts';
import { resourcesOfScopes } from './scope-resource.ts';

/**
 * The audiences by which a token is for the profile's own API: its `audiences`, `appId`, `appIdUri` and `api://{appId}`,
 * and the resources that its identities ask for. Of those an id alone says nothing: only a name does. Whether one of them
 * is Microsoft's is judged apart: no profile makes it its own.
 */
export function ownAudiencesOf(profile: ApiProfile | undefined): readonly string[] {
  if (!profile) return [];
  const { audiences = [], appId, appIdUri, identities = {} } = profile;
  const asked = resourcesOfScopes(Object.values(identities).flatMap(scopesOf));
  return [
    ...audiences,
    ...(appId === undefined ? [] : [appId, `api://${appId}`]),
    ...(appIdUri === undefined ? [] : [appIdUri]),
    ...asked.filter((resource) => resource !== '' && readAudience(resource).appId !== readAudience(resource).text),
  ];
}
