import { visit } from 'jsonc-parser';
import type { JsonObject, JsonValue } from './token.ts';

/** .NET's Utf8JsonReader stops at 64 levels. */
const USUAL_DEPTH = 64;
/** Deeper values could exhaust the stack of whoever walks them. */
const GREATEST_DEPTH = 512;

export interface JsonReading {
  /** Absent when `fault` is there. A `__proto__` member is an ordinary own property. */
  value?: JsonValue;
  fault?: JsonFault;
  /** Members named more than once in one object, at most {@link MOST_DUPLICATES}; the last one counts. */
  duplicates: { name: string; at: number }[];
  /** Levels of nesting, when more than 64: readable here, refused by some validators. */
  deepNesting?: { at: number };
}

export interface JsonFault {
  kind: 'syntax' | 'tooDeep';
  /** 1-based position in the text; absent when it could not be found. */
  at?: number;
  /** The offending character; absent at the end of the text. */
  found?: string;
}

export const MOST_DUPLICATES = 10;

/** Ends the walk: the rest of the text cannot change what is reported. */
class EndOfSurvey extends Error {}

/**
 * Reads JSON text strictly (RFC 8259: no comments, no trailing commas) and says where it goes wrong.
 * `JSON.parse` decides what is JSON. Only where something is wrong does jsonc-parser find the place:
 * of the first fault, and of names given twice, which RFC 7519 §4 lets a reader refuse.
 * Never throws; time and stack are bounded by length and 512 levels.
 */
export function readJsonText(text: string): JsonReading {
  return readSoundJson(text) ?? readWithPlaces(text);
}

/**
 * JSON nothing is wrong with; undefined for any other text. A name given twice leaves fewer members than colons.
 * Names with escapes are not left to `JSON.parse`: V8 may take one for another it met before (nodejs/node#63785).
 */
function readSoundJson(text: string): JsonReading | undefined {
  const outline = outlineJson(text);
  if (outline.depth > USUAL_DEPTH || outline.hasEscapedName) return undefined;
  try {
    const value = JSON.parse(text) as JsonValue;
    return countMembers(value) === outline.colons ? { value, duplicates: [] } : undefined;
  } catch {
    return undefined;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

interface JsonOutline {
  depth: number;
  colons: number;
  hasEscapedName: boolean;
}

/** What stands outside of strings; right for JSON, a rough guess for anything else. */
function outlineJson(text: string): JsonOutline {
  const outline: JsonOutline = { depth: 0, colons: 0, hasEscapedName: false };
  let open = 0;
  let isEscaped = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      isEscaped = false;
      while (++index < text.length && text.charCodeAt(index) !== QUOTE) {
        if (text.charCodeAt(index) !== BACKSLASH) continue;
        isEscaped = true;
        index++;
      }
    } else if (code === COLON) {
      outline.colons++;
      outline.hasEscapedName ||= isEscaped;
    }
    // `[` and `{`, `]` and `}` differ in one bit.
    else if ((code | 0x20) === 0x7b) outline.depth = Math.max(outline.depth, ++open);
    else if ((code | 0x20) === 0x7d) open--;
  }
  return outline;
}

function countMembers(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items = Object.values(value);
  return items.reduce<number>((sum, item) => sum + countMembers(item), Array.isArray(value) ? 0 : items.length);
}

function readWithPlaces(text: string): JsonReading {
  const survey = surveyJson(text);
  if (survey.tooDeepAt !== undefined) {
    return { fault: { kind: 'tooDeep', at: survey.tooDeepAt + 1 }, duplicates: survey.duplicates };
  }
  const { value, duplicates, deepAt } = survey;
  if (value === undefined || !isJson(text)) return { fault: syntaxFault(text, survey.faultAt), duplicates };
  return deepAt === undefined ? { value, duplicates } : { value, duplicates, deepNesting: { at: deepAt + 1 } };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

interface JsonSurvey {
  /** Absent when there was a fault. */
  value?: JsonValue;
  faultAt?: number;
  deepAt?: number;
  tooDeepAt?: number;
  duplicates: { name: string; at: number }[];
}

interface OpenContainer {
  value: JsonValue[] | JsonObject;
  /** Of the member being read. */
  name?: string;
}

function surveyJson(text: string): JsonSurvey {
  const survey: JsonSurvey = { duplicates: [] };
  const open: OpenContainer[] = [];
  const add = (value: JsonValue) => {
    const container = open.at(-1);
    if (!container) survey.value ??= value;
    else if (Array.isArray(container.value)) container.value.push(value);
    else setMember(container.value, container.name ?? '', value);
  };
  const enter = (container: JsonValue[] | JsonObject, offset: number) => {
    if (open.length >= USUAL_DEPTH) survey.deepAt ??= offset;
    if (open.length >= GREATEST_DEPTH) {
      survey.tooDeepAt = offset;
      throw new EndOfSurvey();
    }
    add(container);
    open.push({ value: container });
  };
  const leave = () => {
    open.pop();
  };
  try {
    visit(
      text,
      {
        onObjectBegin: (offset) => enter({}, offset),
        onObjectEnd: leave,
        onArrayBegin: (offset) => enter([], offset),
        onArrayEnd: leave,
        onObjectProperty: (name, offset) => {
          const container = open.at(-1);
          if (!container) return;
          container.name = name;
          if (!Object.hasOwn(container.value, name)) return;
          if (survey.duplicates.length < MOST_DUPLICATES) survey.duplicates.push({ name, at: offset + 1 });
        },
        onLiteralValue: add,
        onError: (_code, offset) => {
          survey.faultAt = offset;
          throw new EndOfSurvey();
        },
      },
      { disallowComments: true, allowTrailingComma: false },
    );
  } catch (error) {
    if (error instanceof RangeError) survey.tooDeepAt ??= 0;
    else if (!(error instanceof EndOfSurvey)) throw error;
  }
  return survey;
}

/** Assigning to `__proto__` would set the prototype instead. */
function setMember(object: JsonObject, name: string, value: JsonValue): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

function syntaxFault(text: string, offset: number | undefined): JsonFault {
  if (offset === undefined) return { kind: 'syntax' };
  const code = text.codePointAt(offset);
  const at = Math.min(offset, text.length) + 1;
  return code === undefined ? { kind: 'syntax', at } : { kind: 'syntax', at, found: String.fromCodePoint(code) };
}
