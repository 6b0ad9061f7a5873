import type { LabTenant, LabUser } from '../entra-tenant.ts';

/** `client_info`: MSAL makes its account id, `oid.tid`, from it. */
export function clientInfoOf(user: LabUser, tenant: LabTenant): string {
  return Buffer.from(JSON.stringify({ uid: user.id, utid: tenant.id })).toString('base64url');
}
