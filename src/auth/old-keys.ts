import { isMicrosoftSignInHost } from '../core/entra/clouds.ts';
import type { SecretStore } from '../core/ports.ts';
import { CLIENT_SECRET_KEY_PREFIX } from './client-secrets.ts';
import { CREDENTIAL_KEY_PREFIX } from './credential-key.ts';
import { withinTime } from './stopping.ts';
import type { Credential } from './token-source.ts';

/**
 * Earlier the key of every authority was in lower case and without its query, so that two realms of one server shared a
 * sign-in and a client secret. How the one is written that asks says nothing of the one it was stored for: what is stored so
 * is removed, and the user is asked again. Microsoft's authorities kept their keys. True where there was something; rejects
 * when the store does not answer.
 */
export async function removeOldKeys(credential: Credential, store: SecretStore, timeoutMs: number): Promise<boolean> {
  const old = oldKeyOf(credential);
  if (old === undefined) return false;
  const removed = await Promise.all([remove(CREDENTIAL_KEY_PREFIX + old), remove(CLIENT_SECRET_KEY_PREFIX + old)]);
  return removed.includes(true);

  async function remove(key: string): Promise<boolean> {
    if ((await withinTime(store.get(key), timeoutMs)) === undefined) return false;
    await withinTime(store.delete(key), timeoutMs);
    return true;
  }
}

function oldKeyOf({ authority, clientId }: Credential): string | undefined {
  const { host, origin, pathname } = new URL(authority);
  if (isMicrosoftSignInHost(host)) return undefined;
  const tenant = pathname.replace(/^\/|\/$/g, '').toLowerCase();
  return `${origin}|${tenant}|${clientId.toLowerCase()}`;
}
