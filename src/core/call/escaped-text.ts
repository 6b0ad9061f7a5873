/** A stretch of a text: from the first character to the one after the last, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/** A text with some of its escapes undone, and the way back to where each character stood. */
export interface Reading {
  text: string;
  /** Where a stretch of this reading stands in the text that was read; no escape is cut in two. */
  origin(span: Span): Span;
}

/** JSON in JSON in an address is three. */
const MOST_LAYERS = 5;

/** Percent-encoding, escapes of JSON and of JavaScript, character references, those of a Windows command line; colours and what is invisible. */
const ESCAPE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one
  /%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\[\\"'/nrt]|&(?:amp|quot|apos|lt|gt|nbsp|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});|\^["&|<>^%]|\u001b\[[0-9;]{0,16}m|[\u200b-\u200d\u2060\ufeff\u00ad]/g;

const NAMED: Readonly<Record<string, string>> = {
  ...{ '\\n': '\n', '\\r': '\r', '\\t': '\t' },
  ...{ '&amp;': '&', '&quot;': '"', '&apos;': "'", '&lt;': '<', '&gt;': '>', '&nbsp;': ' ' },
};

/**
 * A text as written, then with its escapes undone once, twice and so on up to five times, as long as there are any: what stands in
 * JSON in JSON, in an encoded address or in markup is found by the rules for plain text. Bytes of percent-encoding are
 * read one by one (Latin-1). Linear in the text; never throws.
 */
export function readingsOf(text: string): Reading[] {
  const readings: Reading[] = [];
  let reading: Reading | undefined = { text, origin: (span) => span };
  for (let layer = 0; reading && layer <= MOST_LAYERS; layer++) {
    const { text: outer, origin }: Reading = reading;
    const pieces = piecesOf(outer);
    readings.push({ text: outer, origin: (span) => origin(pieces.wholeEscapes(span)) });
    reading = pieces.text === outer ? undefined : { text: pieces.text, origin: (span) => origin(pieces.origin(span)) };
  }
  return readings;
}

/** One layer of {@link readingsOf}, without the way back. */
export function undoEscapes(text: string): string {
  return text.replace(ESCAPE, meaningOf);
}

/** A text cut at its escapes: each means one character, or none. */
interface Pieces extends Reading {
  /** A stretch of the escaped text that begins and ends in no escape. */
  wholeEscapes(span: Span): Span;
}

function piecesOf(text: string): Pieces {
  const pieces: string[] = [];
  /** Where pieces begin, read and as written; and whether they are escapes. */
  const here: number[] = [];
  const there: number[] = [];
  const escaped: boolean[] = [];
  let length = 0;
  let at = 0;
  const add = (piece: string, start: number, isEscape: boolean) => {
    here.push(length);
    there.push(start);
    escaped.push(isEscape);
    pieces.push(piece);
    length += piece.length;
  };
  for (const { 0: written, index } of text.matchAll(ESCAPE)) {
    if (index > at) add(text.slice(at, index), at, false);
    add(meaningOf(written), index, true);
    at = index + written.length;
  }
  add(text.slice(at), at, false);
  /** Where a piece's end is as written: where the next one begins. */
  const endOf = (piece: number) => there[piece + 1] ?? text.length;
  const place = (piece: number, offset: number) => (there[piece] ?? 0) + offset - (here[piece] ?? 0);
  const wholeAt = (offset: number) => {
    const piece = lastNotAfter(there, offset);
    return escaped[piece] && offset > (there[piece] ?? 0) ? endOf(piece) : offset;
  };
  return {
    text: pieces.join(''),
    origin: ({ start, end }) => {
      const last = lastNotAfter(here, end - 1);
      const first = lastNotAfter(here, start);
      return {
        start: escaped[first] ? (there[first] ?? 0) : place(first, start),
        end: escaped[last] ? endOf(last) : place(last, end),
      };
    },
    wholeEscapes: ({ start, end }) => ({ start: wholeAt(start), end: wholeAt(end) }),
  };
}

function meaningOf(written: string): string {
  const named = NAMED[written];
  if (named !== undefined) return named;
  if (written.startsWith('%')) return codePoint(Number.parseInt(written.slice(1), 16));
  if (/^\\[ux]./.test(written)) return codePoint(Number.parseInt(written.slice(2), 16));
  if (/^&#[xX]/.test(written)) return codePoint(Number.parseInt(written.slice(3), 16));
  if (written.startsWith('&#')) return codePoint(Number.parseInt(written.slice(2), 10));
  return written.startsWith('\\') || written.startsWith('^') ? written.slice(1) : '';
}

function codePoint(number: number): string {
  return number <= 0x10ffff ? String.fromCodePoint(number) : '\ufffd';
}

/** The last piece that begins at or before an offset; of empty ones, the last. */
function lastNotAfter(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Stretches in order, those that overlap or touch as one. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else if (span.end > span.start) joined.push({ ...span });
  }
  return joined;
}

/** A text with each of these stretches replaced, the rest as it was. */
export function replaceSpans(text: string, spans: readonly Span[], replace: (found: string) => string): string {
  if (spans.length === 0) return text;
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of joinSpans(spans)) {
    pieces.push(text.slice(at, start), replace(text.slice(start, end)));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
