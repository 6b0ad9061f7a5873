/** The people, tenants and applications of the lab. Ids are fixed, so that settings and screenshots stay the same. */

export interface LabUser {
  /** `oid`: the same for every application of the tenant. */
  id: string;
  name: string;
  userName: string;
}

export interface LabTenant {
  /** `tid`. */
  id: string;
  domain: string;
  displayName: string;
  users: readonly [LabUser, LabUser];
}

export interface LabApp {
  /** Application (client) id. */
  id: string;
  name: string;
  /** `oid` of its service principal, the subject of app-only tokens. */
  servicePrincipalId: string;
  appIdUri?: string;
}

/** Tenant of personal Microsoft accounts, the same in the real world. */
export const CONSUMERS_TENANT_ID = '9188040d-6c67-4c5b-b112-36a304b66dad';

export const CONTOSO: LabTenant = {
  id: '3f2b1c5e-8d47-4c0b-9a6f-1d2e3c4b5a69',
  domain: 'contoso.onmicrosoft.com',
  displayName: 'Contoso',
  users: [
    { id: 'a4c7e1b2-5d3f-4e8a-b6c9-7f0d1e2a3b41', name: 'Megan Bowen', userName: 'megan@contoso.onmicrosoft.com' },
    { id: 'b8d2f6a3-1c4e-4b7d-9e5a-2c3f4d5e6a72', name: 'Alex Wilber', userName: 'alex@contoso.onmicrosoft.com' },
  ],
};

export const FABRIKAM: LabTenant = {
  id: 'c6e9d8b7-2a41-4f35-8b0c-9e8d7c6b5a43',
  domain: 'fabrikam.onmicrosoft.com',
  displayName: 'Fabrikam',
  users: [
    { id: 'd1f5a9c8-3b62-4d47-a8e1-5b6c7d8e9f04', name: 'Priya Shah', userName: 'priya@fabrikam.onmicrosoft.com' },
    { id: 'e2a6b0d9-4c73-4e58-b9f2-6c7d8e9f0a15', name: 'Joni Sherman', userName: 'joni@fabrikam.onmicrosoft.com' },
  ],
};

export const TENANTS: readonly LabTenant[] = [CONTOSO, FABRIKAM];

export const APPS = {
  /** The API of the tour: one tenant, v2 tokens. */
  ordersApi: {
    id: '5e1f7c2a-94b3-4d68-a0c5-3b7e9d1f2a86',
    name: 'Orders API',
    servicePrincipalId: '0b5c8e7d-61f2-4a39-8d4e-7a1b2c3d4e5f',
    appIdUri: 'api://orders',
  },
  /** An API that several tenants use. */
  invoicesApi: {
    id: '72d0b9e4-1f5a-4c83-b6d7-8e9f0a1b2c3d',
    name: 'Invoices API',
    servicePrincipalId: '1c6d9f8e-72a3-4b4a-9e5f-8b2c3d4e5f60',
    appIdUri: 'api://invoices',
  },
  /** An API with claims mapping: its tokens are signed with a key of its own, published only under `?appid=`. */
  payrollApi: {
    id: '83e1caf5-206b-4d94-87e8-9f0a1b2c3d4e',
    name: 'Payroll API',
    servicePrincipalId: '2d7ea09f-83b4-4c5b-8f60-9c3d4e5f6071',
    appIdUri: 'api://payroll',
  },
  /** The Orders API once more, as a registration App Service made for an app behind its own authentication. */
  ordersEasyAuth: {
    id: 'b6140d28-539e-4ac7-ba1b-c23d4e5f6071',
    name: 'Orders API (Easy Auth)',
    servicePrincipalId: '50a1d3c2-b6e7-4f8e-9293-cf6071829304',
    appIdUri: 'api://orders-easyauth',
  },
  /** An old API: its manifest never set `requestedAccessTokenVersion`, so its tokens are v1. */
  stockApi: {
    id: 'c7251e39-64af-4bd8-8b2c-d34e5f607182',
    name: 'Stock API',
    servicePrincipalId: '61b2e4d3-c7f8-4a9f-a3a4-d07182930415',
    appIdUri: 'api://stock',
  },
  /** A public client people sign in with. */
  ordersWeb: {
    id: '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f',
    name: 'Orders Web',
    servicePrincipalId: '3e8fb1a0-94c5-4d6c-9071-ad4e5f607182',
  },
  /** A public client that nobody lists among the allowed ones. */
  practiceClient: {
    id: 'd8362f4a-75b0-4ce9-9c3d-e45f60718293',
    name: 'Why401 Practice',
    servicePrincipalId: '72c3f5e4-d809-4baf-b4b5-e18293041526',
  },
  /** A confidential client that calls as itself. */
  nightlyJob: {
    id: 'a503ec17-428d-4fb6-a90a-b12c3d4e5f60',
    name: 'Nightly Job',
    servicePrincipalId: '4f90c2b1-a5d6-4e7d-8182-be5f60718293',
  },
  /** The gateway's own identity. */
  gatewayIdentity: {
    id: 'e947305b-86c1-4dfa-ad4e-f5607182930a',
    name: 'orders-gateway',
    servicePrincipalId: '83d40615-ea1a-4cc0-85c6-f2930415263c',
  },
} as const satisfies Record<string, LabApp>;

/** Microsoft Graph's real application id. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** Microsoft's own services, with their real ids. */
export const SERVICES = {
  keyVault: {
    id: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093',
    name: 'Azure Key Vault',
    servicePrincipalId: '94e5172a-0fab-4dc1-96d7-03a415243748',
    appIdUri: 'https://vault.azure.net',
  },
  resourceManager: {
    id: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    name: 'Windows Azure Service Management API',
    servicePrincipalId: 'a5f6283b-10bc-4ed2-a7e8-14b526354859',
    appIdUri: 'https://management.azure.com',
  },
  storage: {
    id: 'e406a681-f3d4-42a8-90b6-c2b029497af1',
    name: 'Azure Storage',
    servicePrincipalId: 'b607394c-21cd-4fe3-b8f9-25c63746596a',
    appIdUri: 'https://storage.azure.com',
  },
  cognitiveServices: {
    id: '7d312290-28c8-473c-a0ed-8e53749b6d6d',
    name: 'Microsoft Cognitive Services',
    servicePrincipalId: 'c7184a5d-32de-40f4-890a-36d74857607b',
    appIdUri: 'https://cognitiveservices.azure.com',
  },
} as const satisfies Record<string, LabApp>;

/** What stands where the tenant stands in an authority's path. */
export type TenantName =
  | { kind: 'tenant'; tenant: LabTenant }
  | { kind: 'common' }
  | { kind: 'organizations' }
  | { kind: 'consumers' };

/** Resolves a GUID, a domain or one of the three common names, in any case; `undefined` for a tenant that does not exist. */
export function resolveTenantName(text: string, tenants: readonly LabTenant[] = TENANTS): TenantName | undefined {
  const name = text.toLowerCase();
  if (name === 'common' || name === 'organizations' || name === 'consumers') return { kind: name };
  if (name === CONSUMERS_TENANT_ID) return { kind: 'consumers' };
  const tenant = tenants.find((candidate) => candidate.id === name || candidate.domain === name);
  return tenant && { kind: 'tenant', tenant };
}
