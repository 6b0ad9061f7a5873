import { readToken } from '../token/read-token.ts';
import type { Authorization, BearerToken, Call, Header } from './call.ts';
import type { CallResponse, Exchange } from './exchange.ts';
import { isBlank, maskSecret } from './mask-secret.ts';
import { type MaskOptions, maskAuthorization, maskCookies, maskText } from './mask-text.ts';
import { isSecretHeader, isSecretParameter } from './secret-names.ts';

const CHALLENGES = new Set(['www-authenticate', 'proxy-authenticate']);

/**
 * An exchange without its secrets: credentials in headers, URL, body and text are masked and marked `masked`
 * ("present, not known"); a bearer token keeps its decoded header and payload and loses its text. Never throws.
 */
export function maskExchange(exchange: Exchange, options: MaskOptions = {}): Exchange {
  const masked: Exchange = { ...exchange };
  if (exchange.call) masked.call = maskCall(exchange.call, options);
  if (exchange.response) masked.response = maskResponse(exchange.response, options);
  if (exchange.text !== undefined) masked.text = maskText(exchange.text, options);
  return masked;
}

/** {@link maskExchange} for the call alone. */
export function maskCall(call: Call, options: MaskOptions = {}): Call {
  return {
    ...call,
    url: maskUrl(call.url, options),
    headers: call.headers.map((header) => maskHeader(header, options)),
    ...(call.body === undefined ? {} : { body: maskText(call.body, options) }),
    authorization: { ...withoutRaw(call.authorization), setBy: call.authorization.setBy },
  };
}

function maskResponse(response: CallResponse, options: MaskOptions): CallResponse {
  const { body, statusText } = response;
  return {
    ...response,
    ...(statusText === undefined ? {} : { statusText: maskText(statusText, options) }),
    headers: response.headers.map((header) => maskHeader(header, options)),
    ...(body?.text === undefined ? {} : { body: { ...body, text: maskText(body.text, options) } }),
  };
}

/**
 * A header as it may be shown. What is left of a credential: the scheme of Authorization, the names of cookies, the last
 * two characters of a long secret. A placeholder stays as it is, marked `masked`; an empty value stays empty.
 */
export function maskHeader(header: Header, options: MaskOptions = {}): Header {
  const value = maskHeaderValue(header, options);
  const isCredential = isSecretHeader(header.name) && header.value.trim() !== '';
  return value !== header.value || isCredential || header.masked
    ? { name: header.name, value, masked: true }
    : { name: header.name, value };
}

function maskHeaderValue({ name, value, masked }: Header, options: MaskOptions): string {
  const lowerName = name.toLowerCase();
  if (lowerName === 'authorization' || lowerName === 'proxy-authorization') return maskAuthorization(value);
  if (masked || value.trim() === '') return value;
  if (lowerName === 'cookie' || lowerName === 'set-cookie') return maskCookies(name, value);
  if (isSecretHeader(name)) return isBlank(value) ? value : maskSecret(value);
  return maskText(value, CHALLENGES.has(lowerName) ? { ...options, keepsOpaque: true } : options);
}

/** A URL as it may be shown: user info and the values of secret parameters masked, everything else as written. */
export function maskUrl(url: string, options: MaskOptions & { parameters?: readonly string[] } = {}): string {
  const names = new Set(options.parameters?.map((name) => name.toLowerCase()));
  const queryStart = url.indexOf('?');
  if (queryStart < 0) return maskText(url, options);
  const fragmentStart = url.indexOf('#', queryStart);
  const queryEnd = fragmentStart < 0 ? url.length : fragmentStart;
  const query = url
    .slice(queryStart + 1, queryEnd)
    .split('&')
    .map((pair) => maskParameter(pair, names))
    .join('&');
  return maskText(`${url.slice(0, queryStart)}?${query}${url.slice(queryEnd)}`, options);
}

function maskParameter(pair: string, names: ReadonlySet<string>): string {
  const equals = pair.indexOf('=');
  if (equals < 0) return pair;
  const name = decodeLoosely(pair.slice(0, equals));
  const value = pair.slice(equals + 1);
  const isNamed = names.has(name.toLowerCase());
  const isSecret = isNamed || (isSecretParameter(name) && !/^\d{1,8}$/.test(value));
  if (!isSecret || value === '' || isBlank(decodeLoosely(value))) return pair;
  return `${pair.slice(0, equals + 1)}${maskSecret(value)}`;
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** A bearer token's decoded parts and what was wrong with its text, without the text. */
export function withoutRaw(authorization: Authorization): Authorization {
  if (authorization.type !== 'bearer' || authorization.bearer.raw === undefined) return authorization;
  const { raw, ...rest } = authorization.bearer;
  const { header, payload, problems } = readToken(raw);
  const bearer: BearerToken = { ...rest };
  if (header && payload) bearer.token ??= { header, payload };
  if (problems.length > 0) bearer.problems = problems.map(({ found: _found, ...problem }) => problem);
  return { type: 'bearer', bearer };
}
