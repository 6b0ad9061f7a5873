import type { PublicJwk, SigningKey } from './signing-key.ts';

/** Keys of one issuer: one signs, some are published, and both change while the lab runs. */
export class KeyRing {
  readonly #create: () => Promise<SigningKey>;
  readonly #hiddenKids = new Set<string>();
  #keys: SigningKey[];

  private constructor(create: () => Promise<SigningKey>, keys: SigningKey[]) {
    this.#create = create;
    this.#keys = keys;
  }

  /** Makes a ring. The last of its keys signs; the others are published beside it, as Entra does ahead of a rollover. */
  static async create(createKey: () => Promise<SigningKey>, size = 1): Promise<KeyRing> {
    return new KeyRing(createKey, await Promise.all(Array.from({ length: size }, createKey)));
  }

  /** The key that signs now. */
  get current(): SigningKey {
    const key = this.#keys.at(-1);
    if (!key) throw new Error('The key ring is empty: rotate it first.');
    return key;
  }

  get keys(): readonly SigningKey[] {
    return this.#keys;
  }

  /** What the JWKS serves. */
  published(): PublicJwk[] {
    return this.#keys.filter((key) => !this.#hiddenKids.has(key.kid)).map((key) => key.publicJwk);
  }

  /** Makes a new signing key. The old ones stay published unless `dropOld`. */
  async rotate({ dropOld = false }: { dropOld?: boolean } = {}): Promise<SigningKey> {
    const key = await this.#create();
    this.#keys = dropOld ? [key] : [...this.#keys, key];
    return key;
  }

  /** Takes a key out of the JWKS and keeps it for signing: "keys without the key". */
  hide(kid: string): void {
    this.#hiddenKids.add(kid);
  }

  show(kid: string): void {
    this.#hiddenKids.delete(kid);
  }

  remove(kid: string): void {
    this.#keys = this.#keys.filter((key) => key.kid !== kid);
  }
}
