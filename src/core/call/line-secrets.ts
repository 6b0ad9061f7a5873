import type { Span } from './escaped-text.ts';
import { isBlank } from './mask-secret.ts';
import { cookieSecrets, credentialStart } from './named-secrets.ts';
import { isAuthorizationName, isCookieName, isSecretHeader, maskedUnder } from './secret-names.ts';
import { isNeverSecret, isWord, looksRandom, type ReadSoFar, skip, valueAt } from './secret-value.ts';

const HEADER = /^[ \t<>*"']{0,8}([A-Za-z][\w-]{1,60})[ \t]{0,8}[:：][ \t]{0,8}(?=\S)/gm;

/** Headers on lines of their own, as in a log, a dump or the output of `curl -v`: the whole value, and its folded lines. */
export function headerSecrets(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: start, 1: name = '', index } of text.matchAll(HEADER)) {
    if (!isSecretHeader(name)) continue;
    const at = index + start.length;
    const value = withoutClosing(text.slice(at, endOfLine(text, at)), start);
    if (isCookieName(name)) {
      for (const cookie of cookieSecrets(name, value)) found.push({ start: at + cookie.start, end: at + cookie.end });
    } else if (isAuthorizationName(name)) {
      const credential = credentialStart(value);
      if (credential < value.length && !isBlank(value.slice(credential)) && !isBlank(value)) {
        found.push({ start: at + credential, end: endOfFolded(text, at + value.length) });
      }
    } else if (isWholeCredential(name, value)) {
      found.push({ start: at, end: endOfFolded(text, at + value.length) });
    }
  }
  return found;
}

