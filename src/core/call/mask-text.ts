import { type Reading, readingsOf, replaceSpans, type Span } from './escaped-text.ts';
import { commandSecrets, headerSecrets, partSecrets } from './line-secrets.ts';
import { markupSecrets } from './markup-secrets.ts';
import { isBlank, maskSecret } from './mask-secret.ts';
import { cookieSecrets, credentialStart, namedSecrets } from './named-secrets.ts';
import { listedSecrets, pairedSecrets } from './paired-secrets.ts';
import {
  escapedKeySecrets,
  opaqueSecrets,
  privateKeySecrets,
  saidSecrets,
  schemeSecrets,
  tokenSecrets,
  userInfoSecrets,
} from './secret-forms.ts';

export interface MaskOptions {
  /** Secrets known by value: masked wherever they stand and however they are escaped. */
  secrets?: readonly string[];
  /** Keeps long opaque runs that stand under no secret's name: `claims="eyJ…"` of a challenge is no secret. */
  keepsOpaque?: boolean;
}

/** A known value shorter than this is a word that may stand anywhere. */
const SHORTEST_KNOWN_SECRET = 5;

type Rule = (text: string) => Span[];

/** Every rule finds secrets of one kind in plain text. The order does not matter: nothing is changed until all have looked. */
const RULES: readonly Rule[] = [
  ...[tokenSecrets, privateKeySecrets, schemeSecrets, userInfoSecrets, saidSecrets],
  ...[headerSecrets, partSecrets, commandSecrets, namedSecrets, pairedSecrets, listedSecrets, markupSecrets],
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
  return [...spansIn(readings, keepsOpaque ? [] : [opaqueSecrets]), ...knownSpans(readings, secrets)];
}

/**
 * What every rule finds in the readings of a text, as places in the text itself. What is told by its form alone is looked
 * for by `forms`, in the last reading: nothing in it is part of an escape.
 */
export function spansIn(readings: readonly Reading[], forms: readonly Rule[]): Span[] {
  const everywhere = forms.length === 0 ? RULES : [...RULES, escapedKeySecrets];
  return readings.flatMap((reading) => {
    const rules = reading === readings.at(-1) ? [...everywhere, ...forms] : everywhere;
    return rules.flatMap((rule) => rule(reading.text).map(reading.origin));
  });
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
