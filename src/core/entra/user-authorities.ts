import { type Authority, authorityUrl } from './authority.ts';
import { authorityPath } from './authority-path.ts';

/**
 * True where one of these authorities, those of the user's own settings, is this one: an Entra of another cloud by its login
 * host, whatever the tenant; any other by origin and path.
 */
export function isNamedByUser(authority: string, ofUser: readonly Authority[]): boolean {
  const { origin } = new URL(authority);
  return ofUser.some((own) => {
    if (own.kind === 'entra') return own.loginBase === origin;
    return new URL(own.base).origin === origin && authorityPath(own.base) === authorityPath(authority);
  });
}

/** The hosts, with port where it is not 443, that these authorities name: of the login and of the metadata. */
export function hostsOf(ofUser: readonly Authority[]): string[] {
  const urls = ofUser.flatMap((own) => [authorityUrl(own), ...(own.metadata === undefined ? [] : [own.metadata])]);
  return [...new Set(urls.map((url) => new URL(url).host))];
}
