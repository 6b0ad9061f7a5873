import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { APPS, CONTOSO, FABRIKAM, GRAPH_APP_ID } from './entra-tenant.ts';
import type { Lab } from './lab.ts';
import { type PracticeTokens, tourText } from './practice-tour.ts';

const DAY_SEC = 86_400;
const HOUR_SEC = 3600;

/** The tour stands beside a panel and a sidebar: the text needs the room. */
export const TOUR_SETTINGS = { 'editor.minimap.enabled': false };

/** The files of a practice workspace, absolute paths when the folder was. */
export interface PracticeWorkspace {
  folder: string;
  tourPath: string;
  settingsPath: string;
  /** What the gateway's Orders API is protected by. */
  policyPath: string;
  /** What stands in front of the app behind Easy Auth. */
  authSettingsPath: string;
}

const POLICY_FILE = 'policies/orders.xml';
const AUTH_SETTINGS_FILE = 'authsettingsV2.json';

/**
 * Writes a tour with freshly signed tokens, profiles for the lab's APIs, and the files that protect two of them, into a
 * folder made if missing.
 */
export async function writePracticeWorkspace(folder: string, lab: Lab): Promise<PracticeWorkspace> {
  const tourPath = join(folder, 'tour.md');
  const settingsPath = join(folder, '.vscode', 'settings.json');
  const policyPath = join(folder, POLICY_FILE);
  const authSettingsPath = join(folder, AUTH_SETTINGS_FILE);
  for (const path of [settingsPath, policyPath]) await mkdir(dirname(path), { recursive: true });
  await writeFile(tourPath, tourText(await mintPracticeTokens(lab), practiceKeys(lab), lab.origin));
  const settings = { ...TOUR_SETTINGS, ...practiceSettingsForSending(lab) };
  await writeFile(settingsPath, jsonText(settings));
  await writeFile(policyPath, lab.gateway.apis.find(({ id }) => id === 'orders')?.policy ?? '');
  await writeFile(authSettingsPath, jsonText({ name: 'authsettingsV2', properties: lab.easyAuth.settings }));
  return { folder, tourPath, settingsPath, policyPath, authSettingsPath };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Settings of the practice workspace: one API of one tenant, and one that serves several. */
export function practiceSettings(lab: Pick<Lab, 'origin'>): { 'why401.apis': Record<string, object> } {
  return {
    'why401.apis': {
      'orders-dev': {
        cloud: lab.origin,
        tenant: CONTOSO.domain,
        tokenVersions: [2],
        appId: APPS.ordersApi.id,
        appIdUri: APPS.ordersApi.appIdUri,
        accepts: [{ scopes: ['Orders.Read'] }, { roles: ['Orders.Read.All'] }],
        allowedClients: [APPS.ordersWeb.id, APPS.nightlyJob.id],
      },
      'invoices-multitenant': {
        cloud: lab.origin,
        tenant: 'organizations',
        allowedTenants: [CONTOSO.id, FABRIKAM.id],
        tokenVersions: [2],
        appId: APPS.invoicesApi.id,
        appIdUri: APPS.invoicesApi.appIdUri,
        accepts: [{ scopes: ['Invoices.Read'] }],
        allowedClients: [APPS.ordersWeb.id],
      },
    },
  };
}

/**
 * `practiceSettings` and what sending needs: the Orders API behind the gateway, its function app called directly, and the
 * app behind Easy Auth, and a vault. Those that are added accept no token of `orders-dev`, so that Validate still asks nothing.
 */
export function practiceSettingsForSending(
  lab: Pick<Lab, 'origin' | 'gateway' | 'functions' | 'easyAuth' | 'services'>,
): {
  'why401.signIn.redirect': 'localhost';
  'why401.sendServiceTokensTo': { audience: string; origin: string }[];
  'why401.apis': Record<string, object>;
} {
  const { 'orders-dev': orders, ...others } = practiceSettings(lab)['why401.apis'];
  const tenant = { cloud: lab.origin, tenant: CONTOSO.domain };
  const identities = (api: { appIdUri: string }) => ({
    me: { signIn: 'browser', clientId: APPS.ordersWeb.id, scopes: [`${api.appIdUri}/Orders.Read`] },
  });
  // One of each kind that works without programs and files of the user's own.
  const allIdentities = {
    ...identities(APPS.ordersApi),
    'by code': { ...identities(APPS.ordersApi).me, signIn: 'deviceCode' },
    'nightly job': {
      signIn: 'clientSecret',
      clientId: APPS.nightlyJob.id,
      scopes: [`${APPS.ordersApi.appIdUri}/.default`],
    },
    'stock for me': { signIn: 'onBehalfOf', from: 'me', scope: `${APPS.stockApi.appIdUri}/Stock.Read` },
    'managed identity': { signIn: 'pasted', expect: 'managedIdentity' },
  };
  const operations = [
    { name: 'List orders', method: 'GET', path: '/orders' },
    { name: 'One order', method: 'GET', path: '/orders/1' },
    { name: 'New order', method: 'POST', path: '/orders', body: '{ "item": "tea" }' },
  ];
  return {
    'why401.signIn.redirect': 'localhost',
    // A token of Graph's that is sent to another API is refused there: a fault to be practised.
    'why401.sendServiceTokensTo': [lab.gateway, lab.easyAuth].map(({ origin }) => ({ audience: GRAPH_APP_ID, origin })),
    'why401.apis': {
      'orders-dev': {
        ...orders,
        identities: allIdentities,
        baseUrl: `${lab.gateway.origin}/orders`,
        target: 'apim',
        behind: 'functions',
        subscriptionKey: { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' },
        policy: POLICY_FILE,
        operations,
      },
      'orders-functions': {
        ...tenant,
        baseUrl: `${lab.functions.origin}/api`,
        target: 'functions',
        authLevel: 'function',
        operations: [...operations, { name: 'Ping', method: 'GET', path: '/ping', authLevel: 'anonymous' }],
      },
      'orders-easyauth': {
        ...tenant,
        tokenVersions: [2],
        appId: APPS.ordersEasyAuth.id,
        appIdUri: APPS.ordersEasyAuth.appIdUri,
        allowedClients: [APPS.ordersWeb.id],
        identities: identities(APPS.ordersEasyAuth),
        baseUrl: `${lab.easyAuth.origin}/api`,
        target: 'functions',
        authLevel: 'anonymous',
        easyAuth: AUTH_SETTINGS_FILE,
        operations: operations.filter(({ path }) => path === '/orders'),
      },
      ...others,
      'practice-vault': {
        ...tenant,
        baseUrl: lab.services.keyVault.origin,
        target: 'keyVault',
        operations: [
          { name: 'Read secret', method: 'GET', path: '/secrets/orders-db', query: { 'api-version': '7.4' } },
        ],
      },
    },
  };
}

/** Keys a person would have been given for the practice APIs. New ones in every run; they open nothing else. */
export function practiceKeys({ gateway, functions, signIn }: Pick<Lab, 'gateway' | 'functions' | 'signIn'>): {
  subscriptionKey: string;
  suspendedKey: string;
  functionKey: string;
  hostKey: string;
  masterKey: string;
  jobSecret: string;
  apiSecret: string;
} {
  const subscription = (name: string) => gateway.subscriptions.find((one) => one.name === name)?.primaryKey ?? '';
  const { keys } = functions.app;
  return {
    subscriptionKey: subscription('practice'),
    suspendedKey: subscription('suspended'),
    functionKey: keys.functions.ListOrders?.default ?? '',
    hostKey: keys.host.default ?? '',
    masterKey: keys.master,
    jobSecret: signIn.secretOf(APPS.nightlyJob),
    apiSecret: signIn.secretOf(APPS.ordersApi),
  };
}

/** The tour's tokens. Each holds for a day, so that a tour begun in the morning still works in the evening. */
export async function mintPracticeTokens({ mint }: Lab): Promise<PracticeTokens> {
  const valid = { lifetimeSec: DAY_SEC };
  return {
    good: await mint.accessTokenV2(valid),
    expired: await mint.accessTokenV2({ issuedSecAgo: 3 * HOUR_SEC, lifetimeSec: HOUR_SEC }),
    v1: await mint.accessTokenV1(valid),
    graph: await mint.graphToken(valid),
    id: await mint.idToken(valid),
    otherTenant: await mint.accessTokenV2({ ...valid, tenant: FABRIKAM }),
    multiTenant: await mint.accessTokenV2({
      ...valid,
      tenant: FABRIKAM,
      api: APPS.invoicesApi,
      scopes: ['Invoices.Read'],
    }),
  };
}
