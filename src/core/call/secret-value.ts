import type { Span } from './escaped-text.ts';

const GUID = /^[({]?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[)}]?$/i;
const SHORTEST_RANDOM = 16;
const SHORTEST_WITHOUT_WORDS = 20;
/** Of random base64 a tenth stands in runs that look like words, of an identifier nearly everything. */
const MOST_WORDLIKE = 0.5;
const MOST_WORDLIKE_WITHOUT_DIGITS = 0.3;
const CHANGES_OF_RANDOM = 4;

/**
 * True for text that looks made by a machine: a key, a code, a token. No GUID, date, address, number, name or code of an
 * error is one. A judgement by the mix of letters, capitals and digits; a password that people think of is none.
 */
export function looksRandom(text: string): boolean {
  if (text.length < SHORTEST_RANDOM || !/^[\w+/=.~!-]+$/.test(text) || GUID.test(text)) return false;
  if (!/[A-Za-z]/.test(text) || /^\d{4}-\d\d-\d\d/.test(text)) return false;
  if (/^[0-9a-f]{32,}$/i.test(text)) return /\d/.test(text);
  const changes = text.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  if (changes >= CHANGES_OF_RANDOM && text.split(/[^A-Za-z0-9]/).some((part) => part.length >= SHORTEST_WITHOUT_WORDS))
    return true;
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text)) return false;
  const words = text.match(/[A-Z]?[a-z]{3,}|[A-Z]{4,}/g)?.filter(isPronounceable) ?? [];
  return words.join('').length / text.length < (changes > 0 ? MOST_WORDLIKE : MOST_WORDLIKE_WITHOUT_DIGITS);
}

/** Has a vowel, and no five consonants in a row: `Subscription` is, `Nlcjpza` is not. */
function isPronounceable(word: string): boolean {
  return /[aeiouy]/i.test(word) && !/[b-df-hj-np-tv-xz]{5}/i.test(word);
}

/** "The bearer token.", "Basic authentication". */
export function isWord(text: string): boolean {
  return text.length < 20 && /^(?:[A-Za-z]?[a-z.,:-]*|[A-Z]*[.,:]?)$/.test(text);
}

/** "Basic tier", "expired": nothing but words. */
export function isProse(text: string): boolean {
  return text.trim().split(/\s+/).every(isWord);
}

/** Of a sentence, a switch or a programming language: never a secret itself. */
const NEVER_SECRET = new Set(
  (
    'not is are was were has have had be been must may can cannot could should will would does did do the a an this that ' +
    'it its of or and for in on at to by from with missing invalid required expired failed expected empty unknown wrong ' +
    'incorrect unset option flag parameter argument switch read write use send true false null none nil undefined yes no string str securestring object number boolean nullptr'
  ).split(' '),
);

