/**
 * Headers whose values are random without being secret: ids of traces and requests (W3C Trace Context, B3, Azure's
 * `x-ms-client-request-id`), validators and digests of content (RFC 9110 §8.8, RFC 9530), and what says how to answer.
 */
const HARMLESS_HEADERS = new Set([
  ...['accept', 'accept-charset', 'accept-encoding', 'accept-language', 'cache-control', 'connection', 'date', 'dnt'],
  ...['content-disposition', 'content-encoding', 'content-language', 'content-length', 'content-location', 'etag'],
  ...[
    'content-md5',
    'content-range',
    'content-type',
    'digest',
    'content-digest',
    'repr-digest',
    'expect',
    'from',
    'host',
  ],
  ...[
    'forwarded',
    'idempotency-key',
    'if-match',
    'if-modified-since',
    'if-none-match',
    'if-range',
    'if-unmodified-since',
  ],
  ...['max-forwards', 'origin', 'pragma', 'prefer', 'priority', 'range', 'referer', 'upgrade-insecure-requests', 'via'],
  ...['user-agent', 'traceparent', 'tracestate', 'baggage', 'b3', 'x-b3-traceid', 'x-b3-spanid', 'x-b3-parentspanid'],
  ...[
    'x-b3-sampled',
    'x-b3-flags',
    'request-id',
    'x-request-id',
    'correlation-context',
    'x-correlation-id',
    'request-context',
  ],
  ...['correlation-id', 'client-request-id', 'return-client-request-id', 'x-amzn-trace-id', 'x-cloud-trace-context'],
  ...['uber-trace-id', 'x-ms-client-request-id', 'x-ms-correlation-request-id', 'x-ms-return-client-request-id'],
  ...['x-ms-request-id', 'x-ms-session-id', 'x-ms-date', 'x-ms-version', 'x-ms-content-sha256', 'x-ms-content-md5'],
  ...[
    'x-ms-blob-content-md5',
    'x-ms-content-crc64',
    'x-ms-lease-id',
    'x-ms-continuation',
    'x-ms-documentdb-partitionkey',
  ],
  ...[
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-port',
    'x-forwarded-proto',
    'x-original-host',
    'sec-websocket-key',
  ],
  ...['x-azure-ref', 'x-msedge-ref', 'x-azure-requestchain'],
  ...['access-control-request-headers', 'access-control-request-method', 'odata-version', 'odata-maxversion'],
]);

/** True for a header whose value may look random and is no credential for it; without regard to case. */
export function isHarmlessHeader(name: string): boolean {
  const wanted = name.toLowerCase();
  return HARMLESS_HEADERS.has(wanted) || wanted.startsWith('sec-ch-') || wanted.startsWith('sec-fetch-');
}

const GUID = /(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi;
/** Of an image (OCI). */
const DIGEST = /(?<![0-9a-z])sha(?:256|384|512):[0-9a-f]{64,128}(?![0-9a-z])/gi;
const RUN = /[A-Za-z0-9+_~=-]{16,}/g;
const BASE64 = /^[A-Za-z0-9+][A-Za-z0-9+/]{19,}={0,2}$/;
const BETWEEN_PIECES = /[^A-Za-z0-9]+/;
/** Between small and capital letters, and between letters and digits. */
const JUMP = /[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[A-Za-z])/g;
const HUMP = /[A-Z]+[a-z]*|[a-z]+/g;

/** A key of 16 characters is the shortest that is told from a word. */
const FEWEST_RANDOM_CHARACTERS = 16;
const SHORTEST_JUMPY = 20;
const MOST_JUMPS = 0.25;
const LONGEST_WORD = 24;
/** A time in nanoseconds has 19. */
const LONGEST_NUMBER = 20;
const SHORTEST_HUMP = 3;

/**
 * True for text with a run that looks random, as keys do (32 hexadecimal digits, 24 characters of base64): at least 16
 * letters and digits that make no words and no numbers, padding, or letter case that changes all the time. GUIDs, times,
 * versions, names and addresses are none.
 */
export function holdsOpaque(text: string): boolean {
  if (text.length < FEWEST_RANDOM_CHARACTERS) return false;
  const withoutIds = text.replace(GUID, ' ').replace(DIGEST, ' ').trim();
  const runs = BASE64.test(withoutIds) ? [withoutIds] : (withoutIds.match(RUN) ?? []);
  return runs.some((run) => isPadded(run) || isJumpy(run) || randomCharactersIn(run) >= FEWEST_RANDOM_CHARACTERS);
}

function isPadded(run: string): boolean {
  return run.endsWith('=') && run.length >= SHORTEST_JUMPY && run.length % 4 === 0 && /[A-Z0-9]/.test(run);
}

/** In names every fourth letter at most begins something new. */
function isJumpy(run: string): boolean {
  const jumps = run.match(JUMP)?.length ?? 0;
  return run.length >= SHORTEST_JUMPY && jumps / run.length > MOST_JUMPS;
}

function randomCharactersIn(run: string): number {
  return run.split(BETWEEN_PIECES).reduce((sum, piece) => sum + (isWordlike(piece) ? 0 : piece.length), 0);
}

/** True for text of nothing but words and numbers: `customer-42`, `createdAt`, `en-US`. */
export function isWords(text: string): boolean {
  return text.split(BETWEEN_PIECES).every(isWordlike);
}

/** A word, a name in camel case, a number, and a word with a number behind it (`sha256`). */
function isWordlike(piece: string): boolean {
  if (/^\d*$/.test(piece)) return piece.length < LONGEST_NUMBER;
  const [letters = ''] = /^[A-Za-z]+/.exec(piece) ?? [];
  if (!/^\d{0,4}$/.test(piece.slice(letters.length))) return false;
  const humps = letters.match(HUMP)?.length ?? 0;
  if (humps <= 1) return letters.length > 0 && letters.length < LONGEST_WORD;
  return letters.length / humps >= SHORTEST_HUMP && letters.length < 2 * LONGEST_WORD;
}
