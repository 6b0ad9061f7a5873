import type { SignatureFinding } from '../entra/signature.ts';
import type { JsonObject } from '../token/token.ts';

/** A header; `masked` when it is known to be there but its value is not. */
export interface Header {
  name: string;
  value: string;
  masked?: boolean;
}

/**
 * A bearer token as a gate sees it: whole (`raw`), or only decoded, pseudonymised or made up (`token`).
 * When `partial`, an absent claim is unknown, not absent.
 */
export interface BearerToken {
  raw?: string;
  token?: { header: JsonObject; payload: JsonObject };
  partial: boolean;
  /** By metadata URL: what verifying with that source's keys gave. Filled before judging; a source not here is unknown. */
  signatures: Readonly<Record<string, SignatureFinding>>;
}

export type Authorization =
  | { type: 'none' }
  | { type: 'unknown'; why: string }
  | { type: 'other'; scheme: string }
  | { type: 'bearer'; bearer: BearerToken };

export interface Call {
  method: string;
  url: string;
  headers: readonly Header[];
  authorization: Authorization & { setBy: 'caller' | 'step' };
}
