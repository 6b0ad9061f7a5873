import { isMicrosoftSignInHost } from '../entra/clouds.ts';
import { findTokens } from '../token/find-tokens.ts';
import { type CredentialNames, credentialsOfRequest, secretsIn } from './credentials-of-request.ts';
import { decodeFormText, decodePercent } from './percent-decoding.ts';
import { piecesOfRequest, type WholeRequest } from './request-pieces.ts';

/** Base64 in a token in Basic in a form. */
const DEEPEST = 4;
/** Shorter than any token is, written in base64; over lines as well, as in mails. */
const BASE64 = /[\w+/-]{40,}(?:\r?\n[\w+/-]+)*/g;
/** By RFC 7521, RFC 7523, RFC 8693: a token that a token is asked for with. */
const ASSERTIONS: ReadonlySet<string> = new Set(['assertion', 'client_assertion', 'subject_token', 'actor_token']);

/**
 * Every token that a request brings, each once, wherever it stands and however it is wrapped: header, cookie, address,
 * body; alone, behind a scheme or a user name, in JSON or a form, in percent signs or base64, in each other. Left out are
 * the assertions in a form for a token endpoint of Microsoft's, which is who they are meant for. Linear in the request
 * for each of the wrappings, which are counted to four; never throws.
 */
export function typedTokens(request: WholeRequest, names: CredentialNames): string[] {
  const judged = {
    ...request,
    ...(request.body === undefined ? {} : { body: bodyToJudge(request.url, request.body) }),
  };
  const texts = [
    ...[judged.url, ...judged.headers.map(({ value }) => value)],
    ...piecesOfRequest(judged).map(({ value }) => value),
    ...secretsIn(credentialsOfRequest(judged, names), 'possible'),
  ];
  return [...new Set([...new Set(texts)].flatMap((text) => tokensWithin(text)))];
}

function tokensWithin(text: string, depth = 0): string[] {
  const found = findTokens(text).map(({ raw }) => raw);
  return depth === DEEPEST ? found : [...found, ...unwrapped(text).flatMap((inner) => tokensWithin(inner, depth + 1))];
}

/** What the text says once one wrapping is off. */
function unwrapped(text: string): string[] {
  const decoded = decodePercent(text);
  const inBase64 = [...text.matchAll(BASE64)].map(([run]) => decodeBase64(run));
  return [...(decoded === text ? [] : [decoded]), ...inBase64].filter((inner) => inner !== '');
}

function decodeBase64(run: string): string {
  const digits = run.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/');
  // One digit alone at the end says nothing.
  return atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
}

function bodyToJudge(url: string, body: string): string {
  if (!isTokenEndpoint(url)) return body;
  const parameters = body.split('&');
  return parameters.filter((parameter) => !ASSERTIONS.has(nameOf(parameter))).join('&');
}

function nameOf(parameter: string): string {
  return decodeFormText(parameter.split('=', 1)[0] ?? '').trim();
}

function isTokenEndpoint(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, pathname } = new URL(url);
  return (
    protocol === 'https:' &&
    port === '' &&
    isMicrosoftSignInHost(hostname) &&
    /\/oauth2\/(?:v2\.0\/)?token$/.test(pathname)
  );
}