const ESCAPED_BREAK = /(?<!\\)\\{1,32}(?:r\\{1,32}n|[nr](?=[A-Za-z][\w-]{0,60}:|[\\\s"']|$))/;

/** A line may be a string, or the last one of a string, or hold several lines whose breaks are escaped. */
function withoutClosing(line: string, start: string): string {
  const value = (line.split(ESCAPED_BREAK, 1)[0] ?? '').trimEnd();
  const mark = /["']/.exec(start)?.[0];
  if (mark === undefined) return value.replace(/^([^"']*)["']{1,4}$/, '$1');
  // `Digest username="u"` has marks of its own.
  const end = value.includes(`=${mark}`) ? value.lastIndexOf(mark) : value.indexOf(mark);
  return end < 0 ? value : value.slice(0, end).trimEnd();
}

/** Under a name that only ends like a secret's, or is a word of any sentence ("Key: …", "Password: …"), prose may stand. */
function isWholeCredential(name: string, value: string): boolean {
  // What stands in quotation marks is a value like any other.
  if (isBlank(value) || isNeverSecret(value) || /^(["']).*\1$/.test(value)) return false;
  return !/\s/.test(value) || (name.includes('-') && maskedUnder(name, 'field') === 'anyValue');
}

/** A header goes on in lines that begin with a blank (RFC 9112 §5.2): those that are one run, as a token's are. */
const FOLDED = /[ \t]{0,8}\r?\n[ \t]{1,40}(?![\w-]{1,60}:)[^\s:"'{}<>]{8,}(?=["']{0,4}(?:\s|$))/y;

function endOfFolded(text: string, at: number): number {
  let end = at;
  for (;;) {
    FOLDED.lastIndex = end;
    const line = FOLDED.exec(text);
    if (!line) return end;
    end += line[0].length;
  }
}

function endOfLine(text: string, at: number): number {
  const end = text.slice(at).search(/[\r\n]/);
  return end < 0 ? text.length : at + end;
}

const DISPOSITION = /(?<![^\n])content-disposition:([^\r\n]*)/gi;
const PART_NAME = /[; ]name="?([^"\r\n;]{1,80})/i;
/** The other headers of a part, and the blank line after them. */
const PART_HEAD = /\r?\n(?:[\w-]{1,60}:[^\r\n]*\r?\n){0,4}\r?\n/y;

/** Values of a form's parts (`multipart/form-data`, RFC 7578). */
export function partSecrets(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: line, 1: disposition = '', index } of text.matchAll(DISPOSITION)) {
    const name = PART_NAME.exec(disposition)?.[1] ?? '';
    const start = skip(PART_HEAD, text, index + line.length);
    if (start === index + line.length || maskedUnder(name, 'parameter') !== 'anyValue') continue;
    const end = endOfLine(text, start);
    if (!isBlank(text.slice(start, end))) found.push({ start, end });
  }
  return found;
}

const OPTION = /(?<![\w-])--?([A-Za-z][\w-]{0,60})[ \t]{1,4}(?=\S)/g;
const SECURE_STRING = /\bConvertTo-SecureString(?:[ \t]{1,4}-String)?[ \t]{1,4}(?=\S)/gi;
/** curl's user and password, with a blank, with `=`, or right after. */
const USER = /(?<=\s)(?:(?:-u|--user|-U|--proxy-user)(?:[ \t]{1,4}|=)|-[uU](?=["'\w][^\s"':]{0,256}:))(?=[^\s-])/g;
const BEARER = /(?<=\s)--oauth2-bearer(?:[ \t]{1,4}|=)(?=[^\s-])/g;
const COOKIE = /(?<=\s)(?:-b|--cookie)(?:[ \t]{1,4}|=)(?=[^\s-])/g;
const SHORT_PASSWORD = /(?<=\s)-[pP][ \t]{0,4}(?=[^\s-])/g;
const SIGNS_IN = /\b(?:login|sqlcmd|mysql|sshpass|bcp)\b/i;

/** Of a value that may go on to the end of the text, so much is looked at to tell what it is. */
const LONGEST_JUDGED = 1000;

/** Credentials of a command: `curl -u`, `--client-secret x`, `-Password x`, `az login -p x`. Linear: no value is read twice. */
export function commandSecrets(text: string): Span[] {
  return [
    ...valuesAfter(text, text.matchAll(OPTION), judgeOfOption),
    ...valuesAfter(text, text.matchAll(USER), () => hasPassword),
    ...valuesAfter(text, text.matchAll(BEARER), () => isSecret),
    ...valuesAfter(text, text.matchAll(SECURE_STRING), () => isSecret),
    ...valuesAfter(text, shortPasswords(text), () => isSecret),
    ...cookiesAfter(text),
  ];
}

type Judge = (value: string) => boolean;
type Option = { 0: string; 1?: string; index: number };

/** The values after options that stand in the order of the text, where they are secrets. */
function valuesAfter(text: string, options: Iterable<Option>, judgeOf: (name: string) => Judge | undefined): Span[] {
  const found: Span[] = [];
  const read: ReadSoFar = new Map();
  for (const { 0: option, 1: name = '', index } of options) {
    const at = index + option.length;
    const judge = judgeOf(name);
    if (!judge || /^\((?!["'])/.test(text.slice(at, at + 2))) continue;
    const value = valueAt(text, at, 'field', read);
    if (value && judge(headOf(text, value))) found.push(value);
  }
  return found;
}

function headOf(text: string, { start, end }: Span): string {
  return text.slice(start, Math.min(end, start + LONGEST_JUDGED));
}

function judgeOfOption(name: string): Judge | undefined {
  const masked = maskedUnder(name, 'field');
  if (masked === 'randomValue') return looksRandom;
  return masked === 'anyValue' && !isCookieName(name) && !isAuthorizationName(name) ? isSecret : undefined;
}

function hasPassword(value: string): boolean {
  return value.includes(':');
}

function* shortPasswords(text: string): Generator<Option> {
  for (const { 0: line, index: start } of text.matchAll(/[^\r\n]+/g)) {
    if (!SIGNS_IN.test(line)) continue;
    for (const { 0: option, index } of line.matchAll(SHORT_PASSWORD)) yield { 0: option, index: start + index };
  }
}

/** Cookies inside of cookies are masked with them. */
function cookiesAfter(text: string): Span[] {
  const found: Span[] = [];
  const read: ReadSoFar = new Map();
  let cursor = 0;
  for (const { 0: option, index } of text.matchAll(COOKIE)) {
    const value = index < cursor ? undefined : valueAt(text, index + option.length, 'field', read);
    if (!value || !headOf(text, value).includes('=')) continue;
    cursor = value.next;
    for (const cookie of cookieSecrets('cookie', text.slice(value.start, value.end)))
      found.push({ start: value.start + cookie.start, end: value.start + cookie.end });
  }
  return found;
}

function isSecret(value: string): boolean {
  return !isBlank(value) && !isNeverSecret(value) && !(isWord(value) && /[.,:;]$/.test(value));
}
