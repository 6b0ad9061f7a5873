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
