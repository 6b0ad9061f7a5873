import { firstPartyAppName } from '../core/azure/first-party-apps.ts';
import type { Authority } from '../core/entra/authority.ts';
import { cloudOfHost } from '../core/entra/clouds.ts';
import { isNamedByUser } from '../core/entra/user-authorities.ts';
import { notReady } from './not-ready.ts';
import type { TokenRequest, TokenResult } from './token-source.ts';

/**
 * The refusal of one of Microsoft's own clients at an authority that is no login host of a known cloud, unless the user's own
 * settings name that authority. Its redirect addresses are registered in every tenant: an authority that sends the browser on
 * to one of them would ask in its name (RFC 9700 §4.4). Undefined for any other client, and where nobody is asked.
 */
export function refuseClientOfMicrosoft(
  { signIn, clientId, authority }: TokenRequest,
  ofUser: readonly Authority[],
): Extract<TokenResult, { ok: false }> | undefined {
  const name = firstPartyAppName(clientId);
  if (signIn === 'pasted' || name === undefined) return undefined;
  const { host } = new URL(authority);
  if (cloudOfHost(host) || isNamedByUser(authority, ofUser)) return undefined;
  return notReady('clientOfMicrosoft', `${name} (${clientId}) at ${host}.`);
}
