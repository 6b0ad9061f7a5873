import { type PathPattern, pathMatches } from './path-pattern.ts';

/** What happens instead of the real answer. */
export type FaultAction =
  /** A chosen answer. An object body is sent as JSON. */
  | { do: 'reply'; status?: number; headers?: Record<string, string>; body?: string | Uint8Array | object }
  /** A captive portal or proxy page where JSON was expected. */
  | { do: 'html'; html: string; status?: number }
  /** The connection is cut before the first byte of the answer. */
  | { do: 'destroy' }
  /** The headers promise more than is sent, then the connection is cut. */
  | { do: 'truncate'; body: string; promisedBytes: number }
  /** The request is read and never answered; the connection stays open until one side gives up. */
  | { do: 'silent' }
  /** The real answer, late. */
  | { do: 'proceed' };

export interface ScriptedFault {
  path: PathPattern;
  /** Any method when absent. */
  method?: string;
  /** How many requests it hits before it is spent; unlimited when absent. */
  times?: number;
  /** Waits before acting. */
  delayMs?: number;
  action: FaultAction;
}

/** A fault that was scripted: how often it struck, and how to take it back. */
export interface FaultHandle {
  readonly hits: number;
  remove(): void;
}

interface ActiveFault extends ScriptedFault {
  hits: number;
}

/** Faults waiting for requests. The newest that fits strikes, so a test can lay a special case over a general one. */
export class ScriptedFaults {
  #active: ActiveFault[] = [];

  script(fault: ScriptedFault): FaultHandle {
    const active: ActiveFault = { ...fault, hits: 0 };
    this.#active.unshift(active);
    return {
      get hits() {
        return active.hits;
      },
      remove: () => {
        this.#active = this.#active.filter((other) => other !== active);
      },
    };
  }

  clear(): void {
    this.#active = [];
  }

  /** The fault that strikes this request, counted. */
  take(method: string, path: string): ScriptedFault | undefined {
    const fault = this.#active.find(
      (candidate) =>
        candidate.hits < (candidate.times ?? Number.POSITIVE_INFINITY) &&
        (candidate.method ?? method).toUpperCase() === method.toUpperCase() &&
        pathMatches(candidate.path, path),
    );
    if (fault) fault.hits += 1;
    return fault;
  }
}
