import type { Span } from './escaped-text.ts';
import { isBlank } from './mask-secret.ts';
import { cookieSecrets } from './named-secrets.ts';
import { isAuthorizationName, isCookieName, maskedUnder } from './secret-names.ts';
import { headOf, isNeverSecret, isWord, looksRandom, type ReadSoFar, valueAt } from './secret-value.ts';

/** After an option: blanks, or the marks between two arguments of a list, as `["--password","x"]`. */
const OPTION =
  /(?<![\w-])--?([A-Za-z][\w-]{0,60})(?:[ \t]{1,4}(?=\S)|["'](?:[ \t]{0,4},\s{0,40}|\s{1,4})(?=["'][^-"']))/g;
const SECURE_STRING =
  /\bConvertTo-SecureString(?:[ \t]{1,4}-(?:String|AsPlainText|Force)\b){0,3}[ \t]{1,4}(?=[^\s-])/gi;
const INTO_SECURE_STRING = /["'][ \t]{0,4}\|[ \t]{0,4}ConvertTo-SecureString\b/gi;
/** curl's user and password, with a blank, with `=`, right after, or after flags that are joined with it. */
const USER =
  /(?<=\s)(?:(?:-[sSLivkfgIjJONnqRlMaBZ0-9#]{0,12}[uU]|--user|--proxy-user)(?:[ \t]{1,4}|=)|-[sSLivkfgIjJONnqRlMaBZ0-9#]{0,12}[uU](?=["'\w][^\s"':]{0,256}:))(?=[^\s-])|(?<=["'])(?:-[uU]|--user|--proxy-user)["'],\s{0,40}(?=["'][^-"'])/g;
/** httpie's. */
const AUTH = /(?<=\s)(?:-a|--auth)(?:[ \t]{1,4}|=)(?=[^\s-])/g;
const BEARER = /(?<=\s)--oauth2-bearer(?:[ \t]{1,4}|=)(?=[^\s-])/g;
const COOKIE =
  /(?<=\s)(?:(?:-[sSLivkfgIjJONnqRlMaBZ0-9#]{0,12}b|--cookie)(?:[ \t]{1,4}|=)|-[sSLivkfgIjJONnqRlMaBZ0-9#]{0,12}b(?=["'\w][^\s"'=]{0,256}=))(?=[^\s-])|(?<=["'])(?:-b|--cookie)["'],\s{0,40}(?=["'][^-"'])/g;
/** A certificate's file and its password. */
const CERTIFICATE = /(?<=\s)(?:-E|--cert|--proxy-cert)(?:[ \t]{1,4}|=)(?=[^\s-])/g;
const CERTIFICATE_AND_PASSWORD = /^["']?[^\s"']{0,256}\.(?:pem|p12|pfx|crt|cer|der)["']?:[^\s/\\]/i;
const OPENSSL_PASSWORD = /(?<=\s)-pass(?:in|out|word)?[ \t]{1,4}pass:(?=[^\s-])/g;
const SHORT_PASSWORD = /(?<=\s)-[pP][ \t]{0,4}(?=[^\s-])|(?<=["'])-[pP]["'],\s{0,40}(?=["'][^-"'])/g;
const SIGNS_IN = /\b(?:login|sqlcmd|mysql|sshpass|bcp)\b/i;
const VALUE = /(?<=\s)--value(?:[ \t]{1,4}|=)(?=[^\s-])/g;
const KEEPS_SECRET = /\bsecret[ \t]{1,4}set\b/i;
const HTTPIE = /(?:^|[\s;&|"'])(?:https?|xhs?)[ \t]/;
/** Commands that set a variable or a setting. */
const SET =
  /\b(?:setx|set[ \t]{1,4}-[a-zA-Z]{1,4}|user-secrets[ \t]{1,4}set)[ \t]{1,4}["']?([\w:.-]{1,80})["']?[ \t]{1,4}(?=[^\s-])/g;
const IDENTIFIED_BY =
  /\bIDENTIFIED[ \t]{1,4}(?:WITH[ \t]{1,4}\S{1,60}[ \t]{1,4})?(?:BY|AS)[ \t]{1,4}(?:PASSWORD[ \t]{1,4})?(?=["'])/gi;
/** Options of programs for which a password is one word: `keytool -storepass`. */
const PASSWORD_OPTION = /(?:^|-|store|key|src|dest)pass$|pass(?:word|wd|phrase)$/i;

/** Credentials of a command: `curl -u`, `--client-secret x`, `-Password x`, `az login -p x`. Linear: no value is read twice. */
export function commandSecrets(text: string): Span[] {
  return [
    ...valuesAfter(text, text.matchAll(OPTION), judgeOfOption),
    ...valuesAfter(text, text.matchAll(SET), judgeOfOption),
    ...valuesAfter(text, text.matchAll(USER), () => hasPassword),
    ...valuesAfter(text, inLinesWith(HTTPIE, AUTH, text), () => hasPassword),
    ...valuesAfter(text, text.matchAll(CERTIFICATE), () => (value) => CERTIFICATE_AND_PASSWORD.test(value)),
    ...[BEARER, SECURE_STRING, OPENSSL_PASSWORD, IDENTIFIED_BY].flatMap((pattern) =>
      valuesAfter(text, text.matchAll(pattern), () => isSecret),
    ),
    ...valuesAfter(text, inLinesWith(SIGNS_IN, SHORT_PASSWORD, text), () => isSecret),
    ...valuesAfter(text, inLinesWith(KEEPS_SECRET, VALUE, text), () => isSecret),
    ...valuesBefore(text),
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
    if (!value) continue;
    // Of `"bob@c.com":"x"` the password is another string.
    const isUser = judge === hasPassword && text[value.next] === ':';
    const password = isUser ? valueAt(text, value.next + 1, 'field', read) : undefined;
    if (password) found.push(password);
    else if (judge(headOf(text, value))) found.push(value);
  }
  return found;
}

const LONGEST_BEFORE = 300;

/** A string that is passed on: `"x" | ConvertTo-SecureString`. */
function valuesBefore(text: string): Span[] {
  const found: Span[] = [];
  for (const { index: end } of text.matchAll(INTO_SECURE_STRING)) {
    const start = text.slice(Math.max(0, end - LONGEST_BEFORE), end).lastIndexOf(text[end] ?? '');
    const value = { start: Math.max(0, end - LONGEST_BEFORE) + start + 1, end };
    if (start >= 0 && isStringSecret(text.slice(value.start, end).replace(/\\{1,32}$/, ''))) found.push(value);
  }
  return found;
}

function isStringSecret(value: string): boolean {
  return value !== '' && !/[\r\n]/.test(value) && !/^\$[\w:]{1,80}$/.test(value) && isSecret(value);
}

function judgeOfOption(name: string): Judge | undefined {
  const masked = maskedUnder(name, 'field');
  if (PASSWORD_OPTION.test(name)) return isSecret;
  if (masked === 'randomValue') return looksRandom;
  return masked === 'anyValue' && !isCookieName(name) && !isAuthorizationName(name) ? isSecret : undefined;
}

function hasPassword(value: string): boolean {
  return value.includes(':');
}

/** The options in lines of a command that is known to take them. */
function* inLinesWith(command: RegExp, options: RegExp, text: string): Generator<Option> {
  for (const { 0: line, index: start } of text.matchAll(/[^\r\n]+/g)) {
    if (!command.test(line)) continue;
    for (const { 0: option, index } of line.matchAll(options)) yield { 0: option, index: start + index };
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
