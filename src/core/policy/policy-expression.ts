/** A string literal that is being read. `quote`: as it was opened, `"` or `&quot;`. */
interface StringFrame {
  type: 'string';
  quote: string;
  isVerbatim: boolean;
  isInterpolated: boolean;
}

/** Code between brackets of one kind; those of other kinds do not count. */
interface CodeFrame {
  type: 'code';
  open: string;
  close: string;
  depth: number;
}

/** Where an expression ends. */
export interface ExpressionScan {
  /** Behind the closing bracket; undefined when there is none. */
  end: number | undefined;
  /** Characters looked at. */
  steps: number;
}

const CHARACTER_LITERAL = /'(?:\\[^'\r\n]{1,8}|\\'|&[a-z]{2,4};|[^'\\\r\n])'/y;
const QUOTES = ['"', '&quot;'];

/** True where `@(` or `@{` stands. */
export function beginsExpression(text: string, at: number): boolean {
  return text[at] === '@' && (text[at + 1] === '(' || text[at + 1] === '{');
}

/**
 * Finds the end of a policy expression that begins at `start` (Microsoft: api-management-policy-expressions): the bracket
 * that closes it, with C#'s string and character literals, verbatim and interpolated ones, and comments passed over.
 * Quotes may be written as `&quot;`. A string that is no verbatim one ends with its line. Looks no further than `limit`.
 */
export function scanExpression(text: string, start: number, limit: number): ExpressionScan {
  const first: CodeFrame = text[start + 1] === '(' ? code('(', ')') : code('{', '}');
  const frames: (CodeFrame | StringFrame)[] = [first];
  let at = start + 2;
  while (at < limit) {
    const frame = frames.at(-1);
    if (!frame) break;
    at = frame.type === 'code' ? readCode(text, at, frame, frames) : readString(text, at, frame, frames);
    if (frames.length === 0) return { end: at, steps: at - start };
  }
  return { end: undefined, steps: limit - start };
}

function code(open: string, close: string): CodeFrame {
  return { type: 'code', open, close, depth: 1 };
}

function readCode(text: string, at: number, frame: CodeFrame, frames: (CodeFrame | StringFrame)[]): number {
  const character = text[at];
  if (character === frame.open) frame.depth++;
  if (character === frame.close && --frame.depth === 0) frames.pop();
  const quote = QUOTES.find((mark) => text.startsWith(mark, at));
  if (quote) {
    const prefix = text.slice(Math.max(0, at - 2), at);
    const marks = /[@$]{1,2}$/.exec(prefix)?.[0] ?? '';
    frames.push({
      type: 'string',
      quote,
      isVerbatim: marks.includes('@'),
      isInterpolated: marks.includes('$'),
    });
    return at + quote.length;
  }
  if (character === "'") return endOfCharacterLiteral(text, at);
  if (character === '/' && text[at + 1] === '/') return indexBehind(text, '\n', at);
  if (character === '/' && text[at + 1] === '*') return indexBehind(text, '*/', at + 2);
  return at + 1;
}

function readString(text: string, at: number, frame: StringFrame, frames: (CodeFrame | StringFrame)[]): number {
  const character = text[at];
  const { quote, isVerbatim, isInterpolated } = frame;
  if (text.startsWith(quote, at)) {
    if (isVerbatim && text.startsWith(quote, at + quote.length)) return at + 2 * quote.length;
    frames.pop();
    return at + quote.length;
  }
  if (!isVerbatim && character === '\\') return at + 2;
  if (!isVerbatim && character === '\n') frames.pop();
  if (isInterpolated && character === '{') {
    if (text[at + 1] === '{') return at + 2;
    frames.push(code('{', '}'));
  }
  return at + 1;
}

function endOfCharacterLiteral(text: string, at: number): number {
  CHARACTER_LITERAL.lastIndex = at;
  return CHARACTER_LITERAL.test(text) ? CHARACTER_LITERAL.lastIndex : at + 1;
}

function indexBehind(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}
