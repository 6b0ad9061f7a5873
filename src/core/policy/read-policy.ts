import { lineStartsOf, ReaderState } from './policy-reader-state.ts';
import { readTag } from './policy-tag-reader.ts';
import { type PolicyDocument, type PolicyElement, type PolicyNode, placeOf, type Span } from './policy-tree.ts';
import { XML_NAME } from './xml-text.ts';

const END_TAG = new RegExp(`</(${XML_NAME})?[ \\t\\r\\n]*(>)?`, 'y');
const SPACE = /[ \t\r\n]+/y;
const TAG_START = new RegExp(`<(?:[/!?]|${XML_NAME})`, 'y');
const INSTRUCTION = new RegExp(`^<\\?(?!xml[ \\t\\r\\n?])${XML_NAME}(?:[ \\t\\r\\n]|\\?>)`, 'i');
const GREATEST_DEPTH = 200;

interface OpenElement {
  element: PolicyElement;
  lowerName: string;
  /** False while nothing but blanks and comments stands in it: only there a text may be an expression. */
  hasContent: boolean;
}

/**
 * Reads the text of an API Management policy without losing a character. Policies are written as XML but need not be it:
 * expressions hold quotes and `<` as they are (Microsoft: api-management-policy-expressions). A missing `<policies>`,
 * several roots, forgotten end tags, wrong case and plain rubbish all give a tree, with problems. Never throws; takes
 * time and memory linear in the text.
 */
export function readPolicy(source: string): PolicyDocument {
  const state = new ReaderState(source);
  const nodes = new TreeReader(state).read();
  const lineStarts = lineStartsOf(source);
  const problems = state.found
    .sort((a, b) => a.start - b.start)
    .map(({ id, ...span }) => ({ id, ...placeOf({ lineStarts }, span) }));
  return { source, nodes, problems, lineStarts, steps: state.steps };
}

class TreeReader {
  readonly #state: ReaderState;
  readonly #roots: PolicyNode[] = [];
  readonly #open: OpenElement[] = [];
  /** How many elements of a name are open, so that a stray end tag costs nothing. */
  readonly #openNames = new Map<string, number>();

  constructor(state: ReaderState) {
    this.#state = state;
  }

  read(): PolicyNode[] {
    while (!this.#state.isAtEnd) this.#readNode();
    while (this.#open.length > 0) this.#closeUnclosed();
    return this.#roots;
  }

  #add(node: PolicyNode, isContent = true): void {
    const parent = this.#open.at(-1);
    if (parent && isContent) parent.hasContent = true;
    (parent?.element.children ?? this.#roots).push(node);
  }

  #readNode(): void {
    const state = this.#state;
    if (state.startsWith('<!--')) this.#readComment();
    else if (state.startsWith('<![CDATA[')) this.#readCdata();
    else if (state.startsWith('<?')) this.#readInstruction();
    else if (state.startsWith('<!')) this.#readDeclaration();
    else if (state.startsWith('</')) this.#readEndTag();
    else if (isTagStart(state)) this.#readElement();
    else this.#readTextOrExpression();
  }

  #readElement(): void {
    const start = this.#state.at;
    const { name, tag } = readTag(this.#state);
    if (this.#open.length >= GREATEST_DEPTH) {
      this.#state.problem('tooDeep', tag);
      this.#add({ type: 'stray', start: tag.start, end: tag.end });
      return;
    }
    const element: PolicyElement = { type: 'element', start, end: tag.end, name, openTag: tag, children: [] };
    this.#add(element);
    if (tag.isEmpty) return;
    const lowerName = name.toLowerCase();
    this.#open.push({ element, lowerName, hasContent: false });
    this.#openNames.set(lowerName, (this.#openNames.get(lowerName) ?? 0) + 1);
  }

  #readEndTag(): void {
    const state = this.#state;
    END_TAG.lastIndex = state.at;
    const match = END_TAG.exec(state.source);
    const span = state.moveTo(state.at + (match?.[0].length ?? 2));
    const name = match?.[1] ?? '';
    const lowerName = name.toLowerCase();
    if (!this.#openNames.get(lowerName)) {
      state.problem('strayEndTag', span);
      this.#add({ type: 'stray', ...span });
      return;
    }
    if (match?.[2] === undefined) state.problem('tagNotClosed', span);
    while (this.#open.at(-1)?.lowerName !== lowerName) this.#closeUnclosed(span.start);
    const element = this.#pop();
    if (!element) return;
    if (element.name !== name) state.problem('closedInOtherCase', span);
    element.closeTag = span;
    element.end = span.end;
  }

  #closeUnclosed(end = this.#state.source.length): void {
    const element = this.#pop();
    if (!element) return;
    element.end = end;
    this.#state.problem('notClosed', element.openTag);
  }

