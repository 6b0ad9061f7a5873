import type { SecretStore } from '../../core/ports.ts';
import type { AuthorizeForm } from '../../protocol/request-view.ts';

type KeyKind = 'functions' | 'subscription';

const PREFIX = 'key:';

/** Keys by the origin they were given for, never by a name a cloned repository could use again; pasted tokens in memory only. */
export class StoredKeys {
  readonly #secrets: SecretStore;
  readonly #pastedTokens = new Map<string, string>();

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  pastedToken(origin: string): string | undefined {
    return this.#pastedTokens.get(origin);
  }

  pasteToken(origin: string, token: string | undefined): void {
    if (token === undefined) this.#pastedTokens.delete(origin);
    else this.#pastedTokens.set(origin, token);
  }

  async key(origin: string, key: AuthorizeForm['key']): Promise<string | undefined> {
    const kind = kindOf(key);
    return kind && this.#secrets.get(nameOf(origin, kind));
  }

  async storeKey(origin: string, key: AuthorizeForm['key'], value: string | undefined): Promise<void> {
    const kind = kindOf(key);
    if (!kind) return;
    if (value === undefined) await this.#secrets.delete(nameOf(origin, kind));
    else await this.#secrets.store(nameOf(origin, kind), value);
  }

  /** Everything this extension ever stored. */
  async forgetAll(): Promise<void> {
    this.#pastedTokens.clear();
    for (const name of await this.#secrets.keys()) await this.#secrets.delete(name);
  }
}

function kindOf(key: AuthorizeForm['key']): KeyKind | undefined {
  if (key === 'none') return undefined;
  return key === 'functionsHeader' || key === 'functionsQuery' ? 'functions' : 'subscription';
}

function nameOf(origin: string, kind: KeyKind): string {
  return `${PREFIX}${kind}|${origin}`;
}
