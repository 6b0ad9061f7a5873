import { AppError } from '../core/app-error.ts';
import type { SecretStore } from '../core/ports.ts';
import { CREDENTIAL_KEY_PREFIX } from './credential-key.ts';
import { withinTime } from './stopping.ts';
import { emptyTokenCache, readTokenCache, type TokenCacheText, writeTokenCache } from './token-cache-text.ts';

/** What is wrong with the secret store. Signing in goes on in memory; each is reported once. */
export type VaultProblem = 'unreadable' | 'corrupt' | 'notWritten';

export interface CredentialVaultOptions {
  report?: ((problem: VaultProblem) => void) | undefined;
  /** How long a call of the store may take, a question of the keyring included, before it counts as failed. Default: 10 s. */
  timeoutMs?: number | undefined;
}

const TIMEOUT_MS = 10_000;

interface Drawer {
  /** The last text known; undefined when nothing is stored. */
  text: string | undefined;
  /** What the last text read says: the same object as long as the text is the same. */
  read?: { text: string | undefined; cache: TokenCacheText };
  /** False until read, and after another window has written. */
  isCurrent: boolean;
  /** Ends when the last reading of the store has ended. */
  loading: Promise<void>;
  /** True after a failed write: what is in memory is then newer than what is stored. */
  isAhead: boolean;
  /** Ends when the last update has ended. */
  updating: Promise<unknown>;
}

/**
 * The stored sign-ins, kept in memory and shared with other windows through the secret store. A store that fails,
 * hangs or holds nonsense never stops a sign-in: it goes on in memory, and `report` hears of it once.
 */
export class CredentialVault {
  readonly #secrets: SecretStore;
  readonly #report: (problem: VaultProblem) => void;
  readonly #timeoutMs: number;
  readonly #drawers = new Map<string, Drawer>();
  readonly #reported = new Set<VaultProblem>();
  readonly #listeners = new Set<() => void>();
  readonly #subscription: { dispose(): void };

  constructor(secrets: SecretStore, { report = () => undefined, timeoutMs = TIMEOUT_MS }: CredentialVaultOptions = {}) {
    this.#secrets = secrets;
    this.#report = report;
    this.#timeoutMs = timeoutMs;
    this.#subscription = secrets.onDidChange((key) => {
      const drawer = this.#drawers.get(key);
      if (drawer) drawer.isCurrent = false;
      if (key.startsWith(CREDENTIAL_KEY_PREFIX)) this.#announce();
    });
  }

  /** What is stored under this key, not to be changed; an empty cache when there is nothing, or nothing readable. */
  async read(key: string): Promise<TokenCacheText> {
    const drawer = this.#drawerOf(key);
    if (!drawer.isAhead) await (drawer.isCurrent ? drawer.loading : this.#load(key, drawer));
    return this.#parse(drawer);
  }

  /** Changes what is stored. `change` is given what is stored now, another window's last write included. */
  update(key: string, change: (stored: TokenCacheText) => TokenCacheText): Promise<void> {
    const drawer = this.#drawerOf(key);
    const updated = drawer.updating.then(async () => {
      if (!drawer.isAhead) await this.#load(key, drawer);
      await this.#store(key, drawer, writeTokenCache(change(this.#parse(drawer))));
    });
    drawer.updating = updated.catch(() => undefined);
    return updated;
  }

  /** Removes what is stored. Throws when it cannot be: who signs out must know. */
  forget(key: string): Promise<void> {
    const drawer = this.#drawerOf(key);
    const forgotten = drawer.updating.then(async () => {
      Object.assign(drawer, { text: undefined, isCurrent: true, isAhead: true });
      await withinTime(this.#secrets.delete(key), this.#timeoutMs);
      drawer.isAhead = false;
    });
    drawer.updating = forgotten.catch(() => undefined);
    return forgotten.catch((cause: unknown) => {
      throw new AppError('secretsUnavailable', 'The stored sign-in could not be removed.', { cause });
    });
  }

  /** Every key there is: stored, or in memory only. Those of memory alone where the store does not answer. */
  async keys(): Promise<string[]> {
    const stored = await withinTime(this.#secrets.keys(), this.#timeoutMs).catch(() => []);
    const own = stored.filter((key) => key.startsWith(CREDENTIAL_KEY_PREFIX));
    return [...new Set([...own, ...this.#drawers.keys()])];
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#listeners.clear();
    this.#drawers.clear();
  }

  #announce(): void {
    for (const listener of this.#listeners) listener();
  }

  #drawerOf(key: string): Drawer {
    if (!key.startsWith(CREDENTIAL_KEY_PREFIX)) throw new Error(`${key} is no key of a sign-in`);
    let drawer = this.#drawers.get(key);
    if (!drawer) {
      const done = Promise.resolve();
      drawer = { text: undefined, isCurrent: false, isAhead: false, loading: done, updating: done };
      this.#drawers.set(key, drawer);
    }
    return drawer;
  }

  #load(key: string, drawer: Drawer): Promise<void> {
    // First, so that a write that is announced while reading is not missed.
    drawer.isCurrent = true;
    drawer.loading = this.#readStore(key, drawer);
    return drawer.loading;
  }

  async #readStore(key: string, drawer: Drawer): Promise<void> {
    try {
      const stored = await withinTime(this.#secrets.get(key), this.#timeoutMs);
      if (!drawer.isAhead) drawer.text = stored;
    } catch {
      drawer.isCurrent = false;
      this.#reportOnce('unreadable');
    }
  }

  async #store(key: string, drawer: Drawer, text: string): Promise<void> {
    if (text === drawer.text && !drawer.isAhead) return;
    drawer.text = text;
    try {
      await withinTime(this.#secrets.store(key, text), this.#timeoutMs);
      drawer.isAhead = false;
    } catch {
      drawer.isAhead = true;
      this.#reportOnce('notWritten');
      this.#announce();
    }
  }

  #parse(drawer: Drawer): TokenCacheText {
    const { text } = drawer;
    if (!drawer.read || drawer.read.text !== text) {
      const cache = text === undefined ? emptyTokenCache() : readTokenCache(text);
      if (!cache) this.#reportOnce('corrupt');
      drawer.read = { text, cache: cache ?? emptyTokenCache() };
    }
    return drawer.read.cache;
  }

  #reportOnce(problem: VaultProblem): void {
    if (this.#reported.has(problem)) return;
    this.#reported.add(problem);
    this.#report(problem);
  }
}
