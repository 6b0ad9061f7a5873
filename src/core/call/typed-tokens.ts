import { cloudOfHost } from '../entra/clouds.ts';
import { findTokens } from '../token/find-tokens.ts';
import { readToken } from '../token/read-token.ts';
import { type CredentialNames, credentialsOfRequest, secretsIn } from './credentials-of-request.ts';
import { undoEscapes } from './escaped-text.ts';
import { decodeFormText, decodePercent } from './percent-decoding.ts';
import { piecesOfRequest, type WholeRequest } from './request-pieces.ts';
import { audiencesOfToken } from './token-destination.ts';

/** Base64 in a token in Basic in a form. */
const DEEPEST = 4;
/** Shorter than any token is, written in base64; over lines as well, as in mails. */
const BASE64 = /[\w+/-]{40,}(?:\r?\n[\w+/-]+)*/g;
const HEX = /[0-9a-f]{60,}/gi;
/** What of decoded bytes may be a token; the rest is what stood before it, read out of step. */
const READABLE = /[\t\r\n\x20-\x7e]{20,}/g;
/** Base64url of a JSON object that is long enough for an audience: a payload, whatever stands around it. */
const PAYLOAD = /(?<![\w-])e(?:yJ|yA|wo|w0|wk)[\w-]{9,}/g;
/** By RFC 7521, RFC 7523, RFC 8693: a token that a token is asked for with. */
const ASSERTIONS: ReadonlySet<string> = new Set(['assertion', 'client_assertion', 'subject_token', 'actor_token']);

/**
 * Every token that a request brings, each once, wherever it stands and however it is wrapped: header, its name, cookie,
 * address, body; alone, behind a scheme or a user name or right behind another word or token, in parts, in JSON, XML or a
 * form, in escapes, base64 or hexadecimal, in each other. Better one too many: what is surely a payload with an audience
 * counts, with two dots for the rest of its token. Left out are the assertions in a form for a token endpoint of
 * Microsoft's own, which is who they are meant for. Linear in the request for each of the wrappings, which are counted to
 * four; never throws.
 */
export function typedTokens(request: WholeRequest, names: CredentialNames): string[] {
  const judged = {
    ...request,
    ...(request.body === undefined ? {} : { body: bodyToJudge(request.url, request.body) }),
  };
  return tokensInTexts([
    ...[judged.url, ...judged.headers.flatMap(({ name, value }) => [name, value])],
    ...piecesOfRequest(judged).map(({ value }) => value),
    ...secretsIn(credentialsOfRequest(judged, names), 'possible'),
  ]);
}

/** True for a text in which {@link typedTokens} would find a token. */
export function holdsToken(text: string): boolean {
  return tokensInTexts([text]).length > 0;
}

function tokensInTexts(texts: readonly string[]): string[] {
  const found: Found = { texts: new Set(), tokens: new Set(), payloads: new Set() };
  for (const text of texts) searchWithin(text, 0, found);
  const tokens = [...found.tokens].map(readToken).filter(({ form, payload }) => payload || form === 'jwe');
  const known = new Set(tokens.flatMap(({ raw, payload }) => (payload ? [raw.split('.')[1]] : [])));
  const others = [...found.payloads].filter((payload) => !known.has(payload)).map((payload) => `.${payload}.`);
  return [...tokens.map(({ raw }) => raw), ...others.filter((raw) => audiencesOfToken(raw).length > 0)];
}

interface Found {
  texts: Set<string>;
  tokens: Set<string>;
  payloads: Set<string>;
}

function searchWithin(text: string, depth: number, found: Found): void {
  if (found.texts.has(text)) return;
  found.texts.add(text);
  for (const { raw } of findTokens(text)) found.tokens.add(raw);
  for (const [payload] of text.matchAll(PAYLOAD)) found.payloads.add(payload);
  if (depth < DEEPEST) for (const inner of unwrapped(text)) searchWithin(inner, depth + 1, found);
}

/** What the text says once one wrapping is off. */
function unwrapped(text: string): string[] {
  const bytes = [
    ...[...text.matchAll(BASE64)].flatMap(([run]) => decodeBase64(run)),
    ...[...text.matchAll(HEX)].flatMap(([run]) => decodeHex(run)),
  ];
  // The zero bytes of UTF-16.
  const readable = bytes.flatMap((decoded) => decoded.replaceAll('\0', '').match(READABLE) ?? []);
  return [undoEscapes(decodePercent(text)), ...readable];
}

/** Read from each of its first four digits on: what stands right before a token puts it out of step. */
function decodeBase64(run: string): string[] {
  const digits = run.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/');
  return [0, 1, 2, 3].map((start) => {
    const end = digits.length - ((digits.length - start) % 4 === 1 ? 1 : 0);
    return atob(digits.slice(start, end));
  });
}

function decodeHex(run: string): string[] {
  return [0, 1].map((start) =>
    run.slice(start).replace(/../g, (digits) => String.fromCharCode(Number.parseInt(digits, 16))),
  );
}

function bodyToJudge(url: string, body: string): string {
  if (!isTokenEndpoint(url)) return body;
  const parameters = body.split('&');
  return parameters.filter((parameter) => !ASSERTIONS.has(nameOf(parameter))).join('&');
}

function nameOf(parameter: string): string {
  return decodeFormText(parameter.split('=', 1)[0] ?? '').trim();
}

/** Of a cloud's login hosts: a customer's tenant below `b2clogin.com` answers by policies of its own. */
function isTokenEndpoint(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, pathname } = new URL(url);
  return (
    protocol === 'https:' &&
    port === '' &&
    cloudOfHost(hostname) !== undefined &&
    /\/oauth2\/(?:v2\.0\/)?token$/.test(pathname)
  );
}
