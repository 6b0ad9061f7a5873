import { readAuthorization } from './authorization.ts';
import type { Header } from './call.ts';
import type { CallResponse } from './exchange.ts';
import {
  absoluteUrl,
  contentLengthIn,
  type DraftExchange,
  draftBody,
  METHODS,
  MOST_HEADERS,
  readHeaderLine,
  showsCompleteness,
  textOf,
} from './exchange-draft.ts';
import { HEADER_NAME_LINE } from './line-secrets.ts';

type Section = 'general' | 'request' | 'response' | 'requestBody' | 'responseBody';

const SECTIONS: readonly (readonly [pattern: RegExp, section: Section])[] = [
  [/^general$/i, 'general'],
  [/^(?:▼ ?)?request headers(?: \([^)]*\))?:?(?: \{)?$/i, 'request'],
  [/^(?:▼ ?)?response headers(?: \([^)]*\))?:?(?: \{)?$/i, 'response'],
  [/^(?:▼ ?)?(?:request (?:body|payload|data)|payload):?$/i, 'requestBody'],
  [/^(?:▼ ?)?(?:response(?: body)?|preview):?$/i, 'responseBody'],
];
const GENERAL_LABEL =
  /^(request url|request method|status code|status|url|method|remote address|referrer policy)(?::\s*(.*))?$/is;
/** Headers an answer has and a request has not, by which a list without a title is told. */
const OF_RESPONSES =
  /^(?:www-authenticate|server|set-cookie|x-powered-by|apim-request-id|request-context|x-ms-request-id|x-ms-middleware-request-id|strict-transport-security|location|retry-after|etag|expires|last-modified|x-azure-ref|vary|age|allow|date|:status)$/i;
const OF_REQUESTS =
  /^(?:authorization|host|user-agent|accept|cookie|ocp-apim-subscription-key|x-functions-key|referer|origin|:method|:authority|:path)$/i;
const FEWEST_HEADERS = 2;
const REQUEST = new RegExp(`^(${METHODS}) (https?://\\S+)$`);

/** True when a line is the title `Request Headers` or `Response Headers`. */
export function hasTitles(lines: readonly string[]): boolean {
  return lines.some((line) => SECTIONS[1]?.[0].test(line.trim()) || SECTIONS[2]?.[0].test(line.trim()));
}

interface Found {
  general: Map<string, string>;
  request: Header[];
  response: Header[];
  requestBody: string[];
  responseBody: string[];
  /** Lines that are no header, in a part where only headers stand. */
  strange: number;
}

/**
 * Headers as a browser's developer tools or Postman's console copy them: `name: value` lines, or name and value on lines
 * of their own, with or without the titles General, Request Headers, Response Headers. Undefined when the text is something
 * else: fewer than two headers, or more other lines than headers.
 */
export function readHeaderList(lines: readonly string[]): DraftExchange | undefined {
  const trimmed = lines.map((line) => line.trim());
  const found = collect(trimmed);
  if (isHopeless(found)) return undefined;
  const headers = found.request.length + found.response.length;
  const isList = headers >= FEWEST_HEADERS || (headers === 1 && found.strange === 0 && knowsOne(found));
  if ((!isList && found.general.size < FEWEST_HEADERS) || found.strange > headers + found.general.size)
    return undefined;
  const draft: DraftExchange = {};
  const request = readRequest(found);
  const response = readResponse(found);
  if (request) draft.request = request;
  if (response) draft.response = response;
  return request || response ? draft : undefined;
}

/** No list of headers is this long. */
function isHopeless({ request, response, strange }: Found): boolean {
  return request.length + response.length + strange > MOST_HEADERS;
}

function knowsOne({ request, response }: Found): boolean {
  return [...request, ...response].some(({ name }) => OF_RESPONSES.test(name) || OF_REQUESTS.test(name));
}

function collect(lines: readonly string[]): Found {
  const found: Found = { general: new Map(), request: [], response: [], requestBody: [], responseBody: [], strange: 0 };
  let section: Section = hasOnlyRequestHeaders(lines) ? 'request' : 'response';
  for (let index = 0; index < lines.length && !isHopeless(found); index++) {
    const line = lines[index] ?? '';
    const titled = SECTIONS.find(([pattern]) => pattern.test(line));
    if (titled) section = titled[1];
    else if (section === 'requestBody' || section === 'responseBody') found[section].push(line);
    else if (line !== '') index += takeLine(found, section, line, lines[index + 1]);
  }
  return found;
}

