import { type CredentialNames, hasTypedCredential } from '../core/call/credentials-of-request.ts';
import type { RequestFault } from '../core/call/exchange.ts';

/** A header to send. `secret`: its value is never shown. */
export interface HeaderToSend {
  name: string;
  value: string;
  secret?: true;
}

/** What proves the caller, and the one origin (`https://api.contoso.com`) it may go to. */
export interface Credentials extends CredentialNames {
  origin: string;
}

/** One request of a call, ready to be sent. */
export interface Hop {
  method: string;
  url: string;
  headers: readonly HeaderToSend[];
  body?: string;
}

/** RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** RFC 9110 §5.5: no control characters, so no line can be slipped in; and nothing beyond a byte. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const CONTROL = /\p{Cc}/u;

/** What belongs to the connection (RFC 9110 §7.6.1) or follows from the body: the sender decides it. */
const CONNECTION_HEADERS = new Set([
  ...['connection', 'content-length', 'expect', 'keep-alive', 'proxy-connection', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'http2-settings'],
]);

/** Why a request must not be sent; undefined when it may. */
export function findRequestFault(hop: Hop, credentials: Credentials): RequestFault | undefined {
  const { method, url, headers } = hop;
  if (!TOKEN.test(method) || method.toUpperCase() === 'CONNECT') return 'ERR_INVALID_METHOD';
  // WHATWG parsing silently removes line breaks and tabs, so what was typed would not be what is sent.
  if (CONTROL.test(url) || !URL.canParse(url)) return 'ERR_INVALID_URL';
  const { protocol, username, password, origin, hostname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'ERR_INVALID_PROTOCOL';
  if (username !== '' || password !== '') return 'ERR_URL_USERINFO';
  if (hostname === '') return 'ERR_INVALID_URL';
  if (headers.some(({ name }) => !TOKEN.test(name))) return 'ERR_INVALID_HEADER_NAME';
  if (headers.some(({ value }) => !FIELD_VALUE.test(value))) return 'ERR_INVALID_HEADER_VALUE';
  if (headers.filter(({ name }) => name.toLowerCase() === 'host').length > 1) return 'ERR_INVALID_HEADER_VALUE';
  if (originOf(credentials.origin) !== origin) return 'ERR_CREDENTIAL_ORIGIN';
  if (hasTypedCredential(hop, credentials)) {
    // Shared front ends choose the receiver by Host: with a credential it is that of the address.
    const named = headers.find(({ name }) => name.toLowerCase() === 'host')?.value.trim();
    if (named !== undefined && hostOf(protocol, named) !== new URL(url).host) return 'ERR_CREDENTIAL_ORIGIN';
  }
  return undefined;
}

/** Without the port that the scheme has anyway (RFC 9110 §4.2.3); undefined where what is written is no host and port. */
function hostOf(protocol: string, written: string): string | undefined {
  if (!/^[^\s/\\?#@]+$/.test(written) || !URL.canParse(`${protocol}//${written}`)) return undefined;
  return new URL(`${protocol}//${written}`).host;
}

function originOf(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).origin : undefined;
}

/**
 * The headers as they will be sent, every one of them, in order: Host first (RFC 9110 §7.2), then the caller's, then the
 * defaults it left out. Content-Length, Connection and their like are the sender's own.
 */
export function withDefaultHeaders(hop: Hop): { headers: HeaderToSend[]; ignored: string[] } {
  const ignored = hop.headers.filter(({ name }) => CONNECTION_HEADERS.has(name.toLowerCase())).map(({ name }) => name);
  const kept = hop.headers.filter(({ name }) => !CONNECTION_HEADERS.has(name.toLowerCase()));
  const has = (wanted: string) => kept.some(({ name }) => name.toLowerCase() === wanted);
  const headers = has('host') ? [] : [{ name: 'Host', value: URL.canParse(hop.url) ? new URL(hop.url).host : '' }];
  headers.push(...kept.map((header) => ({ ...header, value: header.value.trim() })));
  if (!has('accept')) headers.push({ name: 'Accept', value: '*/*' });
  if (!has('accept-encoding')) headers.push({ name: 'Accept-Encoding', value: 'gzip, deflate, br' });
  if (!has('user-agent')) headers.push({ name: 'User-Agent', value: 'Why401' });
  return { headers: [...headers, ...lengthHeader(hop)], ignored };
}

/** RFC 9110 §8.6: without a body, methods that may have one say so. */
export function lengthHeader({ method, body }: Pick<Hop, 'method' | 'body'>): HeaderToSend[] {
  if (body !== undefined) return [{ name: 'Content-Length', value: String(Buffer.byteLength(body)) }];
  return /^(?:GET|HEAD|DELETE|OPTIONS|TRACE)$/.test(method) ? [] : [{ name: 'Content-Length', value: '0' }];
}
