import type { JsonObject, JsonValue } from './token.ts';
import type { TokenKind } from './token-kind.ts';

/** The token around a value, where the value means something only together with it. */
export interface ClaimSurroundings {
  payload: JsonObject;
  kind: TokenKind;
}

/** What one value means, a phrase without full stop and without a word of the token; undefined when nothing is known. */
export type ClaimSayer = (value: JsonValue, surroundings: ClaimSurroundings) => string | undefined;

/** Text of a string or number; empty for any other value. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The texts of a list, or of a single value. */
export function textsOf(value: JsonValue | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).map(textOf);
}

/** `1 group`, `2 groups`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Says what a value of a fixed list means. */
export function sayFrom(words: ReadonlyMap<string, string>): ClaimSayer {
  return (value) => words.get(textOf(value));
}

/** Says what each known value of a list means, once. */
export function sayEachFrom(words: ReadonlyMap<string, string>): ClaimSayer {
  return (value) => {
    const known = textsOf(value).flatMap((text) => words.get(text) ?? []);
    return known.length > 0 ? [...new Set(known)].join(', ') : undefined;
  };
}
