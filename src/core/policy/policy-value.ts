import { attributeOf, type Place, type PolicyDocument, type PolicyElement, placeOf, type Span } from './policy-tree.ts';
import { replaceReferences } from './xml-text.ts';

/**
 * What an attribute or text says. `unknown`: an expression, a named value (`{{name}}`), or text that cannot be read as
 * what it should be: what it comes to at run time is never guessed. A literal without `place` is the default.
 */
export type PolicyValue<T = string> =
  | { type: 'literal'; value: T; place?: Place }
  | { type: 'unknown'; why: 'expression' | 'namedValue' | 'unreadable'; text: string; place: Place };

const NAMED_VALUE = /\{\{[^{}]*\}\}/;
const EXPRESSION = /@[({]/;

/** A value nobody wrote: the documented default. */
export function byDefault<T>(value: T): PolicyValue<T> {
  return { type: 'literal', value };
}

/** An attribute's value; undefined when it is not there. */
export function readAttribute(document: PolicyDocument, element: PolicyElement, name: string): PolicyValue | undefined {
  const attribute = attributeOf(element, name);
  return attribute && classify(attribute.value, attribute.isExpression, placeOf(document, attribute));
}

/** What an element holds as text, without blanks around it: text and CDATA, comments left out. */
export function readContent(document: PolicyDocument, element: PolicyElement): PolicyValue {
  const { source } = document;
  const isExpression = element.children.some(({ type }) => type === 'expression');
  const isText = element.children.every(({ type }) => type !== 'element' && type !== 'stray');
  const text = element.children.map((child) => contentOf(source, child)).join('');
  const place = placeOf(document, element);
  return isText ? classify(text.trim(), isExpression, place) : { type: 'unknown', why: 'unreadable', text, place };
}

/** The value as something else than text; unreadable when `convert` gives undefined. */
export function mapValue<T>(value: PolicyValue, convert: (text: string) => T | undefined): PolicyValue<T> {
  if (value.type === 'unknown') return value;
  const converted = convert(value.value);
  const { place } = value;
  if (converted !== undefined) return { type: 'literal', value: converted, ...(place ? { place } : {}) };
  return { type: 'unknown', why: 'unreadable', text: value.value, place: place ?? NOWHERE };
}

/** The value where it is a literal. */
export function literalOf<T>(value: PolicyValue<T> | undefined): T | undefined {
  return value?.type === 'literal' ? value.value : undefined;
}

/** The literals among values; undefined when one of them is unknown. */
export function allLiterals<T>(values: readonly PolicyValue<T>[]): T[] | undefined {
  const literals = values.flatMap((value) => (value.type === 'literal' ? [value.value] : []));
  return literals.length === values.length ? literals : undefined;
}

/** `true` or `false`, in any case. */
export function toBoolean(text: string): boolean | undefined {
  const lower = text.trim().toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

/** A whole number, not negative. */
export function toCount(text: string): number | undefined {
  return /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}

/** Seconds, written as a number of them or as a time span: `[d.]hh:mm:ss`. */
export function toSeconds(text: string): number | undefined {
  const span = /^\s*(?:(\d{1,5})\.)?(\d{1,2}):(\d{1,2}):(\d{1,2})\s*$/.exec(text);
  if (!span) return toCount(text);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = span.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

const NOWHERE: Place = { start: 0, end: 0, line: 1, column: 1 };

function classify(text: string, isExpression: boolean, place: Place): PolicyValue {
  if (isExpression || EXPRESSION.test(text)) return { type: 'unknown', why: 'expression', text, place };
  if (NAMED_VALUE.test(text)) return { type: 'unknown', why: 'namedValue', text, place };
  return { type: 'literal', value: text, place };
}

function contentOf(source: string, { type, start, end }: Span & { type: string }): string {
  switch (type) {
    case 'text':
      return replaceReferences(source.slice(start, end));
    case 'expression':
      return source.slice(start, end);
    case 'cdata':
      return source.slice(start + '<![CDATA['.length, end - ']]>'.length);
    default:
      return '';
  }
}
