export type BodyLanguage = 'json' | 'xml' | 'html' | 'plaintext';

export interface PrettyBody {
  text: string;
  language: BodyLanguage;
  /** True when `text` ends before the body does. */
  isCut: boolean;
}

const INDENT = '  ';
const MOST_LEVELS = 64;
const ROOM_FOR_SMALL_BODIES = 64 * 1024;
const LITERAL = /^(?:true|false|null|-?\d[\d.eE+-]*)$/;
const WHOLE_STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?/y;
const SPACE = /[ \t\r\n]*/y;
const PLAIN_RUN = /[^\s"{}[\],:]+/y;

/**
 * A body for reading: JSON is indented by two spaces, everything else stays as it is. Nothing is parsed and printed
 * again, so members keep their order and numbers their digits. At most `maxCharacters` come back, and no more work is
 * done than that takes. JSON that is broken somewhere is indented up to there as well; never throws.
 */
export function prettyBody(text: string, contentType = '', maxCharacters = Number.POSITIVE_INFINITY): PrettyBody {
  const language = guessLanguage(text, contentType);
  if (language === 'json') {
    const pretty = indentJson(text, maxCharacters);
    if (pretty) return { ...pretty, language };
  }
  return { text: cutAt(text, maxCharacters), language, isCut: text.length > maxCharacters };
}

/** The language of a body, by its media type (RFC 6839 suffixes too), else by how it begins. */
export function guessLanguage(text: string, contentType = ''): BodyLanguage {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const start = text.slice(0, 200).trimStart();
  if (/[/+](?:json|problem\+json|x-json)$/.test(mediaType)) return 'json';
  if (mediaType === 'text/html' || mediaType === 'application/xhtml+xml') return 'html';
  if (/[/+]xml$/.test(mediaType)) return 'xml';
  if (/^<(?:!doctype html|html)\b/i.test(start)) return 'html';
  if (/^(?:\{\s*["}]|\[\s*["{[\]\d])/.test(start)) return 'json';
  if (/^<(?:\?xml\b|[A-Za-z])/.test(start)) return 'xml';
  return 'plaintext';
}

/** Undefined when the text does not begin like JSON, or is nested so deeply that indenting would blow it up. */
function indentJson(text: string, maxCharacters: number): { text: string; isCut: boolean } | undefined {
  if (!/^\s*[{["\d-]/.test(text)) return undefined;
  const writer = new IndentWriter(maxCharacters);
  const greatestLength = text.length * 4 + ROOM_FOR_SMALL_BODIES;
  let at = 0;
  while (at < text.length && !writer.isFull) {
    const gapEnd = skipSpace(text, at);
    if (gapEnd === text.length) return writer.finish(false);
    const piece = pieceAt(text, gapEnd);
    if (!writer.takes(piece)) {
      writer.put(text.slice(at, at + Math.min(maxCharacters, text.length) + 1));
      return writer.finish(false);
    }
    writer.write(piece);
    if (writer.length > greatestLength) return undefined;
    at = gapEnd + piece.length;
  }
  return writer.finish(at < text.length);
}

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  return at + (SPACE.exec(text)?.[0].length ?? 0);
}

function pieceAt(text: string, at: number): string {
  const pattern = text[at] === '"' ? WHOLE_STRING : PLAIN_RUN;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? text[at] ?? '';
}

class IndentWriter {
  readonly #maxCharacters: number;
  readonly #pieces: string[] = [];
  length = 0;
  #depth = 0;
  #previous = '';

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  get isFull(): boolean {
    return this.length > this.#maxCharacters;
  }

  /** False for what cannot follow in JSON: joined to what is there it would read differently. */
  takes(piece: string): boolean {
    const first = piece[0] ?? '';
    if (',:}]'.includes(first)) return true;
    const isValue = '{["'.includes(first) || LITERAL.test(piece);
    return isValue && (this.#previous === '' || '{[,:'.includes(this.#previous));
  }

  write(piece: string): void {
    const closes = piece === '}' || piece === ']';
    if (closes) this.#depth = Math.max(0, this.#depth - 1);
    const opened = this.#previous === '{' || this.#previous === '[';
    if (opened ? !closes : closes || this.#previous === ',') this.#breakLine();
    this.put(piece === ':' ? ': ' : piece);
    if (piece === '{' || piece === '[') this.#depth++;
    this.#previous = piece;
  }

  put(text: string): void {
    this.#pieces.push(text);
    this.length += text.length;
  }

  finish(hasMore: boolean): { text: string; isCut: boolean } {
    const text = this.#pieces.join('');
    return { text: cutAt(text, this.#maxCharacters), isCut: hasMore || this.isFull };
  }

  #breakLine(): void {
    this.put(`\n${INDENT.repeat(Math.min(this.#depth, MOST_LEVELS))}`);
  }
}

/** Never between the halves of a surrogate pair. */
function cutAt(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const last = text.charCodeAt(maxCharacters - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxCharacters - 1 : maxCharacters);
}
