import type { Span } from './escaped-text.ts';
import { isBlank } from './mask-secret.ts';
import { isKnownScheme } from './scheme-names.ts';
import { isAuthorizationName, isCookieName, type Masked, maskedUnder, mayEndSecretName } from './secret-names.ts';
import {
  isNeverSecret,
  isWord,
  looksRandom,
  quotedAt,
  type ReadSoFar,
  restOfString,
  skip,
  valueAt,
} from './secret-value.ts';

const LONGEST_NAME = 80;
const MOST_BLANKS_IN_NAME = 3;
const SEPARATOR = /[=:：]/g;
const NAME_CHARACTER = /[\w.$-]/;
/** After a separator: the rest of `=>` and `==`, blanks, and line breaks when a value in quotation marks follows it. */
const BEFORE_VALUE = /[=>]{0,2}[ \t\u00a0]{0,8}(?:\r?\n\s{0,200}(?=["']))?/y;
/** A block scalar of YAML: `>-` at the end of the line. */
const BLOCK = /[|>][-+\d]{0,2}[ \t]{0,8}\r?\n/y;

/** A name in a text, what may stand under it, and where. */
interface FoundName {
  name: string;
  start: number;
  end: number;
  isParameter: boolean;
  masked: Masked;
}

/**
 * Values that stand after the name of a credential: in addresses and forms, JSON, YAML, settings, connection strings,
 * environment variables, dumps of headers, logs. Linear: no value is read twice.
 */
export function namedSecrets(text: string): Span[] {
  const found: Span[] = [];
  const read: ReadSoFar = new Map();
  let cursor = 0;
  SEPARATOR.lastIndex = 0;
  for (let match = SEPARATOR.exec(text); match; match = SEPARATOR.exec(text)) {
    const name = nameBefore(text, match.index, cursor);
    if (!name || name.masked === 'nothing') continue;
    const at = name.isParameter ? match.index + 1 : skip(BEFORE_VALUE, text, match.index + 1);
    if (closesName(text, name, match.index, at)) continue;
    cursor = Math.max(cursor, addValue(found, text, name, at, match[0] === '=', read));
    SEPARATOR.lastIndex = Math.max(cursor, match.index + 1);
  }
  return found;
}

/** Adds what is secret of the value, and says where the text goes on. */
function addValue(found: Span[], text: string, name: FoundName, at: number, isEqual: boolean, read: ReadSoFar): number {
  if (isAuthorizationName(name.name)) return addAuthorization(found, text, at, read);
  if (isCookieName(name.name)) return addCookies(found, text, name, at, read);
  if (name.masked === 'randomValue') return addRandom(found, text, at, read);
  const block = skip(BLOCK, text, at);
  if (block > at && !name.isParameter) return addBlock(found, text, name, block);
  if (opensObject(text, at, isEqual)) return at;
  const before = text[name.start - 1] ?? '';
  const isHeader = !isEqual && name.name.includes('-') && !name.name.includes(' ') && text[name.end] === ':';
  const value =
    (isHeader ? restOfString(text, at, before, read) : undefined) ??
    valueAt(text, at, /[?&#]/.test(before) ? 'parameter' : 'field', read);
  if (!value) return at;
  const content = text.slice(value.start, value.end);
  if (!isHarmless(content, name, value.isQuoted)) found.push(value);
  return value.next;
}

const OBJECT = /\{\s{0,8}(?:["'}]|[\w-]{1,60}[ \t]{0,4}[:=]|$)|\[\s{0,8}(?:[{[\]]|$)/y;

/** ODBC writes a password in braces. */
function opensObject(text: string, at: number, isEqual: boolean): boolean {
  return skip(OBJECT, text, at) > at && !(isEqual && /\w/.test(text[at + 1] ?? ''));
}

function isHarmless(value: string, { name, isParameter }: FoundName, isQuoted: boolean): boolean {
  if (isBlank(value) || isNeverSecret(value)) return true;
  // Entra's `error_uri` ends in `?code=7000215`.
  if (isParameter) return /^\d{1,8}$/.test(value);
  // A shell's own folder.
  if (/(?:^| )(?:OLD)?PWD$/.test(name)) return value.startsWith('/');
  // "No access token: sign in": people choose words for passwords, machines do not.
  return !isQuoted && isWord(value) && !/pass|pwd|secret/i.test(name);
}

/** In "send `client_secret=` with it" the mark after the separator closes what was opened before the name. */
function closesName(text: string, { start, end }: FoundName, separator: number, at: number): boolean {
  const mark = text[at] ?? '';
  return end === separator && /["'`]/.test(mark) && text[start - 1] === mark && !/[\w\\]/.test(text[at + 1] ?? '');
}

const RANDOM = /[\w+/.~!%-]*={0,2}/y;

function addRandom(found: Span[], text: string, at: number, read: ReadSoFar): number {
  const span = quotedAt(text, at, read) ?? { start: at, end: skip(RANDOM, text, at) };
  if (!looksRandom(text.slice(span.start, span.end))) return at;
  found.push(span);
  return span.end;
}

/** A header's line may be folded there (RFC 9112 §5.2). */
const AFTER_SCHEME = /[ \t+]{0,8}(?:\r?\n[ \t]{1,8}(?![\w-]{1,64}["']?[:=]))?/y;

/** `Bearer x`, in quotation marks or not: the scheme stays. A challenge's `authorization="https://…"` is no credential. */
function addAuthorization(found: Span[], text: string, at: number, read: ReadSoFar): number {
  if (text.startsWith('{', at)) return at;
  const block = skip(BLOCK, text, at);
  const value = valueAt(text, block > at ? skip(/\s{0,40}/y, text, block) : at, 'field', read);
  if (!value) return at;
  const content = text.slice(value.start, value.end);
  if (/^(?:[a-z]{2,8}:\/\/|\{)/i.test(content)) return value.next;
  if (value.isQuoted) {
    const credential = value.start + credentialStart(content);
    if (credential < value.end && !isBlank(text.slice(credential, value.end)))
      found.push({ ...value, start: credential });
    return value.next;
  }
  if (!isKnownScheme(content)) {
    if (!isWord(content) && !isBlank(content)) found.push(value);
    return value.next;
  }
  const credential = valueAt(text, skip(AFTER_SCHEME, text, value.end), 'field', read);
  if (!credential) return value.next;
  const word = text.slice(credential.start, credential.end);
  if (!isWord(word) && !isBlank(word) && !/^[a-z_]{1,40}=/i.test(word)) found.push(credential);
  return credential.next;
}

/** Where the credential begins in the value of an Authorization header: after a known scheme (RFC 9110 §11.4), else at once. */
export function credentialStart(value: string): number {
  const [, blank = '', scheme = '', gap = ''] = /^(\s{0,40})(\S*)(\s*)/.exec(value) ?? [];
  return isKnownScheme(scheme) ? blank.length + scheme.length + gap.length : blank.length;
}

const COOKIES = /[^\r\n"'\]]*/y;

function addCookies(found: Span[], text: string, { name }: FoundName, at: number, read: ReadSoFar): number {
  const quoted = quotedAt(text, at, read);
  const start = quoted?.start ?? at;
  if (/[{[]/.test(text[start] ?? '')) return at;
  const end = quoted?.end ?? skip(COOKIES, text, at);
  for (const span of cookieSecrets(name, text.slice(start, end))) {
    found.push({ start: start + span.start, end: start + span.end });
  }
  return end;
}

/** Values of `name=value` pairs in a Cookie or Set-Cookie header (RFC 6265 §4): names and attributes stay. */
export function cookieSecrets(headerName: string, value: string): Span[] {
  const pairs = value.split(';');
  const isAnswer = /^set/i.test(headerName);
  const found: Span[] = [];
  let at = 0;
  for (const pair of isAnswer ? pairs.slice(0, 1) : pairs) {
    const secret = pair.slice(pair.indexOf('=') + 1).trimStart();
    const end = at + pair.length;
    if (secret !== '' && !isBlank(secret)) found.push({ start: end - secret.length, end });
    at += pair.length + 1;
  }
  return found;
}

const BLOCK_LINE = /([ \t]{1,80})([^\s][^\r\n]*|)(?:\r?\n|$)/y;

/** The indented lines of a block scalar. */
function addBlock(found: Span[], text: string, { start: nameStart }: FoundName, at: number): number {
  const margin = nameStart - (text.lastIndexOf('\n', nameStart) + 1);
  let next = at;
  for (;;) {
    BLOCK_LINE.lastIndex = next;
    const line = BLOCK_LINE.exec(text);
    if (!line || (line[1] ?? '').length <= margin) return next;
    const start = next + (line[1] ?? '').length;
    const content = line[2] ?? '';
    if (content !== '' && !isBlank(content)) found.push({ start, end: start + content.length });
    next += line[0].length;
  }
}

/** The name that ends before a separator, in quotation marks or not; in words apart when blanks join them. */
function nameBefore(text: string, separator: number, cursor: number): FoundName | undefined {
  const from = Math.max(cursor, separator - LONGEST_NAME);
  let end = separator;
  while (end > from && /[ \t]/.test(text[end - 1] ?? '')) end--;
  for (let marks = 0; marks < 2 && end > from && /["'`\])”’]/.test(text[end - 1] ?? ''); marks++) end--;
  if (end === from || !mayEndSecretName(text, end)) return undefined;
  let start = end;
  for (let blanks = 0; start > from; start--) {
    const character = text[start - 1] ?? '';
    if (NAME_CHARACTER.test(character)) continue;
    if (character !== ' ' || ++blanks > MOST_BLANKS_IN_NAME || !NAME_CHARACTER.test(text[start - 2] ?? '')) break;
  }
  const name = text.slice(start, end);
  const isParameter = isInAddress(text, start, end, separator);
  return { name, start, end, isParameter, masked: maskedUnder(name, isParameter ? 'parameter' : 'field') };
}

/** In JSON `code` is an error's name, in an address a key: after `?`, `&`, `#` or `;`, and in a form. */
function isInAddress(text: string, start: number, end: number, separator: number): boolean {
  if (end !== separator || text[separator] !== '=' || text.slice(start, end).includes(' ')) return false;
  const before = text[start - 1];
  if (before === undefined) return !text.startsWith(' ', end + 1);
  return /[?&#;]/.test(before) || (/[\r\n]/.test(before) && startsForm(text, separator + 1));
}

function startsForm(text: string, at: number): boolean {
  return skip(/[^\s&"'<>]{1,4096}&[\w.%-]{1,64}=/y, text, at) > at;
}
