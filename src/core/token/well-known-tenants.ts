/** The tenant all personal Microsoft accounts belong to. */
export const PERSONAL_ACCOUNTS_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

const nameByTenant = new Map([
  [PERSONAL_ACCOUNTS_TENANT, 'personal Microsoft accounts'],
  ['f8cdef31-a31e-4b4a-93e4-5f571e91255a', 'Microsoft Services, which owns first-party applications'],
  ['72f988bf-86f1-41af-91ab-2d7cd011db47', 'Microsoft Corporation'],
]);

/** Name of a tenant everybody meets, by id in any letter case; undefined for any other. */
export function wellKnownTenantName(tenantId: string): string | undefined {
  return nameByTenant.get(tenantId.toLowerCase());
}
