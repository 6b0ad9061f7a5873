import type { Account } from './registrations.ts';

/** `client_info`: MSAL makes its account id, `oid.tid`, from it. A guest's is that of the home tenant. */
export function clientInfoOf({ home }: Account): string {
  return Buffer.from(JSON.stringify({ uid: home.user.id, utid: home.tenant.id })).toString('base64url');
}
