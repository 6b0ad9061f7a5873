import { findTokens } from '../token/find-tokens.ts';
import { isBlank } from './mask-secret.ts';
import { maskText } from './mask-text.ts';
import { holdsOpaque, isHarmlessHeader, isWords } from './opaque-value.ts';
import { decodePercent } from './percent-decoding.ts';
import { piecesOfRequest, type RequestPart, type RequestPiece, type WholeRequest } from './request-pieces.ts';
import { isKnownScheme } from './scheme-names.ts';
import {
  endsLikeData,
  hasManyMeanings,
  isSecretHeader,
  isSecretParameter,
  maskedUnder,
  mayBeVerdict,
  meansCredential,
} from './secret-names.ts';
import { isNeverSecret, isProse, looksRandom } from './secret-value.ts';

/** Names that stand for a credential in this request, besides those that do everywhere: a profile's key header. */
export interface CredentialNames {
  headers: readonly string[];
  queryParameters: readonly string[];
}

/**
 * How sure it is that a value is a credential. `certain`: its name says so, or it has the form of a token, of a scheme's
 * credential (`Basic …`) or of a known kind of key. `likely`: it looks random and stands in a header, a query or a
 * fragment under a name nobody knows, or is no word and its name speaks of credentials (`session_id`). `possible`: it
 * stands in the body, where data is random and has such names, too.
 */
export type Certainty = (typeof CERTAINTIES)[number];

const CERTAINTIES = ['certain', 'likely', 'possible'] as const;

export interface FoundCredential {
  part: RequestPart;
  /** Which header, query parameter (between `&`) or path segment (between `/`), from 0. */
  at: number;
  /** As written, of the header, parameter or field that holds it; empty where nothing has a name. */
  name: string;
  certainty: Certainty;
  /** What must be found nowhere else: the value, without its scheme, decoded where it is Basic, a token's parts. */
  secrets: string[];
  /** Its name is a credential's and of many other things, and it is a short word or number: `code=EUR`. */
  isShortWord?: true;
}

const NO_NAMES: CredentialNames = { headers: [], queryParameters: [] };

/**
 * The one answer to "what in this request is a credential?", in the order of the request, for every place one can stand in:
 * header, cookie, user info, path, query, fragment, body (form, JSON, XML, form with files, in each other). Who asks
 * chooses how sure it must be: what is shown hides what is certain; before it leaves for another origin everything counts.
 * A name that stands for secrets makes a credential of any value. Not found: a short word under a name nobody knows.
 * Linear in the request; never throws.
 */
export function credentialsOfRequest(request: WholeRequest, names: CredentialNames = NO_NAMES): FoundCredential[] {
  const known = new KnownNames(request, names);
  return piecesOfRequest(request).flatMap((piece) => {
    const isNamed = known.has(piece);
    const certainty = isNamed ? 'certain' : judge(piece, known);
    if (!certainty) return [];
    const found = credentialOf(piece, certainty, isNamed);
    return [known.isShortWord(piece) ? { ...found, isShortWord: true } : found];
  });
}

/**
 * True when a request brings a credential that whoever sends it has typed: not in the fragment, which is not sent, nor a
 * short word such as `code=EUR`.
 */
export function hasTypedCredential(request: WholeRequest, names: CredentialNames = NO_NAMES): boolean {
  return credentialsOfRequest(request, names).some(
    ({ part, certainty, isShortWord }) => part !== 'fragment' && certainty !== 'possible' && !isShortWord,
  );
}

/** By what the found credentials are known elsewhere, each once, if it is at least that sure that they are any. */
export function secretsIn(found: readonly FoundCredential[], atLeast: Certainty): string[] {
  const sure = CERTAINTIES.slice(0, CERTAINTIES.indexOf(atLeast) + 1);
  return [...new Set(found.filter(({ certainty }) => sure.includes(certainty)).flatMap(({ secrets }) => secrets))];
}

/** Nobody types more; under their names the rest of them is masked all the same. */
const MOST_SHOWN_SECRETS = 100;

