import { readEasyAuthSettings } from '../../../../../src/core/gates/easy-auth/easy-auth-settings.ts';
import { effectivePolicyOf } from '../../../../../src/core/policy/effective-policy.ts';
import { readPolicy } from '../../../../../src/core/policy/read-policy.ts';
import type { AppServiceSite } from '../../../../lab/apps/app-service.ts';
import type { AuthLevel } from '../../../../lab/apps/function-keys.ts';
import { practiceValidators, REQUIRED_ROLE, type Validator } from '../../../../lab/apps/validators.ts';
import { APPS, CONTOSO, SERVICES } from '../../../../lab/entra-tenant.ts';
import type { GatewayApi } from '../../../../lab/gateway/gateway.ts';
import type { Lab } from '../../../../lab/lab.ts';
import type { Draft, FactValues, PassingCall } from './passing-call.ts';

const KEY_HEADER = 'Ocp-Apim-Subscription-Key';

const AZURE_HOSTS: Readonly<Record<keyof Lab['services'], string>> = {
  keyVault: 'practice-vault.vault.azure.net',
  resourceManager: 'management.azure.com',
  graph: 'graph.microsoft.com',
  storage: 'practice.blob.core.windows.net',
  openAi: 'practice.openai.azure.com',
};

/** The calls that pass, by what they are sent to. */
export const CALLS = {
  gateway: gatewayCall('orders'),
  entra: gatewayCall('entra'),
  limited: gatewayCall('limited'),
  quota: gatewayCall('quota'),
  checked: gatewayCall('checked', { 'X-Client': 'portal' }),
  browser: gatewayCall('browser'),
  workflow: {
    ...gatewayCall('own'),
    facts: (lab: Lab) => ({ ...gatewayFacts(lab, 'own'), behind: 'other' as const }),
  },
  functions: functionsCall('/api/orders', 'function', (lab) => lab.functions.app.keys.host.default),
  admin: functionsCall('/api/rebuild', 'admin', (lab) => lab.functions.app.keys.master, 'POST'),
  easyAuth: easyAuthCall('/api/orders', 'anonymous'),
  easyAuthWithKey: easyAuthCall('/api/export', 'function'),
  staticWebApp: {
    draft: async (lab: Lab) => get(`${lab.staticWebApp.origin}/api/orders`),
    profile: (lab: Lab) => ({ ...tenantOf(lab), target: 'functions' }),
    facts: (lab: Lab) => ({
      kind: 'functions' as const,
      authLevel: 'anonymous' as const,
      staticWebApp: true,
      easyAuth: readEasyAuthSettings(lab.staticWebApp.linked.settings),
    }),
  },
  aspnet: validatorCall('aspnet', 'aspnetcore'),
  identityWeb: validatorCall('identity-web', 'identity-web'),
  jose: validatorCall('jose', 'jose'),
  pyjwt: validatorCall('pyjwt', 'pyjwt'),
  handWritten: validatorCall('hand-written'),
  groups: validatorCall('groups', 'aspnetcore'),
  roles: validatorCall('roles', 'aspnetcore', [{ roles: [REQUIRED_ROLE] }]),
  allowedClients: {
    ...validatorCall('jose', 'jose'),
    profile: (lab: Lab) => ({
      ...ordersProfile(lab),
      target: 'other',
      allowedClients: lab.world.validators.settings.allowedClients,
    }),
  },
  inProcess: {
    ...validatorCall('in-process', 'aspnetcore'),
    facts: () => ({
      kind: 'functions' as const,
      authLevel: 'anonymous' as const,
      easyAuth: { isWhole: true as const, enabled: false },
    }),
  },
  graphql: validatorCall('graphql', 'jose'),
  ownCheck: {
    draft: async (lab: Lab) => ({
      ...get(`${lab.world.ownCheck.origin}/orders`),
      token: await lab.mint.accessTokenV2(),
    }),
    profile: ordersProfile,
    facts: () => ({ kind: 'other' as const }),
  },
  frontDoor: {
    draft: async (lab: Lab) => get(`${lab.frontDoor.origin}/open/orders`),
    profile: (lab: Lab) => ({ ...tenantOf(lab), target: 'apim', behind: 'functions' }),
    facts: (lab: Lab) => ({ ...gatewayFacts(lab, 'open'), edge: 'frontDoor' as const }),
  },
  keyVault: serviceCall('keyVault', 'keyVault', '/secrets/orders-db?api-version=7.4', 'keyVault', (lab) => ({
    vault: {
      tenant: lab.services.keyVault.settings.tenantId,
      resource: lab.services.keyVault.settings.resource,
      permissions: lab.services.keyVault.settings.enableRbacAuthorization
        ? ('rbac' as const)
        : ('accessPolicy' as const),
      publicAccess: lab.services.keyVault.settings.publicNetworkAccess === 'Enabled',
    },
  })),
  arm: serviceCall(
    'resourceManager',
    'arm',
    `/subscriptions/9a1e5d3c-7b24-4f68-90ab-c1d2e3f40516/resourceGroups/apps`,
    'resourceManager',
  ),
  armWrite: {
    ...serviceCall(
      'resourceManager',
      'arm',
      '/subscriptions/9a1e5d3c-7b24-4f68-90ab-c1d2e3f40516/resourceGroups/apps/providers/Microsoft.Network/networkInterfaces/nic1',
      'resourceManager',
      () => ({}),
      { method: 'PUT', body: '{}' },
    ),
  },
  graph: {
    draft: async (lab: Lab) => ({ ...get(`${lab.services.graph.origin}/v1.0/me`), token: await lab.mint.graphToken() }),
    profile: (lab: Lab) => ({ ...tenantOf(lab), target: 'graph' }),
    facts: () => ({ kind: 'graph' as const }),
    azureHost: AZURE_HOSTS.graph,
  },
  storage: serviceCall('storage', 'other', '/orders/1.json', 'storage', () => ({ kind: 'storage' }), {
    headers: { 'x-ms-version': '2023-11-03' },
  }),
  openAi: serviceCall(
    'openAi',
    'other',
    '/openai/deployments/tea/chat/completions?api-version=2024-06-01',
    'cognitiveServices',
    () => ({
      kind: 'dataPlane',
    }),
  ),
  tokenEndpoint: {
    draft: async (lab: Lab) => ({
      method: 'POST',
      url: `${lab.origin}/${CONTOSO.id}/oauth2/v2.0/token`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        client_id: APPS.nightlyJob.id,
        client_secret: lab.signIn.secretOf(APPS.nightlyJob),
        grant_type: 'client_credentials',
        scope: 'api://orders/.default',
      }).toString(),
    }),
    profile: tenantOf,
    facts: () => ({ kind: 'tokenEndpoint' as const }),
    azureHost: 'login.microsoftonline.com',
  },
  logicApp: {
    azureHost: 'prod-01.westeurope.logic.azure.com',
    draft: async (lab: Lab) => ({
      method: 'POST',
      url: `${lab.logicApp.origin}/invoke`,
      headers: {},
      token: await lab.mint.accessTokenV2(),
    }),
    profile: ordersProfile,
    facts: (lab: Lab) => ({
      kind: 'logicApp' as const,
      logicApp: {
        sas: true,
        policies: [
          {
            name: 'orders',
            claims: { iss: lab.logicApp.app.policy?.issuer ?? '', aud: lab.logicApp.app.policy?.audience ?? '' },
          },
        ],
      },
    }),
  },
} as const satisfies Record<string, PassingCall>;

