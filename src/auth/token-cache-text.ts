/** MSAL's cache as it is stored: five maps of entries, and beside them which account signed in last. */
export interface TokenCacheText {
  maps: Record<CacheMap, Record<string, CacheEntry>>;
  /** `home_account_id` of the account that signed in last. */
  lastAccount?: string;
}

export type CacheMap = (typeof CACHE_MAPS)[number];
export type CacheEntry = Readonly<Record<string, unknown>>;

export interface CachedAccount {
  homeAccountId: string;
  localAccountId: string;
  environment: string;
  tenantId: string;
  /** Empty where the provider's ID token names none. */
  username: string;
  name: string;
}

/** What an account is called for its user: the user name, where a provider names none the person's name, else the id. */
export function nameOfAccount(account: Pick<CachedAccount, 'username' | 'localAccountId'> & { name?: string }): string {
  return account.username || account.name || account.localAccountId;
}

const CACHE_MAPS = ['Account', 'IdToken', 'AccessToken', 'RefreshToken', 'AppMetadata'] as const;
/** A member MSAL does not know and therefore leaves alone. */
const LAST_ACCOUNT = 'Why401LastAccount';

/** Reads a stored cache; undefined when the text is none, as after a crash or a change by hand. */
export function readTokenCache(text: string): TokenCacheText | undefined {
  const root = parseObject(text);
  if (!root) return undefined;
  const maps = {} as TokenCacheText['maps'];
  for (const name of CACHE_MAPS) {
    const map = root[name] ?? {};
    if (!isObject(map) || !Object.values(map).every(isObject)) return undefined;
    maps[name] = map as Record<string, CacheEntry>;
  }
  const lastAccount = root[LAST_ACCOUNT];
  return { maps, ...(typeof lastAccount === 'string' ? { lastAccount } : {}) };
}

export function writeTokenCache({ maps, lastAccount }: TokenCacheText): string {
  return JSON.stringify({ ...maps, ...(lastAccount === undefined ? {} : { [LAST_ACCOUNT]: lastAccount }) });
}

export function emptyTokenCache(): TokenCacheText {
  return { maps: { Account: {}, IdToken: {}, AccessToken: {}, RefreshToken: {}, AppMetadata: {} } };
}

/** The accounts, the one that signed in last first. */
export function accountsIn({ maps, lastAccount }: TokenCacheText): CachedAccount[] {
  // MSAL notes a guest's account with the home tenant; of the tenant that issues is the ID token.
  const issuing = new Map(
    Object.values(maps.IdToken).map((entry) => [textIn(entry, 'home_account_id'), textIn(entry, 'realm')]),
  );
  const accounts = Object.values(maps.Account).map((entry) => ({
    homeAccountId: textIn(entry, 'home_account_id'),
    localAccountId: textIn(entry, 'local_account_id'),
    environment: textIn(entry, 'environment'),
    tenantId: issuing.get(textIn(entry, 'home_account_id')) || textIn(entry, 'realm'),
    username: textIn(entry, 'username'),
    name: textIn(entry, 'name'),
  }));
  return accounts.sort((a, b) => rank(a) - rank(b));

  function rank({ homeAccountId }: CachedAccount): number {
    return homeAccountId === lastAccount ? 0 : 1;
  }
}

/**
 * Brings what one window changed (`base` → `mine`) into what another has stored meanwhile: the newer entry wins, and
 * an account the other one signed out stays forgotten with all it had.
 */
export function mergeChanges(base: TokenCacheText, mine: TokenCacheText, stored: TokenCacheText): TokenCacheText {
  const merged = emptyTokenCache();
  for (const name of CACHE_MAPS) {
    for (const key of new Set([...Object.keys(stored.maps[name]), ...Object.keys(mine.maps[name])])) {
      const entry = mergeEntry(base.maps[name][key], mine.maps[name][key], stored.maps[name][key]);
      if (entry) merged.maps[name][key] = entry;
    }
  }
  const kept = homeIdsOf(stored);
  const forgotten = new Set([...homeIdsOf(base)].filter((id) => !kept.has(id)));
  return { ...withoutAccounts(merged, forgotten), ...lastAccountOf(stored) };
}

/** Adds a fresh sign-in. Its account's older access tokens go: consent and claims may have changed since. */
export function addSignIn(signedIn: TokenCacheText, stored: TokenCacheText): TokenCacheText {
  const added = emptyTokenCache();
  const homeIds = homeIdsOf(signedIn);
  for (const name of CACHE_MAPS) {
    for (const [key, entry] of Object.entries(stored.maps[name])) {
      const isReplaced = name === 'AccessToken' && homeIds.has(textIn(entry, 'home_account_id'));
      if (!isReplaced) added.maps[name][key] = entry;
    }
    Object.assign(added.maps[name], signedIn.maps[name]);
  }
  const [lastAccount] = homeIds;
  return { ...added, ...(lastAccount === undefined ? lastAccountOf(stored) : { lastAccount }) };
}

/** Without one account and all it had. */
export function withoutAccount(cache: TokenCacheText, homeAccountId: string): TokenCacheText {
  return withoutAccounts(cache, new Set([homeAccountId]));
}

/** Without the refresh tokens that this account had `before`; one that another window renewed since stays. */
export function withoutRefreshTokens(
  stored: TokenCacheText,
  before: TokenCacheText,
  homeAccountId: string,
): TokenCacheText {
  const kept = Object.entries(stored.maps.RefreshToken).filter(
    ([key, entry]) =>
      textIn(entry, 'home_account_id') !== homeAccountId ||
      textIn(entry, 'secret') !== textIn(before.maps.RefreshToken[key] ?? {}, 'secret'),
  );
  return { ...stored, maps: { ...stored.maps, RefreshToken: Object.fromEntries(kept) } };
}

function mergeEntry(
  base: CacheEntry | undefined,
  mine: CacheEntry | undefined,
  stored: CacheEntry | undefined,
): CacheEntry | undefined {
  if (isSame(mine, base)) return stored;
  // Both changed it: a token beats its removal, which was about an older one.
  return mine ?? (isSame(stored, base) ? undefined : stored);
}

function withoutAccounts(cache: TokenCacheText, homeIds: ReadonlySet<string>): TokenCacheText {
  if (homeIds.size === 0) return cache;
  const left: TokenCacheText = { ...lastAccountOf(cache), ...emptyTokenCache() };
  for (const name of CACHE_MAPS) {
    for (const [key, entry] of Object.entries(cache.maps[name])) {
      if (!homeIds.has(textIn(entry, 'home_account_id'))) left.maps[name][key] = entry;
    }
  }
  return left;
}

function homeIdsOf({ maps }: TokenCacheText): Set<string> {
  return new Set(Object.values(maps.Account).map((entry) => textIn(entry, 'home_account_id')));
}

function lastAccountOf({ lastAccount }: TokenCacheText): Pick<TokenCacheText, 'lastAccount'> {
  return lastAccount === undefined ? {} : { lastAccount };
}

/** Entries are flat, and both sides were written by the same code: their order of members is the same. */
function isSame(a: CacheEntry | undefined, b: CacheEntry | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function textIn(entry: CacheEntry, member: string): string {
  const value = entry[member];
  return typeof value === 'string' ? value : '';
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
