import type { Clock, FetchedText, FetchText, PublicStore } from '../ports.ts';
import {
  type KeySource,
  type KeySourceFailure,
  type Read,
  type ReadSource,
  readKeptKeys,
  readKeySet,
  readMetadata,
  writeKeptKeys,
} from './metadata.ts';

const MAX_AGE_MS = 60 * 60 * 1000;
const MIN_REFETCH_INTERVAL_MS = 10_000;

/** Asked before a host's documents are used; false means they are not. May prompt. */
export type MayFetch = (url: string) => Promise<boolean>;

export interface KeyRequest {
  metadataUrl: string;
  /** The `kid` that is looked for: when the keys in memory lack it, they are read again. */
  kid?: string;
  mayFetch: MayFetch;
  signal?: AbortSignal;
}

type FailedSource = Extract<KeySource, { ok: false }>;

interface Entry {
  source: ReadSource;
  /** Kids that a refetch did not bring either. */
  missedKids: Set<string>;
  attemptedAtMs: number;
}

/**
 * Failures that say nothing about the keys: network, a proxy's page, an endpoint that is down. A redirect is an answer: the
 * authority has moved, and the profile has to follow.
 */
const DOWN: readonly KeySourceFailure[] = ['unreachable', 'timeout', 'serverError', 'html', 'notJson'];

/**
 * Metadata and keys by metadata URL, in memory for an hour. An unknown `kid` reads them again once per kid and
 * authority, at most one read in 10 s, so that tokens with invented kids cannot flood a tenant.
 * While an endpoint is down the last good keys serve, those in memory or those kept on disk, and carry the failure and
 * the time they were read; where a private key is published with them, they are forgotten. Any other failure is data and is
 * not remembered, nor is a read that was cancelled: the next try asks again.
 */
export class KeyStore {
  readonly #entries = new Map<string, Entry>();
  readonly #fetchText: FetchText;
  readonly #now: Clock;
  readonly #kept: PublicStore | undefined;

  constructor(fetchText: FetchText, now: Clock, kept?: PublicStore) {
    this.#fetchText = fetchText;
    this.#now = now;
    this.#kept = kept;
  }

  async read(request: KeyRequest): Promise<KeySource> {
    const entry = this.#entries.get(request.metadataUrl);
    if (!entry || this.#isOld(entry)) return this.#readOrFallBack(request, entry);
    const { metadataUrl, jwksUri } = entry.source;
    for (const url of [metadataUrl, jwksUri]) if (!(await request.mayFetch(url))) return notAllowed(request, url);
    if (request.kid === undefined || !this.#isRefetchDue(entry, request.kid)) return entry.source;
    return this.#refetch(entry, request, request.kid);
  }

  #isOld({ source, attemptedAtMs }: Entry): boolean {
    const nowMs = this.#now();
    const isStale = source.refetchFailure !== undefined || nowMs - source.readAtMs >= MAX_AGE_MS;
    return isStale && nowMs - attemptedAtMs >= MIN_REFETCH_INTERVAL_MS;
  }

  #isRefetchDue({ source, missedKids, attemptedAtMs }: Entry, kid: string): boolean {
    if (source.keys.some((key) => key.kid === kid) || missedKids.has(kid)) return false;
    return this.#now() - attemptedAtMs >= MIN_REFETCH_INTERVAL_MS;
  }

  async #refetch(entry: Entry, request: KeyRequest, kid: string): Promise<KeySource> {
    const { attemptedAtMs, source } = entry;
    const nowMs = this.#now();
    entry.attemptedAtMs = nowMs;
    const fresh = await this.#readFresh(request, entry.missedKids);
    if (!fresh.ok && fresh.failure === 'privateKey') return fresh;
    if (!fresh.ok) {
      const kept: ReadSource = { ...source, refetchFailure: fresh.failure };
      if (fresh.failure !== 'cancelled') entry.source = kept;
      else if (entry.attemptedAtMs === nowMs) entry.attemptedAtMs = attemptedAtMs;
      return kept;
    }
    entry.missedKids.add(kid);
    return fresh;
  }

  async #readOrFallBack(request: KeyRequest, entry: Entry | undefined): Promise<KeySource> {
    const fresh = await this.#readFresh(request);
    if (fresh.ok || !DOWN.includes(fresh.failure)) return fresh;
    const lastGood = entry?.source ?? (await this.#readKept(request));
    if (!lastGood || !(await request.mayFetch(lastGood.jwksUri))) return fresh;
    const source: ReadSource = { ...lastGood, refetchFailure: fresh.failure };
    this.#entries.set(request.metadataUrl, { source, missedKids: new Set(), attemptedAtMs: this.#now() });
    return source;
  }

  async #readKept({ metadataUrl }: KeyRequest): Promise<ReadSource | undefined> {
    try {
      const text = await this.#kept?.read(metadataUrl);
      return text === undefined ? undefined : readKeptKeys(text, metadataUrl, this.#now());
    } catch {
      return undefined;
    }
  }

  /** A disk that does not take the keys costs nothing but the help they would be while offline. */
  async #keep(source: ReadSource): Promise<void> {
    const text = this.#kept && writeKeptKeys(source);
    if (text !== undefined) await this.#kept?.write(source.metadataUrl, text).catch(() => undefined);
  }

  /** Keys that were sound when they were read are worth nothing once their private part is public. */
  async #forget(metadataUrl: string): Promise<void> {
    this.#entries.delete(metadataUrl);
    await this.#kept?.write(metadataUrl, '').catch(() => undefined);
  }

  async #readFresh(request: KeyRequest, missedKids = new Set<string>()): Promise<KeySource> {
    const { metadataUrl } = request;
    const metadata = await this.#fetchAndRead(request, metadataUrl, readMetadata);
    if (!metadata.ok) return metadata;
    const keys = await this.#fetchAndRead(request, metadata.value.jwksUri, readKeySet);
    if (!keys.ok && keys.failure === 'privateKey') await this.#forget(metadataUrl);
    if (!keys.ok) return keys;
    const readAtMs = this.#now();
    const source: ReadSource = { ok: true, metadataUrl, ...metadata.value, keys: keys.value, readAtMs };
    this.#entries.set(metadataUrl, { source, missedKids, attemptedAtMs: readAtMs });
    await this.#keep(source);
    return source;
  }

  async #fetchAndRead<T>(
    request: KeyRequest,
    url: string,
    read: (response: FetchedText) => Read<T>,
  ): Promise<{ ok: true; value: T } | FailedSource> {
    if (!(await request.mayFetch(url))) return notAllowed(request, url);
    const fetched = await this.#fetchText(url, request.signal);
    const result = fetched.ok ? read(fetched.response) : fetched;
    if (result.ok) return result;
    const { failure, detail } = result;
    return { ok: false, metadataUrl: request.metadataUrl, failedUrl: url, failure, detail };
  }
}

function notAllowed({ metadataUrl }: KeyRequest, url: string): FailedSource {
  return { ok: false, metadataUrl, failedUrl: url, failure: 'notAllowed', detail: new URL(url).host };
}
