import { AppError } from '../../core/app-error.ts';
import { holdsToken } from '../../core/call/typed-tokens.ts';
import type { SecretStore } from '../../core/ports.ts';
import type { AuthorizeForm } from '../../protocol/request-view.ts';

type KeyKind = 'functions' | 'subscription';

const PREFIX = 'key:';

/**
 * Keys by the origin they were given for, never by a name a cloned repository could use again; pasted tokens in memory
 * only, so that what holds a token is no key: neither kept nor given.
 */
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
    return kind && keyAlone(await orUnavailable(this.#secrets.get(nameOf(origin, kind))));
  }

  /** False, too, where the store cannot be read or gives a token: who sends is told. */
  async hasKey(origin: string, key: AuthorizeForm['key']): Promise<boolean> {
    return this.key(origin, key).then(
      (value) => value !== undefined,
      () => false,
    );
  }

  async storeKey(origin: string, key: AuthorizeForm['key'], value: string | undefined): Promise<void> {
    const kind = kindOf(key);
    if (!kind) return;
    const name = nameOf(origin, kind);
    const kept = keyAlone(value);
    await orUnavailable(kept === undefined ? this.#secrets.delete(name) : this.#secrets.store(name, kept));
  }

  /** Everything this extension ever stored. How many keys and pasted tokens that was. */
  async forgetAll(): Promise<number> {
    const names = await orUnavailable(this.#secrets.keys());
    const count = this.#pastedTokens.size + names.filter((name) => name.startsWith(PREFIX)).length;
    this.#pastedTokens.clear();
    for (const name of names) await orUnavailable(this.#secrets.delete(name));
    return count;
  }
}

function keyAlone(value: string | undefined): string | undefined {
  if (value === undefined || !holdsToken(value)) return value;
  throw new AppError(
    'badKey',
    'This is a token, not a key: choose “Pasted token”, which is kept in memory only, or type it as a header. Where a token may go is judged before it is sent.',
  );
}

async function orUnavailable<T>(answer: PromiseLike<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw new AppError('secretsUnavailable', 'The secret storage of VS Code does not answer: unlock its keyring.', {
      cause,
    });
  }
}

function kindOf(key: AuthorizeForm['key']): KeyKind | undefined {
  if (key === 'none') return undefined;
  return key === 'functionsHeader' || key === 'functionsQuery' ? 'functions' : 'subscription';
}

function nameOf(origin: string, kind: KeyKind): string {
  return `${PREFIX}${kind}|${origin}`;
}
