import { base64urlValue } from './base64url.ts';
import { JsonProgress } from './json-progress.ts';
import { tokenBreakAt } from './line-break.ts';

/** One part of a token as it stands in a text, put together when it was wrapped. */
export interface GatheredPart {
  /** The base64url characters, without what broke them. */
  text: string;
  /** Offset after the last character. */
  end: number;
  /** Offset of the dot that ends the part; absent when something else does. */
  dot?: number;
  wrapped: boolean;
}

/** The text a search walks, and how much joining over breaks it may still do. */
export interface SearchedText {
  text: string;
  /** Exclusive end of the search. */
  to: number;
  /** Characters that may still be read beyond a break. Spent by every attempt, so that hostile text costs linear time. */
  joinBudget: number;
}

/** Chunks between the first and the last are at least this long: no terminal or mail is narrower, few words are longer. */
const SHORTEST_MIDDLE_CHUNK = 16;

/** The base64url run at `offset`, perhaps empty. */
export function runAt(source: SearchedText, offset: number): string {
  let end = offset;
  while (end < source.to && base64urlValue(source.text.charCodeAt(end)) >= 0) end++;
  return source.text.slice(offset, end);
}

/** A part holding a JSON object: goes on over breaks until the object is complete. Else only its first run. */
export function gatherJsonPart(source: SearchedText, offset: number): GatheredPart {
  const progress = new JsonProgress();
  const chunks = new ChunkReader(source, offset);
  progress.feed(chunks.first);
  while (progress.state === 'open' && chunks.dotHere() === undefined) {
    const chunk = chunks.next({ overBlanks: true });
    if (chunk === undefined || chunk === '') break;
    progress.feed(chunk);
  }
  return progress.state === 'complete'
    ? chunks.joined(chunks.dotHere() ?? chunks.dotAfterBreak())
    : chunks.firstAlone();
}

/** A part of unknown content: goes on over line breaks until a dot. Else only its first run. */
export function gatherPartUntilDot(source: SearchedText, offset: number): GatheredPart {
  const chunks = new ChunkReader(source, offset);
  while (chunks.dotHere() === undefined) {
    if (chunks.lastIsTooShort()) return chunks.firstAlone();
    const chunk = chunks.next({ overBlanks: false });
    if (chunk === undefined) return chunks.firstAlone();
    if (chunk === '') break;
  }
  return chunks.dotHere() === undefined ? chunks.firstAlone() : chunks.joined(chunks.dotHere());
}

/** A last part of known lengths: goes on over breaks only when that gives one of them exactly. Else only its first run. */
export function gatherSizedPart(source: SearchedText, offset: number, lengths: readonly number[]): GatheredPart {
  const chunks = new ChunkReader(source, offset);
  const longest = lengths.at(-1) ?? 0;
  let best: GatheredPart | undefined;
  while (chunks.length <= longest) {
    // Half of an RSA-4096 signature is as long as one of RSA-2048: the longest that fits exactly is taken.
    if (lengths.includes(chunks.length)) best = chunks.joined(chunks.dotHere());
    if (chunks.length === longest || chunks.lastIsTooShort()) break;
    if (!chunks.next({ overBlanks: true })) break;
  }
  return best ?? chunks.firstAlone();
}

/** Reads one run after the other over breaks, and can give back all of them or only the first. */
class ChunkReader {
  readonly first: string;
  length: number;
  readonly #source: SearchedText;
  readonly #start: number;
  readonly #chunks: string[];
  #end: number;

  constructor(source: SearchedText, start: number) {
    this.#source = source;
    this.#start = start;
    this.first = runAt(source, start);
    this.length = this.first.length;
    this.#chunks = [this.first];
    this.#end = start + this.first.length;
  }

  /** The run after the break here; empty when a dot follows the break; absent when the token cannot go on. */
  next(how: { overBlanks: boolean }): string | undefined {
    const start = this.#startAfterBreak(how);
    if (start === undefined) return undefined;
    const chunk = runAt(this.#source, start);
    this.#source.joinBudget -= start - this.#end + chunk.length;
    if (chunk === '' && this.#source.text[start] !== '.') return undefined;
    this.#chunks.push(chunk);
    this.length += chunk.length;
    this.#end = start + chunk.length;
    return chunk;
  }

  dotHere(): number | undefined {
    return this.#isDot(this.#end) ? this.#end : undefined;
  }

  /** A wrap may fall right before the dot. */
  dotAfterBreak(): number | undefined {
    const start = this.#startAfterBreak({ overBlanks: true });
    return start !== undefined && this.#isDot(start) ? start : undefined;
  }

  lastIsTooShort(): boolean {
    return this.#chunks.length > 1 && (this.#chunks.at(-1)?.length ?? 0) < SHORTEST_MIDDLE_CHUNK;
  }

  joined(dot: number | undefined): GatheredPart {
    return part(this.#chunks.join(''), this.#end, dot, this.#chunks.length > 1);
  }

  firstAlone(): GatheredPart {
    const end = this.#start + this.first.length;
    return part(this.first, end, this.#isDot(end) ? end : undefined, false);
  }

  #startAfterBreak(how: { overBlanks: boolean }): number | undefined {
    if (this.#source.joinBudget <= 0) return undefined;
    const found = tokenBreakAt(this.#source.text, this.#end);
    if (!found || found.end >= this.#source.to) return undefined;
    return found.newLine || how.overBlanks ? found.end : undefined;
  }

  #isDot(offset: number): boolean {
    return offset < this.#source.to && this.#source.text[offset] === '.';
  }
}

function part(text: string, end: number, dot: number | undefined, wrapped: boolean): GatheredPart {
  return dot === undefined ? { text, end, wrapped } : { text, end, dot, wrapped };
}
