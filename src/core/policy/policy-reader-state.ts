import { beginsExpression, scanExpression } from './policy-expression.ts';
import type { PolicyDocument, PolicyProblemId, Span } from './policy-tree.ts';
import { badReferencesIn, isXmlCharacter } from './xml-text.ts';

/** Failed searches for the end of an expression may look at this many times the text's length in all. */
const FAILED_SCANS = 8;

/** What reading a policy keeps: where it is, what it found wrong, what it cost. */
export class ReaderState {
  readonly source: string;
  readonly found: (Span & { id: PolicyProblemId })[] = [];
  at = 0;
  steps = 0;
  #failedScanBudget: number;

  constructor(source: string) {
    this.source = source;
    this.#failedScanBudget = FAILED_SCANS * source.length;
  }

  get isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  startsWith(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  /** Moves on to `end` and returns what was passed. */
  moveTo(end: number): Span {
    const span = { start: this.at, end: Math.min(end, this.source.length) };
    this.steps += span.end - span.start;
    this.at = span.end;
    return span;
  }

  /** Moves behind what a sticky pattern matches here; undefined when it matches nothing. */
  take(pattern: RegExp): Span | undefined {
    pattern.lastIndex = this.at;
    const length = pattern.exec(this.source)?.[0].length ?? 0;
    return length === 0 ? undefined : this.moveTo(this.at + length);
  }

  problem(id: PolicyProblemId, span: Span): void {
    this.found.push({ id, start: span.start, end: span.end });
  }

  /** Where the expression that begins here ends; undefined when none begins here, or it is never closed. */
  endOfExpression(from: number): number | undefined {
    if (!beginsExpression(this.source, from)) return undefined;
    const limit = Math.min(this.source.length, from + this.#failedScanBudget);
    const { end, steps } = scanExpression(this.source, from, limit);
    this.steps += steps;
    if (end !== undefined) return end;
    this.#failedScanBudget = Math.max(0, this.#failedScanBudget - steps);
    this.problem('expressionNotClosed', { start: from, end: from + 2 });
    return undefined;
  }

  /** Characters and references that XML does not allow, in text that is no expression. */
  checkText(span: Span): void {
    const text = this.source.slice(span.start, span.end);
    for (const offset of badReferencesIn(text)) {
      this.problem('badReference', { start: span.start + offset, end: span.start + offset + 1 });
    }
    this.checkCharacters(span);
  }

  checkCharacters({ start, end }: Span): void {
    for (let at = start; at < end; at++) {
      const codePoint = this.source.codePointAt(at) ?? 0;
      if (!isXmlCharacter(codePoint)) this.problem('badCharacter', { start: at, end: at + 1 });
      if (codePoint > 0xffff) at++;
    }
  }
}

/** Offsets at which lines begin; CR, LF and CR LF end one. */
export function lineStartsOf(source: string): PolicyDocument['lineStarts'] {
  return [0, ...Array.from(source.matchAll(/\r\n|\r|\n/g), (match) => match.index + match[0].length)];
}
