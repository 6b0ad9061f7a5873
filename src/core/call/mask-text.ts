import { findTokens } from '../token/find-tokens.ts';
import { isBlank, maskSecret } from './mask-secret.ts';
import { isKnownScheme } from './scheme-names.ts';
import { isSecretHeader, isSecretParameter, SECRET_FIELDS } from './secret-names.ts';

export interface MaskOptions {
  /** Secrets known by value: masked wherever they stand, plain, percent-encoded or JSON-escaped. */
  secrets?: readonly string[];
  /** Keeps long opaque runs that stand under no secret's name: `claims="eyJ…"` of a challenge is no secret. */
  keepsOpaque?: boolean;
}

/** A known value shorter than this is a word that may stand anywhere. */
const SHORTEST_KNOWN_SECRET = 5;

const LONGEST_WORD = 20;

const fieldNames = [...SECRET_FIELDS].sort((a, b) => b.length - a.length).join('|');
const NAMED_FIELD = new RegExp(
  `(?<![A-Za-z0-9])(${fieldNames})((?:\\\\{0,8}["'])?\\s{0,8}[:=]\\s{0,8})(?:"([^"\\\\]*(?:\\\\[\\s\\S][^"\\\\]*)*)"?|'([^'\\r\\n]*)'?|((?:\\\\{1,8}")?)([^\\s"'\\\\&,;}<>]+))`,
  'gi',
);
const URL_PARAMETER = /((?:^|[?&;])([\w.-]{1,64})=)([^&#;\s"'<>\\]+)/g;
const AFTER_SCHEME =
  /\b(Bearer|Basic|DPoP|PoP|SharedKey|SharedKeyLite|Negotiate|NTLM)([ \t]{1,8}|%20|\+)(["']?)([A-Za-z0-9._~+/:-]{6,}={0,2})(?![\w"=])/gi;
const HEADER_LINE = /^([ \t<>*]{0,8}([A-Za-z][\w-]{1,60})[ \t]{0,8}:[ \t]{0,8})(\S[^\r\n]*)/gm;
const CURL_USER = /(\s(?:-u|--user)[ =])(\S+)/g;
const RUN = /[A-Za-z0-9_~+.-]{20,}={0,2}/g;
const USER_INFO = /(:\/\/)([^/?#@\s"'<>]{1,256})@/g;

/**
 * Text with everything that is a credential replaced by `••••`: tokens (RFC 7519), what follows an HTTP scheme, values
 * under the names of secrets in URLs, forms, JSON and connection strings, cookies, and long random runs.
 * Words, GUIDs, addresses and error codes stay. Linear in the text; never throws.
 */
export function maskText(text: string, options: MaskOptions = {}): string {
  let masked = maskKnown(text, options.secrets ?? []);
  masked = maskTokens(masked);
  masked = masked
    .replace(HEADER_LINE, (_all, start: string, name: string, value: string) => start + maskLine(name, value))
    .replace(CURL_USER, (_all, option: string, value: string) => option + maskSecret(value))
    .replace(AFTER_SCHEME, (all: string, scheme: string, gap: string, quote: string, value: string) => {
      return isWord(value) ? all : `${scheme}${gap}${quote}${maskSecret(value)}`;
    })
    .replace(NAMED_FIELD, maskField)
    .replace(URL_PARAMETER, (all: string, start: string, name: string, value: string) => {
      return isSecretParameter(name) && !isErrorNumber(value) ? start + maskSecret(value) : all;
    })
    .replace(USER_INFO, '$1••••@');
  return options.keepsOpaque ? masked : masked.replace(RUN, maskRun);
}

/** "The bearer token.", "Basic authentication". */
function isWord(text: string): boolean {
  return text.length < LONGEST_WORD && /^[A-Za-z]?[a-z.,:-]*$/.test(text);
}

/** A header's line in a log. Under the names that only end like a secret's ("Key: …") prose may stand, too. */
function maskLine(name: string, value: string): string {
  if (/^(?:proxy-)?authorization$/i.test(name)) return maskAuthorization(value);
  if (/^(?:set-)?cookie$/i.test(name)) return maskCookies(name, value);
  const isCredential = isSecretHeader(name) && !/\s/.test(value.trim()) && !isBlank(value);
  return isCredential ? maskSecret(value.trim()) : value;
}

/** `name=value` pairs of a Cookie or Set-Cookie header: names and attributes stay (RFC 6265 §4). */
export function maskCookies(headerName: string, value: string): string {
  const pairs = value.split(';');
  const isAnswer = headerName.toLowerCase() === 'set-cookie';
  return pairs.map((pair, index) => (isAnswer && index > 0 ? pair : maskPair(pair))).join(';');
}

/** An Authorization header's value: a known scheme stays (RFC 9110 §11.4), everything else is the credential. */
export function maskAuthorization(value: string): string {
  const text = value.trim();
  if (text === '' || isBlank(text)) return value;
  const gap = text.search(/[ \t]/);
  const scheme = gap < 0 ? text : text.slice(0, gap);
  if (!isKnownScheme(scheme)) return maskSecret(text);
  const credential = gap < 0 ? '' : text.slice(gap).trim();
  if (credential === '') return scheme;
  return `${scheme} ${isBlank(credential) ? credential : maskSecret(credential)}`;
}

function maskPair(pair: string): string {
  const equals = pair.indexOf('=');
  const secret = pair.slice(equals + 1);
  return secret.trim() === '' ? pair : `${pair.slice(0, equals + 1)}${maskSecret(secret)}`;
}

/**
 * Text with known secrets masked wherever they stand, plain, percent-encoded or JSON-escaped, and nothing else changed.
 * Values shorter than five characters are left: they may stand anywhere.
 */
export function maskKnown(text: string, secrets: readonly string[]): string {
  let masked = text;
  const longestFirst = secrets.flatMap(waysToWrite).sort((a, b) => b.length - a.length);
  for (const secret of longestFirst) masked = masked.replaceAll(secret, maskSecret(secret));
  return masked;
}

function waysToWrite(secret: string): string[] {
  if (secret.length < SHORTEST_KNOWN_SECRET) return [];
  const inForm = new URLSearchParams({ '': secret }).toString().slice(1);
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, inForm, inForm.replaceAll('+', '%20'), percentEncode(secret), inJson])];
}

/** A lone surrogate cannot be percent-encoded. */
function percentEncode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

function maskTokens(text: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const token of findTokens(text)) {
    pieces.push(text.slice(at, token.start), maskSecret(token.raw));
    at = token.end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

function maskField(
  all: string,
  name: string,
  separator: string,
  double: string | undefined,
  single: string | undefined,
  escapedQuote: string | undefined,
  plain: string | undefined,
): string {
  const value = double ?? single ?? plain ?? '';
  if (value === '' || value.startsWith('••••')) return all;
  const quote = double !== undefined ? '"' : single !== undefined ? "'" : '';
  const closing = quote !== '' && all.endsWith(quote) ? quote : '';
  return `${name}${separator}${quote}${escapedQuote ?? ''}${maskSecret(value)}${closing}`;
}

/** Entra's `error_uri` ends in `?code=7000215`. */
function isErrorNumber(value: string): boolean {
  return /^\d{1,8}$/.test(value) || value.startsWith('••••');
}

function maskRun(run: string): string {
  return looksSecret(run) ? maskSecret(run) : run;
}

/** A JWT's beginning, an Entra client secret (`…8Q~…`), a key with Azure's signature in it, or 44 random characters. */
function looksSecret(run: string): boolean {
  if (/^e[wy][A-Za-z0-9_-]{8,}\./.test(run)) return true;
  if (run.length >= 32 && /[78]Q~/.test(run)) return true;
  if (run.length >= 40 && /AzFu|AzSe|AzCa|ACDb|ASto|APIM|AIoT|AEhG|JQQJ/.test(run)) return true;
  return run.split('.').some((part) => {
    if (part.length >= 64 && /^[0-9a-fA-F]+$/.test(part)) return true;
    return part.length >= 44 && /\d/.test(part) && /[a-z]/.test(part) && /[A-Z]/.test(part);
  });
}
