/** Where a token goes on after a break, and whether the break was a new line or only blanks. */
export interface TokenBreak {
  /** Offset of the first character after the break. */
  end: number;
  newLine: boolean;
}

const MOST_BLANKS = 400;
const MOST_MARGIN_SIGNS = 8;

/**
 * The break in a token at `offset`, if there is one: blanks, a line wrap with indentation, `\` or `=` or backtick
 * continuation, e-mail or comment margins (`> `, `| `, `# `, `// `, `* `), an escaped `\n`, or the seam between two
 * quoted strings (`" +`, new line, `"`). Says nothing about whether the token goes on there. Looks at no more than a few
 * hundred characters.
 */
export function tokenBreakAt(text: string, offset: number): TokenBreak | undefined {
  return stringSeamAt(text, offset) ?? plainBreakAt(text, offset);
}

function stringSeamAt(text: string, offset: number): TokenBreak | undefined {
  if (!isQuote(text[offset])) return undefined;
  let at = skipBlanks(text, offset + 1);
  if (isJoiner(text[at]) || (text[at] === '\\' && isLineEnd(text[skipBlanks(text, at + 1)]))) at++;
  at = skipBlanks(text, at);
  if (text[at] === '_') at = skipBlanks(text, at + 1);
  const lines = skipLineEnds(text, at);
  at = lines > at ? skipMargin(text, lines) : at;
  if (isJoiner(text[at])) at = skipBlanks(text, at + 1);
  return isQuote(text[at]) ? { end: at + 1, newLine: lines > offset } : undefined;
}

function plainBreakAt(text: string, offset: number): TokenBreak | undefined {
  let at = skipBlanks(text, offset);
  const mark = text[at];
  if (mark === '\\' || mark === '=' || mark === '`') {
    const afterMark = skipBlanks(text, at + 1);
    if (isLineEnd(text[afterMark])) at = afterMark;
  }
  const lines = skipLineEnds(text, at);
  if (lines > at) return { end: skipMargin(text, lines), newLine: true };
  return at > offset ? { end: at, newLine: false } : undefined;
}

/** Skips one line end and one empty line after it. */
function skipLineEnds(text: string, offset: number): number {
  const first = skipLineEnd(text, offset);
  if (first === offset) return offset;
  const blanks = skipBlanks(text, first);
  const second = skipLineEnd(text, blanks);
  return second > blanks ? second : first;
}

function skipLineEnd(text: string, offset: number): number {
  if (text[offset] === '\r') return text[offset + 1] === '\n' ? offset + 2 : offset + 1;
  if (text[offset] === '\n') return offset + 1;
  if (text.startsWith('\\r\\n', offset)) return offset + 4;
  return text.startsWith('\\n', offset) ? offset + 2 : offset;
}

function skipMargin(text: string, offset: number): number {
  let at = skipBlanks(text, offset);
  for (let signs = 0; signs < MOST_MARGIN_SIGNS; signs++) {
    const width = text.startsWith('//', at) ? 2 : '>|#*'.includes(text[at] ?? 'x') ? 1 : 0;
    if (width === 0) break;
    at = skipBlanks(text, at + width);
  }
  return at;
}

function skipBlanks(text: string, offset: number): number {
  const limit = offset + MOST_BLANKS;
  let at = offset;
  while (at < limit && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}

function isQuote(char: string | undefined): boolean {
  return char === '"' || char === "'" || char === '`';
}

function isJoiner(char: string | undefined): boolean {
  return char === '+' || char === '&' || char === '.';
}

function isLineEnd(char: string | undefined): boolean {
  return char === '\n' || char === '\r';
}
