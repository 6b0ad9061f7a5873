import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { APPS, CONTOSO, GRAPH_APP_ID, SERVICES } from '../lab/entra-tenant.ts';
import type { Lab } from '../lab/lab.ts';
import { practiceKeys } from '../lab/practice-workspace.ts';
import { type Practice, startPractice } from './practice.ts';
import { openOperation } from './request-page.ts';
import { pasteToken, typeHeader, typeUrl } from './request-typing.ts';

const KEY_HEADER = 'Ocp-Apim-Subscription-Key';

interface Shut {
  gate: string;
  cause: string;
  url(lab: Lab): string;
  /** Default: 401. */
  status?: number;
  method?: string;
  token?(lab: Lab): Promise<string>;
  headers?(lab: Lab): Record<string, string>;
  /** A token of Microsoft's for what is not Microsoft's has to be confirmed. */
  shut?(lab: Lab): void;
}

const orders = ({ mint }: Lab) => mint.accessTokenV2();
const gateway =
  (api: string, path = 'orders') =>
  ({ gateway: { origin } }: Lab) =>
    `${origin}/${api}/${path}`;
const subscriptionKey = (lab: Lab) => ({ [KEY_HEADER]: practiceKeys(lab).subscriptionKey });

/** One refusal of each gate, in the order a call meets them. */
const GATES: readonly Shut[] = [
  {
    gate: 'edge',
    cause: 'edge-waf-blocked',
    url: ({ frontDoor }) => `${frontDoor.origin}/open/orders?q=%3Cscript%3E`,
    status: 403,
  },
  {
    gate: 'apimOperation',
    cause: 'apim-operation-not-found',
    url: gateway('orders', 'ordres'),
    headers: subscriptionKey,
    status: 404,
  },
  {
    gate: 'subscriptionKey',
    cause: 'apim-subscription-key-invalid',
    url: gateway('orders'),
    headers: () => ({ [KEY_HEADER]: '0'.repeat(32) }),
  },
  {
    gate: 'apimCors',
    cause: 'apim-cors-origin-not-allowed',
    url: gateway('browser'),
    token: orders,
    headers: (lab) => ({ ...subscriptionKey(lab), Origin: 'https://other.example' }),
    status: 200,
  },
  { gate: 'ipFilter', cause: 'apim-ip-filtered', url: gateway('filtered'), headers: subscriptionKey, status: 403 },
  {
    gate: 'checkHeader',
    cause: 'apim-header-check-failed',
    url: gateway('checked'),
    headers: subscriptionKey,
    status: 403,
  },
  {
    gate: 'rateLimit',
    cause: 'apim-rate-limited',
    url: gateway('limited'),
    headers: subscriptionKey,
    status: 429,
    shut: ({ gateway: { apis } }) => {
      for (const api of apis) api.policy = api.policy.replace('<rate-limit calls="2"', '<rate-limit calls="0"');
    },
  },
  {
    gate: 'quota',
    cause: 'apim-quota-exceeded',
    url: gateway('quota'),
    headers: subscriptionKey,
    status: 403,
    shut: ({ gateway: { apis } }) => {
      for (const api of apis) api.policy = api.policy.replace('<quota calls="2"', '<quota calls="0"');
    },
  },
  { gate: 'validateJwt', cause: 'missing-token', url: gateway('orders'), headers: subscriptionKey },
  {
    gate: 'validateAzureAdToken',
    cause: 'apim-required-claim-mismatch',
    url: gateway('entra'),
    token: ({ mint }) => mint.accessTokenV2({ client: APPS.practiceClient }),
    headers: subscriptionKey,
  },
  {
    gate: 'backendCredential',
    cause: 'apim-backend-credential-missing',
    url: gateway('keyless'),
    headers: subscriptionKey,
  },
  {
    gate: 'staticWebApps',
    cause: 'swa-platform-owns-auth',
    url: ({ staticWebApp }) => `${staticWebApp.linked.origin}/api/orders`,
    token: orders,
  },
  {
    gate: 'cors',
    cause: 'cors-preflight-unauthenticated',
    url: ({ easyAuth }) => `${easyAuth.origin}/api/orders`,
    method: 'OPTIONS',
    headers: () => ({ Origin: 'https://shop.example', 'Access-Control-Request-Method': 'GET' }),
  },
  { gate: 'easyAuth', cause: 'missing-token', url: ({ easyAuth }) => `${easyAuth.origin}/api/orders` },
  { gate: 'functionsKey', cause: 'function-key-missing', url: ({ functions }) => `${functions.origin}/api/orders` },
  {
    gate: 'accessRestriction',
    cause: 'ip-restriction-blocked',
    url: ({ functions }) => `${functions.origin}/api/ping`,
    status: 403,
    shut: ({ functions }) => {
      functions.site.siteConfig.ipSecurityRestrictions = [{ ipAddress: '203.0.113.9', action: 'Allow' }];
    },
  },
  {
    gate: 'appStopped',
    cause: 'app-stopped-or-quota',
    url: ({ functions }) => `${functions.origin}/api/ping`,
    status: 403,
    shut: ({ functions }) => {
      functions.site.state = 'Stopped';
    },
  },
  {
    gate: 'app',
    cause: 'aud-mismatch',
    url: ({ world }) => `${world.validators.origin}/aspnet/orders`,
    token: ({ mint }) => mint.accessTokenV2({ api: APPS.invoicesApi }),
  },
  {
    gate: 'logicApp',
    cause: 'logic-app-sas-missing',
    url: ({ logicApp }) => `${logicApp.origin}/invoke`,
    method: 'POST',
  },
  {
    gate: 'keyVault',
    cause: 'missing-token',
    url: ({ services }) => `${services.keyVault.origin}/secrets/orders-db?api-version=7.4`,
  },
  {
    gate: 'resourceManager',
    cause: 'arm-rbac-missing',
    url: ({ services: { resourceManager } }) =>
      `${resourceManager.origin}/subscriptions/${resourceManager.settings.subscriptionId}`,
    token: ({ mint }) => mint.accessTokenV1({ api: SERVICES.resourceManager }),
    status: 403,
    shut: ({ services }) => {
      services.resourceManager.settings.contributors = [];
    },
  },
  {
    gate: 'graph',
    cause: 'scope-missing',
    url: ({ services }) => `${services.graph.origin}/v1.0/me/messages`,
    token: ({ mint }) => mint.graphToken(),
    status: 403,
  },
  {
    gate: 'dataPlane',
    cause: 'data-plane-role-missing',
    url: ({ services }) => `${services.storage.origin}/orders/1.json`,
    token: ({ mint }) => mint.accessTokenV1({ api: SERVICES.storage }),
    status: 403,
    headers: () => ({ 'x-ms-version': '2023-11-03' }),
    shut: ({ services }) => {
      services.storage.settings.readers = [];
    },
  },
];

