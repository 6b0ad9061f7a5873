import type { Span } from './escaped-text.ts';
import { isBlank } from './mask-secret.ts';
import { isKnownScheme } from './scheme-names.ts';
import { isAuthorizationName, isCookieName, type Masked, maskedUnder, mayEndSecretName } from './secret-names.ts';
import {
  type FoundValue,
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
const SEPARATOR = /[=:：＝]|(?<=[ \t])->/g;
const NAME_CHARACTER = /[\w.$-]/;
/** After a separator: the rest of `=>`, `==` and `**Name:**`, blanks, and line breaks when a value in quotation marks follows. */
const BEFORE_VALUE = /(?:\*{1,3}(?=[ \t])|[=>]{0,2})[ \t\u00a0]{0,8}(?:\r?\n\s{0,200}(?=["']|string\(\d))?/y;
/** A type between name and value: `password: string = "x"`, Go's `[]string{"x"}`, what PHP and Rust write around a string. */
const TYPE =
  /(?:(?<=:[ \t]{0,8})[A-Za-z][A-Za-z.]{0,40}(?:[<[][\w.,| ]{0,40}[>\]]|\[\])?[?!]?[ \t]{0,4}=[ \t]{0,4}|\[\]string\{|string\(\d{1,9}\)[ \t]{1,4}|(?:Some|Ok|Just|Secret|SecretStr|SecretString|String::from|Secret::new)\()(?=["'`])/y;
/** Tags and anchors of YAML. */
const TAG =
  /(?:(?:!![\w-]{1,20}|!vault|!unsafe|&[A-Za-z_-]{1,40}(?=[ \t]{1,8}\S{1,256}[ \t]{0,8}(?:\r?\n|$)))[ \t]{1,8}){1,3}/y;
/** What gives the value first, before a default: `os.getenv("NAME", "x")`. */
const BEFORE_DEFAULT =
  /(?:(?:[\w$]{1,40}(?:\.|::)){0,4}(?:getenv|get|env|GetValue|var|config|getProperty|getOrDefault|fetch|lookup)\(\s{0,8}["'][\w.:-]{1,80}["']\s{0,8},\s{0,8})(?=["'`])/y;
/** A default in a variable of a shell, or of Spring, where names are in capitals. */
const VARIABLE_WITH_DEFAULT = /^\$\{(?:[\w.]{1,80}:?[-=]|[A-Z][A-Z0-9_]{1,80}:(?![?+]))([^{}]{1,256})\}$/;
const CALL = /^[A-Za-z_$][\w.:$]{0,80}\($/;
/** What a plan says the value becomes, and what stands for a value that is missing. */
const OTHER_VALUE = /["'`)\]]{0,3}[ \t]{1,4}(?:->|\|\||\?\?|\?:|or)[ \t]{1,4}(?=["'`])/y;
/** A type after the name, before `=`: `param adminPassword string = 'x'`. */
const TYPE_AFTER_NAME =
  /(?<=[\w"'`])(?<![cC]onnection|[sS]ecret)[ \t]{1,4}(?:string|String|str|secureString|securestring|text)$/;
const LONGEST_TYPE = 20;

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
    const at = name.isParameter ? match.index + 1 : valueStart(text, match.index + match[0].length, match[0]);
    if (closesName(text, name, match.index, at)) continue;
    cursor = Math.max(cursor, addValue(found, text, name, at, /[=＝]/.test(match[0]), read));
    SEPARATOR.lastIndex = Math.max(cursor, match.index + 1);
  }
  return found;
}

/** Where the value itself begins: after blanks, its type or tag, and what is asked first. */
function valueStart(text: string, separatorEnd: number, separator: string): number {
  const at = skip(BEFORE_VALUE, text, separatorEnd);
  const typed = skip(TYPE, text, at);
  if (typed > at) return typed;
  const tagged = separator === ':' ? skip(TAG, text, at) : at;
  return skip(BEFORE_DEFAULT, text, tagged);
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
  if (!value.isQuoted && isCall(text, value.start, value.end)) return value.next;
  const fallback = VARIABLE_WITH_DEFAULT.exec(content)?.[1];
  if (fallback !== undefined) {
    if (!isHarmless(fallback, name, false)) found.push({ start: value.end - 1 - fallback.length, end: value.end - 1 });
  } else if (!isHarmless(content, name, value.isQuoted)) found.push(value);
  return addNext(found, text, value, read);
}

/** What a program asks is no value: `os.getenv(` before a string. */
export function isCall(text: string, start: number, end: number): boolean {
  return text[end - 1] === '(' && /["'`\\]/.test(text[end] ?? '') && CALL.test(text.slice(start, end));
}

/** Of a plan's `"old" -> "new"`, and of `process.env.NAME || "x"`, the other value. Says where the text goes on. */
function addNext(found: Span[], text: string, { next }: FoundValue, read: ReadSoFar): number {
  const at = skip(OTHER_VALUE, text, next);
  const value = at > next ? quotedAt(text, at, read) : undefined;
  if (!value) return next;
  if (!isBlank(text.slice(value.start, value.end))) found.push(value);
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
  while (end > from && /[ \t\u00a0]/.test(text[end - 1] ?? '')) end--;
  if (text[separator] === '=')
    end -= TYPE_AFTER_NAME.exec(text.slice(Math.max(from, end - LONGEST_TYPE), end))?.[0].length ?? 0;
  if (text[end - 1] === '\\' && end === separator) end--;
  if (/^(?:\?\?|\|\|)$/.test(text.slice(Math.max(from, end - 2), end))) end -= 2;
  while (end > from && /[ \t\u00a0]/.test(text[end - 1] ?? '')) end--;
  for (let marks = 0; marks < 2 && end > from && /["'`\])”’*]/.test(text[end - 1] ?? ''); marks++) end--;
  if (end === from || !mayEndSecretName(text, end)) return undefined;
  let start = end;
  for (let blanks = 0; start > from; start--) {
    const character = text[start - 1] ?? '';
    if (NAME_CHARACTER.test(character)) continue;
    if (character !== ' ' || ++blanks > MOST_BLANKS_IN_NAME || !NAME_CHARACTER.test(text[start - 2] ?? '')) break;
  }
  start = end - (AFTER_OPTION.exec(text.slice(start, end))?.[1]?.length ?? end - start);
  const name = text.slice(start, end);
  const isParameter = isInAddress(text, start, end, separator);
  return { name, start, end, isParameter, masked: maskedUnder(name, isParameter ? 'parameter' : 'field') };
}

/** `-F pass` is an option and a name. */
const AFTER_OPTION = /(?:^| )(?:-[dF]|--(?:form|data)[a-z-]{0,12}) ([^ ]{1,80})$/;

/** In JSON `code` is an error's name, in an address a key: after `?`, `&`, `#` or `;`, and in a form. */
function isInAddress(text: string, start: number, end: number, separator: number): boolean {
  if (end !== separator || text[separator] !== '=' || text.slice(start, end).includes(' ')) return false;
  const before = text[start - 1];
  if (before === undefined) return !text.startsWith(' ', end + 1);
  if (OPTION_OF_FORM.test(text.slice(Math.max(0, start - LONGEST_OPTION), start))) return true;
  return /[?&#;]/.test(before) || (/[\r\n]/.test(before) && startsForm(text, separator + 1));
}

/** curl's options that send a pair of a form. */
const OPTION_OF_FORM = /\s(?:-[dF]|--(?:form|form-string|data|data-[a-z]{1,10}|url-query))[ =]{0,2}["']?$/;
const LONGEST_OPTION = 24;

function startsForm(text: string, at: number): boolean {
  return skip(/[^\s&"'<>]{1,4096}&[\w.%-]{1,64}=/y, text, at) > at;
}
