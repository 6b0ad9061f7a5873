import { readAuthorization } from '../core/call/authorization.ts';
import type { Call, Header } from '../core/call/call.ts';
import { credentialsOfRequest, secretsIn, secretsToMask } from '../core/call/credentials-of-request.ts';
import type { Exchange, SendFailure } from '../core/call/exchange.ts';
import { maskCall, maskHeader, maskUrl } from '../core/call/mask-exchange.ts';
import { maskSecret } from '../core/call/mask-secret.ts';
import { maskKnown } from '../core/call/mask-text.ts';
import { isSecretHeader } from '../core/call/secret-names.ts';
import { nextHop, type ReasonToStay, type Redirect } from './redirect.ts';
import { type HopResult, sendHop } from './send-hop.ts';
import { type Credentials, findRequestFault, type HeaderToSend, type Hop, withDefaultHeaders } from './send-request.ts';

/** What the user wants sent. Nothing in it is masked. */
export interface RequestToSend {
  method: string;
  /** Absolute, `http:` or `https:`, without user info. */
  url: string;
  /** In the order they are sent; a name may stand twice. */
  headers: readonly HeaderToSend[];
  body?: string;
  credentials: Credentials;
}

export interface SendOptions {
  /** Aborting destroys the connection at once. */
  signal?: AbortSignal;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** Bytes of a body that are kept, decoded as well; the rest is only counted. Default 5 MB. */
  maxKeptBytes?: number;
  /** Milliseconds without any progress (connected, head, a piece of the body). Default 2 minutes. */
  timeoutMs?: number;
  /** Default 10. */
  maxRedirects?: number;
}

export interface SendResult {
  /** One for each request that was tried, in order; at least one. The last has the answer, or says why there is none. */
  exchanges: Exchange[];
  /** Credentials that stayed behind when a redirect led to another origin. */
  droppedCredentials: { from: string; to: string; names: string[] }[];
  /** A redirect that was not followed for the credentials' sake; its answer is the last exchange. */
  notFollowed?: { from: string; to: string; reason: ReasonToStay };
  /** Headers of the request that are the connection's business and were not sent as given. */
  ignoredHeaders: string[];
}

const FIVE_MEGABYTES = 5 * 1024 * 1024;
const TWO_MINUTES_MS = 120_000;
const USUAL_REDIRECTS = 10;

/**
 * Sends a request over node:http or node:https, which VS Code patches for proxies and certificates, and follows redirects
 * by RFC 9110 §15.4. A credential goes to `credentials.origin` and to no other: a redirect elsewhere loses it, for good.
 * The call that comes back holds no credential: headers, URL and body are masked, a bearer token is decoded and its text
 * dropped (`readAuthorization` of the headers to send gives it to whoever holds them anyway). So are the headers of the
 * response; its body is as received.
 * Never throws for what is wrong with the request or the network: that is a `failure`, and `notSent` before any
 * connection is opened for a URL, method, header or body that must not be sent.
 */
export async function sendRequest(request: RequestToSend, options: SendOptions = {}): Promise<SendResult> {
  const found = credentialsOfRequest(request, request.credentials);
  const kept = { ...request.credentials, secrets: secretsIn(found, 'possible') };
  const mask = { secrets: secretValues(request), parameters: request.credentials.queryParameters };
  const marked = markCredentials(request);
  const { headers, ignored } = withDefaultHeaders(marked);
  let hop: Hop = { ...marked, headers };
  const result: SendResult = { exchanges: [], droppedCredentials: [], ignoredHeaders: ignored };
  const limits = {
    now: options.now ?? Date.now,
    maxKeptBytes: options.maxKeptBytes ?? FIVE_MEGABYTES,
    timeoutMs: options.timeoutMs ?? TWO_MINUTES_MS,
    ...(options.signal ? { signal: options.signal } : {}),
  };

  const fault = findRequestFault(hop, request.credentials);
  if (fault) {
    const timing = { startedAtMs: limits.now(), totalMs: 0 };
    result.exchanges.push({ call: showCall(hop, mask), failure: { kind: 'notSent', detail: fault }, timing });
    return result;
  }
  const maxRedirects = options.maxRedirects ?? USUAL_REDIRECTS;
  for (let redirects = 0; ; redirects++) {
    const mayFollow = redirects < maxRedirects;
    const current = hop;
    let redirect: Redirect | undefined;
    const sent = await sendHop(current, limits, (head) => {
      redirect = nextHop(current, head, kept);
      return !(mayFollow && redirect?.kind === 'follow');
    });
    result.exchanges.push(toExchange(current, sent, mask));
    if (!redirect || sent.failure) return result;
    if (redirect.kind === 'stay') {
      const { from, to, reason } = redirect;
      result.notFollowed = { from, to, reason };
      return result;
    }
    if (!mayFollow) {
      addFailure(result, { kind: 'tooManyRedirects', detail: String(maxRedirects) });
      return result;
    }
    const { from, to, dropped } = redirect;
    if (dropped.length > 0) result.droppedCredentials.push({ from, to, names: dropped });
    hop = redirect.hop;
  }
}

/** The same request with every credential marked, and its method in the case it is sent in. */
function markCredentials({ method, url, headers, body, credentials }: RequestToSend): Hop {
  const names = new Set(credentials.headers.map((name) => name.toLowerCase()));
  const marked = headers.map(
    (header): HeaderToSend => (names.has(header.name.toLowerCase()) ? { ...header, secret: true } : header),
  );
  const hop: Hop = { method: method.toUpperCase(), url, headers: marked };
  if (body !== undefined) hop.body = body;
  return hop;
}

interface Mask {
  secrets: readonly string[];
  parameters: readonly string[];
}

function toExchange(hop: Hop, sent: HopResult, mask: Mask): Exchange {
  const exchange: Exchange = { call: showCall({ ...hop, headers: sent.sentHeaders }, mask), timing: sent.timing };
  if (sent.response) {
    const headers = sent.response.headers.map((header) => maskHeader(header, mask));
    const { statusText } = sent.response;
    exchange.response = {
      ...sent.response,
      headers,
      ...(statusText === undefined ? {} : { statusText: maskKnown(statusText, mask.secrets) }),
    };
  }
  if (sent.failure) exchange.failure = sent.failure;
  return exchange;
}

function addFailure(result: SendResult, failure: SendFailure): void {
  const last = result.exchanges.at(-1);
  if (last) last.failure = failure;
}

/** The call as it may be shown: what is marked secret has the whole value masked, whatever its name. */
function showCall(hop: Hop, mask: Mask): Call {
  const call: Call = {
    method: hop.method,
    url: maskUrl(hop.url, mask),
    headers: hop.headers.map(hideSecret),
    ...(hop.body === undefined ? {} : { body: hop.body }),
    authorization: readAuthorization(hop.headers.map(({ name, value }) => ({ name, value }))),
  };
  return maskCall(call, mask);
}

/** What the user calls secret is hidden, whatever its name; names that say it are left to {@link maskCall}. */
function hideSecret({ name, value, secret }: HeaderToSend): Header {
  return secret && !isSecretHeader(name) && value !== ''
    ? { name, value: maskSecret(value), masked: true }
    : { name, value };
}

/** Every value of a request that must not be shown, also where an answer echoes it. */
export function secretValues(request: RequestToSend): string[] {
  return secretsToMask(request, request.credentials);
}