describe('every gate the lab can shut, from the sidebar', () => {
  let practice: Practice;

  before(async () => {
    practice = await startPractice({}, settingsFor);
    await writeFiles(practice);
    await practice.vscode.setTheme('dark');
  });
  after(() => practice?.stop());

  for (const { gate, cause, url, status = 401, method, token, headers, shut } of GATES) {
    it(`${gate}: ${cause}`, async () => {
      const { vscode, lab } = practice;
      shut?.(lab);
      const page = await openOperation(vscode, 'orders', 'List orders', /orders$/);
      await page.chooseKey(/^No key/);
      // A pasted token is kept for the origin it is pasted for.
      await typeUrl(page, url(lab));
      if (token) await pasteToken(vscode, page, await token(lab));
      else await page.chooseToken(/^No token/);
      if (method) await page.frame.getByLabel('Method', { exact: true }).selectOption(method);
      for (const [name, value] of Object.entries(headers?.(lab) ?? {})) await typeHeader(page, name, value);
      assert.match(await page.sendAndWait(), new RegExp(`^${status}`));
      assert.equal(await page.bestCause(), cause);
    });
  }
});

/** One profile an origin or API; only the first has an operation, since the tree has room for few. */
function settingsFor(lab: Lab): Record<string, unknown> {
  const tenant = { cloud: lab.origin, tenant: CONTOSO.id };
  const api = { ...tenant, tokenVersions: [2], appId: APPS.ordersApi.id, appIdUri: APPS.ordersApi.appIdUri };
  const behindGateway = (id: string, more: object = {}) => ({
    [`gateway-${id}`]: {
      ...api,
      baseUrl: `${lab.gateway.origin}/${id}`,
      target: 'apim',
      behind: 'functions',
      authLevel: 'function',
      policy: `policies/${id}.xml`,
      ...more,
    },
  });
  const { services } = lab;
  return {
    // The lab's services have hosts of their own.
    'why401.sendServiceTokensTo': [
      { audience: SERVICES.resourceManager.appIdUri, origin: services.resourceManager.origin },
      { audience: GRAPH_APP_ID, origin: services.graph.origin },
      { audience: SERVICES.storage.appIdUri, origin: services.storage.origin },
    ],
    'why401.apis': {
      orders: {
        ...tenant,
        baseUrl: `${lab.functions.origin}/api`,
        target: 'functions',
        authLevel: 'function',
        operations: [{ name: 'List orders', method: 'GET', path: '/orders' }],
      },
      ...Object.assign({}, ...POLICY_FILES.map((id) => behindGateway(id))),
      edge: { ...tenant, baseUrl: lab.frontDoor.origin, target: 'apim' },
      guarded: {
        ...tenant,
        appId: APPS.ordersEasyAuth.id,
        baseUrl: `${lab.easyAuth.origin}/api`,
        target: 'functions',
        authLevel: 'anonymous',
        easyAuth: 'authsettings/guarded.json',
      },
      linked: {
        ...tenant,
        baseUrl: `${lab.staticWebApp.linked.origin}/api`,
        target: 'functions',
        authLevel: 'anonymous',
        easyAuth: 'authsettings/linked.json',
      },
      validators: { ...api, baseUrl: lab.world.validators.origin, target: 'other', validator: 'aspnetcore' },
      vault: { ...tenant, baseUrl: lab.services.keyVault.origin, target: 'keyVault' },
      arm: { ...tenant, baseUrl: lab.services.resourceManager.origin, target: 'arm' },
      graph: { ...tenant, baseUrl: lab.services.graph.origin, target: 'graph' },
    },
  };
}

const POLICY_FILES = ['orders', 'browser', 'filtered', 'checked', 'limited', 'quota', 'entra', 'keyless'];

async function writeFiles({ folder, lab }: Practice): Promise<void> {
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const id of POLICY_FILES) {
    await write(`policies/${id}.xml`, lab.gateway.apis.find((api) => api.id === id)?.policy ?? '');
  }
  await write('authsettings/guarded.json', JSON.stringify(lab.easyAuth.settings));
  await write('authsettings/linked.json', JSON.stringify(lab.staticWebApp.linked.settings));
}
