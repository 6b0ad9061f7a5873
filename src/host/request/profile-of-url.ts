import { type ApiProfile, originsOf } from '../../core/entra/api-profile.ts';

/**
 * Of the profiles with this URL's origin, the one whose `baseUrl` leads furthest along its path; where none leads there,
 * the only one. Undefined when several fit alike: a guess would compare a token with another API.
 */
export function profileOfUrl(url: string, profiles: readonly ApiProfile[]): ApiProfile | undefined {
  const { origin, pathname } = new URL(url);
  const called = withSlash(origin + pathname);
  const ofOrigin = profiles.filter((profile) => originsOf(profile).includes(origin));
  const lengths = ofOrigin.map(({ baseUrl }) => (baseUrl === undefined ? 0 : lengthLedAlong(called, baseUrl)));
  const longest = Math.max(...lengths);
  const [best, ...others] = ofOrigin.filter((_, index) => lengths[index] === longest);
  return others.length === 0 ? best : undefined;
}

function lengthLedAlong(called: string, baseUrl: string): number {
  const base = withSlash(new URL(baseUrl).href);
  return called.startsWith(base) ? base.length : 0;
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
