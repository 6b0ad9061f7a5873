import { type ApiProfile, type Operation, originsOf } from '../../core/entra/api-profile.ts';
import { listProfiles } from '../workspace-profiles.ts';

/** The operation that filled the form, as it stands in the settings. */
export interface ChosenOperation {
  profile: ApiProfile;
  operation: Operation;
}

/** The chosen operation while the address is of its profile, else the profile whose origin it is. */
export function callTarget(
  url: string,
  chosen: ChosenOperation | undefined,
): { profile?: ApiProfile; operation?: Operation } {
  const origin = URL.canParse(url) ? new URL(url).origin : undefined;
  if (origin === undefined) return {};
  if (chosen && originsOf(chosen.profile).includes(origin)) return chosen;
  const matching = listProfiles().filter((profile) => originsOf(profile).includes(origin));
  const byPath = matching.find(({ baseUrl }) => baseUrl !== undefined && url.startsWith(baseUrl));
  const profile = byPath ?? (matching.length === 1 ? matching[0] : undefined);
  return profile ? { profile } : {};
}

/** The same operation in the settings as they are now; undefined when it is gone. */
export function findAgain({ profile: { name }, operation }: ChosenOperation): ChosenOperation | undefined {
  const profile = listProfiles().find((other) => other.name === name);
  const same = profile?.operations?.find((other) => other.name === operation.name);
  return profile && same && { profile, operation: same };
}
