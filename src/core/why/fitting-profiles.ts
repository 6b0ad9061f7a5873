import type { ApiProfile } from '../entra/api-profile.ts';
import { namesSameApi } from '../gates/bearer/audience-check.ts';
import { readStrings } from '../gates/bearer/token-under-check.ts';
import type { JsonObject } from '../token/token.ts';

/**
 * The profiles a token may be meant for: those of the API its `aud` names in any spelling; all of them when it names
 * none, since a token for the wrong API is what people come with.
 */
export function fittingProfiles(payload: JsonObject | undefined, profiles: readonly ApiProfile[]): ApiProfile[] {
  const audiences = readStrings(payload?.aud) ?? [];
  const named = profiles.filter((profile) => audiences.some((audience) => namesSameApi(audience, profile)));
  return named.length > 0 ? named : [...profiles];
}
