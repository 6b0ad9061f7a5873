import type { Header } from '../core/call/call.ts';
import { findHeader } from '../core/call/exchange.ts';
import { maskText } from '../core/call/mask-text.ts';
import { isSecretHeader, isSecretParameter } from '../core/call/secret-names.ts';
import type { Credentials, HeaderToSend, Hop } from './send-request.ts';

/** A response's head, as far as a redirect needs it. */
export interface ResponseHead {
  status: number;
  headers: readonly Header[];
}

export type Redirect =
  | { kind: 'follow'; hop: Hop; from: string; to: string; dropped: string[] }
  | { kind: 'stay'; from: string; to: string; reason: 'httpsToHttp' | 'credentialInAddress' | 'credentialInBody' };

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** A shorter value is a word that stands in many an address. */
const SHORTEST_SECRET = 5;
const BODY_HEADERS = /^content-(?:type|length|encoding|language|location)$/i;

/**
 * Where a response sends the caller (RFC 9110 §15.4), undefined when nowhere: 303 turns everything but HEAD into GET,
 * 301 and 302 turn POST into GET as every client does, 307 and 308 repeat the request. To another origin (scheme, host,
 * port) no credential goes along: not in a header, not in the query, and a redirect that carries one elsewhere in its
 * address, or a body that holds one, is not followed. Neither is one from https to http of a call with a credential.
 */
export function nextHop(
  hop: Hop,
  head: ResponseHead,
  credentials: Credentials & { secrets: readonly string[] },
): Redirect | undefined {
  const target = locationOf(hop, head);
  if (!target) return undefined;
  const current = new URL(hop.url);
  const request = changeMethod(hop, head.status);
  if (target.origin === current.origin) {
    return {
      kind: 'follow',
      hop: { ...request, url: target.href },
      from: current.origin,
      to: target.origin,
      dropped: [],
    };
  }
  return toOtherOrigin(request, current, target, credentials);
}

function toOtherOrigin(
  request: Hop,
  current: URL,
  target: URL,
  credentials: Credentials & { secrets: readonly string[] },
): Redirect {
  const ends = { from: current.origin, to: target.origin };
  const isCredential = (header: HeaderToSend) => isCredentialHeader(header, credentials);
  const dropped = request.headers.filter(isCredential).map(({ name }) => name);
  const hadCredential = dropped.length > 0 || hasSecretParameter(current, credentials);
  if (hadCredential && current.protocol === 'https:' && target.protocol === 'http:') {
    return { kind: 'stay', ...ends, reason: 'httpsToHttp' };
  }
  dropped.push(...dropParameters(target, current, credentials));
  if (carriesSecret(target.href, credentials.secrets))
    return { kind: 'stay', ...ends, to: '', reason: 'credentialInAddress' };
  const { body } = request;
  if (body !== undefined && (carriesSecret(body, credentials.secrets) || maskText(body) !== body)) {
    return { kind: 'stay', ...ends, reason: 'credentialInBody' };
  }
  const headers = request.headers
    .filter((header) => !isCredential(header))
    .map((header) => (header.name.toLowerCase() === 'host' ? { ...header, value: target.host } : header));
  const hop: Hop = { method: request.method, url: target.href, headers };
  if (body !== undefined) hop.body = body;
  return { kind: 'follow', hop, ...ends, dropped: [...new Set(dropped)] };
}

function locationOf(hop: Hop, { status, headers }: ResponseHead): URL | undefined {
  if (!REDIRECTS.has(status)) return undefined;
  const location = findHeader(headers, 'location')?.value;
  if (location === undefined || !URL.canParse(location, hop.url)) return undefined;
  const target = new URL(location, hop.url);
  const isHttp = target.protocol === 'http:' || target.protocol === 'https:';
  if (!isHttp || target.username !== '' || target.password !== '') return undefined;
  target.hash = '';
  return target;
}

function changeMethod(hop: Hop, status: number): Hop {
  const becomesGet =
    (status === 303 && hop.method !== 'HEAD') || ((status === 301 || status === 302) && hop.method === 'POST');
  if (!becomesGet || hop.method === 'GET') return hop;
  return { method: 'GET', url: hop.url, headers: hop.headers.filter(({ name }) => !BODY_HEADERS.test(name)) };
}

function isCredentialHeader({ name, value, secret }: HeaderToSend, credentials: Credentials): boolean {
  const lowerName = name.toLowerCase();
  if (secret || credentials.headers.some((credential) => credential.toLowerCase() === lowerName)) return true;
  return isSecretHeader(name) || maskText(value) !== value;
}

function hasSecretParameter(url: URL, { queryParameters }: Credentials): boolean {
  const names = new Set(queryParameters.map((name) => name.toLowerCase()));
  return [...url.searchParams.keys()].some((name) => names.has(name.toLowerCase()) || isSecretParameter(name));
}

/** Removes the caller's secrets from the new query, under whatever name they came back. Returns the names. */
function dropParameters(
  target: URL,
  current: URL,
  credentials: Credentials & { secrets: readonly string[] },
): string[] {
  const names = new Set(credentials.queryParameters.map((name) => name.toLowerCase()));
  const stayedBehind = [...current.searchParams.keys()].filter((name) => names.has(name.toLowerCase()));
  const returned = [...target.searchParams]
    .filter(([name, value]) => carriesSecret(value, credentials.secrets) || carriesSecret(name, credentials.secrets))
    .map(([name]) => name);
  for (const name of returned) target.searchParams.delete(name);
  return [...stayedBehind, ...returned.filter((name) => !carriesSecret(name, credentials.secrets))];
}

/** Plain, percent-encoded, or in lower case as a host name would have it. */
function carriesSecret(text: string, secrets: readonly string[]): boolean {
  const lowerText = text.toLowerCase();
  const decoded = decodeLoosely(text);
  return secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .some((secret) => decoded.includes(secret) || lowerText.includes(secret.toLowerCase()));
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
