import { accountsIn, type CacheEntry, nameOfAccount, type TokenCacheText } from './token-cache-text.ts';
import type { Held, HeldToken } from './token-source.ts';

/** What a stored sign-in holds, without any token. A refresh token serves every scope; its scopes are empty. */
export function heldIn(cache: TokenCacheText): Held {
  const { AccessToken, RefreshToken } = cache.maps;
  return {
    accounts: accountsIn(cache).map((account) => ({
      id: account.homeAccountId,
      userName: nameOfAccount(account),
      tenantId: account.tenantId,
      // `oid.tid` of the home tenant, where the server gave client_info.
      homeTenantId: account.homeAccountId.split('.')[1] ?? account.tenantId,
    })),
    tokens: [
      ...Object.values(AccessToken).map((entry) => describe('access', entry)),
      ...Object.values(RefreshToken).map((entry) => describe('refresh', entry)),
    ],
  };
}

function describe(kind: HeldToken['kind'], entry: CacheEntry): HeldToken {
  const expiresAtSec = Number(entry.expires_on);
  return {
    kind,
    scopes: textIn(entry, 'target').split(' ').filter(Boolean),
    ...(kind === 'access' && Number.isFinite(expiresAtSec) ? { expiresAtSec } : {}),
    accountId: textIn(entry, 'home_account_id'),
  };
}

function textIn(entry: CacheEntry, member: string): string {
  const value = entry[member];
  return typeof value === 'string' ? value : '';
}
