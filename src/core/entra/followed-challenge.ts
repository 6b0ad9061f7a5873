import { withoutEnd } from '../without-end.ts';
import { type Authority, authorityOfUrl } from './authority.ts';
import { isScopeToken } from './scope-token.ts';

/** A challenge as the server wrote it: a proposal. */
export interface ProposedAuthority {
  /** Who was called. */
  url: string;
  authority: string;
  resource: string;
}

/** `host`: the resource is not the called host's own; `authority`: nobody vouches for the login host. */
export type ChallengeFault = 'unreadable' | 'host' | 'authority';

/**
 * Whether a challenge may be followed: the called host has to end with `.` and the host of the resource, and the authority
 * has to be a login host of a known cloud or one the user has configured. Otherwise a server could have a token for
 * another service sent to itself (Microsoft: "Key Vault challenge resource verification").
 */
export function followChallenge(
  { url, authority, resource }: ProposedAuthority,
  userLoginHosts: readonly string[],
): { ok: true; authority: Authority; scope: string } | { ok: false; fault: ChallengeFault } {
  // A blank would make two scopes of it, the second for whatever the server likes.
  if (![url, authority, resource].every(isHttps) || !isScopeToken(resource) || /[?#]/.test(resource))
    return { ok: false, fault: 'unreadable' };
  const { hostname } = new URL(url);
  if (!hostname.toLowerCase().endsWith(`.${new URL(resource).hostname.toLowerCase()}`))
    return { ok: false, fault: 'host' };
  const proposed = entraAuthority(authority, userLoginHosts);
  if (!proposed) return { ok: false, fault: 'authority' };
  return { ok: true, authority: proposed, scope: `${withoutEnd(resource, '/')}/.default` };
}

function entraAuthority(url: string, userLoginHosts: readonly string[]): Authority | undefined {
  const known = authorityOfUrl(url);
  if (known.kind === 'entra' && known.metadata === undefined) return known;
  const { host, origin, pathname } = new URL(url);
  const [tenant, ...rest] = pathname.split('/').filter((part) => part !== '');
  if (!userLoginHosts.includes(host) || tenant === undefined || rest.length > 0) return undefined;
  return { kind: 'entra', loginBase: origin, tenant };
}

function isHttps(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && username + password === '';
}
