/**
 * What is masked where, and why.
 *
 * People paste calls, logs, settings and code with credentials in them, and show what they get to others: so what could let
 * somebody in is replaced by `••••`, and everything a refusal is explained by stays. One set of names says what a credential
 * is called (`secret-names.ts`); rules, a file for each kind of place, say where one stands. All of them read plain text: of
 * a text they get every reading (`escaped-text.ts`), as written and with escapes of JSON, addresses, markup, terminals and
 * command lines undone, up to five layers deep. What a rule finds is masked where it stands, so nothing depends on an order.
 *
 * | what | where it is looked for | rule |
 * |---|---|---|
 * | anything under a secret's name | headers, also with the value below the name; addresses and forms, JSON, YAML, settings, connection strings, environment, dumps, logs; also after a type, a tag or what is asked before a default (`: string =`, `!!str`, `getenv("X", …)`, `${X:-…}`) | `named-secrets.ts`, `line-secrets.ts` |
 * | a value whose name stands beside it | `{"name":…,"value":…}`, `["Authorization","…"]`, JSON Web Keys, `listKeys`; XML and HTML elements and attributes; parts of a form | `paired-secrets.ts`, `markup-secrets.ts`, `line-secrets.ts` |
 * | user and password | after `://` | `secret-forms.ts` |
 * | what an option gives | `curl -u` and `-su`, `--cert c.pem:…`, `--client-secret`, `login -p`, `ConvertTo-SecureString`, `setx`, `IDENTIFIED BY`; in a line or in a list of arguments | `command-secrets.ts` |
 * | what a call takes by its place | `SetBasicAuth("bob", …)`, `auth=("bob", …)`, `AzureKeyCredential(…)`, `headers.Add("x-api-key", …)`: a closed list | `argument-secrets.ts` |
 * | what follows a scheme, what a sentence calls a password, secret or token | anywhere | `secret-forms.ts` |
 * | JWS and JWE, private keys in PEM | anywhere, wrapped or not | `secret-forms.ts` |
 * | keys by their form: Entra's client secrets, keys with Azure's signature in them, tokens of Azure DevOps, Google, GitHub and others, padded base64 of 40 characters or more, 44 mixed characters, 64 hexadecimal digits | anywhere | `secret-forms.ts` |
 * | what was found by any of these, once more as a word of its own, where it has letters, digits and a mix that no name has | anywhere in the same text | `mask-text.ts` |
 * | the same, and every opaque run of 40 characters, of 28 that look random, of 32 hexadecimal digits | logs, notifications, files | `redaction.ts` |
 *
 * Under a doubtful name (`key`, `token`, `code`, `default`) and in sentences only what looks random is masked: there names
 * of errors stand more often than secrets. About one in fifty short secrets in base64 reads like words and stays.
 *
 * What is not masked, and why:
 * - 32 hexadecimal digits, or fewer than 44 mixed characters, under no name: ids of traces, keys and objects look the same.
 *   Logs leave them out.
 * - A secret that is no token and is cut into pieces by blanks or lines, under no name: nothing tells the pieces from words.
 * - A secret in base64, hexadecimal or compressed, except after `Basic`: it is what everything else looks like, too.
 * - Placeholders (`<token>`, `{{key}}`, `***`), words of a sentence, `true`, `null`, and up to eight digits after `?code=`:
 *   no secret, and often the cause.
 * - What a program compares with (`secret != "…"`), gives to calls that are not in the list, or builds from pieces.
 * - A name and its value on two lines where the name has no hyphen and the value does not look random: so does any list.
 * - Of a password without quotation marks, what follows a mark that ends values: `a=x&b=`, `{p:x, q:`. A `\'` inside
 *   apostrophes is read as JavaScript does. Only passwords that people choose have such marks.
 * - Public keys and certificates, ids of keys, claims of a challenge: they let nobody in.
 */
import { argumentSecrets } from './argument-secrets.ts';
import { commandSecrets } from './command-secrets.ts';
import { type Reading, readingsOf, replaceSpans, type Span } from './escaped-text.ts';
import { headerSecrets, listedHeaderSecrets, partSecrets } from './line-secrets.ts';
import { markupSecrets } from './markup-secrets.ts';
import { isBlank, maskSecret } from './mask-secret.ts';
import { cookieSecrets, credentialStart, namedSecrets } from './named-secrets.ts';
import { besideSecrets, listedSecrets, pairedSecrets } from './paired-secrets.ts';
import {
  escapedKeySecrets,
  opaqueSecrets,
  privateKeySecrets,
  saidSecrets,
  schemeSecrets,
  tokenSecrets,
  userInfoSecrets,
} from './secret-forms.ts';
import { looksRandom } from './secret-value.ts';

export interface MaskOptions {
  /** Secrets known by value: masked wherever they stand and however they are escaped. */
  secrets?: readonly string[];
  /** Keeps long opaque runs that stand under no secret's name: `claims="eyJ…"` of a challenge is no secret. */
  keepsOpaque?: boolean;
}

/** A known value shorter than this is a word that may stand anywhere. */
const SHORTEST_KNOWN_SECRET = 5;

type Rule = (text: string) => Span[];

/**
 * Every rule finds secrets of one kind in plain text that holds what it goes by: addresses are asked about piece by piece.
 * The order does not matter: nothing is changed until all have looked.
 */