  #pop(): PolicyElement | undefined {
    const top = this.#open.pop();
    if (top) this.#openNames.set(top.lowerName, (this.#openNames.get(top.lowerName) ?? 1) - 1);
    return top?.element;
  }

  #readTextOrExpression(): void {
    const state = this.#state;
    const mayBeExpression = this.#open.at(-1)?.hasContent === false;
    const { at: start } = state;
    const blank = state.take(SPACE);
    const expressionEnd = mayBeExpression ? state.endOfExpression(state.at) : undefined;
    const isBlank = expressionEnd !== undefined || isTagStart(state) || state.isAtEnd;
    if (blank && isBlank) this.#add({ type: 'text', ...blank }, false);
    if (expressionEnd !== undefined) this.#add({ type: 'expression', ...state.moveTo(expressionEnd) });
    if (!isBlank) this.#readText(start);
  }

  #readText(start: number): void {
    const state = this.#state;
    for (;;) {
      const next = state.source.indexOf('<', state.at);
      state.moveTo(next < 0 ? state.source.length : next);
      if (state.isAtEnd || isTagStart(state)) break;
      state.problem('lessThan', { start: state.at, end: state.at + 1 });
      state.moveTo(state.at + 1);
    }
    const text: Span = { start, end: state.at };
    state.checkText(text);
    const cdataEnd = state.source.slice(text.start, text.end).indexOf(']]>');
    if (cdataEnd >= 0) state.problem('cdataEnd', { start: start + cdataEnd, end: start + cdataEnd + 3 });
    this.#add({ type: 'text', ...text });
  }

  #readComment(): void {
    const span = this.#takeUntil('-->', 4, 'commentNotClosed');
    const inner = this.#state.source.slice(span.start + 4, Math.max(span.start + 4, span.end - 3));
    const hyphens = inner.endsWith('-') ? inner.length - 1 : inner.indexOf('--');
    if (hyphens >= 0) {
      const start = span.start + 4 + hyphens;
      this.#state.problem('doubleHyphen', { start, end: start + 2 });
    }
    this.#state.checkCharacters(span);
    this.#add({ type: 'comment', ...span }, false);
  }

  #readCdata(): void {
    const span = this.#takeUntil(']]>', 9, 'cdataNotClosed');
    this.#state.checkCharacters(span);
    this.#add({ type: 'cdata', ...span });
  }

  #readInstruction(): void {
    const span = this.#takeUntil('?>', 2, 'instructionNotClosed');
    const isFirst = span.start === 0 && this.#state.source.startsWith('<?xml');
    if (!isFirst && !INSTRUCTION.test(this.#state.source.slice(span.start, span.end))) {
      this.#state.problem('declaration', span);
    }
    this.#state.checkCharacters(span);
    this.#add({ type: 'instruction', ...span });
  }

  #readDeclaration(): void {
    const next = this.#state.source.slice(this.#state.at + 2).search(/[<>]/);
    const end = next < 0 ? this.#state.source.length : this.#state.at + 2 + next;
    const span = this.#state.moveTo(this.#state.source[end] === '>' ? end + 1 : end);
    this.#state.problem('declaration', span);
    this.#add({ type: 'stray', ...span });
  }

  #takeUntil(
    mark: string,
    openingLength: number,
    problem: 'commentNotClosed' | 'cdataNotClosed' | 'instructionNotClosed',
  ): Span {
    const state = this.#state;
    const found = state.source.indexOf(mark, state.at + openingLength);
    const span = state.moveTo(found < 0 ? state.source.length : found + mark.length);
    if (found < 0) state.problem(problem, { start: span.start, end: span.start + openingLength });
    return span;
  }
}

function isTagStart({ source, at }: ReaderState): boolean {
  TAG_START.lastIndex = at;
  return TAG_START.test(source);
}
