import { readJsonText } from '../token/json-text.ts';
import type { JsonObject, JsonValue } from '../token/token.ts';
import type { Header } from './call.ts';
import { type DraftExchange, draftBody, METHODS, MOST_HEADERS } from './exchange-draft.ts';

const TITLE = new RegExp(`^[▶▼> \\t]*(${METHODS}) (https?://\\S+?):? (\\{)[ \\t]*$`);
const MOST_ENTRIES = 100;
const LONGEST_ENTRY = 512 * 1024;

/** True when a line begins an entry of Postman's console: `GET https://…: {`. */
export function isPostmanConsole(lines: readonly string[]): boolean {
  return lines.some((line) => TITLE.test(line));
}

/**
 * The entries of Postman's console as it copies them: method and address, then an object with `Request Headers`,
 * `Request Body`, `Response Headers` and `Response Body`. Postman shows every header it sent. The status stands in the
 * copied text only when it was on a line of its own or in the object. At most 100 entries; never throws.
 */
export function readPostmanConsole(lines: readonly string[]): DraftExchange[] {
  const found: DraftExchange[] = [];
  for (let index = 0; index < lines.length && found.length < MOST_ENTRIES; index++) {
    const title = TITLE.exec(lines[index] ?? '');
    if (!title?.[1] || !title[2]) continue;
    const end = endOfObject(lines, index);
    const value = readJsonText(`{${lines.slice(index + 1, end).join('\n')}}`.slice(0, LONGEST_ENTRY)).value;
    if (isObject(value)) found.push(draftOf(title[1], title[2], value, statusNear(lines, end)));
    index = end;
  }
  return found;
}

/** The object is indented: the first line that is its closing brace alone, at the margin, ends it. */
function endOfObject(lines: readonly string[], start: number): number {
  for (let index = start + 1; index < lines.length; index++) if (/^\}\s*$/.test(lines[index] ?? '')) return index;
  return lines.length;
}

/** `401`, `401 Unauthorized`, below the entry. */
function statusNear(lines: readonly string[], end: number): number | undefined {
  const status = /^([1-5]\d\d)(?: [A-Za-z ]+)?$/.exec(lines[end + 1]?.trim() ?? '')?.[1];
  return status === undefined ? undefined : Number(status);
}

function draftOf(method: string, url: string, entry: JsonObject, statusBelow: number | undefined): DraftExchange {
  const body = textOf(entry['Request Body']);
  const answered = entry['Response Headers'];
  const text = textOf(entry['Response Body']);
  const status = statusIn(entry) ?? statusBelow;
  const draft: DraftExchange = {
    request: {
      method,
      url,
      headers: headersIn(entry['Request Headers']),
      headersComplete: isObject(entry['Request Headers']),
      ...(body ? { body } : {}),
    },
  };
  if (isObject(answered) || status !== undefined || text !== undefined) {
    draft.response = {
      ...(status === undefined ? {} : { status }),
      headers: headersIn(answered),
      headersComplete: isObject(answered),
      ...(text === undefined ? {} : { body: draftBody(text, true) }),
    };
  }
  return draft;
}

function statusIn(entry: JsonObject): number | undefined {
  const value = entry.Status ?? entry['Status Code'] ?? entry['Response Status'];
  const status = Number(/^\d{3}/.exec(String(value ?? ''))?.[0]);
  return Number.isInteger(status) ? status : undefined;
}

/** A header that came several times has a list. */
function headersIn(value: JsonValue | undefined): Header[] {
  if (!isObject(value)) return [];
  const all = Object.entries(value).flatMap(([name, given]) =>
    (Array.isArray(given) ? given : [given]).map((item): Header => ({ name, value: textOf(item) ?? '' })),
  );
  return all.slice(0, MOST_HEADERS);
}

/** A body is a text, or what it was parsed to. */
function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
