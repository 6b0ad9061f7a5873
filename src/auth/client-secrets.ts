import { AppError } from '../core/app-error.ts';
import type { SecretStore } from '../core/ports.ts';
import { credentialKey } from './credential-key.ts';
import { withinTime } from './stopping.ts';
import type { Credential } from './token-source.ts';

/** Every stored client secret's key begins so. */
export const CLIENT_SECRET_KEY_PREFIX = 'secret:';

/** The keyring may ask the user before it answers. */
const TIMEOUT_MS = 10_000;

/**
 * Client secrets, by token endpoint, tenant and client id: never sent anywhere else. A store that fails or hangs stops
 * nobody: the secret is then known until the window closes.
 */
export class ClientSecrets {
  readonly #store: SecretStore;
  readonly #report: () => void;
  readonly #timeoutMs: number;
  readonly #inMemory = new Map<string, string>();

  /** `report` hears when a secret could not be stored. */
  constructor(store: SecretStore, report: () => void, timeoutMs = TIMEOUT_MS) {
    this.#store = store;
    this.#report = report;
    this.#timeoutMs = timeoutMs;
  }

  async get(credential: Credential): Promise<string | undefined> {
    const key = clientSecretKey(credential);
    return this.#inMemory.get(key) ?? (await withinTime(this.#store.get(key), this.#timeoutMs).catch(() => undefined));
  }

  async set(credential: Credential, secret: string): Promise<void> {
    const key = clientSecretKey(credential);
    this.#inMemory.set(key, secret);
    try {
      await withinTime(this.#store.store(key, secret), this.#timeoutMs);
      this.#inMemory.delete(key);
    } catch {
      this.#report();
    }
  }

  /** Throws when it cannot be removed from the store: who forgets must know. */
  async forget(key: string): Promise<void> {
    this.#inMemory.delete(key);
    try {
      await withinTime(this.#store.delete(key), this.#timeoutMs);
    } catch (cause) {
      throw new AppError('secretsUnavailable', 'The stored client secret could not be removed.', { cause });
    }
  }

  async keys(): Promise<string[]> {
    const stored = await withinTime(this.#store.keys(), this.#timeoutMs).catch(() => []);
    const own = stored.filter((key) => key.startsWith(CLIENT_SECRET_KEY_PREFIX));
    return [...new Set([...own, ...this.#inMemory.keys()])];
  }
}

/** Under which key a client's secret is stored. */
export function clientSecretKey(credential: Credential): string {
  return CLIENT_SECRET_KEY_PREFIX + credentialKey(credential).replace(/^[^:]*:/, '');
}