export type CallName = keyof typeof CALLS;

function get(url: string, headers: Record<string, string> = {}): Draft {
  return { method: 'GET', url, headers };
}

function tenantOf(lab: Lab): Record<string, unknown> {
  return { cloud: lab.origin, tenant: CONTOSO.id };
}

/** What `orders-dev` says. */
function ordersProfile(lab: Lab): Record<string, unknown> {
  return {
    ...tenantOf(lab),
    tokenVersions: [2],
    appId: APPS.ordersApi.id,
    appIdUri: APPS.ordersApi.appIdUri,
    accepts: [{ scopes: ['Orders.Read'] }, { roles: ['Orders.Read.All'] }],
  };
}

function gatewayCall(api: string, headers: Record<string, string> = {}): PassingCall {
  return {
    draft: async (lab) => ({
      ...get(`${lab.gateway.origin}/${api}/orders`, {
        [KEY_HEADER]: lab.gateway.subscriptions[0]?.primaryKey ?? '',
        ...headers,
      }),
      token: await lab.mint.accessTokenV2(),
    }),
    profile: (lab) => ({ ...ordersProfile(lab), target: 'apim', behind: 'functions', clockSkewSec: 0 }),
    facts: (lab) => gatewayFacts(lab, api),
  };
}

function gatewayFacts(lab: Lab, id: string): FactValues {
  const api = lab.gateway.apis.find((candidate) => candidate.id === id) as GatewayApi;
  return {
    edge: 'none',
    kind: 'apim',
    behind: 'functions',
    authLevel: 'function',
    subscriptionKey: api.keyNames,
    subscriptionRequired: api.subscriptionRequired,
    policy: effectivePolicyOf(readPolicy(api.policy)),
    operations: api.operations.map(({ method, urlTemplate }) => ({ method, template: `/${urlTemplate}` })),
    backendCredential: /x-functions-key/.test(api.policy) ? 'key' : 'none',
    easyAuth: { isWhole: true, enabled: false },
    ...siteFacts(lab.functions.site),
  };
}

