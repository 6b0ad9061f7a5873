import { issuerV2 } from '../entra-discovery.ts';
import { APPS, CONTOSO } from '../entra-tenant.ts';
import type { GatewayApi, GatewayConfiguration } from './gateway.ts';
import { createSubscription } from './subscriptions.ts';
import type { ValidateJwtPolicy } from './validate-jwt.ts';

/** Where the gateway's APIs lead. */
export interface Backends {
  /** Origin of the function app with keys. */
  functions: string;
  /** A host key of it, which the gateway adds. */
  functionsKey: string;
  /** Origin of the app behind Easy Auth. */
  easyAuth: string;
  /** Origin of the app that checks its tokens itself. */
  ownCheck: string;
}

const USUAL_KEY_NAMES = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' };
const ORDERS_OPERATIONS = [
  { method: 'GET', urlTemplate: 'orders' },
  { method: 'POST', urlTemplate: 'orders' },
  { method: 'GET', urlTemplate: 'orders/{id}' },
];

/** One API for each way a gateway can be in the way. */
export function practiceGateway(origin: string, backends: Backends): GatewayConfiguration {
  const functionsUrl = `${backends.functions}/api`;
  const usual = { subscriptionRequired: true, keyNames: USUAL_KEY_NAMES, operations: ORDERS_OPERATIONS };
  const addKey = { kind: 'set-header', name: 'x-functions-key', value: backends.functionsKey } as const;
  const apis: GatewayApi[] = [
    // Key and token, then the backend with its key: everything is right.
    {
      ...usual,
      id: 'orders',
      path: '/orders',
      backendUrl: functionsUrl,
      policies: [ordersTokenPolicy(origin), addKey],
    },
    // Key only, under names of its own.
    {
      ...usual,
      id: 'stock',
      path: '/stock',
      backendUrl: functionsUrl,
      keyNames: { header: 'X-Api-Key', query: 'api-key' },
      policies: [addKey],
    },
    // Forgets the backend's key: its bare 401 comes through.
    { ...usual, id: 'keyless', path: '/keyless', backendUrl: functionsUrl, policies: [] },
    // Needs no key.
    { ...usual, id: 'open', path: '/open', backendUrl: functionsUrl, subscriptionRequired: false, policies: [addKey] },
    // Passes the token on: Easy Auth's challenge comes through.
    { ...usual, id: 'easyauth', path: '/easyauth', backendUrl: `${backends.easyAuth}/api`, policies: [] },
    // Passes the token on: the app's own refusal comes through.
    { ...usual, id: 'own', path: '/own', backendUrl: backends.ownCheck, policies: [] },
    // Says no in the operator's words, and copies the reason into headers.
    {
      ...usual,
      id: 'worded',
      path: '/worded',
      backendUrl: functionsUrl,
      policies: [
        {
          ...ordersTokenPolicy(origin),
          failedValidationHttpcode: 403,
          failedValidationErrorMessage: 'Unauthorized. Access token is missing or invalid.',
        },
        addKey,
      ],
      tellsLastError: true,
    },
    {
      ...usual,
      id: 'limited',
      path: '/limited',
      backendUrl: functionsUrl,
      policies: [{ kind: 'rate-limit', calls: 2, renewalPeriodSec: 30 }, addKey],
    },
  ];
  return {
    apis,
    subscriptions: [
      createSubscription(
        'practice',
        apis.map(({ id }) => id),
      ),
      createSubscription('stock-only', ['stock']),
      createSubscription('suspended', 'allApis', 'suspended'),
    ],
  };
}

/** v2 tokens of Contoso for the Orders API, with a scope that may read. */
function ordersTokenPolicy(origin: string): ValidateJwtPolicy {
  return {
    kind: 'validate-jwt',
    openidConfigs: [`${issuerV2(origin, CONTOSO.id)}/.well-known/openid-configuration`],
    audiences: [APPS.ordersApi.id],
    requiredClaims: [{ name: 'scp', values: ['Orders.Read', 'Orders.Write'], match: 'any', separator: ' ' }],
  };
}
