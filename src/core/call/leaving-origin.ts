import { secretFinder } from './carried-secret.ts';
import { type CredentialNames, credentialsOfRequest, secretsIn } from './credentials-of-request.ts';
import { isCondition, mayCross } from './crossing-headers.ts';
import { decodeFormText } from './percent-decoding.ts';
import { splitUrl, type WholeRequest } from './request-pieces.ts';
import { meansCredential } from './secret-names.ts';

/** What of a request may go to another origin than the one it was written for. */
export interface Elsewhere<Header> {
  headers: Header[];
  /** Names of the headers that stay behind, each once. */
  stayed: string[];
  /** Whether the body holds a credential, and so stays behind as a whole. */
  bodyStays: boolean;
  /** Whether a condition stays, so that a write would no longer ask whether it may (`If-Match`). */
  conditionStays: boolean;
}

/**
 * Splits a request into what may go to another origin and what stays: every header but a few that are known to be
 * harmless, those too when they are, could be or repeat a credential, and the body when it holds one. `secrets`: of earlier requests of the same call.
 */
export function leaveCredentials<Header extends WholeRequest['headers'][number]>(
  request: Omit<WholeRequest, 'headers'> & { headers: readonly Header[] },
  names: CredentialNames,
  secrets: readonly string[] = [],
): Elsewhere<Header> {
  const found = credentialsOfRequest(request, names);
  const carries = secretFinder([
    ...secrets,
    ...secretsIn(
      found.filter(({ part }) => part !== 'body'),
      'possible',
    ),
  ]);
  const marked = new Set(found.filter(({ part }) => part === 'header').map(({ at }) => at));
  const staying = request.headers.map(
    (header, at) => marked.has(at) || !mayCross(header, request.body) || carries(header.value),
  );
  return {
    headers: request.headers.filter((_, at) => !staying[at]),
    stayed: [...new Set(request.headers.filter((_, at) => staying[at]).map(({ name }) => name.trim()))],
    conditionStays: request.headers.some(({ name }, at) => staying[at] && isCondition(name)),
    bodyStays: found.some(({ part }) => part === 'body') || carries(request.body ?? ''),
  };
}

/**
 * An address without anything that is or could be a credential: without user info, fragment and such parameters of the
 * query, or of a name that credentials have; a token in the path gives way to `-`. The rest stays as written.
 */
export function anonymousUrl(url: string, names: CredentialNames): string {
  const found = credentialsOfRequest({ url, headers: [] }, names);
  const placesIn = (part: 'path' | 'query') => new Set(found.filter((one) => one.part === part).map(({ at }) => at));
  const [segments, parameters] = [placesIn('path'), placesIn('query')];
  const { scheme, authority, path, query } = splitUrl(url);
  const kept = query?.split('&').filter((pair, at) => !parameters.has(at) && !meansCredential(nameOf(pair))) ?? [];
  return [
    scheme,
    authority.slice(authority.lastIndexOf('@') + 1),
    path
      .split(/[\\/]/)
      .map((segment, at) => (segments.has(at) ? '-' : segment))
      .join('/'),
    kept.length > 0 && kept.join('') !== '' ? `?${kept.join('&')}` : '',
  ].join('');
}

function nameOf(pair: string): string {
  return decodeFormText(pair.replace(/=.*$/s, '')).trim();
}
