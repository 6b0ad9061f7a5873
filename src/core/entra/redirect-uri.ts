import { authorityPath } from './authority-path.ts';
import { isMicrosoftSignInHost } from './clouds.ts';

const LOOPBACK = 'http://localhost';

/**
 * Path of the loopback address to which the browser comes back from this authority: `/` from where Microsoft itself signs
 * people in, `/why401/<host[:port]><path>` from anybody else, such as `/why401/idp.example:8443/realms/Contoso`. No two
 * authorities that differ in origin or path share one; a query tells none apart. So a code that an honest server issues for
 * the redirect of another authority cannot be had: servers ignore the port of a loopback redirect (RFC 8252 §7.3) and
 * compare its path (RFC 9700 §4.4.2.2, "distinct redirect URIs"; Microsoft: reply-url, "Localhost exceptions").
 */
export function redirectPathOf(authority: string): string {
  const { host } = new URL(authority);
  if (isMicrosoftSignInHost(host)) return '/';
  // Brackets, as of [::1], have no place in a path (RFC 3986 §3.3); what is escaped stays so for whoever unescapes it once.
  return `/why401/${encodeURI(host)}${authorityPath(authority).replaceAll('%', '%25')}`;
}

/** The redirect URI to register for sign-ins at this authority: without a port, since any is right. */
export function redirectToRegister(authority: string): string {
  return redirectUriAt(LOOPBACK, authority);
}

/** The redirect URI of a sign-in at this authority, where `base` (`http://localhost:<port>`, no slash) leads to its listener. */
export function redirectUriAt(base: string, authority: string): string {
  const path = redirectPathOf(authority);
  return path === '/' ? base : base + path;
}
