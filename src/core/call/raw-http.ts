import type { Header } from './call.ts';
import type { CallResponse } from './exchange.ts';
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
  readHeaderLine,
  readRequestLine,
  readStatusLine,
  showsCompleteness,
  textOf,
} from './exchange-draft.ts';

/** True when some line is a status line or a request line with its HTTP version or absolute URL. */
export function isRawHttp(lines: readonly string[]): boolean {
  return lines.some((line) => readStatusLine(line) !== undefined || readRequestLine(line) !== undefined);
}

/**
 * Messages as HTTP/1.1 writes them (RFC 9112), one after the other: a request, its response, a response alone. Words
 * before the first message become its exchange's text. Separators (`###`) and code fences between messages are skipped.
 */
export function readRawHttp(lines: readonly string[]): DraftExchange[] {
  const reader = new RawReader();
  for (const line of lines) reader.take(line);
  return reader.finish();
}

type Part = 'before' | 'requestHeaders' | 'requestBody' | 'responseHeaders' | 'responseBody';

class RawReader {
  readonly #done: DraftExchange[] = [];
  #part: Part = 'before';
  #before: string[] = [];
  #request: DraftRequest | undefined;
  #response: CallResponse | undefined;
  #headers: Header[] = [];
  #body: string[] = [];

  take(line: string): void {
    const status = readStatusLine(line);
    const isSeparated = this.#part === 'before' || this.#part === 'responseBody';
    const request = isSeparated || / HTTP\/\d/.test(line) ? readRequestLine(line) : undefined;
    if (status) this.#startResponse(status);
    else if (request) this.#startRequest(request);
    else if (/^###|^```/.test(line)) this.#endMessage();
    else this.#takePlain(line);
  }

  #takePlain(line: string): void {
    switch (this.#part) {
      case 'before':
        this.#before.push(line);
        break;
      case 'requestHeaders':
      case 'responseHeaders':
        this.#takeHeader(line);
        break;
      case 'requestBody':
      case 'responseBody':
        this.#body.push(line);
        break;
    }
  }

  finish(): DraftExchange[] {
    this.#endExchange();
    return this.#done;
  }

  #startRequest({ method, target }: { method: string; target: string }): void {
    this.#endExchange();
    this.#part = 'requestHeaders';
    this.#headers = [];
    this.#request = { method, url: target, headers: this.#headers, headersComplete: false };
  }

  #startResponse(status: { status: number; statusText: string }): void {
    if (this.#part === 'requestHeaders' || this.#part === 'requestBody') this.#endRequest();
    if (this.#response && !isInterim(this.#response)) this.#endExchange();
    this.#part = 'responseHeaders';
    this.#headers = [];
    this.#body = [];
    this.#response = { ...status, headers: this.#headers, headersComplete: false };
  }

  #takeHeader(line: string): void {
    const header = readHeaderLine(line);
    const last = this.#headers.at(-1);
    if (line.trim() === '') this.#endHeaders();
    else if (header) keepHeader(this.#headers, header);
    else if (last && /^[ \t]/.test(line)) last.value = `${last.value} ${line.trim()}`;
    else {
      // A body without the blank line before it: the headers were cut, or somebody left the line out.
      this.#part = this.#part === 'requestHeaders' ? 'requestBody' : 'responseBody';
      this.#body = [line];
    }
  }

  #endHeaders(): void {
    if (this.#part === 'requestHeaders' && this.#request) {
      this.#request.headersComplete = true;
      this.#part = 'requestBody';
    } else if (this.#response) {
      this.#response.headersComplete = this.#headers.length > 0;
      this.#part = 'responseBody';
    }
    this.#body = [];
  }

  #endRequest(): void {
    if (!this.#request) return;
    const body = textOf(this.#body);
    if (body !== '') this.#request.body = body;
    this.#request.url = absoluteUrl(this.#request.url, this.#request.headers, likelyScheme(this.#request.headers));
    this.#body = [];
  }

  #endResponse(): void {
    if (!this.#response) return;
    const { headers } = this.#response;
    this.#response.headersComplete ||= showsCompleteness(headers);
    const length = contentLengthIn(headers);
    const text = textOf(this.#body);
    if (text === '' && length !== 0 && !this.#response.headersComplete) return;
    this.#response.body = draftBody(text, text !== '' || !isChunked(headers), length);
  }

  #endMessage(): void {
    if (this.#part === 'responseHeaders' || this.#part === 'responseBody') this.#endExchange();
  }

  #endExchange(): void {
    if (this.#part === 'requestHeaders' || this.#part === 'requestBody') this.#endRequest();
    this.#endResponse();
    const draft: DraftExchange = {};
    if (this.#request) draft.request = this.#request;
    if (this.#response) draft.response = this.#response;
    if (this.#before.some((line) => line.trim() !== '')) draft.text = this.#before.join('\n');
    if (draft.request || draft.response) {
      this.#done.push(draft);
      this.#before = [];
    }
    this.#part = 'before';
    this.#request = undefined;
    this.#response = undefined;
    this.#body = [];
  }
}
