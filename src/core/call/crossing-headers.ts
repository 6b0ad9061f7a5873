import { holdsOpaque } from './opaque-value.ts';

/** How to answer, what the content is, which client asks: a header of these is of use to whoever is asked, and tells nobody's secret. */
const CROSSING = new Set([
  ...['accept', 'accept-charset', 'accept-encoding', 'accept-language', 'cache-control', 'connection', 'date', 'dnt'],
  ...['content-disposition', 'content-encoding', 'content-language', 'content-length', 'content-location'],
  ...['content-md5', 'content-range', 'content-type', 'expect', 'host', 'keep-alive', 'max-forwards', 'origin'],
  ...['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since', 'odata-maxversion'],
  ...['odata-version', 'pragma', 'prefer', 'priority', 'range', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['upgrade-insecure-requests', 'user-agent', 'via', 'x-ms-date', 'x-ms-version'],
  ...['access-control-request-headers', 'access-control-request-method', 'return-client-request-id'],
  ...['x-ms-return-client-request-id', 'sec-gpc'],
]);

/** Ids of traces and requests: their values are random, and are told to everybody (W3C Trace Context, B3, Azure). */
const TRACES = new Set([
  ...['traceparent', 'tracestate', 'b3', 'x-b3-traceid', 'x-b3-spanid', 'x-b3-parentspanid', 'x-b3-sampled'],
  ...['x-b3-flags', 'request-id', 'x-request-id', 'correlation-id', 'x-correlation-id', 'client-request-id'],
  ...['x-amzn-trace-id', 'x-cloud-trace-context', 'uber-trace-id', 'x-ms-client-request-id', 'x-ms-request-id'],
  'x-ms-correlation-request-id',
]);

/**
 * True for a header that may go to another origin than the one it was written for: its name is one of a closed list, and
 * its value does not look random unless it is the id of a trace. Without regard to case. Tokens and known secrets in it
 * are for the caller to find.
 */
export function mayCross({ name, value }: { name: string; value: string }): boolean {
  const wanted = name.trim().toLowerCase();
  // A row without a name is sent nowhere.
  if (wanted === '' || TRACES.has(wanted)) return true;
  const isNamed = CROSSING.has(wanted) || wanted.startsWith('sec-ch-') || wanted.startsWith('sec-fetch-');
  return isNamed && !holdsOpaque(value);
}
