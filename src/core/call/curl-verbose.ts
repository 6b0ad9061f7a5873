import type { Header } from './call.ts';
import { curlFailure } from './curl-failure.ts';
import type { CallResponse, SendFailure } from './exchange.ts';
import {
  absoluteUrl,
  contentLengthIn,
  type DraftExchange,
  type DraftRequest,
  draftBody,
  isChunked,
  isInterim,
  keepHeader,
  likelyScheme,
  METHODS,
  readHeaderLine,
  readStatusLine,
  showsCompleteness,
  textOf,
} from './exchange-draft.ts';

const REQUEST = new RegExp(`^> (${METHODS}) (\\S+)(?: HTTP/[\\d.]+)?\\s*$`);
const NOTE_AFTER_BODY = /\* (?:Connection #\d+ to host |Closing connection|Curl_http_done|Mark bundle )/;
const TLS_NOTES = [/^\* (?:SSL|TLS|ALPN|schannel|\(\d+\) \(?(?:OUT|IN)\b)/i, /SSL connection/i, /port 443\b/i];
const PROGRESS = /^\s*% Total\b|Dload\s+Upload|--:--:--/;

/** True for the output of `curl -v`: what was sent after `> `, what came after `< `. */
export function isCurlVerbose(lines: readonly string[]): boolean {
  return lines.some(
    (line) => REQUEST.test(line) || (line.startsWith('< ') && readStatusLine(line.slice(2)) !== undefined),
  );
}

/**
 * The exchanges in the output of `curl -v`. Its notes (`* `) give the scheme and the failure; they and the progress meter
 * are left out otherwise. curl shows all headers, so an empty `>` or `<` line says that they are complete.
 */
export function readCurlVerbose(lines: readonly string[]): DraftExchange[] {
  const reader = new CurlReader();
  for (const line of lines) reader.take(line);
  return reader.finish();
}

class CurlReader {
  readonly #done: DraftExchange[] = [];
  #request: DraftRequest | undefined;
  #response: CallResponse | undefined;
  #failure: SendFailure | undefined;
  #responseHeaders: Header[] = [];
  #body: string[] = [];
  #inBody = false;
  #before: string[] = [];
  #sawTls = false;
  #sawConnection = false;

  take(line: string): void {
    if (/^[{}] \[/.test(line) || PROGRESS.test(line)) return;
    if (line.startsWith('* ')) this.#takeNote(line);
    else if (line.startsWith('> ') || line.trimEnd() === '>') this.#takeSent(line);
    else if (line.startsWith('< ') || line.trimEnd() === '<') this.#takeReceived(line);
    else this.#takePlain(line);
  }

  #takePlain(line: string): void {
    const failure = curlFailure(line);
    if (failure) this.#failure = failure;
    else if (this.#inBody) this.#takeBody(line);
    else if (!this.#request && !this.#response) this.#before.push(line);
  }

  finish(): DraftExchange[] {
    this.#endExchange();
    return this.#done;
  }

  #takeNote(line: string): void {
    if (TLS_NOTES.some((pattern) => pattern.test(line))) this.#sawTls = true;
    if (/^\* (?:Connected to|Established connection)/.test(line)) this.#sawConnection = true;
    const failure = curlFailure(line);
    if (failure) this.#failure = failure;
  }

  #takeSent(line: string): void {
    const match = REQUEST.exec(line);
    if (match?.[1] && match[2]) {
      this.#endExchange();
      this.#request = { method: match[1].toUpperCase(), url: match[2], headers: [], headersComplete: false };
      return;
    }
    if (!this.#request) return;
    const header = readHeaderLine(line.slice(2));
    if (header) keepHeader(this.#request.headers, header);
    else if (line.trimEnd() === '>') this.#request.headersComplete = true;
  }

  #takeReceived(line: string): void {
    const status = readStatusLine(line.slice(2));
    if (status) {
      if (this.#response && !isInterim(this.#response)) this.#endExchange();
      this.#responseHeaders = [];
      this.#response = { ...status, headers: this.#responseHeaders, headersComplete: false };
      this.#inBody = false;
      this.#body = [];
      return;
    }
    if (!this.#response) return;
    const header = readHeaderLine(line.slice(2));
    if (header) keepHeader(this.#responseHeaders, header);
    else if (line.trimEnd() === '<') {
      this.#response.headersComplete = this.#responseHeaders.length > 0;
      this.#inBody = true;
    }
  }

  /** curl writes its next note right behind a body that ends without a line break. */
  #takeBody(line: string): void {
    const note = NOTE_AFTER_BODY.exec(line);
    this.#body.push(note ? line.slice(0, note.index) : line);
    if (note) this.#inBody = false;
  }

  #endExchange(): void {
    const draft: DraftExchange = {};
    if (this.#request) {
      const { headers } = this.#request;
      const scheme = this.#sawTls ? 'https' : this.#sawConnection ? 'http' : likelyScheme(headers);
      draft.request = { ...this.#request, url: absoluteUrl(this.#request.url, headers, scheme) };
    }
    if (this.#response) draft.response = this.#finishedResponse(this.#response);
    if (this.#failure) draft.failure = this.#failure;
    if (this.#before.some((line) => line.trim() !== '')) draft.text = this.#before.join('\n');
    const isSomething = draft.request !== undefined || draft.response !== undefined;
    if (isSomething) this.#done.push(draft);
    if (isSomething) this.#before = [];
    this.#request = undefined;
    this.#response = undefined;
    this.#failure = undefined;
    this.#inBody = false;
    this.#body = [];
  }

  #finishedResponse(response: CallResponse): CallResponse {
    const headersComplete = response.headersComplete || showsCompleteness(response.headers);
    const text = textOf(this.#body);
    const length = contentLengthIn(response.headers);
    if (text === '' && length !== 0 && !response.headersComplete) return { ...response, headersComplete };
    return {
      ...response,
      headersComplete,
      body: draftBody(text, text !== '' || !isChunked(response.headers), length),
    };
  }
}