const RULES: readonly [rule: Rule, needs: RegExp][] = [
  [tokenSecrets, /e[wy]/],
  [privateKeySecrets, /PRIVATE KEY/],
  [schemeSecrets, /[ \t+]/],
  [userInfoSecrets, /@/],
  [saidSecrets, /[ \t]/],
  [headerSecrets, /[:：]/],
  [listedHeaderSecrets, /[\n\t]/],
  [partSecrets, /\n/],
  [commandSecrets, /[\s,]/],
  [argumentSecrets, /\(/],
  [namedSecrets, /[=:：＝>]/],
  [pairedSecrets, /["'{[]/],
  [listedSecrets, /,/],
  [besideSecrets, /[<,|:\t]| {2}|cookie/i],
  [markupSecrets, /</],
];

/**
 * Text with everything that is a credential replaced by `••••`, and the last two characters of a long one. Words, GUIDs,
 * addresses and error codes stay. What is masked already stays as it is. Linear in the text; never throws.
 */
export function maskText(text: string, options: MaskOptions = {}): string {
  return replaceSpans(text, secretSpans(text, options), maskSecret);
}

function secretSpans(text: string, { secrets = [], keepsOpaque = false }: MaskOptions): Span[] {
  const readings = readingsOf(text);
  const found = [...spansIn(readings, keepsOpaque ? [] : [opaqueSecrets]), ...knownSpans(readings, secrets)];
  return [...found, ...repeatedSpans(text, readings, found)];
}

const WORD = /[\w+/=.~!@#$%^*-]{8,}/g;
const LONGEST_REPEATED = 256;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where what was found to be a secret stands once more, as a word of its own: "login failed for …". Linear. */
function repeatedSpans(text: string, readings: readonly Reading[], found: readonly Span[]): Span[] {
  const secrets = new Set(found.map(({ start, end }) => text.slice(start, Math.min(end, start + LONGEST_REPEATED))));
  for (const secret of secrets) if (!isUnlikeNames(secret)) secrets.delete(secret);
  if (secrets.size === 0) return [];
  return readings.flatMap(({ text: read, origin }) => wordsOf(secrets, read).map(origin));
}

function wordsOf(secrets: ReadonlySet<string>, text: string): Span[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index: start }) => {
    const known = [word, word.replace(/(?<![.!])[.!]{1,8}$/, '')].find((one) => secrets.has(one));
    return known === undefined ? [] : [{ start, end: start + known.length }];
  });
}

/** Names that programs give have no such mix: one under a secret's name may be what a refusal is explained by. */
function isUnlikeNames(secret: string): boolean {
  if (secret.length < 8 || secret.length >= LONGEST_REPEATED || GUID.test(secret)) return false;
  const has = (...classes: RegExp[]) => classes.every((one) => one.test(secret));
  return has(/\d/, /[A-Za-z]/) && (has(/[!@#$%^*~+]/) || has(/[a-z]/, /[A-Z]/) || looksRandom(secret));
}

/**
 * What every rule finds in the readings of a text, as places in the text itself. What is told by its form alone is looked
 * for by `forms`, in the last reading: nothing in it is part of an escape.
 */
export function spansIn(readings: readonly Reading[], forms: readonly Rule[]): Span[] {
  const found: Span[] = [];
  for (const reading of readings) {
    const { text, origin } = reading;
    const look = (rule: Rule) => {
      for (const span of rule(text)) found.push(origin(span));
    };
    for (const [rule, needs] of RULES) if (needs.test(text)) look(rule);
    if (forms.length > 0 && text.includes('%')) look(escapedKeySecrets);
    if (reading === readings.at(-1)) forms.forEach(look);
  }
  return found;
}

/**
 * Text with known secrets masked wherever they stand, however they are escaped, and nothing else changed.
 * Values shorter than five characters are left: they may stand anywhere.
 */
export function maskKnown(text: string, secrets: readonly string[]): string {
  const isKnown = secrets.some((secret) => secret.length >= SHORTEST_KNOWN_SECRET);
  return isKnown ? replaceSpans(text, knownSpans(readingsOf(text), secrets), maskSecret) : text;
}

function knownSpans(readings: readonly Reading[], secrets: readonly string[]): Span[] {
  const ways = new Set(secrets.filter((secret) => secret.length >= SHORTEST_KNOWN_SECRET).flatMap(waysToWrite));
  return readings.flatMap(({ text, origin }) => [...ways].flatMap((way) => placesOf(way, text).map(origin)));
}

function placesOf(wanted: string, text: string): Span[] {
  const found: Span[] = [];
  for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + wanted.length)) {
    found.push({ start, end: start + wanted.length });
  }
  return found;
}

/** Escapes are undone in readings of the text; a blank as `+`, and bytes beyond ASCII, only here. */
function waysToWrite(secret: string): string[] {
  const inForm = new URLSearchParams({ '': secret }).toString().slice(1);
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, inForm, inForm.replaceAll('+', '%20'), percentEncode(secret), inJson];
}

/** A lone surrogate cannot be percent-encoded. */
function percentEncode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `name=value` pairs of a Cookie or Set-Cookie header: names and attributes stay (RFC 6265 §4). */
export function maskCookies(headerName: string, value: string): string {
  return replaceSpans(value, cookieSecrets(headerName, value), maskSecret);
}

/** An Authorization header's value: a known scheme stays (RFC 9110 §11.4), everything else is the credential. */
export function maskAuthorization(value: string): string {
  const text = value.trim();
  if (text === '' || isBlank(text)) return value;
  const start = credentialStart(text);
  const credential = text.slice(start);
  if (credential === '') return text;
  const scheme = start === 0 ? '' : `${text.slice(0, start).trim()} `;
  return `${scheme}${isBlank(credential) ? credential : maskSecret(credential)}`;
}