function siteFacts(site: AppServiceSite): FactValues {
  const { ipSecurityRestrictions, cors } = site.siteConfig;
  return {
    stopped: site.state === 'Stopped',
    accessRestrictions: ipSecurityRestrictions.map(({ ipAddress }) => ({
      address: `${ipAddress}/32`,
      action: 'allow',
    })),
    clientCertificate: site.clientCertEnabled ? 'required' : 'ignored',
    cors: { origins: cors.allowedOrigins },
  };
}

function functionsCall(
  path: string,
  authLevel: AuthLevel,
  keyOf: (lab: Lab) => string | undefined,
  method = 'GET',
): PassingCall {
  return {
    draft: async (lab) => ({
      method,
      url: `${lab.functions.origin}${path}`,
      headers: { 'x-functions-key': keyOf(lab) ?? '' },
    }),
    profile: (lab) => ({ ...ordersProfile(lab), target: 'functions', authLevel }),
    facts: (lab) => ({
      edge: 'none',
      kind: 'functions',
      authLevel,
      easyAuth: { isWhole: true, enabled: false },
      ...siteFacts(lab.functions.site),
    }),
  };
}

function easyAuthCall(path: string, authLevel: AuthLevel): PassingCall {
  return {
    draft: async (lab) => ({
      ...get(
        `${lab.easyAuth.origin}${path}`,
        authLevel === 'anonymous' ? {} : { 'x-functions-key': lab.easyAuth.app.keys.host.default ?? '' },
      ),
      token: await lab.mint.accessTokenV2({ api: APPS.ordersEasyAuth }),
    }),
    profile: (lab) => ({
      ...tenantOf(lab),
      tokenVersions: [2],
      appId: APPS.ordersEasyAuth.id,
      appIdUri: APPS.ordersEasyAuth.appIdUri,
      target: 'functions',
      authLevel,
    }),
    facts: (lab) => ({
      edge: 'none',
      kind: 'functions',
      authLevel,
      easyAuth: readEasyAuthSettings(lab.easyAuth.settings),
      ...siteFacts(lab.easyAuth.site),
    }),
  };
}

function validatorCall(name: Validator, validator?: string, accepts?: unknown[]): PassingCall {
  return {
    draft: async (lab) => ({
      ...get(`${lab.world.validators.origin}/${name}/orders`),
      token: await lab.mint.accessTokenV2({
        roles: [REQUIRED_ROLE],
        payload: { groups: [practiceValidators().requiredGroup] },
      }),
    }),
    profile: (lab) => ({
      ...ordersProfile(lab),
      target: 'other',
      clockSkewSec: 0,
      ...(validator ? { validator } : {}),
      ...(accepts ? { accepts } : {}),
    }),
    facts: () => ({ edge: 'none', kind: 'other' }),
  };
}

function serviceCall(
  name: keyof Lab['services'],
  target: string,
  path: string,
  resource: keyof typeof SERVICES,
  more: (lab: Lab) => FactValues = () => ({}),
  sending: Partial<Draft> = {},
): PassingCall {
  return {
    draft: async (lab) => ({
      ...get(`${lab.services[name].origin}${path}`),
      token: await lab.mint.accessTokenV1({ api: SERVICES[resource], scopes: ['user_impersonation'] }),
      ...sending,
    }),
    profile: (lab) => ({
      ...tenantOf(lab),
      tokenVersions: [1],
      audiences: [SERVICES[resource].appIdUri],
      target,
    }),
    facts: (lab) => ({ ...(target === 'other' ? {} : { kind: target as 'arm' }), ...more(lab) }),
    azureHost: AZURE_HOSTS[name],
  };
}
