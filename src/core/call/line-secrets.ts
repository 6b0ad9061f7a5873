import type { Span } from './escaped-text.ts';
import { isBlank } from './mask-secret.ts';
import { cookieSecrets, credentialStart, isCall } from './named-secrets.ts';
import { isAuthorizationName, isCookieName, isSecretHeader, maskedUnder } from './secret-names.ts';
import { isNeverSecret, isProse, isWord, looksRandom, skip } from './secret-value.ts';

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
    } else if (isWholeCredential(name, value) && !isCall(text, at, at + value.length)) {
      found.push({ start: at, end: endOfFolded(text, at + value.length) });
    }
  }
  return found;
}

/** A header's name alone on its line or before a tab, its value after it: how a browser copies the headers view. */
export const HEADER_NAME_LINE = /^:?[A-Za-z][A-Za-z0-9-]{1,60}:?$/;
const NAME_AND_VALUE = /^[ \t<>*"']{0,8}(:?[A-Za-z][A-Za-z0-9-]{1,60}:?)(?:[ \t]{0,8}\r?\n|\t)[ \t]{0,8}(?=\S)/gm;

/** Headers whose value stands below the name or after a tab, as `header-list.ts` reads them. */
export function listedHeaderSecrets(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: start, 1: line = '', index } of text.matchAll(NAME_AND_VALUE)) {
    const name = line.replaceAll(':', '');
    if (!isSecretHeader(name)) continue;
    const at = index + start.length;
    const value = withoutClosing(text.slice(at, endOfLine(text, at)), '');
    if (isCookieName(name)) {
      if (!/^[^\s=;,]{1,256}=/.test(value)) continue;
      for (const cookie of cookieSecrets(name, value)) found.push({ start: at + cookie.start, end: at + cookie.end });
    } else if (isAuthorizationName(name)) {
      const credential = credentialStart(value);
      const content = value.slice(credential);
      if (!isBlank(content) && !isProse(content) && (credential > 0 || looksRandom(content)))
        found.push({ start: at + credential, end: at + value.length });
    } else if (isListedValue(name, value)) found.push({ start: at, end: at + value.length });
  }
  return found;
}

/** Words and names stand below words in any list: a value is what has a name with a hyphen, and is neither. */
function isListedValue(name: string, value: string): boolean {
  if (/\s/.test(value) || isBlank(value) || isNeverSecret(value) || isWord(value)) return false;
  return looksRandom(value) || (name.includes('-') && !/^[A-Za-z]+(?:-[A-Za-z]+){0,8}:?$/.test(value));
}

const ESCAPED_BREAK = /(?<!\\)\\{1,32}(?:r\\{1,32}n|[nr](?=[A-Za-z][\w-]{0,60}:|[\\\s"']|$))/;

/** A line may be a string, or the last one of a string, or hold several lines whose breaks are escaped. */
function withoutClosing(line: string, start: string): string {
  const value = (line.split(ESCAPED_BREAK, 1)[0] ?? '').trimEnd();
  const mark = /["']/.exec(start)?.[0];
  if (mark === undefined) return value.replace(/^([^"']*)["']{1,4}$/, '$1');
  // `Digest username="u"` has marks of its own.
  const end = value.includes(`=${mark}`) ? value.lastIndexOf(mark) : value.indexOf(mark);
  return end < 0
    ? value
    : value
        .slice(0, end)
        .trimEnd()
        .replace(/(?<!\\)\\{1,32}$/, '');
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
