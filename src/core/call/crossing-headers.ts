import { holdsOpaque } from './opaque-value.ts';

/** How to answer, what the content is, which client asks: a header of these is of use to whoever is asked, and tells nobody's secret. */
const CROSSING = new Set([
  ...['accept', 'accept-charset', 'accept-encoding', 'accept-language', 'cache-control', 'connection', 'date', 'dnt'],
  ...['content-disposition', 'content-encoding', 'content-language', 'content-length', 'content-location'],
  ...[
    'content-md5',
    'content-digest',
    'repr-digest',
    'digest',
    'content-range',
    'content-type',
    'expect',
    'host',
    'keep-alive',
    'max-forwards',
    'origin',
  ],
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
 * its value does not look random unless it is the id of a trace, or what the header's own grammar has random: a tag of
 * content, a digest, the boundary of the body it describes. Without regard to case. Tokens and known secrets in it are
 * for the caller to find.
 */
export function mayCross({ name, value }: { name: string; value: string }, body = ''): boolean {
  const wanted = name.trim().toLowerCase();
  // A row without a name is sent nowhere.
  if (wanted === '' || TRACES.has(wanted)) return true;
  const isNamed = CROSSING.has(wanted) || wanted.startsWith('sec-ch-') || wanted.startsWith('sec-fetch-');
  return isNamed && (!holdsOpaque(value) || isRandomByGrammar(wanted, value.trim(), body));
}

/** True for the name of a header that makes a request conditional (RFC 9110 §13.1): without it a write overwrites. */
export function isCondition(name: string): boolean {
  return /^if-/i.test(name.trim());
}

function isRandomByGrammar(name: string, value: string, body: string): boolean {
  switch (name) {
    case 'if-match':
    case 'if-none-match':
    case 'if-range':
      return ENTITY_TAGS.test(value);
    case 'content-md5':
      return body !== '' && /^[A-Za-z0-9+/]{22}==$/.test(value);
    case 'content-digest':
    case 'repr-digest':
    case 'digest':
      return body !== '' && DIGESTS.test(value);
    case 'accept':
    case 'content-type':
      return value.length <= LONGEST_MEDIA_TYPES && value.split(',').every((type) => isMediaType(type, body));
    default:
      return false;
  }
}

/** RFC 9110 §8.8.3: in quotation marks, weak or not; no service's is as long as a token. */
const ENTITY_TAGS = /^(?:W\/)?"[!#-~]{0,100}"(?:[ \t]{0,4},[ \t]{0,4}(?:W\/)?"[!#-~]{0,100}"){0,9}$/;
/** RFC 9530, and RFC 3230 before it: `sha-256=:…:`, `SHA-256=…`. */
const DIGESTS =
  /^(?:md5|sha|sha-256|sha-512)=:?[A-Za-z0-9+/]{22,86}={0,2}:?(?:, ?(?:md5|sha|sha-256|sha-512)=:?[A-Za-z0-9+/]{22,86}={0,2}:?){0,3}$/i;

const LONGEST_MEDIA_TYPES = 1000;
const TYPE = /^[\w!#$&^.+*-]{1,127}\/[\w!#$&^.+*-]{1,127}$/;
/** Of media types: their names alone look like a key's. */
const LONG_PARAMETERS = new Set(['ieee754compatible']);

/** RFC 9110 §8.3.1, with nothing random but the boundary that parts this body (RFC 2046 §5.1.1). */
function isMediaType(text: string, body: string): boolean {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  return TYPE.test(type) && !holdsOpaque(type) && parameters.every((parameter) => isOfMediaType(parameter, body));
}

function isOfMediaType(parameter: string, body: string): boolean {
  const equals = parameter.indexOf('=');
  const name = parameter.slice(0, Math.max(0, equals)).trim().toLowerCase();
  const value = parameter.slice(equals + 1).trim();
  const isBoundary = name === 'boundary' && value.length <= 72 && body.includes(`--${value.replace(/^"(.*)"$/, '$1')}`);
  return isBoundary || (!holdsOpaque(value) && (LONG_PARAMETERS.has(name) || !holdsOpaque(name)));
}
