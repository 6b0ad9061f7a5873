import { readToken } from '../token/read-token.ts';
import type { Authorization, BearerToken, Call, Header } from './call.ts';
import { secretsToMask } from './credentials-of-request.ts';
import type { CallResponse, Exchange } from './exchange.ts';
import { isBlank, maskSecret } from './mask-secret.ts';
import { type MaskOptions, maskAuthorization, maskCookies, maskText } from './mask-text.ts';
import { decodeFormText } from './percent-decoding.ts';
import { splitUrl } from './request-pieces.ts';
import { isSecretHeader, isSecretParameter } from './secret-names.ts';

const CHALLENGES = new Set(['www-authenticate', 'proxy-authenticate']);

/**
 * An exchange without its secrets: credentials in headers, URL, body and text are masked and marked `masked`
 * ("present, not known"); a bearer token keeps its decoded header and payload and loses its text. Never throws.
 */
export function maskExchange(exchange: Exchange, options: MaskOptions = {}): Exchange {
  const masked: Exchange = { ...exchange };
  const known = exchange.call ? knowing(exchange.call, options) : options;
  if (exchange.call) masked.call = maskKnownCall(exchange.call, known);
  if (exchange.response) masked.response = maskResponse(exchange.response, known);
  if (exchange.text !== undefined) masked.text = maskText(exchange.text, known);
  return masked;
}

/** {@link maskExchange} for the call alone. */
export function maskCall(call: Call, options: MaskOptions = {}): Call {
  return maskKnownCall(call, knowing(call, options));
}

/** A call's own credentials are masked in every part of it and of its answer, however they are written there. */
function knowing(call: Call, { secrets = [], ...options }: MaskOptions): MaskOptions {
  const headers = call.headers.map(({ name, value }) => ({ name, value }));
  return { ...options, secrets: [...secrets, ...secretsToMask({ ...call, headers })] };
}

function maskKnownCall(call: Call, options: MaskOptions): Call {
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

/** A URL as it may be shown: user info and the values of secret parameters of query and fragment masked, the rest as written. */
export function maskUrl(url: string, options: MaskOptions & { parameters?: readonly string[] } = {}): string {
  const names = new Set(options.parameters?.map((name) => name.toLowerCase()));
  const { scheme, authority, path, query, fragment } = splitUrl(url);
  const maskAll = (text: string) =>
    text
      .split('&')
      .map((pair) => maskParameter(pair, names))
      .join('&');
  const masked = [
    scheme + authority + path,
    query === undefined ? '' : `?${maskAll(query)}`,
    fragment === undefined ? '' : `#${maskAll(fragment)}`,
  ];
  return maskText(masked.join(''), options);
}

function maskParameter(pair: string, names: ReadonlySet<string>): string {
  const equals = pair.indexOf('=');
  if (equals < 0) return pair;
  const name = decodeFormText(pair.slice(0, equals)).trim();
  const value = pair.slice(equals + 1);
  const isNamed = names.has(name.toLowerCase());
  const isSecret = isNamed || (isSecretParameter(name) && !/^\d{1,8}$/.test(value));
  if (!isSecret || value === '' || isBlank(decodeFormText(value))) return pair;
  return `${pair.slice(0, equals + 1)}${maskSecret(value)}`;
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
