import type { SecretStore } from '../../../src/core/ports.ts';

/** Secrets as windows of one VS Code share them, with every fault a keyring can have. */
export class MemorySecretStore implements SecretStore {
  readonly values = new Map<string, string>();
  readonly failing = new Set<'get' | 'store' | 'delete'>();
  /** Counts of the calls made. */
  readonly calls = { get: 0, store: 0, delete: 0 };
  /** False: changes are announced to nobody, as when a window is late to hear. */
  announces = true;
  /** Awaited before each `store`, to hold a window up. */
  beforeStore: () => Promise<void> = () => Promise.resolve();
  readonly #listeners = new Set<(key: string) => void>();

  async get(key: string): Promise<string | undefined> {
    this.#count('get');
    return this.values.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    this.#count('store');
    await this.beforeStore();
    this.values.set(key, value);
    this.#announce(key);
  }

  async delete(key: string): Promise<void> {
    this.#count('delete');
    this.values.delete(key);
    this.#announce(key);
  }

  async keys(): Promise<string[]> {
    return [...this.values.keys()];
  }

  onDidChange(listener: (key: string) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  #count(name: 'get' | 'store' | 'delete'): void {
    this.calls[name] += 1;
    if (this.failing.has(name)) throw new Error(`keyring locked: ${name}`);
  }

  #announce(key: string): void {
    if (this.announces) for (const listener of this.#listeners) listener(key);
  }
}
