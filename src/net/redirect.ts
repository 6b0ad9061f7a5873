import type { Header } from '../core/call/call.ts';
import { secretFinder } from '../core/call/carried-secret.ts';
import { credentialsOfRequest } from '../core/call/credentials-of-request.ts';
import { findHeader } from '../core/call/exchange.ts';
import { leaveCredentials } from '../core/call/leaving-origin.ts';
import { decodeFormText } from '../core/call/percent-decoding.ts';
import type { Credentials, Hop } from './send-request.ts';

/** A response's head, as far as a redirect needs it. */
export interface ResponseHead {
  status: number;
  headers: readonly Header[];
}

export type Redirect =
  | { kind: 'follow'; hop: Hop; from: string; to: string; dropped: string[] }
  | { kind: 'stay'; from: string; to: string; reason: ReasonToStay };

export type ReasonToStay = 'httpsToHttp' | 'credentialInAddress' | 'credentialInBody' | 'conditionStays';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const BODY_HEADERS = /^content-(?:type|length|encoding|language|location)$/i;

/** Where credentials may go, and the values that may be found nowhere else. */
type Kept = Credentials & { secrets: readonly string[] };

/**
 * Where a response sends the caller (RFC 9110 §15.4), undefined when nowhere: 303 turns everything but HEAD into GET,
 * 301 and 302 turn POST into GET as every client does, 307 and 308 repeat the request. To another origin (scheme, host,
 * port) nothing goes along that is or could be a credential: not in a header, not in the query, and a redirect that
 * carries one elsewhere in its address, or a body that holds one, is not followed; nor is a write whose condition would
 * have to stay. Neither is one from https to http of a call with a credential.
 */
export function nextHop(hop: Hop, head: ResponseHead, credentials: Kept): Redirect | undefined {
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

function toOtherOrigin(request: Hop, current: URL, target: URL, credentials: Kept): Redirect {
  const carries = secretFinder(credentials.secrets);
  const ends = { from: current.origin, to: carries(target.origin) ? '' : target.origin };
  const { headers, stayed, bodyStays, conditionStays } = leaveCredentials(request, credentials, credentials.secrets);
  const found = credentialsOfRequest({ url: request.url, headers: request.headers }, credentials);
  const hadCredential = found.length > 0 || request.headers.some(({ value }) => carries(value));
  if (hadCredential && current.protocol === 'https:' && target.protocol === 'http:') {
    return { kind: 'stay', ...ends, reason: 'httpsToHttp' };
  }
  const ofQuery = found.filter(({ part, name }) => part === 'query' && name !== '').map(({ name }) => name);
  const returned = dropParameters(target, carries);
  if (carries(target.href)) {
    const isBehindOrigin = carries(target.href.slice(target.origin.length));
    return { kind: 'stay', ...ends, to: isBehindOrigin ? ends.to : '', reason: 'credentialInAddress' };
  }
  if (bodyStays) return { kind: 'stay', ...ends, reason: 'credentialInBody' };
  if (conditionStays && !/^(?:GET|HEAD)$/i.test(request.method)) {
    return { kind: 'stay', ...ends, reason: 'conditionStays' };
  }
  const hop: Hop = {
    ...request,
    url: target.href,
    headers: headers.map((header) =>
      header.name.toLowerCase() === 'host' ? { ...header, value: target.host } : header,
    ),
  };
  const dropped = [...stayed, ...ofQuery, ...returned].filter((name) => !carries(name));
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

/** Removes from a query what carries a secret of the caller's, under whatever name it came back. Returns the names. */
function dropParameters(target: URL, carries: (text: string) => boolean): string[] {
  const pairs = target.search.slice(1).split('&');
  const returned = pairs.filter(carries);
  if (returned.length > 0) target.search = pairs.filter((pair) => !returned.includes(pair)).join('&');
  return returned.map((pair) => decodeFormText(pair.replace(/=.*$/s, '')));
}
