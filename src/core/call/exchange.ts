import type { Call, Header } from './call.ts';

/** What came back. `headersComplete` is false for a pasted excerpt: a header that is not in it proves nothing. */
export interface CallResponse {
  status?: number;
  statusText?: string;
  headers: readonly Header[];
  headersComplete: boolean;
  body?: ResponseBody;
  /** What a trace or a log of the server says of this call. */
  trace?: string;
}

export interface ResponseBody {
  /** Decoded text, at most the first 5 MB; absent for binary content. */
  text?: string;
  /** Size of the whole body in bytes, also of what was not kept. */
  bytes: number;
  /** False when only the beginning was kept or received. */
  isComplete: boolean;
}

/** Milliseconds since the start of the call; absent when that point was not reached. */
export interface Timing {
  /** Milliseconds since the epoch. */
  startedAtMs: number;
  connectedMs?: number;
  firstByteMs?: number;
  totalMs: number;
}

export type SendFailureKind =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'tls'
  | 'timeout'
  | 'cancelled'
  | 'tooManyRedirects'
  | 'notSent'
  | 'protocol';

/** Why a request must not be sent: a system's error code. */
export type RequestFault =
  | 'ERR_INVALID_METHOD'
  | 'ERR_INVALID_URL'
  | 'ERR_INVALID_PROTOCOL'
  | 'ERR_URL_USERINFO'
  | 'ERR_INVALID_HEADER_NAME'
  | 'ERR_INVALID_HEADER_VALUE'
  | 'ERR_CREDENTIAL_ORIGIN';

/** Why there is no answer. `detail` is the system's error code, of `notSent` a {@link RequestFault}, never a header or a body. */
export interface SendFailure {
  kind: SendFailureKind;
  detail: string;
}

/** A call and what became of it. Every part may be missing: people paste what they have. */
export interface Exchange {
  call?: Call;
  response?: CallResponse;
  timing?: Timing;
  failure?: SendFailure;
  /** Pasted text that is no HTTP message: a log line, an error. */
  text?: string;
}

/** The first header of this name, without regard to case. */
export function findHeader(headers: readonly Header[], name: string): Header | undefined {
  const wanted = name.toLowerCase();
  return headers.find((header) => header.name.toLowerCase() === wanted);
}
