import { decodePercent } from './percent-decoding.ts';

/** A shorter value is a word that stands in many an address. */
const SHORTEST_SECRET = 5;
/** The end of a longer one is as telling as the whole. */
const LONGEST_NEEDLE = 512;
const SHORTEST_ENCODED = 8;
const MOST_ENCODINGS = 3;
/** Characters that are looked at, over all secrets: what would take more is taken to carry one. */
const BUDGET = 400_000_000;
const MOST_SECRETS = 1000;

/**
 * A function that tells whether a text carries one of these secrets: plain or percent-encoded up to three times, be it
 * malformed elsewhere or written `%u0041`, as base64 or base64url of it (also as a part of more), in hexadecimal, and in
 * any letter case, as a host name would have it. Secrets shorter than five characters are not looked for, nor one that
 * was split, turned round, compressed or enciphered. What is too much to be searched counts as carrying one.
 */
export function secretFinder(secrets: readonly string[]): (text: string) => boolean {
  const long = new Set(secrets.filter((secret) => secret.length >= SHORTEST_SECRET));
  if (long.size > MOST_SECRETS) return () => true;
  const needles = [...new Set([...long].flatMap((secret) => waysToWrite(secret.slice(-LONGEST_NEEDLE))))];
  return (text) => {
    if (needles.length === 0) return false;
    const ways = waysToRead(text);
    const length = ways.reduce((sum, way) => sum + way.length, 0);
    return length * needles.length > BUDGET || ways.some((way) => needles.some((needle) => way.includes(needle)));
  };
}

function waysToRead(text: string): string[] {
  const ways = new Set<string>();
  let way = text;
  for (let count = 0; count <= MOST_ENCODINGS && !ways.has(way.toLowerCase()); count++) {
    ways.add(way.toLowerCase());
    ways.add(way.replaceAll('+', ' ').toLowerCase());
    way = decodePercent(way);
  }
  return [...ways];
}

function waysToWrite(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  const encoded = [hexOf(bytes), ...[0, 1, 2].map((before) => base64Within(bytes, before))];
  const base64url = encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const telling = [...encoded, ...base64url].filter((text) => text.length >= SHORTEST_ENCODED);
  return [secret, ...telling].map((text) => text.toLowerCase());
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The characters of base64 that these bytes alone decide, with so many other bytes before them (modulo 3). */
function base64Within(bytes: Uint8Array, before: number): string {
  const text = btoa('\0'.repeat(before) + String.fromCharCode(...bytes));
  const start = Math.ceil((before * 8) / 6);
  return text.slice(start, Math.floor(((before + bytes.length) * 8) / 6));
}