/** Returns how many further lines were used. */
function takeLine(found: Found, section: Section, line: string, next: string | undefined): number {
  const request = REQUEST.exec(line);
  if (request?.[1] && request[2]) {
    found.general.set('request method', request[1]).set('request url', request[2]);
    return 0;
  }
  const general = GENERAL_LABEL.exec(line);
  if (general?.[1] && (section === 'general' || / /.test(general[1]))) {
    const isNextLine = general[2] === undefined || general[2] === '';
    found.general.set(general[1].toLowerCase(), (isNextLine ? next : general[2]) ?? '');
    return isNextLine ? 1 : 0;
  }
  const headers = section === 'request' ? found.request : found.response;
  const header = readListedHeader(line);
  if (header && header.value !== '') {
    headers.push(header);
    return 0;
  }
  const value = next === undefined || next === '' || readListedHeader(next)?.value ? undefined : next;
  if (
    HEADER_NAME_LINE.test(line) &&
    value !== undefined &&
    (header || OF_RESPONSES.test(line) || OF_REQUESTS.test(line) || /-|^:/.test(line))
  ) {
    headers.push({ name: line.replace(/:$/, ''), value });
    return 1;
  }
  if (header) headers.push(header);
  else if (/^\d{3}$/.test(line)) found.general.set('status code', line);
  else found.strange++;
  return 0;
}

/** Also the pseudo-headers of HTTP/2 (`:status`), and Postman's `name: "value"` and `name: 'value',`. */
function readListedHeader(line: string): Header | undefined {
  const isPseudo = line.startsWith(':');
  const header = readHeaderLine(isPseudo ? line.slice(1) : line);
  if (!header || /^https?$/i.test(header.name)) return undefined;
  const value = header.value.replace(/^(["'])(.*)\1,?$/, '$2');
  return { name: isPseudo ? `:${header.name}` : header.name, value };
}

function hasOnlyRequestHeaders(lines: readonly string[]): boolean {
  const names = lines.slice(0, MOST_HEADERS).map((line) => readListedHeader(line)?.name ?? '');
  return names.some((name) => OF_REQUESTS.test(name)) && !names.some((name) => OF_RESPONSES.test(name));
}

function readRequest(found: Found): DraftExchange['request'] {
  const pseudo = (name: string) => found.request.find((header) => header.name.toLowerCase() === name)?.value;
  const method = found.general.get('request method') ?? found.general.get('method') ?? pseudo(':method');
  const url = found.general.get('request url') ?? found.general.get('url');
  const headers = found.request.filter(({ name }) => !name.startsWith(':'));
  if (!method && !url && found.request.length === 0) return undefined;
  const scheme = pseudo(':scheme') === 'http' ? 'http' : 'https';
  const target = absoluteUrl(pseudo(':path') ?? '', found.request, scheme);
  const body = textOf(found.requestBody);
  return {
    method: method ?? 'GET',
    url: url ?? target,
    headers,
    // A browser leaves headers out of what it shows ("provisional headers"); one that authorises is proof enough.
    headersComplete: readAuthorization(headers).type !== 'none',
    ...(body === '' ? {} : { body }),
  };
}

function readResponse(found: Found): CallResponse | undefined {
  const status = found.general.get('status code') ?? found.general.get('status');
  const pseudo = found.response.find(({ name }) => name.toLowerCase() === ':status')?.value;
  const match = /(\d{3})(?:\s+(.*))?$/s.exec(pseudo ?? status ?? '');
  const headers = found.response.filter(({ name }) => !name.startsWith(':'));
  const text = textOf(found.responseBody);
  if (!match && headers.length === 0 && text === '') return undefined;
  const response: CallResponse = { headers, headersComplete: showsCompleteness(headers) };
  if (match?.[1]) response.status = Number(match[1]);
  if (match?.[2]) response.statusText = match[2];
  const length = contentLengthIn(headers);
  if (text !== '' || length === 0) response.body = draftBody(text, true, length);
  return response;
}
