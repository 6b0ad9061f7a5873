/** A base64url text as read. `fault` says where it stops being one; the other fields are then absent. */
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

/** The six bits a UTF-16 code unit stands for in base64url, or -1 when it is not of the alphabet (RFC 4648 §5). */
export function base64urlValue(code: number): number {
  const value = code < 128 ? valueOfCode[code] : NOT_IN_ALPHABET;
  return value === undefined || value === NOT_IN_ALPHABET ? -1 : value;
}

/**
 * Decodes base64url as RFC 7515 §2 wants it: the URL-safe alphabet, no padding, no white space.
 * Two deviations are read all the same and reported, because some validators let them pass: right-sized `=` padding
 * (`padded`) and spare bits set in the last character (`canonical: false`, RFC 4648 §3.5).
 * Anything else gives the first fault; never throws.
 */
export function decodeBase64url(text: string): Base64urlReading {
  const length = unpaddedLength(text);
  for (let index = 0; index < length; index++) {
    if (base64urlValue(text.charCodeAt(index)) < 0) {
      return { fault: { kind: 'character', at: index + 1, found: String.fromCodePoint(text.codePointAt(index) ?? 0) } };
    }
  }
  if (length % 4 === 1) return { fault: { kind: 'length', at: length, found: String(length) } };

  const bytes = new Uint8Array(Math.floor((length * 6) / 8));
  let pending = 0;
  let pendingBits = 0;
  let written = 0;
  for (let index = 0; index < length; index++) {
    pending = ((pending << 6) | base64urlValue(text.charCodeAt(index))) & 0xffff;
    pendingBits += 6;
    if (pendingBits >= 8) {
      pendingBits -= 8;
      bytes[written++] = (pending >> pendingBits) & 0xff;
    }
  }
  const spareBits = pending & ((1 << pendingBits) - 1);
  return { bytes, padded: length < text.length, canonical: spareBits === 0 };
}

/** Length without `=` padding; the whole length when the padding is not what RFC 4648 §4 puts there. */
function unpaddedLength(text: string): number {
  let length = text.length;
  while (length > 0 && text.length - length < 2 && text[length - 1] === '=') length--;
  const rightSized = length === text.length || text.length % 4 === 0;
  return rightSized ? length : text.length;
}
