import { randomUUID } from 'node:crypto';
import type { LabReply } from './loopback-server.ts';

/** A failure as Entra words it. */
export interface EntraFailure {
  status: number;
  /** OAuth `error`. */
  error: string;
  /** The number of the AADSTS code. */
  code: number;
  /** The sentence after `AADSTS…: `. */
  message: string;
  suberror?: string;
  /** JSON text of a claims challenge. */
  claims?: string;
  /** Seconds for `Retry-After`. */
  retryAfterSec?: number;
}

/**
 * A public document, cacheable for a day, with the headers the real login host sends, but for
 * Strict-Transport-Security: a browser that came by way of `localhost` would refuse its plain HTTP for a year.
 */
export function documentReply(body: object): LabReply {
  return { status: 200, headers: headersWith('max-age=86400, private'), body: JSON.stringify(body) };
}

/** The members of an Entra error: the AADSTS text carries the ids and the time, and so do their own members. */
export interface FailureBody {
  error: string;
  error_description: string;
  error_codes: [number];
  timestamp: string;
  trace_id: string;
  correlation_id: string;
  error_uri: string;
  suberror?: string;
  claims?: string;
}

/** Words a failure. `correlationId` is the client's own `client-request-id`, made up when it sent none. */
export function failureBody(failure: EntraFailure, origin: string, correlationId: string = randomUUID()): FailureBody {
  const traceId = randomUUID();
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    error: failure.error,
    error_description: `AADSTS${failure.code}: ${failure.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [failure.code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `${origin}/error?code=${failure.code}`,
    ...(failure.suberror === undefined ? {} : { suberror: failure.suberror }),
    ...(failure.claims === undefined ? {} : { claims: failure.claims }),
  };
}

/** A failure as the JSON that `/token` and the documents answer. */
export function failureReply(failure: EntraFailure, origin: string, correlationId?: string): LabReply {
  return {
    status: failure.status,
    headers: {
      ...headersWith('no-store, no-cache'),
      ...(failure.retryAfterSec === undefined ? {} : { 'Retry-After': String(failure.retryAfterSec) }),
    },
    body: JSON.stringify(failureBody(failure, origin, correlationId)),
  };
}

/** A token answer: never cached. */
export function secretReply(body: object): LabReply {
  return {
    status: 200,
    headers: { ...headersWith('no-store, no-cache'), Pragma: 'no-cache' },
    body: JSON.stringify(body),
  };
}

function headersWith(cacheControl: string): Record<string, string> {
  return {
    'Cache-Control': cacheControl,
    'Content-Type': 'application/json; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, OPTIONS',
    P3P: 'CP="DSP CUR OTPi IND OTRi ONL FIN"',
    'x-ms-request-id': randomUUID(),
    'x-ms-ests-server': '2.1.0 - LAB ProdSlices',
  };
}
