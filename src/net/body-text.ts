/** Behind `application/`. */
const TEXT_FORMATS = new Set([
  ...['json', 'xml', 'x-ndjson', 'jsonl', 'json-seq', 'javascript', 'ecmascript', 'x-javascript', 'graphql', 'sql'],
  ...['x-www-form-urlencoded', 'yaml', 'x-yaml', 'toml', 'jwt', 'jose', 'pem-certificate-chain', 'x-pem-file', 'http'],
]);
const LOOKED_AT_BYTES = 8 * 1024;
const MARKS: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * A body as text, undefined for binary content. A byte order mark decides first, then the charset of the content type
 * (WHATWG labels), then UTF-8, then windows-1252 for what calls itself text and is no UTF-8. Without a type that says
 * text, only bytes that are UTF-8 without control characters are text. Of a cut body half a character at the end is left out.
 */
export function decodeBodyText(bytes: Uint8Array, contentType: string, isComplete: boolean): string | undefined {
  const mark = MARKS.find(([start]) => start.every((byte, index) => bytes[index] === byte));
  if (mark) return decode(bytes, mark[1], false, isComplete);
  const [mediaType = ''] = contentType.split(';', 1);
  const charset = /;\s*charset\s*=\s*"?([\w:.+-]{1,40})"?/i.exec(contentType)?.[1];
  const saysText = isTextType(mediaType.trim().toLowerCase()) || (charset !== undefined && !isMedia(mediaType));
  if (!saysText) return hasControls(bytes) ? undefined : decode(bytes, 'utf-8', true, isComplete);
  if (charset !== undefined && /^utf-?(?:16|32)/i.test(charset)) return decode(bytes, charset, false, isComplete);
  if (bytes.subarray(0, LOOKED_AT_BYTES).includes(0)) return undefined;
  const named = charset === undefined ? undefined : decode(bytes, charset, /^utf-?8$/i.test(charset), isComplete);
  return named ?? decode(bytes, 'utf-8', true, isComplete) ?? decode(bytes, 'windows-1252', false, isComplete);
}

function isTextType(mediaType: string): boolean {
  if (mediaType.startsWith('text/') || mediaType === 'image/svg+xml') return true;
  const [, format = ''] = mediaType.split('application/', 2);
  return mediaType === `application/${format}` && (TEXT_FORMATS.has(format) || /^[\w.+-]+\+(?:json|xml)$/.test(format));
}

/** A charset there is a mistake of the server's. */
function isMedia(mediaType: string): boolean {
  return /^(?:image|audio|video|font)\//i.test(mediaType.trim());
}

/** Undefined for an unknown label, and when `fatal` and the bytes are not in that encoding. */
function decode(bytes: Uint8Array, label: string, fatal: boolean, isComplete: boolean): string | undefined {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes, { stream: !isComplete });
  } catch {
    return undefined;
  }
}

/** Control characters other than tab, line feed, form feed, carriage return and escape. */
function hasControls(bytes: Uint8Array): boolean {
  return bytes
    .subarray(0, LOOKED_AT_BYTES)
    .some(
      (byte) =>
        byte === 0x7f || (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 0x1b),
    );
}
