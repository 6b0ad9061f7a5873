import { type ClaimPrivacy, privacyOf } from './claim-privacy.ts';
import { findTokens } from './find-tokens.ts';
import { titleOfKind } from './kind-text.ts';
import type { JsonObject, JsonValue, TokenReading } from './token.ts';
import { nameKind } from './token-kind.ts';

const LONGEST_TEXT = 300;
const LONGEST_NAME = 60;
const MOST_ITEMS = 50;
/** ECMA-262 §21.4.1.1: the furthest time a Date can hold. */
const MAX_DATE_SEC = 8.64e12;

const MASKS: Record<Exclude<ClaimPrivacy, 'public'>, string> = {
  personal: '•••• (personal)',
  opaque: '•••• (opaque)',
  unknown: '•••• (unknown claim)',
};

/**
 * A token to show to others: one line `eyJ…[kind, aud, exp]`, and below it the claims as JSON with personal, opaque and
 * unknown ones masked. Holds nothing of the signature and no 24 characters in a row of the token, even where a claim
 * repeats some. Of an unreadable token only the line. Never throws; bounded by the claims' names and 300 characters each.
 */
export function redactToken(reading: TokenReading): string {
  const { header, payload } = reading;
  const line = `eyJ…[${[titleOfKind(nameKind(reading)), ...factsOf(payload)].join(', ')}]`;
  if (!header && !payload) return line;
  const json = JSON.stringify(
    {
      ...(header && { header: redactPart('header', header) }),
      ...(payload && { payload: redactPart('payload', payload) }),
    },
    null,
    2,
  );
  return hideRunsOf(reading.raw, `${line}\n${escapeInvisible(json)}`);
}

function factsOf(payload: JsonObject | undefined): string[] {
  if (!payload) return [];
  const { aud, exp } = payload;
  const audience = redactValue(Array.isArray(aud) && aud.length === 1 ? (aud[0] ?? null) : (aud ?? null));
  return [
    aud === undefined ? 'no aud' : `aud ${escapeInvisible(textOf(audience).replace(/\s+/g, ' '))}`,
    exp === undefined ? 'no exp' : `exp ${timeText(exp)}`,
  ];
}

function timeText(value: JsonValue): string {
  if (typeof value !== 'number') return 'no number';
  return Math.abs(value) <= MAX_DATE_SEC ? new Date(value * 1000).toISOString().replace('.000Z', 'Z') : String(value);
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function redactPart(part: 'header' | 'payload', claims: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      const privacy = privacyOf(part, name);
      return [redactName(name), privacy === 'public' ? redactValue(value) : MASKS[privacy]];
    }),
  );
}

/** A public claim has a plain value; a deep one is not what the claim is for. */
function redactValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (!Object.values(value).every((item) => typeof item !== 'object')) return MASKS.unknown;
  if (!Array.isArray(value)) {
    const members = Object.entries(value).slice(0, MOST_ITEMS);
    return Object.fromEntries(members.map(([name, item]) => [redactName(name), redactValue(item)]));
  }
  const items = value.slice(0, MOST_ITEMS).map(redactValue);
  return value.length > MOST_ITEMS ? [...items, `… ${value.length - MOST_ITEMS} more`] : items;
}

/** An address of a person or a token may stand where nobody expects it. */
function redactText(text: string): string {
  if (/[^\s@]@[^\s@]/.test(text)) return MASKS.personal;
  return findTokens(text).length > 0 ? MASKS.opaque : shorten(text, LONGEST_TEXT);
}

function redactName(name: string): string {
  return shorten(redactText(name), LONGEST_NAME);
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** Control, invisible and direction-changing characters, which could disguise the rest, as JSON writes them. */
function escapeInvisible(text: string): string {
  return text.replace(/[^\P{C}\n]|[\u2028\u2029]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

const BLOCK_LENGTH = 12;

/** Any 24 characters in a row hold a whole block of 12 that begins at a multiple of 12. */
function hideRunsOf(raw: string, text: string): string {
  const blocks = new Set<string>();
  for (let at = 0; at + BLOCK_LENGTH <= raw.length; at += BLOCK_LENGTH) blocks.add(raw.slice(at, at + BLOCK_LENGTH));
  return text.replace(/[^\s"]{24,}/g, (run) => {
    for (let at = 0; at + BLOCK_LENGTH <= run.length; at++) {
      if (blocks.has(run.slice(at, at + BLOCK_LENGTH))) return run.endsWith(',') ? '••••,' : '••••';
    }
    return run;
  });
}
