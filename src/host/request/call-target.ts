import { type ApiProfile, type Operation, originsOf } from '../../core/entra/api-profile.ts';
import { listProfiles } from '../workspace-profiles.ts';
import { isOfOperation } from './operation-of-url.ts';
import { profileOfUrl } from './profile-of-url.ts';

/** The operation that filled the form, as it stands in the settings. */
export interface ChosenOperation {
  profile: ApiProfile;
  operation: Operation;
}

/**
 * The chosen profile while the address is of its origin, with the operation while the address calls it; else the profile
 * that the address is of.
 */
export function callTarget(
  url: string,
  chosen: ChosenOperation | undefined,
): { profile?: ApiProfile; operation?: Operation } {
  const origin = URL.canParse(url) ? new URL(url).origin : undefined;
  if (origin === undefined) return {};
  if (chosen && originsOf(chosen.profile).includes(origin)) {
    return isOfOperation(url, chosen.profile, chosen.operation) ? chosen : { profile: chosen.profile };
  }
  const profile = profileOfUrl(url, listProfiles());
  return profile ? { profile } : {};
}

/** The same operation in the settings as they are now; undefined when it is gone. */
export function findAgain({ profile: { name }, operation }: ChosenOperation): ChosenOperation | undefined {
  const profile = listProfiles().find((other) => other.name === name);
  const same = profile?.operations?.find((other) => other.name === operation.name);
  return profile && same && { profile, operation: same };
}
