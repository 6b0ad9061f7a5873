import type { SignatureFinding } from '../entra/signature.ts';
import type { JsonObject, TokenProblem } from '../token/token.ts';

/** A header; `masked` when it is known to be there but its value is not. */
export interface Header {
  name: string;
  value: string;
  masked?: boolean;
  /** Stands for a right value in a hypothetical call: it counts as right. */
  assumed?: true;
}

/**
 * A bearer token as a gate sees it: whole (`raw`), or only decoded, pseudonymised or made up (`token`).
 * When `partial`, an absent claim is unknown, not absent.
 */
export interface BearerToken {
  raw?: string;
  token?: { header: JsonObject; payload: JsonObject };
  partial: boolean;
  /** What reading the text found, when `raw` was dropped: with an error and no `token`, the text was no readable token. */
  problems?: readonly TokenProblem[];
  /** By metadata URL: what verifying with that source's keys gave. Filled before judging; a source not here is unknown. */
  signatures: Readonly<Record<string, SignatureFinding>>;
}

/** How a header that was meant to carry a bearer token is not `Bearer <token>` (RFC 6750 §2.1). */
export type SchemeFault = 'noScheme' | 'noSpace' | 'schemeTwice' | 'severalValues' | 'severalHeaders';

/** `scheme` is empty when the header names none. */
export type Authorization =
  | { type: 'none' }
  | { type: 'unknown'; why: string }
  | { type: 'other'; scheme: string; fault?: SchemeFault }
  | { type: 'bearer'; bearer: BearerToken };

export interface Call {
  method: string;
  url: string;
  headers: readonly Header[];
  /** Text of the body, secrets masked; absent when there is none or it is not known. */
  body?: string;
  authorization: Authorization & { setBy: 'caller' | 'step' };
  /** A token sent in the body: the assertion of an on-behalf-of request, the token posted to a login endpoint. */
  bodyToken?: BearerToken;
  /** Whether TLS gave the server a certificate of the client; absent: not known. */
  clientCertificate?: 'sent' | 'none';
}
