import { visit } from 'jsonc-parser';
import type { JsonValue } from './token.ts';

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
 * `JSON.parse` decides what is JSON and gives the value; jsonc-parser finds the place of the first fault and names
 * given twice, which RFC 7519 §4 lets a reader refuse. Never throws; time and stack are bounded by length and 512 levels.
 */
export function readJsonText(text: string): JsonReading {
  const survey = surveyJson(text);
  if (survey.tooDeepAt !== undefined) {
    return { fault: { kind: 'tooDeep', at: survey.tooDeepAt + 1 }, duplicates: survey.duplicates };
  }
  try {
    const value = JSON.parse(text) as JsonValue;
    const { duplicates, deepAt } = survey;
    return deepAt === undefined ? { value, duplicates } : { value, duplicates, deepNesting: { at: deepAt + 1 } };
  } catch {
    return { fault: syntaxFault(text, survey.faultAt), duplicates: survey.duplicates };
  }
}

interface JsonSurvey {
  faultAt?: number;
  deepAt?: number;
  tooDeepAt?: number;
  duplicates: { name: string; at: number }[];
}

function surveyJson(text: string): JsonSurvey {
  const survey: JsonSurvey = { duplicates: [] };
  const namesOfOpenObjects: Set<string>[] = [];
  let depth = 0;
  const enter = (offset: number) => {
    depth++;
    if (depth > USUAL_DEPTH) survey.deepAt ??= offset;
    if (depth > GREATEST_DEPTH) {
      survey.tooDeepAt = offset;
      throw new EndOfSurvey();
    }
  };
  try {
    visit(
      text,
      {
        onObjectBegin: (offset) => {
          enter(offset);
          namesOfOpenObjects.push(new Set());
        },
        onObjectEnd: () => {
          depth--;
          namesOfOpenObjects.pop();
        },
        onArrayBegin: (offset) => enter(offset),
        onArrayEnd: () => {
          depth--;
        },
        onObjectProperty: (name, offset) => {
          const names = namesOfOpenObjects.at(-1);
          if (names?.has(name) && survey.duplicates.length < MOST_DUPLICATES) {
            survey.duplicates.push({ name, at: offset + 1 });
          }
          names?.add(name);
        },
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

function syntaxFault(text: string, offset: number | undefined): JsonFault {
  if (offset === undefined) return { kind: 'syntax' };
  const code = text.codePointAt(offset);
  const at = Math.min(offset, text.length) + 1;
  return code === undefined ? { kind: 'syntax', at } : { kind: 'syntax', at, found: String.fromCodePoint(code) };
}
