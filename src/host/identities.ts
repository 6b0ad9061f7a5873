import { tokenRequestFor } from '../auth/token-request.ts';
import type { TokenRequest } from '../auth/token-source.ts';
import { Cancelled } from '../core/app-error.ts';
import type { ApiProfile } from '../core/entra/api-profile.ts';
import type { Identity } from '../core/entra/identity.ts';
import type { HostTrust } from './host-trust.ts';
import { listProfiles } from './workspace-profiles.ts';

/** A profile's identity, as it is shown and chosen. */
export interface NamedIdentity {
  /** `orders-dev · me`: only a label; credentials are keyed by what they are. */
  id: string;
  /** Its name in the profile. */
  name: string;
  profile: ApiProfile;
  identity: Identity;
}

/** Every identity of every profile. */
export function listIdentities(): NamedIdentity[] {
  return listProfiles().flatMap((profile) =>
    Object.entries(profile.identities ?? {}).map(([name, identity]) => ({
      id: `${profile.name} · ${name}`,
      name,
      profile,
      identity,
    })),
  );
}

export function tokenRequestOf({ profile, name }: NamedIdentity): TokenRequest {
  return tokenRequestFor(profile, name);
}

/** An authority that a workspace names is asked about before anything is fetched from it or a browser opened on it. */
export async function requireTrustedAuthority(hostTrust: HostTrust, identity: NamedIdentity): Promise<void> {
  if (!(await hostTrust.allowsSignIn(identity.profile, tokenRequestOf(identity)))) throw new Cancelled();
}
