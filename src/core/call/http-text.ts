import { readJsonText } from '../token/json-text.ts';
import { readAuthorization } from './authorization.ts';
import type { Call, Header } from './call.ts';
import { readCurlCommand } from './curl-command.ts';
import { curlFailure } from './curl-failure.ts';
import { isCurlVerbose, readCurlVerbose } from './curl-verbose.ts';
import { type CallResponse, type Exchange, findHeader, type SendFailure } from './exchange.ts';
import { type DraftExchange, draftBody } from './exchange-draft.ts';
import { readHarEntries } from './har.ts';
import { hasTitles, readHeaderList } from './header-list.ts';
import { maskExchange, maskUrl } from './mask-exchange.ts';
import { isPostmanConsole, readPostmanConsole } from './postman-console.ts';
import { isRawHttp, readRawHttp } from './raw-http.ts';

/** Characters of a pasted text that are read: a response in an editor is rarely more. */
export const GREATEST_PASTED_LENGTH = 1024 * 1024;
const MOST_EXCHANGES = 100;
/** `Azure.RequestFailedException: …`: the lines of an exception look like headers. */
const EXCEPTION = /^\s*[\w.]{0,200}(?:Error|Exception): /;

const ANSI_COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]{0,16}m`, 'g');
const INVISIBLE_START = /^[\ufeff\u200b-\u200d\u2060]+/;

/** An entry of a recording: what tells it from the others, and its exchanges, those first that led to it by redirects. */
export interface RecordedCall {
  method: string;
  /** Secrets masked. */
  url: string;
  /** Absent when no answer came. */
  status?: number;
  exchanges(): Exchange[];
}

/**
 * The calls of a recording (HAR) in its order, secrets masked as they are read; undefined when the text is no recording.
 * At most 2000 calls of the first 64 MB. Never throws.
 */
export function readRecording(text: string): RecordedCall[] | undefined {
  const drafts = readHarEntries(text.replace(INVISIBLE_START, ''));
  return drafts?.map((draft, index) => ({
    method: draft.request?.method ?? '',
    url: maskUrl(draft.request?.url ?? ''),
    ...(draft.response?.status === undefined ? {} : { status: draft.response.status }),
    exchanges: () => chainTo(drafts, index).map((one) => maskExchange(toExchange(one))),
  }));
}

const LONGEST_CHAIN = 10;

/** A redirect stands before the call it led to, perhaps with others in between. */
function chainTo(drafts: readonly DraftExchange[], index: number): DraftExchange[] {
  const last = drafts[index];
  const chain = last ? [last] : [];
  for (let at = index - 1; at >= 0 && chain.length < LONGEST_CHAIN; at--) {
    const draft = drafts[at];
    if (draft && leadsTo(draft, chain[0]?.request?.url ?? '')) chain.unshift(draft);
  }
  return chain;
}

function leadsTo({ request, response }: DraftExchange, url: string): boolean {
  const status = response?.status ?? 0;
  const location = findHeader(response?.headers ?? [], 'location')?.value;
  if (status < 300 || status >= 400 || !location || !request || !URL.canParse(location, request.url)) return false;
  return new URL(location, request.url).href === url;
}

/**
 * The exchanges in a pasted text, secrets masked: raw HTTP messages, `curl -v` and `curl -i` output, dumps of Postman and
 * REST Client, header lists of a browser's developer tools, Postman's console, a recording (HAR), or an error's JSON alone;
 * otherwise one exchange with `text`.
 * Nothing is guessed: a part that is not there is absent, and `headersComplete` is true only when a blank line after the
 * headers or a Content-Length shows it. Reads the first 1 MB and 100 exchanges; empty text gives none. Linear; never throws.
 */
export function readExchangeText(text: string): Exchange[] {
  const recorded = readRecording(text)?.at(-1)?.exchanges();
  if (recorded) return recorded;
  const cleaned = text.slice(0, GREATEST_PASTED_LENGTH).replace(INVISIBLE_START, '').replace(ANSI_COLOUR, '');
  const drafts = readDrafts(cleaned);
  return drafts.slice(0, MOST_EXCHANGES).map((draft) => maskExchange(toExchange(draft)));
}

function readDrafts(text: string): DraftExchange[] {
  if (text.trim() === '') return [];
  // The last line's break begins no further line: a blank one there would claim that the headers end.
  const lines = withoutMargin(text.replace(/(?:\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/));
  if (isPostmanConsole(lines)) return readPostmanConsole(lines);
  const command = readCurlCommand(lines);
  if (isCurlVerbose(lines)) return withCommand(readCurlVerbose(lines), command);
  const titled = hasTitles(lines) ? readHeaderList(lines) : undefined;
  if (titled) return [titled];
  if (isRawHttp(lines)) return withCommand(readRawHttp(lines), command);
  const list = EXCEPTION.test(lines[0] ?? '') ? undefined : readHeaderList(lines);
  if (list) return [list];
  const body = readJsonBody(text);
  if (body) return [body];
  const failure = findFailure(lines);
  if (failure) return [{ ...command, failure, ...(command ? {} : { text }) }];
  return [command ?? { text }];
}

function findFailure(lines: readonly string[]): SendFailure | undefined {
  for (const line of lines) {
    const failure = curlFailure(line);
    if (failure) return failure;
  }
  return undefined;
}

/** What the command line says fills in what its output leaves out: method, URL and headers of `curl -i`. */
function withCommand(drafts: DraftExchange[], command: DraftExchange | undefined): DraftExchange[] {
  const [first, ...rest] = drafts;
  if (!command?.request || !first) return drafts;
  const shown = first.request;
  const request = shown
    ? { ...shown, url: sameTarget(command.request.url, shown.url) ? command.request.url : shown.url }
    : command.request;
  // What stood before the output is the command itself.
  const { text: _command, ...output } = first;
  return [{ ...output, request }, ...rest];
}

/** Output names path and host; only the command has the scheme. */
function sameTarget(full: string, shown: string): boolean {
  return full.replace(/^https?:/i, '') === shown.replace(/^https?:/i, '');
}

/** Text copied from an indented place: the common margin is no part of it. */
function withoutMargin(lines: string[]): string[] {
  let margin = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    if (line.trim() !== '') margin = Math.min(margin, line.length - line.trimStart().length);
    if (margin === 0) return lines;
  }
  return Number.isFinite(margin) ? lines.map((line) => line.slice(margin)) : lines;
}

/** A JSON object alone, or after a few words: `Response body: {…}`. */
function readJsonBody(text: string): DraftExchange | undefined {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start < 0 || end < start) return undefined;
  const json = text.slice(start, end + 1);
  const value = readJsonText(json).value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const around = `${text.slice(0, start)}${text.slice(end + 1)}`.trim();
  if (around !== '' && !looksLikeError(value)) return undefined;
  const draft: DraftExchange = { response: { headers: [], headersComplete: false, body: draftBody(json, true) } };
  const status = value.statusCode ?? value.status;
  const isStatus = typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599;
  if (draft.response && isStatus) draft.response.status = status;
  if (around !== '') draft.text = around;
  return draft;
}

function looksLikeError(value: object): boolean {
  return ['error', 'statusCode', 'odata.error', 'error_description', 'Error'].some((name) =>
    Object.hasOwn(value, name),
  );
}

function toExchange(draft: DraftExchange): Exchange {
  const exchange: Exchange = {};
  if (draft.request) exchange.call = toCall(draft.request);
  if (draft.response) exchange.response = draft.response satisfies CallResponse;
  if (draft.failure) exchange.failure = draft.failure;
  if (draft.text !== undefined && draft.text.trim() !== '') exchange.text = draft.text;
  return exchange;
}

function toCall(request: NonNullable<DraftExchange['request']>): Call {
  const { method, url, headers, headersComplete, body } = request;
  return { method, url, headers, ...(body ? { body } : {}), authorization: authorizationIn(headers, headersComplete) };
}

/** An excerpt without an Authorization header does not say that there was none. */
function authorizationIn(headers: readonly Header[], headersComplete: boolean): Call['authorization'] {
  const authorization = readAuthorization(headers);
  const isUnknown = authorization.type === 'none' && !headersComplete;
  return isUnknown ? { type: 'unknown', why: 'notShown', setBy: 'caller' } : authorization;
}
