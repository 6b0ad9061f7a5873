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
}

/**
 * A public document, cacheable for a day, with the headers the real login host sends, but for
 * Strict-Transport-Security: a browser that came by way of `localhost` would refuse its plain HTTP for a year.
 */
export function documentReply(body: object): LabReply {
  return { status: 200, headers: headersWith('max-age=86400, private'), body: JSON.stringify(body) };
}

/** The JSON body of every Entra error: the AADSTS text carries the trace ids, and so do their own members. */
export function failureReply(failure: EntraFailure, origin: string): LabReply {
  const traceId = randomUUID();
  const correlationId = randomUUID();
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    status: failure.status,
    headers: headersWith('no-store, no-cache'),
    body: JSON.stringify({
      error: failure.error,
      error_description: `AADSTS${failure.code}: ${failure.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [failure.code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `${origin}/error?code=${failure.code}`,
    }),
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
