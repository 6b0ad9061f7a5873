import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';

/** A secret the test planted. */
export interface Canary {
  /** For the report of a hit; says nothing of the secret. */
  name: string;
  /** The whole secret, such as a token. */
  text: string;
  /** Its random parts: signature, one claim value, the secret itself. Every 24-character part of each is searched. */
  marks: string[];
}

export interface CanaryHit {
  canary: string;
  /** How it was written: `plain`, `base64`, … */
  form: string;
  where: string;
}

/** Shorter remains of a secret are not told from chance. */
const PART_LENGTH = 24;
/** A bound for what is unpacked from archives: no bomb, and nothing we write is larger. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
const MAX_ARCHIVE_DEPTH = 3;

export interface CanarySearch {
  searchBytes(where: string, bytes: Uint8Array): CanaryHit[];
  /** All files below, sockets and vanished files left out. `searched` counts them, so that 0 hits can mean something. */
  searchFolder(folder: string): Promise<{ hits: CanaryHit[]; searched: number }>;
}

interface Needle {
  canary: string;
  form: string;
  bytes: Buffer;
}

/**
 * Looks for canaries plain, escaped for JSON, percent-encoded, in base64 and base64url at each of the three offsets,
 * in UTF-16 of both byte orders, and all of these inside gzip and zip (VSIX).
 */
export function openCanarySearch(canaries: Canary[]): CanarySearch {
  const needles = canaries.flatMap(needlesOf);
  const index = indexByStart(needles);

  function searchBytes(where: string, bytes: Uint8Array, depth = 0): CanaryHit[] {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const hits = findNeedles(buffer, index).map(({ canary, form }) => ({ canary, form, where }));
    if (depth === MAX_ARCHIVE_DEPTH) return hits;
    const inner = unpack(buffer).flatMap(({ name, content }) => searchBytes(`${where} › ${name}`, content, depth + 1));
    return [...hits, ...inner];
  }

  return {
    searchBytes,
    async searchFolder(folder) {
      const hits: CanaryHit[] = [];
      let searched = 0;
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        // A name can hold a secret as well as a content.
        hits.push(
          ...searchBytes(
            `the name of ${entry.isFile() ? 'a file' : 'an entry'} in ${entry.parentPath}`,
            Buffer.from(entry.name),
          ),
        );
        if (!entry.isFile()) continue;
        const content = await readFile(path).catch(() => undefined); // gone meanwhile
        if (!content) continue;
        searched++;
        hits.push(...searchBytes(path, content));
      }
      return { hits, searched };
    },
  };
}

function needlesOf({ name, text, marks }: Canary): Needle[] {
  const parts = new Set([text]);
  for (const mark of marks) {
    if (mark.length < PART_LENGTH)
      throw new Error(`a mark of canary ${name} is shorter than ${PART_LENGTH} characters`);
    for (let at = 0; at + PART_LENGTH <= mark.length; at++) parts.add(mark.slice(at, at + PART_LENGTH));
  }
  const needles = new Map<string, Needle>();
  for (const part of parts) {
    for (const [form, bytes] of formsOf(part)) needles.set(bytes.toString('latin1'), { canary: name, form, bytes });
  }
  return [...needles.values()];
}

function formsOf(text: string): [string, Buffer][] {
  const utf16 = Buffer.from(text, 'utf16le');
  return [
    ...base64Forms(text),
    ['utf-16be', Buffer.from(utf16).swap16()],
    ['utf-16le', utf16],
    ['percent', Buffer.from(encodeURIComponent(text))],
    ['percent, lower case', Buffer.from(encodeURIComponent(text).replace(/%../g, (escaped) => escaped.toLowerCase()))],
    ['json', Buffer.from(JSON.stringify(text).slice(1, -1))],
    ['json, slashes escaped', Buffer.from(JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'))],
    // Last: where nothing needs an escape all of these are the same bytes, and the hit is called plain.
    ['plain', Buffer.from(text)],
  ];
}

/** The characters of base64 that depend on the text alone, whatever stands before and after it. */
function base64Forms(text: string): [string, Buffer][] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((offset): [string, Buffer][] => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64url');
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor(((offset + bytes.length) * 8) / 6);
    const own = encoded.slice(from, to);
    return [
      [`base64url, offset ${offset}`, Buffer.from(own)],
      [`base64, offset ${offset}`, Buffer.from(own.replaceAll('-', '+').replaceAll('_', '/'))],
    ];
  });
}

/** Needles by their first four bytes: one pass over a haystack finds them all, however many there are. */
interface NeedleIndex {
  byStart: Map<number, Needle[]>;
  /** 1 where some needle starts with these two bytes: spares nearly every look into the map. */
  firstTwo: Uint8Array;
}

function indexByStart(needles: Needle[]): NeedleIndex {
  const index: NeedleIndex = { byStart: new Map(), firstTwo: new Uint8Array(0x10000) };
  for (const needle of needles) {
    const start = needle.bytes.readInt32LE(0);
    index.firstTwo[start & 0xffff] = 1;
    const same = index.byStart.get(start);
    if (same) same.push(needle);
    else index.byStart.set(start, [needle]);
  }
  return index;
}

function findNeedles(haystack: Buffer, index: NeedleIndex): Needle[] {
  const found = new Map<string, Needle>();
  let start = haystack.length >= 4 ? haystack.readInt32LE(0) : 0;
  for (let at = 0; at + 4 <= haystack.length; at++) {
    const candidates = index.firstTwo[start & 0xffff] ? index.byStart.get(start) : undefined;
    for (const needle of candidates ?? []) {
      if (haystack.subarray(at, at + needle.bytes.length).equals(needle.bytes))
        found.set(`${needle.canary}\n${needle.form}`, needle);
    }
    start = (start >>> 8) | ((haystack[at + 4] ?? 0) << 24);
  }
  return [...found.values()];
}

function unpack(bytes: Buffer): { name: string; content: Buffer }[] {
  if (bytes.length > 18 && bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const content = tryUnpack(() => gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }));
    return content ? [{ name: 'gzip', content }] : [];
  }
  return bytes.length > 30 && bytes.readUInt32LE(0) === 0x04034b50 ? unpackZip(bytes) : [];
}

const CENTRAL_ENTRY = Buffer.from([0x50, 0x4b, 0x01, 0x02]);

/** Entries by the central directory, which alone holds sizes in every ZIP (APPNOTE.TXT 4.3.12). */
function unpackZip(bytes: Buffer): { name: string; content: Buffer }[] {
  const entries: { name: string; content: Buffer }[] = [];
  for (
    let at = bytes.indexOf(CENTRAL_ENTRY);
    at >= 0 && at + 46 <= bytes.length;
    at = bytes.indexOf(CENTRAL_ENTRY, at + 46)
  ) {
    const method = bytes.readUInt16LE(at + 10);
    const packedBytes = bytes.readUInt32LE(at + 20);
    const name = bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    const local = bytes.readUInt32LE(at + 42);
    if (method !== 8 || local + 30 > bytes.length) continue; // what is only stored was searched with the archive
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + packedBytes);
    const content = tryUnpack(() => inflateRawSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES }));
    if (content) entries.push({ name, content });
  }
  return entries;
}

/** What only looks like an archive, or is cut off, holds nothing to unpack. */
function tryUnpack(unpackBytes: () => Buffer): Buffer | undefined {
  try {
    return unpackBytes();
  } catch {
    return undefined;
  }
}
