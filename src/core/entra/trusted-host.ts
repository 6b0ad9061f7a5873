import { type ApiProfile, hostsNamedBy } from './api-profile.ts';
import { cloudOfHost } from './clouds.ts';

/** Why keys may be fetched from a host, or that the user has to be asked first. */
export type HostTrust = 'knownCloud' | 'userSettings' | 'remembered' | 'ask' | 'never';

/**
 * Whether keys may be fetched from this URL: from the login hosts of known clouds, from an authority in the user's own
 * settings, from a host the user confirmed before; otherwise the user is asked. Never over anything but https.
 * A host that only a metadata document names (its `jwks_uri`) is asked about like one a workspace names.
 */
export function trustOfHost(url: string, profile: ApiProfile, rememberedHosts: readonly string[]): HostTrust {
  const { protocol, host, username, password } = new URL(url);
  if (protocol !== 'https:' || username !== '' || password !== '') return 'never';
  if (cloudOfHost(host)) return 'knownCloud';
  if (profile.origin === 'user' && hostsNamedBy(profile).includes(host)) return 'userSettings';
  return rememberedHosts.includes(host) ? 'remembered' : 'ask';
}
