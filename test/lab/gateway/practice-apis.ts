import type { GatewayApi, GatewayConfiguration } from './gateway.ts';
import {
  checkHeaderPolicy,
  element,
  entraTokenPolicy,
  FUNCTIONS_KEY_NAME,
  ordersTokenPolicy,
  policyDocument,
  setHeaderPolicy,
  TELL_LAST_ERROR,
} from './practice-policies.ts';
import { createSubscription } from './subscriptions.ts';

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
  /** Origin of the Logic App, and the signature of its trigger's address. */
  logicApp: string;
  logicAppSignature: string;
}

/** What a browser's calls come from, where a `cors` policy lists it. */
export const PORTAL_ORIGIN = 'https://portal.contoso.example';

const USUAL_KEY_NAMES = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' };
const ORDERS_OPERATIONS = [
  { method: 'GET', urlTemplate: 'orders' },
  { method: 'POST', urlTemplate: 'orders' },
  { method: 'GET', urlTemplate: 'orders/{id}' },
];

/** One API for each way a gateway can be in the way. `origin`: of the login host. */
export function practiceGateway(origin: string, backends: Backends): GatewayConfiguration {
  const functionsUrl = `${backends.functions}/api`;
  const addKey = setHeaderPolicy('x-functions-key', `{{${FUNCTIONS_KEY_NAME}}}`);
  const api = (id: string, inbound: readonly string[], more: Partial<GatewayApi> = {}): GatewayApi => ({
    id,
    path: `/${id}`,
    backendUrl: functionsUrl,
    subscriptionRequired: true,
    keyNames: USUAL_KEY_NAMES,
    operations: ORDERS_OPERATIONS,
    policy: policyDocument(inbound),
    ...more,
  });
  const worded = ordersTokenPolicy(origin, {
    attributes: {
      'failed-validation-httpcode': '403',
      'failed-validation-error-message': 'Unauthorized. Access token is missing or invalid.',
    },
  });
  const ownIdentity = element('authentication-managed-identity', { resource: 'https://management.azure.com' });
  const addSignature = element('set-query-parameter', { name: 'sig', 'exists-action': 'override' }, [
    '<value>{{workflow-signature}}</value>',
  ]);
  const apis: GatewayApi[] = [
    // Key and token, then the backend with its key: everything is right.
    api('orders', [ordersTokenPolicy(origin), addKey]),
    // Key only, under names of its own.
    api('stock', [addKey], { keyNames: { header: 'X-Api-Key', query: 'api-key' } }),
    // Forgets the backend's key: its bare 401 comes through.
    api('keyless', []),
    // Adds a key that opens nothing.
    api('wrong-key', [setHeaderPolicy('x-functions-key', 'not-a-key')]),
    // Needs no key.
    api('open', [addKey], { subscriptionRequired: false }),
    // Passes the token on: Easy Auth's challenge comes through.
    api('easyauth', [], { backendUrl: `${backends.easyAuth}/api` }),
    // Passes the token on: the app's own refusal comes through.
    api('own', [], { backendUrl: backends.ownCheck }),
    // Calls the backend as itself, with a token the backend does not take.
    api('identity', [ordersTokenPolicy(origin), ownIdentity], { backendUrl: backends.ownCheck }),
    // Replaces the caller's token before it is looked at.
    api('replaced', [ownIdentity, ordersTokenPolicy(origin), addKey]),
    // The other token policy.
    api('entra', [entraTokenPolicy(), addKey]),
    // Passes the token on to a trigger that has a signature in its address already.
    api('workflow', [ordersTokenPolicy(origin), addSignature], {
      backendUrl: backends.logicApp,
      operations: [{ method: 'POST', urlTemplate: 'invoke' }],
    }),
    // Says no in the operator's words, and copies the reason into headers.
    api('worded', [], { policy: policyDocument([worded, addKey], TELL_LAST_ERROR) }),
    api('limited', [element('rate-limit', { calls: '2', 'renewal-period': '30' }), addKey]),
    api('quota', [element('quota', { calls: '2', 'renewal-period': '3600' }), addKey]),
    api('filtered', [element('ip-filter', { action: 'allow' }, ['<address>203.0.113.7</address>']), addKey]),
    api('checked', [checkHeaderPolicy('X-Client', ['portal'], 403, 'Not one of our clients.'), addKey]),
    api('browser', [corsPolicy(), ordersTokenPolicy(origin), addKey]),
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
    namedValues: { [FUNCTIONS_KEY_NAME]: backends.functionsKey, 'workflow-signature': backends.logicAppSignature },
  };
}

function corsPolicy(): string {
  return element('cors', {}, [
    element('allowed-origins', {}, [`<origin>${PORTAL_ORIGIN}</origin>`]),
    element('allowed-methods', {}, ['<method>GET</method>', '<method>POST</method>']),
    element('allowed-headers', {}, ['<header>authorization</header>', '<header>ocp-apim-subscription-key</header>']),
  ]);
}
