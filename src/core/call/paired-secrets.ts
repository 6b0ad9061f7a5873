import { PRIVATE_MEMBERS } from '../entra/private-key.ts';
import type { Span } from './escaped-text.ts';
import { isBlank } from './mask-secret.ts';
import { cookieSecrets, credentialStart } from './named-secrets.ts';
import { isAuthorizationName, isCookieName, isSecretContainer, isSecretMap, type Masked } from './secret-names.ts';
import { isNeverSecret, isProse, looksRandom, quotedAt, type ReadSoFar, skip, valueAt } from './secret-value.ts';
import { isNameMember, isValueMember, lettersOf, maskedAnywhere, valuesBeside } from './values-beside.ts';

/** Of a key in JSON (RFC 7518 §6), where they stand beside `kty`. */
const KEY_MEMBERS = new Set(PRIVATE_MEMBERS);
/** Answers of `listKeys`: in these objects every member is a key. */
const KEY_LISTS = new Set(['functionkeys', 'systemkeys', 'keys', 'secrets', 'hostkeys', 'authkeys']);

const LONGEST_NAME = 300;

/** What has been met of an object so far. */
interface OpenObject {
  masked: Masked;
  isAuthorization: boolean;
  /** A JSON Web Key. */
  isKey: boolean;
  /** Its name is of several secrets: what is no word is one. */
  isMap?: boolean;
  /** Every member is a value: a list of keys by their names. */
  isKeyList: boolean;
  values: Span[];
  keyParts: Span[];
  members: Span[];
}

