/** What core needs from the outside, passed in as arguments. */

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** The subset of a response that core reads. */
export interface FetchedText {
  status: number;
  contentType: string;
  text: string;
}

export type FetchFailure = 'unreachable' | 'timeout' | 'tooLarge' | 'redirect' | 'cancelled';

/**
 * Fetches public text (metadata, keys) with GET. Never follows redirects, never throws:
 * a failure is data.
 */
export type FetchText = (
  url: string,
  signal?: AbortSignal,
) => Promise<{ ok: true; response: FetchedText } | { ok: false; failure: FetchFailure; detail: string }>;

/**
 * Keeps public data from one session to the next, as text by name: what authorities last published. Never a secret. Both
 * may reject; what is read back is hostile.
 */
export interface PublicStore {
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
}

/**
 * Where secrets are kept: VS Code's SecretStorage in the product. Any call may reject (no keyring, locked keyring) or
 * take long (the system asks the user).
 */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  keys(): PromiseLike<string[]>;
  /** Hears of every change, this window's own and those of others. */
  onDidChange(listener: (key: string) => void): { dispose(): void };
}
