import { authorityPath } from '../core/entra/authority-path.ts';
import { isMicrosoftSignInHost } from '../core/entra/clouds.ts';
import type { SecretStore } from '../core/ports.ts';
import { CLIENT_SECRET_KEY_PREFIX, clientSecretKey } from './client-secrets.ts';
import { CREDENTIAL_KEY_PREFIX, credentialKey } from './credential-key.ts';
import { withinTime } from './stopping.ts';
import type { Credential } from './token-source.ts';

/** What became of what was stored under an old key. */
type Outcome = 'nothing' | 'moved' | 'removed';

/**
 * Earlier the key of every authority was in lower case and without its query, so that two realms of one server shared a
 * sign-in and a client secret. What is stored so for an authority that is in lower case moves to its new key; for another
 * one it cannot be told whose it was, and it is removed: the user is asked again. Microsoft's authorities kept their keys.
 * Rejects when the store does not answer: nothing is lost then.
 */
export async function renewKeys(credential: Credential, store: SecretStore, timeoutMs: number): Promise<Outcome> {
  const old = oldKeyOf(credential);
  if (old === undefined) return 'nothing';
  const outcomes = await Promise.all([
    renew(CREDENTIAL_KEY_PREFIX + old, credentialKey(credential)),
    renew(CLIENT_SECRET_KEY_PREFIX + old, clientSecretKey(credential)),
  ]);
  return outcomes.find((outcome) => outcome !== 'nothing') ?? 'nothing';

  async function renew(oldKey: string, newKey: string): Promise<Outcome> {
    const stored = await withinTime(store.get(oldKey), timeoutMs);
    if (stored === undefined) return 'nothing';
    const isKept = isUnmistakable(credential);
    const isFree = isKept && (await withinTime(store.get(newKey), timeoutMs)) === undefined;
    if (isFree) await withinTime(store.store(newKey, stored), timeoutMs);
    await withinTime(store.delete(oldKey), timeoutMs);
    return isKept ? 'moved' : 'removed';
  }
}

function oldKeyOf({ authority, clientId }: Credential): string | undefined {
  const { host, origin, pathname } = new URL(authority);
  if (isMicrosoftSignInHost(host)) return undefined;
  const tenant = pathname.replace(/^\/|\/$/g, '').toLowerCase();
  return `${origin}|${tenant}|${clientId.toLowerCase()}`;
}

function isUnmistakable({ authority }: Credential): boolean {
  const path = authorityPath(authority);
  return path === path.toLowerCase() && new URL(authority).search === '';
}
