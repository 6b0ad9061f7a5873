import type { Span } from './escaped-text.ts';
import { addValue, maskedAnywhere } from './paired-secrets.ts';
import { isAuthorizationName, type Masked, maskedUnder } from './secret-names.ts';

/** A tag that opens, with its attributes. */
const TAG = /<([A-Za-z][\w:.-]{0,80})((?:\s[^<>]*)?)>/g;
const ATTRIBUTE = /(?<![\w:.-])([\w:.-]{1,80})\s{0,4}=\s{0,4}(?:"([^"]*)"|'([^']*)')/g;
const NAME_ATTRIBUTES = new Set(['name', 'key', 'id', 'type', 'itemprop', 'property', 'header', 'n']);
const VALUE_ATTRIBUTES = new Set(['value', 'content', 'val', 'v', 'secret']);
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
  at: number,
  masked: Masked,
  isAuthorization: boolean,
): void {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match) return;
  const end = at + match[0].length;
  // `<token>` in a sentence is no element: nothing closes after it.
  if (!text.startsWith('</', end)) return;
  const content = (match[1] ?? '').trimEnd();
  const start = end - (match[1] ?? '').length;
  const span = { start, end: start + content.replace(/\]\]>$/, '').length };
  addValue(found, text, span, masked, isAuthorization);
}
