import { base64urlValue, decodeBase64url } from './base64url.ts';
import {
  type GatheredPart,
  gatherJsonPart,
  gatherPartUntilDot,
  gatherSizedPart,
  runAt,
  type SearchedText,
} from './part-gatherer.ts';
import { signatureLengths, tagLengths } from './signature-length.ts';

/** A token in a text. */
export interface FoundToken {
  /** The compact serialisation alone: wraps, margins and quotes taken out. */
  raw: string;
  /** Offset of its first character in the text, in UTF-16 units. */
  start: number;
  /** Offset after its last character. */
  end: number;
}

/** `{"`, `{ `, `{` + line feed, carriage return or tab, in base64url: how a JOSE header begins. */
const HEADER_START = /^e(?:yJ|yA|wo|w0|wk)/;
/** An escape that ends in letters or digits, right before a token: `\n`, `%20`, `=3D`, `\u0022`. */
const ESCAPE_BEFORE = /(?:\\[nrt]|%[0-9A-Fa-f]{2}|=3D|\\u[0-9A-Fa-f]{4})$/;
const LONGEST_ESCAPE = 6;
const MOST_PARTS = 12;
const JOIN_BUDGET_PER_CHARACTER = 3;
/** Farther from the cursor no token begins that could be read. */
const FARTHEST_START = 2 * 1024 * 1024;

/**
 * Every JWS and JWE in compact serialisation (RFC 7515 §7.1, RFC 7516 §7.1) in a text, in order, none overlapping:
 * in prose, headers, JSON, URLs and logs, and wrapped over lines by a terminal, a mail or a source file.
 * A part goes on after a line break only while it is not complete: a header or payload while its JSON object is open, a
 * signature only when that gives exactly a length of the header's algorithm. So the next line's words are never taken.
 *
 * Work is linear in the text: one attempt for each run of base64url characters, runs read at most once for each of the
 * few parts they can be, and joining over breaks draws on a budget of three times the text's length. A text that uses
 * that up (only a hostile one does) has its later tokens found when they are not wrapped.
 */
export function findTokens(text: string): FoundToken[] {
  return findTokensBetween(text, 0, text.length);
}

/** The token that touches `offset` in `text`, which may be a whole document: only 2 MB around the place are searched. */
export function tokenAt(text: string, offset: number): FoundToken | undefined {
  const from = Math.max(0, offset - FARTHEST_START);
  const to = Math.min(text.length, offset + FARTHEST_START);
  return findTokensBetween(text, from, to).find((token) => token.start <= offset && offset <= token.end);
}

function findTokensBetween(text: string, from: number, to: number): FoundToken[] {
  const source: SearchedText = { text, to, joinBudget: (to - from) * JOIN_BUDGET_PER_CHARACTER };
  const found: FoundToken[] = [];
  const starts = /e(?:yJ|yA|wo|w0|wk)/g;
  starts.lastIndex = from;
  for (let match = starts.exec(text); match && match.index < to; match = starts.exec(text)) {
    const start = match.index;
    if (!beginsHere(text, start)) continue;
    const token = tokenFrom(source, start);
    if (token) found.push(token);
    starts.lastIndex = token ? token.end : start + runAt(source, start).length;
  }
  return found;
}

/** False in the middle of a word. `-` and `_` may join a token to a word: `jwt_eyJ…`. */
function beginsHere(text: string, start: number): boolean {
  const before = text[start - 1];
  if (before === undefined || before === '-' || before === '_' || base64urlValue(before.charCodeAt(0)) < 0) return true;
  return ESCAPE_BEFORE.test(text.slice(Math.max(0, start - LONGEST_ESCAPE), start));
}

function tokenFrom(source: SearchedText, start: number): FoundToken | undefined {
  const header = gatherJsonPart(source, start);
  if (header.dot === undefined) return undefined;
  const fields = jsonObjectIn(header.text);
  if (!fields) return looksLikeHeader(source.text, header.dot + 1) ? damagedToken(source, start) : undefined;
  const parts = 'enc' in fields ? jweParts(source, header, fields) : jwsParts(source, header, fields);
  return parts && { raw: parts.map((part) => part.text).join('.'), start, end: parts.at(-1)?.end ?? start };
}

function jwsParts(source: SearchedText, header: GatheredPart, fields: object): GatheredPart[] | undefined {
  const start = (header.dot ?? header.end) + 1;
  const lengths = signatureLengths('alg' in fields && fields.alg);
  const payload = gatherPayload(source, start);
  if (payload.dot === undefined) return undefined;
  const signature = gatherSizedPart(source, payload.dot + 1, lengths);
  const hasRightLength = lengths.includes(signature.text.length);
  if (isOpaqueAndWrapped(payload) && (!hasRightLength || signature.text === '')) return undefined;
  const more = signature.dot === undefined ? [] : plainParts(source, signature.dot + 1);
  return [header, payload, signature, ...more];
}

/** A payload is JSON as a rule; RFC 7515 lets it be anything. */
function gatherPayload(source: SearchedText, start: number): GatheredPart {
  const asJson = gatherJsonPart(source, start);
  const isSettled = asJson.dot !== undefined && (!asJson.wrapped || jsonObjectIn(asJson.text) !== undefined);
  return isSettled ? asJson : gatherPartUntilDot(source, start);
}

function isOpaqueAndWrapped(payload: GatheredPart): boolean {
  return payload.wrapped && jsonObjectIn(payload.text) === undefined;
}

function jweParts(source: SearchedText, header: GatheredPart, fields: object): GatheredPart[] | undefined {
  const parts = [header];
  for (let count = 0; count < 3; count++) {
    const dot = parts.at(-1)?.dot;
    if (dot === undefined) break;
    parts.push(gatherPartUntilDot(source, dot + 1));
  }
  const dot = parts.at(-1)?.dot;
  if (dot !== undefined) parts.push(gatherSizedPart(source, dot + 1, tagLengths('enc' in fields && fields.enc)));
  return parts.length >= 3 ? parts : undefined;
}

/** Header and payload both begin like JSON, though the header cannot be read: found as it stands, never joined. */
function damagedToken(source: SearchedText, start: number): FoundToken | undefined {
  const parts = plainParts(source, start);
  if (parts.length < 3) return undefined;
  return { raw: parts.map((part) => part.text).join('.'), start, end: parts.at(-1)?.end ?? start };
}

/** Runs joined by dots, without any break. An empty one after the last dot is the dot of a sentence. */
function plainParts(source: SearchedText, start: number): GatheredPart[] {
  const parts: GatheredPart[] = [];
  let at = start;
  while (parts.length < MOST_PARTS) {
    const text = runAt(source, at);
    if (text === '') break;
    const end = at + text.length;
    const dotted = end < source.to && source.text[end] === '.';
    parts.push(dotted ? { text, end, dot: end, wrapped: false } : { text, end, wrapped: false });
    if (!dotted) break;
    at = end + 1;
  }
  return parts;
}

function looksLikeHeader(text: string, offset: number): boolean {
  return HEADER_START.test(text.slice(offset, offset + 3));
}

function jsonObjectIn(base64url: string): object | undefined {
  const { bytes } = { bytes: undefined, ...decodeBase64url(base64url) };
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
