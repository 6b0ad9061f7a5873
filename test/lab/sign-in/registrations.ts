import { randomBytes, randomUUID } from 'node:crypto';
import {
  APPS,
  CONTOSO,
  FABRIKAM,
  GRAPH_APP_ID,
  type LabApp,
  type LabTenant,
  type LabUser,
  TENANTS,
  type TenantName,
} from '../entra-tenant.ts';

/** What a redirect URI was registered as: it decides whether the client is public. */
export type Platform = 'native' | 'web' | 'spa';

/** An application people or jobs get tokens with. It may be an API as well. */
export interface ClientRegistration {
  app: LabApp;
  /** Where it has a service principal. */
  tenants: readonly LabTenant[];
  /** Platform "Mobile and desktop": codes are redeemed without a secret. For `http://localhost` any port is right. */
  redirectUris: readonly string[];
  /** Platform "Web": codes are redeemed with a secret. */
  webRedirectUris?: readonly string[];
  /** Platform "Single-page application": codes are redeemed by a browser. */
  spaRedirectUris?: readonly string[];
  /** "Allow public client flows": may use flows that have no redirect URI, such as device code, without a secret. */
  allowsPublicFlows: boolean;
  secrets: ClientSecret[];
  /** Registered certificates, PEM. */
  certificates: string[];
  /** "Assignment required": these people and nobody else. Everybody when absent. */
  assignedUsers?: readonly LabUser[];
}

export interface ClientSecret {
  id: string;
  value: string;
  /** Milliseconds since the epoch. Never when absent. */
  expiresAtMs?: number;
}

/** An API tokens are for. */
export interface ResourceRegistration {
  app: LabApp;
  tenants: readonly LabTenant[];
  /** `requestedAccessTokenVersion` of its manifest; Graph signs in a way of its own. */
  tokenVersion: 1 | 2 | 'graph';
  scopes: readonly string[];
  /** Scopes that only an administrator may consent to. */
  adminScopes?: readonly string[];
  /** The sign-in page asks people who have not consented yet; otherwise the client is told 65001. */
  asksForConsent?: boolean;
  /** "Assignment required": an application without a role gets no token. */
  assignmentRequired?: boolean;
}

/** "This client may ask this API for these scopes", given once for everybody. */
export interface Consent {
  client: LabApp;
  resource: LabApp;
  scopes: readonly string[];
}

/** "This client has these app roles of that API": what it may do as itself. */
export interface RoleGrant {
  client: LabApp;
  resource: LabApp;
  roles: readonly string[];
}

/** Somebody of another tenant, invited. */
export interface Guest {
  user: LabUser;
  /** Where the guest is a guest. */
  tenant: LabTenant;
  /** `oid` there. */
  guestId: string;
}

/** What the tenants know about applications and guests. Tests may push entries of their own. */
export interface Registrations {
  clients: ClientRegistration[];
  resources: ResourceRegistration[];
  consents: Consent[];
  roleGrants: RoleGrant[];
  guests: Guest[];
}

/** Somebody in a tenant, at home there or a guest. */
export interface Account {
  tenant: LabTenant;
  /** As this tenant knows them. */
  user: LabUser;
  /** Where they come from; the same for a member. */
  home: { tenant: LabTenant; user: LabUser };
}

export const GRAPH: LabApp = {
  id: GRAPH_APP_ID,
  name: 'Microsoft Graph',
  servicePrincipalId: '83d4061f-e91a-4cb0-85c6-f29304152637',
  appIdUri: 'https://graph.microsoft.com',
};

const BOTH_TENANTS = [CONTOSO, FABRIKAM];
const LOOPBACK = 'http://localhost';

/**
 * A fresh copy: one lab's changes are not another's. Its secrets are new each time. `origin` of the login host: its clients
 * have the redirect that Entra's have, and those that tell its authorities from other servers'.
 */
