import type { ReaderState } from './policy-reader-state.ts';
import type { PolicyAttribute, PolicyTag, Span, TagPart } from './policy-tree.ts';
import { replaceReferences, XML_NAME } from './xml-text.ts';

const NAME = new RegExp(XML_NAME, 'y');
const SPACE = /[ \t\r\n]+/y;
const STRAY = /[^ \t\r\n<>/"'=]+|["'=/]/y;
const UNQUOTED = /[^ \t\r\n<>"'/]+/y;

/** Reads a start tag or empty tag from its `<`; whatever comes, it gets behind the tag or to the next `<`. */
export function readTag(state: ReaderState): { name: string; tag: PolicyTag } {
  const start = state.at;
  const parts: TagPart[] = [{ type: 'mark', ...state.moveTo(state.at + 1) }];
  const nameSpan = state.take(NAME) ?? { start: state.at, end: state.at };
  parts.push({ type: 'name', ...nameSpan });
  const name = state.source.slice(nameSpan.start, nameSpan.end);
  const names = new Set<string>();
  for (;;) {
    const space = state.take(SPACE);
    if (space) parts.push({ type: 'space', ...space });
    if (state.startsWith('/>') || state.startsWith('>')) {
      const isEmpty = state.startsWith('/>');
      parts.push({ type: 'mark', ...state.moveTo(state.at + (isEmpty ? 2 : 1)) });
      return { name, tag: { start, end: state.at, parts, isEmpty } };
    }
    if (state.isAtEnd || state.startsWith('<')) {
      state.problem('tagNotClosed', { start, end: state.at });
      return { name, tag: { start, end: state.at, parts, isEmpty: false } };
    }
    const attribute = readAttribute(state);
    if (attribute && !space) state.problem('spaceMissing', attribute);
    if (attribute && names.has(attribute.name)) state.problem('attributeTwice', attribute);
    if (attribute) names.add(attribute.name);
    parts.push(attribute ?? readStray(state));
  }
}

function readStray(state: ReaderState): TagPart {
  const span = state.take(STRAY) ?? state.moveTo(state.at + 1);
  state.problem('strayInTag', span);
  return { type: 'stray', ...span };
}

/** `name="value"`, or what is left of it; undefined where no name stands. */
function readAttribute(state: ReaderState): PolicyAttribute | undefined {
  const nameSpan = state.take(NAME);
  if (!nameSpan) return undefined;
  const name = state.source.slice(nameSpan.start, nameSpan.end);
  const finish = (valueSpan: Span, isExpression = false): PolicyAttribute => {
    const text = state.source.slice(valueSpan.start, valueSpan.end);
    if (!isExpression) state.checkText(valueSpan);
    const value = isExpression ? text : replaceReferences(text.replace(/\r\n|[\t\r\n]/g, ' '));
    return { type: 'attribute', start: nameSpan.start, end: state.at, name, valueSpan, value, isExpression };
  };
  if (!takeEquals(state)) {
    state.problem('valueMissing', nameSpan);
    return finish({ start: state.at, end: state.at });
  }
  const quote = state.source[state.at];
  if (quote === '"' || quote === "'") return readQuoted(state, quote, finish);
  const bare = state.take(UNQUOTED) ?? { start: state.at, end: state.at };
  state.problem('quotesMissing', bare);
  return finish(bare);
}

function takeEquals(state: ReaderState): boolean {
  const before = state.at;
  state.take(SPACE);
  if (state.startsWith('=')) {
    state.moveTo(state.at + 1);
    state.take(SPACE);
    return true;
  }
  state.at = before;
  return false;
}

function readQuoted(
  state: ReaderState,
  quote: string,
  finish: (valueSpan: Span, isExpression?: boolean) => PolicyAttribute,
): PolicyAttribute {
  const opening = state.moveTo(state.at + 1);
  const start = state.at;
  state.take(SPACE);
  const expressionEnd = state.endOfExpression(state.at);
  if (expressionEnd !== undefined) state.moveTo(expressionEnd);
  const isExpression = expressionEnd !== undefined;
  const end = endOfValue(state, quote, isExpression);
  if (end === undefined) {
    state.problem('quoteNotClosed', opening);
    state.at = isExpression ? state.at : start;
    if (!isExpression) state.take(UNQUOTED);
    return finish({ start, end: state.at }, isExpression);
  }
  state.moveTo(end);
  const valueSpan = { start, end: state.at };
  state.moveTo(state.at + 1);
  return finish(valueSpan, isExpression);
}

/**
 * The closing quote. A value with `<` in it is no XML: it may go on to the end of its line, since people write
 * `condition="a < b"`; further on, the quote was forgotten.
 */
function endOfValue(state: ReaderState, quote: string, isExpression: boolean): number | undefined {
  const { source } = state;
  let lessThan: number | undefined;
  for (let at = state.at; at < source.length; at++) {
    state.steps++;
    const character = source[at];
    if (character === quote) {
      if (lessThan !== undefined) state.problem('lessThan', { start: lessThan, end: lessThan + 1 });
      return at;
    }
    if (character === '<' && !isExpression) lessThan ??= at;
    if (character === '<' && isExpression) return undefined;
    if ((character === '\n' || character === '\r') && lessThan !== undefined) return undefined;
  }
  return undefined;
}