/** A brace, or a member whose value stands in quotation marks; its name may, too. */
const MARK_OR_MEMBER = /[{}]|(?<![\w.$@-])([\w.$@-]{1,40})["']{0,2}\s{0,20}[:=]\s{0,20}(?=(["'{[]))/g;

/**
 * Values whose name stands beside them, not before them: `{"name":"x-functions-key","value":"…"}` in any order, in JSON,
 * PowerShell and YAML; private parts of a JSON Web Key; members of a `listKeys` answer. Braces are counted wherever they
 * stand: in JSON whose escapes are undone, quotation marks do not pair up. Linear.
 */
export function pairedSecrets(text: string): Span[] {
  const found: Span[] = [];
  /** Nothing stands for an object of which nothing has been met: a text may hold nothing but braces. */
  const open: (OpenObject | undefined)[] = [];
  /** Beside no brace a name is for the next value only. */
  let loose = newObject(false);
  let nextName = '';
  /** The list of secrets that is being read: where its next object may begin. */
  let list: { depth: number; next: number } | undefined;
  MARK_OR_MEMBER.lastIndex = 0;
  for (let match = MARK_OR_MEMBER.exec(text); match; match = MARK_OR_MEMBER.exec(text)) {
    const [mark, name = '', next] = match;
    if (mark === '{') {
      const isListed = list?.depth === open.length && skip(BETWEEN_ELEMENTS, text, list.next) === match.index;
      if (list?.depth === open.length && !isListed) list = undefined;
      open.push(isListed ? { ...newObject(false), masked: 'anyValue' } : objectUnder(nextName));
    } else if (mark === '}') {
      addSecrets(found, text, open.pop());
      if (list?.depth === open.length) list.next = MARK_OR_MEMBER.lastIndex;
    }
    nextName = next === '{' ? name : '';
    if (next === '[' && isSecretContainer(name)) {
      MARK_OR_MEMBER.lastIndex = addList(found, text, MARK_OR_MEMBER.lastIndex + 1);
      list = { depth: open.length, next: MARK_OR_MEMBER.lastIndex };
    }
    if (next === undefined || next === '{' || next === '[') continue;
    const value = valueAt(text, MARK_OR_MEMBER.lastIndex, 'field');
    if (!value) continue;
    if (open.length > 0) open[open.length - 1] ??= newObject(false);
    const object = open.at(-1) ?? loose;
    addMember(object, lettersOf(name), text.slice(value.start, value.end), value);
    if (object === loose && loose.values.length > 0) {
      addSecrets(found, text, loose);
      loose = newObject(false);
    }
    // What begins with a brace may be an object in a text.
    if (!/^[{[]/.test(text.slice(value.start, value.start + 1))) MARK_OR_MEMBER.lastIndex = value.next;
  }
  for (const left of open) addSecrets(found, text, left);
  return found;
}

/** What an object holds by the name it stands under: `"secrets": {`, `"adminPassword": {`. */
function objectUnder(name: string): OpenObject | undefined {
  const isMap = isSecretMap(name);
  const isKeyList = isMap || KEY_LISTS.has(lettersOf(name));
  if (isSecretContainer(name)) return { ...newObject(isKeyList), masked: 'anyValue', isMap };
  return isKeyList ? newObject(true) : undefined;
}

const BETWEEN_ELEMENTS = /\s{0,40},?\s{0,40}/y;

/** The strings of a list of secrets. Says where what is none begins. */
function addList(found: Span[], text: string, start: number): number {
  let at = skip(BETWEEN_ELEMENTS, text, start);
  while (/["']/.test(text[at] ?? '')) {
    const value = valueAt(text, at, 'field');
    if (!value) return at;
    addValue(found, text, value, 'anyValue', false);
    at = skip(BETWEEN_ELEMENTS, text, value.next);
  }
  return at;
}

const COOKIE_PAIR = /^[^\s=;]{1,80}=[^=]/;

/** Values that stand beside their names, but in no object: in elements, lists of two, tables and YAML. Linear. */
export function besideSecrets(text: string): Span[] {
  const found: Span[] = [];
  for (const { name, value, under } of valuesBeside(text)) {
    const content = text.slice(value.start, value.end);
    if (isCookieName(name) && COOKIE_PAIR.test(content)) {
      const cookies = cookieSecrets(name, content);
      found.push(...cookies.map(({ start, end }) => ({ start: value.start + start, end: value.start + end })));
      continue;
    }
    const masked = under === undefined ? maskedAnywhere(name) : 'anyValue';
    addValue(found, text, value, masked, isAuthorizationName(name));
  }
  return found;
}

function newObject(isKeyList: boolean): OpenObject {
  return { masked: 'nothing', isAuthorization: false, isKey: false, isKeyList, values: [], keyParts: [], members: [] };
}

function addMember(object: OpenObject, member: string, content: string, { start, end }: Span): void {
  const span = { start, end };
  if (isNameMember(member) && content.length <= LONGEST_NAME) learnName(object, content);
  if (member === 'keyname' && object.masked === 'nothing') object.masked = 'randomValue';
  if (member === 'kty') object.isKey = true;
  if (isValueMember(member)) object.values.push(span);
  if (KEY_MEMBERS.has(member)) object.keyParts.push(span);
  if (object.isKeyList) object.members.push(span);
}

function learnName(object: OpenObject, name: string): void {
  const masked = maskedAnywhere(name);
  if (masked === 'anyValue' || object.masked === 'nothing') object.masked = masked;
  object.isAuthorization ||= isAuthorizationName(name);
}

const ARGUMENT = /(["'])([\w.$ -]{2,80})\1\s{0,20},\s{0,20}(?=["'])/g;

/**
 * Values that follow their name in a list: `["Authorization","Bearer …"]`, `headers.Add("x-functions-key", "…")`. Names
 * stand side by side in many a list: only what has a scheme or looks random is a value.
 */
export function listedSecrets(text: string): Span[] {
  const found: Span[] = [];
  const read: ReadSoFar = new Map();
  for (const { 0: all, 2: name = '', index } of text.matchAll(ARGUMENT)) {
    if (maskedAnywhere(name) === 'nothing') continue;
    const value = quotedAt(text, index + all.length, read);
    if (!value) continue;
    const content = text.slice(value.start, value.end);
    const start = isAuthorizationName(name) ? credentialStart(content) : 0;
    const secret = content.slice(start);
    if (looksRandom(secret) || (start > 0 && secret !== '' && !isBlank(secret)))
      found.push({ start: value.start + start, end: value.end });
  }
  return found;
}

function addSecrets(found: Span[], text: string, object: OpenObject | undefined): void {
  if (!object) return;
  const { masked, isAuthorization, isKey, isMap, values, keyParts, members } = object;
  if (isKey) found.push(...keyParts);
  for (const value of masked === 'nothing' ? [] : values) addValue(found, text, value, masked, isAuthorization);
  for (const member of members) {
    const isSecret = isMap === true && !isProse(text.slice(member.start, member.end));
    addValue(found, text, member, isSecret ? 'anyValue' : 'randomValue', false);
  }
}

/** A policy's expression; markup, of which this may be a piece. */
const NO_VALUE = /^\s{0,80}(?:@\([\s\S]*\)\s{0,80}$|@\{[\s\S]*\}\s{0,80}$|<(?=[\s\S]*(?:xmlns|<\/|\?>)))/;

/** A value whose name is known from elsewhere; a scheme stays, and so does what only stands for a secret. */
export function addValue(found: Span[], text: string, span: Span, masked: Masked, isAuthorization: boolean): void {
  const value = text.slice(span.start, span.end);
  const start = span.start + (isAuthorization ? credentialStart(value) : 0);
  const secret = text.slice(start, span.end);
  if (secret.trim() === '' || isBlank(secret) || isNeverSecret(secret) || NO_VALUE.test(secret)) return;
  if (masked === 'anyValue' || looksRandom(secret)) found.push({ start, end: span.end });
}
