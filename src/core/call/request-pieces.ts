import { fieldsOfJson } from './json-fields.ts';
import { decodeFormText, decodePercent } from './percent-decoding.ts';
import { fieldsOfMultipart, fieldsOfXml, pairsInText } from './text-fields.ts';

/** Where in a request something stands. */
export type RequestPart = 'header' | 'userInfo' | 'path' | 'query' | 'fragment' | 'body';

/** A request as it is typed, or about to be sent. `secret`: the value is a credential, whatever its name. */
export interface WholeRequest {
  url: string;
  headers: readonly { name: string; value: string; secret?: true }[];
  body?: string;
}

/** A value of a request, decoded, with the name it stands under; empty when there is none. */
export interface RequestPiece {
  part: RequestPart;
  /** Which header, query parameter (between `&`) or path segment (between `/`) it stands in, from 0. */
  at: number;
  name: string;
  value: string;
  /** What the name names: a member of JSON, an element of XML and a part of a form with files are `field`s. */
  kind: 'header' | 'cookie' | 'parameter' | 'field' | 'text';
  /** Of a field: the nearest member around it whose name stands for secrets. */
  under?: string;
}

type Inner = Pick<RequestPiece, 'name' | 'value' | 'kind' | 'under'>;

/** A shorter one is no session: a language, a choice. */
const SHORTEST_COOKIE = 8;
/** `a=b`. */
const SHORTEST_WITH_FIELDS = 3;

/** JSON in a string of JSON in a form. */
const DEEPEST = 4;
const SHORTEST_NAME_OF_VALUE = 16;

/**
 * Everything in a request that could be a value by itself, in order: headers and their cookies, user info, path segments,
 * parameters of query and fragment, fields of a body, and what such a value holds in turn (JSON, a form, an address), four
 * deep. Reads addresses that are none, too. Linear in the text for each of the four; never throws.
 */
export function piecesOfRequest({ url, headers, body }: WholeRequest): RequestPiece[] {
  const outer = [...headers.flatMap(piecesOfHeader), ...piecesOfUrl(url)];
  if (body !== undefined) outer.push(textAt('body', 0, body));
  return outer.flatMap((piece) => [piece, ...within(piece.value).map((inner) => ({ ...piece, ...inner }))]);
}

function piecesOfHeader({ name, value }: { name: string; value: string }, at: number): RequestPiece[] {
  const whole: RequestPiece = { part: 'header', at, name: name.trim(), value, kind: 'header' };
  if (!/^(?:set-)?cookie$/i.test(whole.name)) return [whole];
  const cookies = value.split(';').map(cookieOf);
  return [whole, ...cookies.filter((one) => one.value.length >= SHORTEST_COOKIE).map((one) => ({ ...whole, ...one }))];
}

function cookieOf(pair: string): Inner {
  const equals = pair.indexOf('=');
  return { name: pair.slice(0, Math.max(0, equals)).trim(), value: pair.slice(equals + 1).trim(), kind: 'cookie' };
}

/** An address in its parts, as written: `scheme` with its colon and slashes, `authority` with its user info. */
export interface UrlParts {
  scheme: string;
  authority: string;
  path: string;
  query?: string;
  fragment?: string;
}

const SCHEME = /^\s*[a-z][a-z0-9+.-]*:[\\/]*/i;

/** RFC 3986 §3, read as browsers do: a backslash counts as a slash, and there may be any number of them. Never throws. */
export function splitUrl(url: string): UrlParts {
  const hash = url.indexOf('#');
  const beforeHash = hash < 0 ? url : url.slice(0, hash);
  const mark = beforeHash.indexOf('?');
  const address = mark < 0 ? beforeHash : beforeHash.slice(0, mark);
  const [scheme = ''] = SCHEME.exec(address) ?? [];
  const [authority = ''] = scheme === '' ? [] : (/^[^\\/]*/.exec(address.slice(scheme.length)) ?? []);
  return {
    scheme,
    authority,
    path: address.slice(scheme.length + authority.length),
    ...(mark < 0 ? {} : { query: beforeHash.slice(mark + 1) }),
    ...(hash < 0 ? {} : { fragment: url.slice(hash + 1) }),
  };
}

function piecesOfUrl(url: string): RequestPiece[] {
  const { authority, path, query = '', fragment = '' } = splitUrl(url);
  const pieces = userInfoIn(authority);
  for (const [at, segment] of path.split(/[\\/]/).entries()) {
    if (segment !== '') pieces.push(textAt('path', at, decodePercent(segment)));
  }
  return [...pieces, ...parametersIn('query', query), ...parametersIn('fragment', fragment)];
}

function userInfoIn(authority: string): RequestPiece[] {
  const userInfo = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
  const colon = userInfo.indexOf(':');
  const secret = colon < 0 ? userInfo : userInfo.slice(colon + 1);
  const values = [userInfo, decodePercent(userInfo), secret, decodePercent(secret)];
  return [...new Set(values)].filter((value) => value !== '').map((value) => textAt('userInfo', 0, value));
}

function parametersIn(part: 'query' | 'fragment', text: string): RequestPiece[] {
  const pieces: RequestPiece[] = [];
  for (const [at, pair] of text.split('&').entries()) {
    if (pair !== '')
      for (const { name, value, kind } of parametersOf(pair)) pieces.push({ part, at, name, value, kind });
  }
  return pieces;
}

/** Name and value; a long name is a value, too: it may be a token that is followed by `=`. */
function parametersOf(pair: string): Inner[] {
  const parameter = parameterOf(pair);
  const { name } = parameter;
  return name.length < SHORTEST_NAME_OF_VALUE ? [parameter] : [parameter, { name: '', value: name, kind: 'text' }];
}

function parameterOf(pair: string): Inner {
  const equals = pair.indexOf('=');
  if (equals < 0) return { name: '', value: decodeFormText(pair), kind: 'text' };
  const name = decodeFormText(pair.slice(0, equals)).trim();
  return { name, value: decodeFormText(pair.slice(equals + 1)), kind: 'parameter' };
}

function textAt(part: RequestPart, at: number, value: string): RequestPiece {
  return { part, at, name: '', value, kind: 'text' };
}

const FORM = /^[^=&<>{}"]{1,200}=/;
/** `SharedAccessSignature sr=…&sig=…`. */
const AFTER_SCHEME = /^[A-Za-z][\w.-]{0,40}\s+[^\s=&<>{}"]{1,200}=\S+$/;

/** What a text holds, by what it looks like. */
function within(text: string, depth = 0): Inner[] {
  if (depth === DEEPEST || text.length < SHORTEST_WITH_FIELDS) return [];
  return fieldsOf(text.trim()).flatMap((field) => [field, ...within(field.value, depth + 1)]);
}

function fieldsOf(text: string): Inner[] {
  if (/^[[{"]/.test(text)) return fieldsOfJson(text);
  if (text.startsWith('--')) return fieldsOfMultipart(text);
  if (text.startsWith('<')) return fieldsOfXml(text);
  if (AFTER_SCHEME.test(text)) return parametersOfForm(text.replace(/^\S+\s+/, ''));
  if (/\s/.test(text)) return pairsInText(text);
  if (/^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(text)) {
    return piecesOfUrl(text).map(({ name, value, kind }) => ({ name, value, kind }));
  }
  if (FORM.test(text)) return parametersOfForm(text);
  const decoded = decodePercent(text);
  return decoded === text ? [] : [{ name: '', value: decoded, kind: 'text' }];
}

function parametersOfForm(text: string): Inner[] {
  return text.split('&').flatMap(parametersOf);
}
