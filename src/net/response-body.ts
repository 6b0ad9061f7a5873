import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import type { Header } from '../core/call/call.ts';
import { findHeader, type ResponseBody } from '../core/call/exchange.ts';
import { decodeBodyText } from './body-text.ts';

/**
 * Reads a body to its end, keeps its first bytes and counts all. A content coding (gzip, deflate, br) is undone while it
 * arrives, and no further than the limit: what a small body unpacks to never costs more memory than that.
 */
export class ResponseBodyReader {
  readonly #message: IncomingMessage;
  readonly #headers: readonly Header[];
  readonly #onProgress: () => void;
  readonly #received: KeptBytes;
  readonly #decoded: KeptBytes;
  readonly #coding: string;
  #decoder: Transform | undefined;
  #decoding: 'none' | 'running' | 'done' | 'full' | 'failed' = 'none';
  #messageEnded = false;
  #onDone: (error?: unknown) => void = () => undefined;

  constructor(message: IncomingMessage, headers: readonly Header[], maxKeptBytes: number, onProgress: () => void) {
    this.#message = message;
    this.#headers = headers;
    this.#onProgress = onProgress;
    this.#received = new KeptBytes(maxKeptBytes);
    this.#decoded = new KeptBytes(maxKeptBytes);
    this.#coding = findHeader(headers, 'content-encoding')?.value.trim().toLowerCase() ?? '';
    message.on('data', (chunk: Buffer) => this.#take(chunk));
    message.on('end', () => this.#endMessage());
    message.on('close', () => {
      if (!this.#messageEnded) this.#onDone({ code: 'ECONNRESET' });
    });
  }

  whenDone(callback: (error?: unknown) => void): void {
    this.#onDone = callback;
  }

  /**
   * What there is by now. `bytes` counts what was received, as Content-Length does: of a compressed body the compressed
   * bytes. `text` is absent for binary content.
   */
  read(isWhole: boolean): ResponseBody {
    this.#decoder?.destroy();
    // A body that calls itself compressed and is not, is shown as it came.
    const isPlain = this.#decoding === 'none' || (this.#decoding === 'failed' && this.#decoded.size === 0);
    const kept = isPlain ? this.#received : this.#decoded;
    const isComplete = isWhole && !kept.isFull && this.#decoding !== 'failed';
    const contentType = findHeader(this.#headers, 'content-type')?.value ?? '';
    const text = decodeBodyText(kept.join(), contentType, isComplete);
    const body: ResponseBody = { bytes: this.#received.size, isComplete };
    return text === undefined ? body : { ...body, text };
  }

  #take(chunk: Buffer): void {
    if (this.#received.size === 0) this.#startDecoding(chunk);
    this.#received.add(chunk);
    this.#onProgress();
    if (this.#decoding !== 'running' || !this.#decoder) return;
    if (this.#decoder.write(chunk)) return;
    this.#message.pause();
    this.#decoder.once('drain', () => this.#message.resume());
  }

  #startDecoding(first: Buffer): void {
    this.#decoder = createDecoder(this.#coding, first);
    if (!this.#decoder) return;
    this.#decoding = 'running';
    this.#decoder.on('data', (chunk: Buffer) => {
      this.#decoded.add(chunk);
      if (this.#decoded.isFull) this.#stopDecoding('full');
    });
    this.#decoder.on('end', () => this.#stopDecoding('done'));
    this.#decoder.on('error', () => this.#stopDecoding('failed'));
  }

  #stopDecoding(state: 'done' | 'full' | 'failed'): void {
    if (this.#decoding !== 'running') return;
    this.#decoding = state;
    this.#decoder?.destroy();
    this.#message.resume();
    if (this.#messageEnded) this.#onDone();
  }

  #endMessage(): void {
    this.#messageEnded = true;
    if (this.#decoding === 'running') this.#decoder?.end();
    else this.#onDone();
  }
}

/** Undefined for no coding, an unknown one, several, or bytes that do not begin as the coding does. */
function createDecoder(coding: string, first: Buffer): Transform | undefined {
  // A flush instead of a finish: a body cut short still gives what it has.
  const zlibOptions = { finishFlush: constants.Z_SYNC_FLUSH };
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return first[0] === 0x1f ? createGunzip(zlibOptions) : undefined;
    case 'deflate':
      // RFC 9110 §8.4.1.2: meant is the zlib format; some servers send the bare stream.
      return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate(zlibOptions) : createInflateRaw(zlibOptions);
    case 'br':
      return createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH });
    default:
      return undefined;
  }
}

class KeptBytes {
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #kept = 0;
  /** Bytes that came, kept or not. */
  size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** True when more came than is kept. */
  get isFull(): boolean {
    return this.size > this.#limit;
  }

  add(chunk: Buffer): void {
    this.size += chunk.length;
    const room = this.#limit - this.#kept;
    if (room <= 0) return;
    const piece = chunk.length <= room ? chunk : chunk.subarray(0, room);
    this.#chunks.push(piece);
    this.#kept += piece.length;
  }

  join(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}
