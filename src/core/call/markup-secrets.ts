import type { Span } from './escaped-text.ts';
import { addValue } from './paired-secrets.ts';
import { isAuthorizationName, type Masked, maskedUnder } from './secret-names.ts';
import { skip } from './secret-value.ts';
import { maskedAnywhere } from './values-beside.ts';

/** A tag that opens, with its attributes. */
const TAG = /<([A-Za-z][\w:.-]{0,80})((?:\s[^<>]*)?)>/g;
const ATTRIBUTE = /(?<![\w:.-])([\w:.-]{1,80})\s{0,4}=\s{0,4}(?:"([^"]*)"|'([^']*)')/g;
const NAME_ATTRIBUTES = new Set(['name', 'key', 'id', 'type', 'itemprop', 'property', 'header', 'n']);
const VALUE_ATTRIBUTES = new Set(['value', 'content', 'val', 'v', 'secret']);
/** Comments that stand before the text of an element. */
const COMMENTS = /(?:\s{0,80}<!--[^<>]{0,400}-->){0,4}/y;
/** What is left of an element whose end was cut off. */
const CUT_LINE = /[^\s<•][^\r\n<]*/y;
const LONGEST_TAG = 400;
/** The text of an element, to the next tag. */
const CONTENT = /\s{0,80}(?:<!\[CDATA\[)?([^<]+)/y;
/** An element below it that holds the value: `<set-header name="…"><value>`. */
const INNER = /\s{0,200}<(?:value|string|val)>(?:<!\[CDATA\[)?([^<]+)/y;

/**
 * Values in XML and HTML whose name is the element's (`<client_secret>…`), or stands in an attribute beside them
 * (`<add key="…" value="…">`, `<input name=… value=…>`) or above them (`<set-header name="…"><value>…`). Linear.
 */
export function markupSecrets(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: tag, 1: element = '', 2: attributes = '', index } of text.matchAll(TAG)) {
    const end = index + tag.length;
    const own = maskedUnder(element, 'field');
    if (own !== 'nothing') addContent(found, text, CONTENT, end, own, isAuthorizationName(element));
    if (attributes !== '') addAttributes(found, text, attributes, { start: index + 1 + element.length, end });
  }
  return found;
}

function addAttributes(found: Span[], text: string, attributes: string, tag: Span): void {
  let masked: Masked = 'nothing';
  let isAuthorization = false;
  const values: Span[] = [];
  for (const { 0: all, 1: name = '', 2: double, 3: single, index } of attributes.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? '';
    const attribute = name.toLowerCase();
    if (NAME_ATTRIBUTES.has(attribute) && masked !== 'anyValue') {
      const learnt = maskedAnywhere(value);
      if (learnt !== 'nothing') masked = learnt;
      isAuthorization ||= isAuthorizationName(value);
    }
    const end = tag.start + index + all.length - 1;
    if (VALUE_ATTRIBUTES.has(attribute)) values.push({ start: end - value.length, end });
  }
  if (masked === 'nothing') return;
  for (const value of values) addValue(found, text, value, masked, isAuthorization);
  addContent(found, text, INNER, tag.end, masked, isAuthorization);
}

function addContent(
  found: Span[],
  text: string,
  pattern: RegExp,
  tagEnd: number,
  masked: Masked,
  isAuthorization: boolean,
): void {
  const at = skip(COMMENTS, text, tagEnd);
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match) return;
  const end = at + match[0].length;
  const start = end - (match[1] ?? '').length;
  // `<token>` in a sentence is no element: nothing closes after it.
  if (!text.startsWith('</', end) && !text.startsWith('<!--', end)) {
    const line = skip(CUT_LINE, text, tagEnd);
    if (end === text.length && line > tagEnd && isElement(text, tagEnd)) {
      addValue(found, text, { start: tagEnd, end: line }, masked, isAuthorization);
    }
    return;
  }
  const content = (match[1] ?? '').trimEnd();
  const span = { start, end: start + content.replace(/\]\]>$/, '').length };
  addValue(found, text, span, masked, isAuthorization);
}

/** Not `-p <password>` nor `https://me:<password>@h`: an element stands at the beginning of a line, or after another. */
function isElement(text: string, tagEnd: number): boolean {
  const from = Math.max(0, tagEnd - LONGEST_TAG);
  return /(?:^|[\r\n>])[ \t]{0,80}<[^<>]*>$/.test(text.slice(from, tagEnd));
}
