import { isDeviceCodeAddress } from '../azure/login-hosts.ts';
import { cloudOfDomain } from '../azure/microsoft-domains.ts';
import { cloudOfHost, isMicrosoftSignInHost } from './clouds.ts';

/** The page on which a user enters a device code. */
export interface CodePage {
  /** As a browser writes it: hosts of other alphabets in `xn--`. */
  url: string;
  /** With port where it is not 443. */
  host: string;
  /**
   * `familiar`: of Microsoft, for a login host of a cloud; `unfamiliar`: what a login host answered, at an address that is
   * not known here; `own`: of the authority itself; `ofUser`: at another login host that the user's own settings name.
   */
  kind: 'familiar' | 'unfamiliar' | 'own' | 'ofUser';
}

/**
 * The page that may be shown for a code of this authority; undefined where it may not: no https, or another host than it
 * should be. A login host of a known cloud sends people where it likes. Any other authority has a page of its own origin: a
 * code that it got from Microsoft or anybody else, with their page, would sign its owner in as the user (RFC 8628 §5.4).
 * `hostsOfUser`, login hosts of the user's own settings, may stand in for it, but never Microsoft's.
 */
export function codePageFor(page: string, authority: string, hostsOfUser: readonly string[]): CodePage | undefined {
  if (!URL.canParse(page)) return undefined;
  const { protocol, username, password, origin, host, pathname, href } = new URL(page);
  if (protocol !== 'https:' || username + password !== '') return undefined;
  const own = new URL(authority);
  const cloud = cloudOfHost(own.host);
  if (cloud) {
    const isFamiliar = cloud.hosts.includes(host) || isDeviceCodeAddress(host, pathname);
    return { url: href, host, kind: isFamiliar ? 'familiar' : 'unfamiliar' };
  }
  if (origin === own.origin) return { url: href, host, kind: 'own' };
  return hostsOfUser.includes(host) && !isMicrosofts(host) ? { url: href, host, kind: 'ofUser' } : undefined;
}

function isMicrosofts(host: string): boolean {
  const name = new URL(`https://${host}`).hostname.replace(/\.$/, '');
  return isMicrosoftSignInHost(name) || cloudOfDomain(name) !== undefined;
}
