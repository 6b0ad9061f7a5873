import { readJsonText } from '../../token/json-text.ts';
import type { JsonObject } from '../../token/token.ts';

const LONGEST = 64 * 1024;

/** The object a text is in JSON; undefined for anything else. */
export function asJsonObject(text: string | undefined): JsonObject | undefined {
  if (text === undefined || text.length > LONGEST || !/^\s*\{/.test(text)) return undefined;
  const { value } = readJsonText(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}