/** What Microsoft.IdentityModel writes instead of a token. */
const HIDDEN = /^\[(?:PII|Security Artifact) /;

/** True for a word of a sentence or a literal of a language. */
export function isNeverSecret(text: string): boolean {
  if (HIDDEN.test(text)) return true;
  return text.length < 20 && NEVER_SECRET.has(text.toLowerCase().replace(/[.,:;!?)\]}]{1,3}$/, ''));
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”', '‘': '’' };
/** Before a quotation mark: `b'…'` (Python), `$"…"` and `@"…"` (C#), `N'…'` (SQL), the bracket of a list with one value. */
const BEFORE_QUOTE = /[[(]?[ \t]{0,4}(?:[bBrRuUfFN$@]{1,2}(?=["'])|)/y;

/** A value as it stands: where its characters are, where the text goes on after it, and whether it is in quotation marks. */
export interface FoundValue extends Span {
  next: number;
  isQuoted: boolean;
}

/**
 * The value that begins here. In quotation marks it goes to the closing one, or to the end of the line when there is none;
 * a line that a terminal or mail broke in two goes on while the next one is a single run. Without them it goes to a blank,
 * or to a mark that can only stand after it: what another pair, a bracket or the end of the line follows. In an address
 * or form `&`, `#` and `;` always end it. Undefined when nothing stands there.
 */
export function valueAt(
  text: string,
  at: number,
  place: 'parameter' | 'field',
  read: ReadSoFar = new Map(),
): FoundValue | undefined {
  if (place === 'field') {
    const quoteAt = skip(BEFORE_QUOTE, text, at);
    if (CLOSING[text[quoteAt] ?? ''] !== undefined) return quotedAt(text, at, read);
  }
  const value = plainValue(text, at, place);
  return value.end > value.start ? value : undefined;
}

/** The value in quotation marks that begins here, if one does. */
export function quotedAt(text: string, at: number, read: ReadSoFar): FoundValue | undefined {
  const quoteAt = skip(BEFORE_QUOTE, text, at);
  const closing = CLOSING[text[quoteAt] ?? ''];
  const value = closing === undefined ? undefined : readOnce(text, quoteAt, closing, read);
  return value && value.end > value.start ? value : undefined;
}

const LONGEST_JUDGED = 1000;

/** Of a value that may go on to the end of the text, what tells whether it is a secret. */
export function headOf(text: string, { start, end }: Span): string {
  return text.slice(start, Math.min(end, start + LONGEST_JUDGED));
}

/** What is left of a string that began before and ends on this line: a header in `curl -H 'x-api-key: …'`. */
export function restOfString(text: string, at: number, mark: string, read: ReadSoFar): FoundValue | undefined {
  const closing = CLOSING[mark];
  const value = closing === undefined ? undefined : readOnce(text, at - 1, closing, read);
  return value && value.end > value.start && value.next > value.end ? value : undefined;
}

/**
 * What has been read of a text on its way forward, by the mark that closes it. Where one value goes on to the closing mark,
 * or to the end of the line for want of it, one that begins inside it does, too: no stretch is read twice, so whoever keeps
 * this from value to value does work that is linear in the text, whether it takes the values or not.
 */
export type ReadSoFar = Map<string, FoundValue>;

function readOnce(text: string, quoteAt: number, closing: string, read: ReadSoFar): FoundValue {
  const last = read.get(closing);
  const start = quoteAt + 1;
  if (last && start > last.start && start <= last.end) return { ...last, start };
  const value = quotedValue(text, quoteAt, closing);
  read.set(closing, value);
  return value;
}

/** Where a sticky pattern that may be empty ends. */
export function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** Goes on in the next line: a single run that leads to the closing mark or to another such line. */
const WRAP = /\r?\n[ \t]{0,40}(?=[A-Za-z0-9+/_=.~%-]{1,256}(?:["'`”’]|\r?\n))/y;

/** An apostrophe inside apostrophes, for a shell. */
const SHELL_APOSTROPHE = "'\\''";
/** What a mark that ends a value may be followed by. */
const AFTER_EMPTY = /[\s,;:)}\]]|$/y;
const AFTER_QUOTED = /[\s,;:)}\]]{0,4}(?:["'\r\n]|$)/y;

function quotedValue(text: string, quoteAt: number, closing: string): FoundValue {
  // CSV writes every mark twice.
  const isDoubled =
    text[quoteAt + 1] === closing &&
    text[quoteAt + 2] !== closing &&
    !text.startsWith(SHELL_APOSTROPHE, quoteAt + 1) &&
    !isAt(AFTER_EMPTY, text, quoteAt + 2);
  const start = quoteAt + (isDoubled ? 2 : 1);
  let at = start;
  while (at < text.length) {
    const character = text[at];
    if (text.startsWith(SHELL_APOSTROPHE, at)) at += SHELL_APOSTROPHE.length;
    else if (character === closing) {
      // Two in a row stand for one inside a value (SQL, PowerShell).
      const isInside = !isDoubled && text[at + 1] === closing && !isAt(AFTER_QUOTED, text, at + 2);
      if (!isInside) return { start, end: at, next: at + 1, isQuoted: true };
      at += 2;
    } else if (character === '\\') at += 2;
    else if (character === '\n' || character === '\r') {
      const next = skip(WRAP, text, at);
      if (next === at) break;
      at = next;
    } else at++;
  }
  const end = Math.min(at, text.length);
  return { start, end, next: end, isQuoted: true };
}

const PLAIN_RUN = /[^\s"'`“”‘’<\\&;,#)\]}^]*/y;
/** A quotation mark that is escaped: the value is read where it no longer is. */
const ESCAPED_QUOTE = /&(?:quot|apos|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});|%2[27]|\\{1,32}["']|\^"/y;
const ESCAPE_OF_CMD = /\^["&|<>^%]/y;
/** `{{name}}`, `${NAME}`, `<name>`, `$(name)`: whole, whatever marks are in it. */
const VARIABLE =
  /\{\{[^{}\r\n]{0,80}\}\}|\$?\{[^{}\r\n]{0,80}\}|<[^<>\r\n]{0,80}>|\$\([^()\r\n]{0,80}\)|\[[^[\]\r\n]{0,80}\]/y;
/** Another pair, a blank or the end follow; after a colon, another member, too. */
const PAIR = /(?:&(?:amp;)?|[;,])(?:[\w.%$-]{1,64}[ \t]{0,4}=|[\s"']|$)/y;
const PAIR_OR_MEMBER = /(?:&(?:amp;)?|[;,])["']?(?:[\w.%$-]{1,64}["']?[ \t]{0,4}[=:]|[\s"']|$)/y;
const CLOSES_LINE = /["'`”’)\]}]{1,8}(?:\s|$)/y;
const AFTER_CLOSING = /["'`”’)\]}]{1,8}(?:[\s<\\]|\/>|[,;:](?:[\s"'{[<]|[\w.%$-]{1,64}["']?[ \t]{0,4}[=:]|$)|$)/y;
const ESCAPE_AFTER =
  /\\{1,32}(?:["']|r\\{1,32}n|[nrt](?:[A-Za-z][\w-]{0,60}[:=]|[\\\s"']|$)|u00(?:0[ad]|2[267]|3[ce]))/iy;
const MARKUP = /<\/[A-Za-z][\w:.-]{0,40}>|<br\s{0,4}\/?>/iy;

function plainValue(text: string, start: number, place: 'parameter' | 'field'): FoundValue {
  if (place === 'field' && isAt(ESCAPED_QUOTE, text, start)) return { start, end: start, next: start, isQuoted: false };
  const before = lineBefore(text, start);
  let at = skip(VARIABLE, text, start);
  for (;;) {
    at = skip(PLAIN_RUN, text, at);
    const mark = text[at];
    if (mark === undefined || /\s/.test(mark)) break;
    if (text.startsWith(SHELL_APOSTROPHE, at)) at += SHELL_APOSTROPHE.length;
    else if (!(mark === ',' && at === start) && endsValue(text, at, mark, place, before)) break;
    else at++;
  }
  return { start, end: at, next: at, isQuoted: false };
}

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '”': '“', '’': '‘' };
const FARTHEST_OPENING = 2000;

/** What closes must have been opened before: in a line of its own a password may hold any mark. */
function isOpen(before: string, mark: string): boolean {
  return before.includes(OPENING[mark] ?? mark);
}

function lineBefore(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - FARTHEST_OPENING), at);
  return before.slice(before.lastIndexOf('\n') + 1);
}

function endsValue(text: string, at: number, mark: string, place: 'parameter' | 'field', before: string): boolean {
  if (mark === '#') return place === 'parameter';
  if (mark === '^') return isAt(ESCAPE_OF_CMD, text, at);
  if (mark === '&' && isAt(ESCAPED_QUOTE, text, at)) return true;
  if (mark === '<') return isAt(MARKUP, text, at);
  if (mark === '\\') return isAt(ESCAPE_AFTER, text, at);
  if (mark === '&' || mark === ';' || mark === ',')
    return (
      (place === 'parameter' && mark !== ',') || isAt(before.trimEnd().endsWith('=') ? PAIR : PAIR_OR_MEMBER, text, at)
    );
  return isAt(CLOSES_LINE, text, at) || (isOpen(before, mark) && isAt(AFTER_CLOSING, text, at));
}

function isAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
