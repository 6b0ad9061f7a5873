import type { IncomingHttpHeaders } from 'node:http';
import { type PathPattern, pathMatches } from './path-pattern.ts';

/** One request as it arrived, whether it was answered or not. Kept in memory only. */
export interface LoggedRequest {
  method: string;
  /** Path without the query. */
  path: string;
  /** Query with its question mark, or empty. */
  query: string;
  headers: IncomingHttpHeaders;
  /** Milliseconds since the epoch. */
  atMs: number;
}

/** What arrived at the lab, in order, so that tests can count fetches. */
export class RequestLog {
  readonly #entries: LoggedRequest[] = [];

  get all(): readonly LoggedRequest[] {
    return this.#entries;
  }

  add(request: LoggedRequest): void {
    this.#entries.push(request);
  }

  matching(pattern: PathPattern): LoggedRequest[] {
    return this.#entries.filter((entry) => pathMatches(pattern, entry.path));
  }

  count(pattern: PathPattern): number {
    return this.matching(pattern).length;
  }

  clear(): void {
    this.#entries.length = 0;
  }
}
