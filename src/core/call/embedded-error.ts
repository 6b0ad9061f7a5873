import { readJsonText } from '../token/json-text.ts';
import type { JsonObject } from '../token/token.ts';

const LONGEST = 64 * 1024;
const MOST_BEGINNINGS = 3;
const BEGINNING = /\{\s*"(?:error|odata\.error)"\s*:/g;

/**
 * The JSON error of a service that stands in other text, as exceptions of SDKs and logs print it: the first object that
 * begins with its `error`. Undefined when there is none that can be read. Linear; never throws.
 */
export function embeddedErrorIn(text: string): JsonObject | undefined {
  const told = text.slice(0, LONGEST);
  let beginnings = 0;
  for (const { index } of told.matchAll(BEGINNING)) {
    beginnings += 1;
    if (beginnings > MOST_BEGINNINGS) return undefined;
    const end = endOfObject(told, index);
    const { value } = end === undefined ? {} : readJsonText(told.slice(index, end));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  }
  return undefined;
}

/** Behind the brace that closes the one at `start`; braces in strings do not count. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString && character === '\\') at += 1;
    else if (character === '"') inString = !inString;
    else if (!inString && character === '{') depth += 1;
    else if (!inString && character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
