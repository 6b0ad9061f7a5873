import { APPS, CONTOSO, FABRIKAM, GRAPH_APP_ID, type LabApp, type LabTenant } from '../entra-tenant.ts';

/** An application people or jobs get tokens with. */
export interface ClientRegistration {
  app: LabApp;
  /** Where it has a service principal. */
  tenants: readonly LabTenant[];
  /** Public clients have no secret. */
  kind: 'public' | 'confidential';
  /** For `http://localhost` any port is right, as with Entra's "Mobile and desktop" platform. */
  redirectUris: readonly string[];
}

/** An API tokens are for. */
export interface ResourceRegistration {
  app: LabApp;
  tenants: readonly LabTenant[];
  /** `requestedAccessTokenVersion` of its manifest; Graph signs in a way of its own. */
  tokenVersion: 1 | 2 | 'graph';
  scopes: readonly string[];
}

/** "This client may ask this API for these scopes", given once for everybody. */
export interface Consent {
  client: LabApp;
  resource: LabApp;
  scopes: readonly string[];
}

/** What the tenants know about applications. Tests may push entries of their own. */
export interface Registrations {
  clients: ClientRegistration[];
  resources: ResourceRegistration[];
  consents: Consent[];
}

export const GRAPH: LabApp = {
  id: GRAPH_APP_ID,
  name: 'Microsoft Graph',
  servicePrincipalId: '83d4061f-e91a-4cb0-85c6-f29304152637',
  appIdUri: 'https://graph.microsoft.com',
};

const BOTH_TENANTS = [CONTOSO, FABRIKAM];
const LOOPBACK = ['http://localhost'];

/** A fresh copy: one lab's changes are not another's. */
export function practiceRegistrations(): Registrations {
  const publicClients = [APPS.ordersWeb, APPS.practiceClient];
  const consentTo = (resource: LabApp, ...scopes: string[]) =>
    publicClients.map((client) => ({ client, resource, scopes }));
  return {
    clients: [
      { app: APPS.ordersWeb, tenants: BOTH_TENANTS, kind: 'public', redirectUris: LOOPBACK },
      { app: APPS.practiceClient, tenants: [CONTOSO], kind: 'public', redirectUris: LOOPBACK },
      { app: APPS.nightlyJob, tenants: [CONTOSO], kind: 'confidential', redirectUris: [] },
    ],
    resources: [
      {
        app: APPS.ordersApi,
        tenants: [CONTOSO],
        tokenVersion: 2,
        scopes: ['Orders.Read', 'Orders.Write', 'Orders.Ping'],
      },
      { app: APPS.ordersEasyAuth, tenants: [CONTOSO], tokenVersion: 2, scopes: ['Orders.Read', 'user_impersonation'] },
      { app: APPS.invoicesApi, tenants: BOTH_TENANTS, tokenVersion: 2, scopes: ['Invoices.Read'] },
      { app: APPS.stockApi, tenants: [CONTOSO], tokenVersion: 1, scopes: ['Stock.Read'] },
      { app: APPS.payrollApi, tenants: [CONTOSO], tokenVersion: 2, scopes: ['Payroll.Read'] },
      { app: GRAPH, tenants: BOTH_TENANTS, tokenVersion: 'graph', scopes: ['User.Read', 'Mail.Read'] },
    ],
    // Nobody has consented to the Payroll API or to Mail.Read.
    consents: [
      ...consentTo(APPS.ordersApi, 'Orders.Read', 'Orders.Ping'),
      ...consentTo(APPS.ordersEasyAuth, 'Orders.Read'),
      ...consentTo(APPS.invoicesApi, 'Invoices.Read'),
      ...consentTo(APPS.stockApi, 'Stock.Read'),
      ...consentTo(GRAPH, 'User.Read'),
    ],
  };
}

export function findClient(registrations: Registrations, clientId: string): ClientRegistration | undefined {
  return registrations.clients.find(({ app }) => app.id === clientId.toLowerCase());
}

/** Entra ignores the port of a loopback redirect URI, and nothing else of it. */
export function isRegisteredRedirect(client: ClientRegistration, redirectUri: string): boolean {
  return client.redirectUris.some((registered) => comparable(registered) === comparable(redirectUri));
}

function comparable(uri: string): string {
  if (!URL.canParse(uri)) return uri;
  const url = new URL(uri);
  if (url.protocol === 'http:' && url.hostname === 'localhost') url.port = '';
  return url.href;
}