export function practiceRegistrations(origin: string): Registrations {
  const publicClients = [APPS.ordersWeb, APPS.practiceClient];
  const consentTo = (resource: LabApp, ...scopes: string[]) =>
    publicClients.map((client) => ({ client, resource, scopes }));
  const publicClient = { redirectUris: redirectsFor(origin), allowsPublicFlows: true, certificates: [] };
  const confidential = { redirectUris: [], allowsPublicFlows: false, certificates: [] };
  return {
    clients: [
      { app: APPS.ordersWeb, tenants: BOTH_TENANTS, ...publicClient, secrets: [] },
      { app: APPS.practiceClient, tenants: [CONTOSO], ...publicClient, secrets: [] },
      { app: APPS.nightlyJob, tenants: [CONTOSO], ...confidential, secrets: [createSecret()] },
      // Client and API in one registration, with v2 and with v1 tokens: people sign in to it, and it calls on their behalf.
      { app: APPS.ordersApi, tenants: [CONTOSO], ...publicClient, secrets: [createSecret()] },
      { app: APPS.stockApi, tenants: [CONTOSO], ...publicClient, secrets: [createSecret()] },
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
      ...[APPS.ordersApi, APPS.stockApi].flatMap((client) => [
        { client, resource: APPS.ordersApi, scopes: ['Orders.Read'] },
        { client, resource: APPS.stockApi, scopes: ['Stock.Read'] },
        { client, resource: APPS.invoicesApi, scopes: ['Invoices.Read'] },
      ]),
    ],
    roleGrants: [{ client: APPS.nightlyJob, resource: APPS.ordersApi, roles: ['Orders.Read.All'] }],
    guests: [{ user: CONTOSO.users[1], tenant: FABRIKAM, guestId: 'f3b7c1ea-5d84-4f69-8a03-7d8e9f0a1b26' }],
  };
}

function redirectsFor(origin: string): string[] {
  const names = ['common', 'organizations', ...BOTH_TENANTS.flatMap(({ id, domain }) => [id, domain])];
  return [LOOPBACK, ...names.map((name) => `${LOOPBACK}/why401/${new URL(origin).host}/${name}`)];
}

/** Long enough to look like Entra's. */
export function createSecret(expiresAtMs?: number): ClientSecret {
  const value = `lab8Q~${randomBytes(26).toString('base64url')}`;
  return { id: randomUUID(), value, ...(expiresAtMs === undefined ? {} : { expiresAtMs }) };
}

/** Somebody in a tenant, known there by the same person's home account; undefined for a stranger. */
export function accountIn(registrations: Registrations, tenant: LabTenant, user: LabUser): Account | undefined {
  const home = homeOf(user);
  if (home.tenant === tenant) return { tenant, user, home };
  const guest = registrations.guests.find((one) => one.tenant === tenant && one.user.id === user.id);
  return guest && { tenant, user: { ...user, id: guest.guestId }, home };
}

/** Members first, then guests. */
export function accountsOf(registrations: Registrations, tenant: LabTenant): Account[] {
  const invited = registrations.guests.filter((guest) => guest.tenant === tenant).map(({ user }) => user);
  const people = [...tenant.users, ...invited];
  return people.map((user) => accountIn(registrations, tenant, user)).filter((account) => account !== undefined);
}

/** Who may sign in there: a tenant's members and guests, or everybody at home. */
export function accountsAt(registrations: Registrations, name: TenantName): Account[] {
  if (name.kind === 'tenant') return accountsOf(registrations, name.tenant);
  return TENANTS.flatMap(({ users }) => users.map((user) => ({ ...homeOf(user), home: homeOf(user) })));
}

export function homeOf(user: LabUser): Account['home'] {
  const tenant = TENANTS.find(({ users }) => users.some(({ id }) => id === user.id));
  if (!tenant) throw new Error(`${user.userName} is in no tenant of the lab.`);
  return { tenant, user };
}

export function findClient(registrations: Registrations, clientId: string): ClientRegistration | undefined {
  return registrations.clients.find(({ app }) => app.id === clientId.toLowerCase());
}

/** As what a redirect URI is registered. Entra ignores the port of a loopback redirect URI, and nothing else of it. */
export function platformOf(client: ClientRegistration, redirectUri: string): Platform | undefined {
  const isAmong = (uris: readonly string[] = []) =>
    uris.some((registered) => comparable(registered) === comparable(redirectUri));
  if (isAmong(client.redirectUris)) return 'native';
  if (isAmong(client.webRedirectUris)) return 'web';
  return isAmong(client.spaRedirectUris) ? 'spa' : undefined;
}

function comparable(uri: string): string {
  if (!URL.canParse(uri)) return uri;
  const url = new URL(uri);
  if (url.protocol === 'http:' && url.hostname === 'localhost') url.port = '';
  return url.href;
}
