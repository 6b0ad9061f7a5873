import type { Header } from './call.ts';
import type { CallResponse, ResponseBody, SendFailure } from './exchange.ts';

/** An exchange while it is read from text: nothing in it is masked yet, so it never leaves this folder. */
export interface DraftExchange {
  request?: DraftRequest;
  response?: CallResponse;
  failure?: SendFailure;
  text?: string;
}

export interface DraftRequest {
  method: string;
  /** Absolute where the text says scheme and host, else the target as written. */
  url: string;
  headers: Header[];
  headersComplete: boolean;
  body?: string;
}

/** Servers take far fewer; what comes after is not kept. */
export const MOST_HEADERS = 500;

/** `Name: value`; the name a token of RFC 9110 §5.6.2. Undefined for any other line. */
export function readHeaderLine(line: string): Header | undefined {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,128})[ \t]{0,8}:(.*)$/.exec(line);
  if (!match?.[1]) return undefined;
  return { name: match[1], value: (match[2] ?? '').trim() };
}

export function keepHeader(headers: Header[], header: Header): void {
  if (headers.length < MOST_HEADERS) headers.push(header);
}

/** `HTTP/1.1 401 Unauthorized`, `HTTP/2 401`. */
export function readStatusLine(line: string): { status: number; statusText: string } | undefined {
  const match = /^HTTP\/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t]+(.*))?$/is.exec(line.trimEnd());
  if (!match) return undefined;
  return { status: Number(match[1]), statusText: (match[2] ?? '').trim() };
}

export const METHODS = 'GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|QUERY|CONNECT';

const REQUEST_LINE = new RegExp(`^(${METHODS})[ \\t]+(\\S+)(?:[ \\t]+(HTTP/\\d(?:\\.\\d)?))?[ \\t]*$`, 'i');

/** `GET /orders HTTP/1.1`; without a version only when the target is an absolute URL. */
export function readRequestLine(line: string): { method: string; target: string } | undefined {
  const match = REQUEST_LINE.exec(line);
  if (!match?.[1] || !match[2]) return undefined;
  const isRequest = match[3] !== undefined || /^(?:https?:\/\/|\{\{)/i.test(match[2]);
  return isRequest ? { method: match[1].toUpperCase(), target: match[2] } : undefined;
}

/** The absolute URL of a target, where Host tells it (RFC 9112 §3.2.1). */
export function absoluteUrl(target: string, headers: readonly Header[], scheme: 'http' | 'https'): string {
  if (!target.startsWith('/')) return target;
  const host = headers.find(({ name }) => /^(?:host|:authority)$/i.test(name))?.value;
  return host ? `${scheme}://${host}${target}` : target;
}

/** A local host without signs of TLS speaks plain HTTP; everything else is taken for HTTPS. */
export function likelyScheme(headers: readonly Header[]): 'http' | 'https' {
  const host = headers.find(({ name }) => /^(?:host|:authority)$/i.test(name))?.value ?? '';
  return /^(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?$/i.test(host) || /:80$/.test(host) ? 'http' : 'https';
}

/** Interim answers and a proxy's "Connection established" are not the answer to the call. */
export function isInterim({ status = 0, statusText = '' }: Pick<CallResponse, 'status' | 'statusText'>): boolean {
  return (status >= 100 && status < 200) || (status === 200 && /^connection established$/i.test(statusText));
}

/** A pasted body; its size is that of its UTF-8 text, unless Content-Length says that there was more. */
export function draftBody(text: string, isWhole: boolean, contentLength?: number): ResponseBody {
  const bytes = new TextEncoder().encode(text).length;
  if (contentLength === undefined) return { text, bytes, isComplete: isWhole };
  return { text, bytes: Math.max(bytes, contentLength), isComplete: isWhole && bytes >= contentLength };
}

/** Content-Length in bytes; undefined when absent, not a number or, as after decompression, not to be trusted. */
export function contentLengthIn(headers: readonly Header[]): number | undefined {
  const named = (wanted: string) => headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '';
  const length = named('content-length').trim();
  if (named('content-encoding').trim() !== '' || !/^\d{1,15}$/.test(length)) return undefined;
  return Number(length);
}

/** True when there is a Content-Length: servers write it last or nearly so, and people copy headers from the top. */
export function showsCompleteness(headers: readonly Header[]): boolean {
  return headers.some(({ name }) => name.toLowerCase() === 'content-length');
}

/** Chunks announce a body: none in the paste means that it was left out. */
export function isChunked(headers: readonly Header[]): boolean {
  return headers.some(({ name, value }) => name.toLowerCase() === 'transfer-encoding' && /chunked/i.test(value));
}

/** Blank lines around a pasted body belong to the paste. */
export function textOf(lines: readonly string[]): string {
  let start = 0;
  let end = lines.length;
  while (start < end && lines[start]?.trim() === '') start++;
  while (end > start && lines[end - 1]?.trim() === '') end--;
  return lines.slice(start, end).join('\n');
}
