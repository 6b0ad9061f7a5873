import { base64urlValue } from './base64url.ts';

/** `open`: more must follow; `complete`: a whole object, at most white space may follow; `broken`: not JSON any more. */
export type JsonState = 'open' | 'complete' | 'broken';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Follows a base64url text piece by piece and knows whether the JSON object in it is complete. Each character is looked
 * at once, so that a token wrapped over thousands of lines costs no more than its length. It only counts brackets and
 * strings; whether the result is JSON in full is for `JSON.parse` to say.
 */
export class JsonProgress {
  state: JsonState = 'open';
  #pending = 0;
  #pendingBits = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** Takes the next piece. A character outside the alphabet breaks it. */
  feed(piece: string): void {
    for (let index = 0; index < piece.length && this.state !== 'broken'; index++) {
      const value = base64urlValue(piece.charCodeAt(index));
      if (value < 0) {
        this.state = 'broken';
        return;
      }
      this.#pending = ((this.#pending << 6) | value) & 0xffff;
      this.#pendingBits += 6;
      if (this.#pendingBits >= 8) {
        this.#pendingBits -= 8;
        this.#takeByte((this.#pending >> this.#pendingBits) & 0xff);
      }
    }
  }

  #takeByte(byte: number): void {
    if (this.#inString) this.#takeStringByte(byte);
    else if (isJsonSpace(byte)) return;
    else if (this.state === 'complete') this.state = 'broken';
    else if (this.#depth === 0) this.#open(byte === 0x7b);
    else if (byte === QUOTE) this.#inString = true;
    else if (byte === 0x7b || byte === 0x5b) this.#depth++;
    else if (byte === 0x7d || byte === 0x5d) this.#close();
    else if (!isOutsideString(byte)) this.state = 'broken';
  }

  #takeStringByte(byte: number): void {
    if (byte < 0x20) this.state = 'broken';
    else if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }

  #open(isBrace: boolean): void {
    if (isBrace) this.#depth = 1;
    else this.state = 'broken';
  }

  #close(): void {
    this.#depth--;
    if (this.#depth === 0) this.state = 'complete';
  }
}

function isJsonSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Letters of true, false, null and exponents, digits, and `+ , - . :`. */
function isOutsideString(byte: number): boolean {
  return (byte >= 0x2b && byte <= 0x3a && byte !== 0x2f) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x45;
}