/** What must be masked wherever it is shown, also where an answer echoes it: of all that is a credential for certain. */
export function secretsToMask(request: WholeRequest, names: CredentialNames = NO_NAMES): string[] {
  return secretsIn(credentialsOfRequest(request, names), 'certain').slice(0, MOST_SHOWN_SECRETS);
}

class KnownNames {
  readonly #headers: ReadonlySet<string>;
  readonly #parameters: ReadonlySet<string>;
  readonly #marked: readonly boolean[];
  readonly #harmless: readonly boolean[];

  constructor({ headers }: WholeRequest, names: CredentialNames) {
    this.#headers = new Set(names.headers.map(lowerCase));
    this.#parameters = new Set([...names.queryParameters, ...names.headers].map(lowerCase));
    this.#marked = headers.map(({ secret, name }) => secret === true || this.#headers.has(lowerCase(name)));
    this.#harmless = headers.map(({ name }) => isHarmlessHeader(name.trim()));
  }

  /** Whether what stands here may look random and is no credential for it. */
  mayBeRandom({ part, at }: RequestPiece): boolean {
    // Ids stand in paths, and every redirect repeats them.
    return part === 'path' || (part === 'header' && this.#harmless[at] === true);
  }

  /** How sure the name makes it where it speaks of credentials, and the value is no word. */
  byName({ part, at, kind, name, value }: RequestPiece): Certainty | undefined {
    if (isBlank(value) || isProse(value)) return undefined;
    switch (kind) {
      case 'header':
        return this.#harmless[at] !== true && meansCredential(name) ? 'likely' : undefined;
      case 'parameter':
        if (part === 'header' && this.#harmless[at] === true) return undefined;
        return meansCredential(name) && !isData(name, value) ? 'likely' : undefined;
      case 'field':
        if (part !== 'body' || value.length < SHORTEST_SHAPED || value.length > LONGEST_KEY) return undefined;
        return isDoubtfulField(name, value) ? 'possible' : undefined;
      default:
        return undefined;
    }
  }

  /** Whether it is one by its name alone, which is that of many things, and is a short word or number. */
  isShortWord({ kind, name, value }: RequestPiece): boolean {
    const isOwn = this.#parameters.has(lowerCase(name));
    return kind === 'parameter' && !isOwn && hasManyMeanings(name) && SHORT_WORD.test(value);
  }

  /** Whether what stands here is a credential whatever it is. */
  has({ part, at, name, value, kind, under }: RequestPiece): boolean {
    if (part === 'userInfo' || (part === 'header' && this.#marked[at])) return true;
    switch (kind) {
      case 'header':
        return isSecretHeader(name) && !isHarmlessHeader(name);
      case 'cookie':
        return true;
      case 'parameter':
        return (isSecretParameter(name) && !isVerdict(name, value)) || this.#parameters.has(lowerCase(name));
      case 'field':
        return isSecretField(name, value) || isSecretUnder(under, name, value) || this.#parameters.has(lowerCase(name));
      case 'text':
        return false;
    }
  }
}

function lowerCase(name: string): string {
  return name.trim().toLowerCase();
}

/** Under names of anything, such as `hotKey` in JSON, only what looks random is one. */
function isSecretField(name: string, value: string): boolean {
  const masked = maskedUnder(name, 'field');
  return (masked === 'anyValue' && !isVerdict(name, value)) || (masked === 'randomValue' && looksRandom(value));
}

const SHORT_WORD = /^(?:[A-Za-z]{1,5}|\d{1,5})$/;
const VERDICT = /^(?:\d{1,4}|true|false|null|none|yes|no|ok|on|off|pass|passed|fail|failed|skip|skipped)?$/i;

/** `"pass": true` and `"pass": 12` say how a check went. */
function isVerdict(name: string, value: string): boolean {
  return mayBeVerdict(name) && VERDICT.test(value.trim());
}

/** A field whose name may be a credential's, with a value that is no ordinary one of its kind. */
function isDoubtfulField(name: string, value: string): boolean {
  if (!meansCredential(name) && maskedUnder(name, 'field') === 'nothing') return false;
  return !isOrdinary(value) && !isData(name, value);
}

/** Under `errorCode` and `sortKey` words with numbers are ordinary, too. */
function isData(name: string, value: string): boolean {
  return endsLikeData(name) && (isOrdinary(value) || (isWords(value) && !hasUnusualMark(value)));
}

const GUID = /^[({]?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[)}]?$/i;
const NUMBER = /^[+-]?\d{1,19}(?:\.\d{1,19}){0,3}$/;
const TIME = /^\d{4}-\d\d-\d\d(?:T[\d:.]{1,20}(?:Z|[+-]\d\d:\d\d)?)?$/;
/** `AADSTS50126`, `INC-12345`. */
const CODE_OF_SOMETHING = /^[A-Z]{1,10}[-_]?\d{1,9}$/;
const MAIL = /^[\w.+-]{1,64}@[\w.-]{1,200}\.[a-z]{2,10}$/i;
const ADDRESS = /^[a-z][a-z0-9+.-]{0,20}:\/\//i;

/** Words, numbers, ids and addresses: nobody's password, whatever the name says. */
function isOrdinary(value: string): boolean {
  const text = value.trim();
  if (/\s/.test(text) || isProse(text)) return true;
  return [GUID, NUMBER, TIME, CODE_OF_SOMETHING, MAIL, ADDRESS].some((pattern) => pattern.test(text));
}

/** A mark that identifiers do not have, beside letters and digits. */
function hasUnusualMark(value: string): boolean {
  return /[^\w.:/,@-]/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
}

/** Members and lists under which a secret is kept as it is. */
const VALUE_MEMBERS = /^(?:value|val|text|content|secret|data|v)$/i;
const SHORTEST_MEMBER = 4;

/** In `{"adminPassword": {"type": "secureString", "value": …}}` the value is one, and the type is a word. */
function isSecretUnder(under: string | undefined, name: string, value: string): boolean {
  if (under === undefined || isBlank(value) || isNeverSecret(value)) return false;
  return name === under || VALUE_MEMBERS.test(name) || (value.length >= SHORTEST_MEMBER && !isProse(value));
}

/** Keys are short: what is longer is content, an image or a file. */
const LONGEST_KEY = 512;
const SHORTEST_UNNAMED = 8;
/** `sig=a`. */
const SHORTEST_SHAPED = 5;

/** By what it looks like. */
function judge(piece: RequestPiece, known: KnownNames): Certainty | undefined {
  const { part, name, value } = piece;
  const byName = known.byName(piece);
  if (value.length < SHORTEST_SHAPED) return byName;
  const mayBeRandom = known.mayBeRandom(piece);
  const keepsOpaque = value.length > LONGEST_KEY || (mayBeRandom && part === 'header');
  const decoded = decodePercent(value);
  if (isShaped(value, keepsOpaque) || (decoded !== value && isShaped(decoded, keepsOpaque))) return 'certain';
  const isKeyByName = isSecretHeader(name) && value.length >= SHORTEST_UNNAMED && !isWords(value) && !TIME.test(value);
  if (byName) return byName;
  if (isDatedId(name, value)) return undefined;
  if (mayBeRandom || (!isKeyByName && !holdsOpaque(decoded))) return undefined;
  return part === 'body' ? 'possible' : 'likely';
}

const NAMES_OF_IDS = /(?:^|[_.-])id$|[a-z]I[dD]$/;
/** Ids of MongoDB and ULIDs begin with the time they were made at: seconds until 2039, milliseconds until 2093. */
const DATED_IDS = /^(?:[4-7][0-9a-f]{23}|0[01][0-9A-HJKMNP-TV-Z]{24})$/;

function isDatedId(name: string, value: string): boolean {
  return NAMES_OF_IDS.test(name) && DATED_IDS.test(value);
}

/** A token, what follows a scheme, a secret under its name inside the value, a known kind of key. */
function isShaped(value: string, keepsOpaque: boolean): boolean {
  return hasSchemeCredential(value) || maskText(value, { keepsOpaque }) !== value;
}

/** Schemes that are words as well: "Basic tier", "Token expired". */
const WORDS = /^(?:basic|digest|mutual|concealed|signature|mac|key|token|type|wrap|pop|negotiate|hawk|oauth|aws)$/i;
const PROSE = /^(?:[A-Za-z][a-z]*[.,:;!?]?(?:\s|$)|.{0,5}$)/;

/** `Token 8f3a…`: a known scheme and what follows it (RFC 9110 §11.4), unless it is a sentence. */
function hasSchemeCredential(value: string): boolean {
  const [, scheme = '', credential = ''] = /^\s*([A-Za-z][\w.-]{0,40})\s+(\S.*)$/.exec(value) ?? [];
  if (credential === '' || !isKnownScheme(scheme)) return false;
  const mayBeProse = WORDS.test(scheme) || /\s/.test(credential.trim());
  return !mayBeProse || !PROSE.test(credential);
}

function credentialOf(piece: RequestPiece, certainty: Certainty, isNamed: boolean): FoundCredential {
  const { part, at, name, value, kind } = piece;
  const isOne = isNamed ? !COOKIES.test(name) : !SEVERAL_VALUES.test(value) || hasSchemeCredential(value);
  const secrets = [...(isOne ? waysToRepeat(value) : []), ...partsOfTokens(value)];
  return { part, at, name, certainty, secrets: [...new Set(secrets)].filter((secret) => isTelling(secret, kind)) };
}

const COOKIES = /^(?:set-)?cookie$/i;
/** A sentence, a list, a body: what it holds is a value of its own. */
const SEVERAL_VALUES = /[\s&{}<>"]|=[^=]/;

/** What echoes it need not hold its scheme, its quotes or its encoding. */
function waysToRepeat(value: string): string[] {
  return value.length < SHORTEST_SHAPED ? [] : [...new Set([value, decodePercent(value)])].flatMap(withoutScheme);
}

function withoutScheme(value: string): string[] {
  const text = unquote(value.trim());
  const [, scheme = '', rest = ''] = /^([A-Za-z][\w.-]{0,40})\s+(\S.*)$/.exec(text) ?? [];
  const credential = unquote(rest.trim());
  const [, response = ''] = /\bresponse=\\{0,8}"([^"\\]+)/i.exec(credential) ?? [];
  const userAndPassword = /^basic$/i.test(scheme) ? decodeBase64(credential) : '';
  const parts = [response, userAndPassword, ...afterColon(userAndPassword), ...keyOfAccount(credential)];
  return [value.trim(), text, credential, ...parts];
}

function unquote(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}

/** RFC 7617 §2: the password follows the first colon. */
function afterColon(text: string): string[] {
  const colon = text.indexOf(':');
  return colon < 0 ? [] : [text.slice(colon + 1)];
}

/** `SharedKey account:signature`. */
function keyOfAccount(credential: string): string[] {
  return /^[\w-]{1,64}:[^\s:]{8,}$/.test(credential) ? afterColon(credential) : [];
}

function decodeBase64(text: string): string {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
}

/** With payload and signature; a header is that of other tokens, too. */
function partsOfTokens(text: string): string[] {
  return findTokens(text).flatMap(({ raw }) => [raw, ...raw.split('.').slice(1).filter(isLong)]);
}

function isLong(text: string): boolean {
  return text.length >= SHORTEST_UNNAMED;
}

/** Not what marks an absent secret, not an error's number, nor a cookie that is a word or a language. */
function isTelling(secret: string, kind: RequestPiece['kind']): boolean {
  if (secret === '' || isBlank(secret) || (kind === 'parameter' && /^\d{1,8}$/.test(secret))) return false;
  return kind !== 'cookie' || (secret.length >= SHORTEST_UNNAMED && !isWords(secret));
}
