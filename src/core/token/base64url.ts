/** What a base64url text is. `fault` says where it stops being one; the other fields are then absent. */
export type Base64urlCheck =
  | { byteLength: number; padded: boolean; canonical: boolean; fault?: never }
  | { fault: Base64urlFault };

/** A {@link Base64urlCheck} with the bytes. */
export type Base64urlReading =
  | { bytes: Uint8Array; padded: boolean; canonical: boolean; fault?: never }
  | { fault: Base64urlFault };

export interface Base64urlFault {
  kind: 'character' | 'length';
  /** 1-based position of the offending character, or of the last one when the length is impossible. */
  at: number;
  /** The offending character as one code point; the length in characters when `kind` is `length`. */
  found: string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NOT_IN_ALPHABET = 255;
const valueOfCode = new Uint8Array(128).fill(NOT_IN_ALPHABET);
for (let value = 0; value < ALPHABET.length; value++) valueOfCode[ALPHABET.charCodeAt(value)] = value;

/** Bits of the last character that stand for nothing, by length modulo 4. */
const SPARE_BITS = [0, 0, 0b1111, 0b11];

/** The six bits a UTF-16 code unit stands for in base64url, or -1 when it is not of the alphabet (RFC 4648 §5). */
export function base64urlValue(code: number): number {
  const value = code < 128 ? valueOfCode[code] : NOT_IN_ALPHABET;
  return value === undefined || value === NOT_IN_ALPHABET ? -1 : value;
}

/**
 * Whether a text is base64url as RFC 7515 §2 wants it: the URL-safe alphabet, no padding, no white space.
 * Two deviations are read all the same and reported, because some validators let them pass: right-sized `=` padding
 * (`padded`) and spare bits set in the last character (`canonical: false`, RFC 4648 §3.5).
 * Anything else gives the first fault; never throws.
 */
export function checkBase64url(text: string): Base64urlCheck {
  const length = unpaddedLength(text);
  const strange = text.search(/[^\w-]/);
  if (strange >= 0 && strange < length) {
    const found = String.fromCodePoint(text.codePointAt(strange) ?? 0);
    return { fault: { kind: 'character', at: strange + 1, found } };
  }
  if (length % 4 === 1) return { fault: { kind: 'length', at: length, found: String(length) } };
  const spareBits = SPARE_BITS[length % 4] ?? 0;
  return {
    byteLength: Math.floor((length * 6) / 8),
    padded: length < text.length,
    canonical: spareBits === 0 || (base64urlValue(text.charCodeAt(length - 1)) & spareBits) === 0,
  };
}

/** Decodes what {@link checkBase64url} lets pass; the same faults, and never throws. */
export function decodeBase64url(text: string): Base64urlReading {
  const check = checkBase64url(text);
  if (check.fault) return check;
  return { bytes: bytesOf(toBinary(text)), padded: check.padded, canonical: check.canonical };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The UTF-8 text in what {@link checkBase64url} lets pass, with a byte order mark where there is one; or the 1-based
 * position of the first character that is none.
 */
export function decodeBase64urlText(text: string): { text: string } | { notUtf8At: number } {
  const binary = toBinary(text);
  // Nearly every token is ASCII, and then there is nothing left to decode.
  if (!/[\x80-\xff]/.test(binary)) return { text: binary };
  const bytes = bytesOf(binary);
  try {
    return { text: utf8.decode(bytes) };
  } catch {
    return { notUtf8At: lenientUtf8.decode(bytes).indexOf('\ufffd') + 1 };
  }
}

/** One character a byte. */
function toBinary(text: string): string {
  return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
}

function bytesOf(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Length without `=` padding; the whole length when the padding is not what RFC 4648 §4 puts there. */
function unpaddedLength(text: string): number {
  let length = text.length;
  while (length > 0 && text.length - length < 2 && text[length - 1] === '=') length--;
  const rightSized = length === text.length || text.length % 4 === 0;
  return rightSized ? length : text.length;
}
