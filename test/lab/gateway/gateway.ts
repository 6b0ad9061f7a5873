import { randomUUID } from 'node:crypto';
import { matchRoute } from '../apps/route-template.ts';
import type { CheckToken } from '../apps/token-authority.ts';
import type { LabReply, LabRequest, LabRoute } from '../loopback-server.ts';
import { forward } from './forward.ts';
import { type GatewayCall, type GatewayRefusal, headerOf } from './gateway-call.ts';
import { applyPolicy, type GatewayPolicy, type PolicyWorld } from './policies.ts';
import { type Subscription, subscriptionFor } from './subscriptions.ts';

/** One API of the gateway. Members may be changed while it runs. */
export interface GatewayApi {
  id: string;
  /** `/orders`: the part of the path that stands for the API. */
  path: string;
  /** Without a trailing slash; the rest of the path and the query follow. */
  backendUrl: string;
  /** False for an API of an open product as well. */
  subscriptionRequired: boolean;
  keyNames: { header: string; query: string };
  operations: { method: string; urlTemplate: string }[];
  policies: GatewayPolicy[];
  /** Its `on-error` section copies `context.LastError` into headers, as the documentation's example does. */
  tellsLastError?: boolean;
}

export interface GatewayConfiguration {
  apis: GatewayApi[];
  subscriptions: Subscription[];
}

/** `context.LastError` of one refusal: what only the operator sees. */
export interface GatewayError extends Pick<GatewayRefusal, 'source' | 'reason' | 'detail'> {
  api?: string;
}

/** API Management's order of evaluation: API and operation, subscription key, inbound policies, backend. */
export function gatewayRoute(
  configuration: GatewayConfiguration,
  { checkToken, now }: { checkToken: CheckToken; now: () => number },
  errors: GatewayError[],
): LabRoute {
  const world: PolicyWorld = { checkToken, now, windows: new WeakMap() };
  const refuse = (refusal: GatewayRefusal, api?: GatewayApi): LabReply => {
    const { source, reason, detail } = refusal;
    errors.push({ source, reason, ...(detail ? { detail } : {}), ...(api ? { api: api.id } : {}) });
    return refusalReply(refusal, api);
  };

  return async (request) => {
    const api = findApi(configuration.apis, request.url.pathname);
    if (!api || !hasOperation(api, request)) return refuse(NO_OPERATION, api);
    const admitted = admit(configuration.subscriptions, api, request);
    if ('refusal' in admitted) return refuse(admitted.refusal, api);

    let { call } = admitted;
    for (const policy of api.policies) {
      const outcome = applyPolicy(policy, call, world);
      if ('refusal' in outcome) return refuse(outcome.refusal, api);
      call = outcome.call;
    }
    return toBackend(api, call, request);
  };
}

const NO_OPERATION: GatewayRefusal = {
  status: 404,
  message: 'Resource not found',
  source: 'configuration',
  reason: 'OperationNotFound',
};

/** The subscription key. Without the header the query is looked at; a wrong key is refused even by an open API. */
function admit(
  subscriptions: readonly Subscription[],
  api: GatewayApi,
  { method, url, headerLines }: LabRequest,
): { call: GatewayCall } | { refusal: GatewayRefusal } {
  const call = { method, url, headerLines };
  const key = headerOf(call, api.keyNames.header) ?? url.searchParams.get(api.keyNames.query) ?? undefined;
  if (key === undefined) {
    return api.subscriptionRequired ? { refusal: keyRefusal(api, url, 'SubscriptionKeyNotFound') } : { call };
  }
  const subscription = subscriptionFor(subscriptions, key, api.id);
  return subscription
    ? { call: { ...call, subscription } }
    : { refusal: keyRefusal(api, url, 'SubscriptionKeyInvalid') };
}

const KEY_MESSAGES = {
  SubscriptionKeyNotFound:
    'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
  SubscriptionKeyInvalid:
    'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
};

function keyRefusal(api: GatewayApi, url: URL, reason: keyof typeof KEY_MESSAGES): GatewayRefusal {
  const challenge = `AzureApiManagementKey realm="${url.origin}${api.path}",name="${api.keyNames.header}",type="header"`;
  return {
    status: 401,
    message: KEY_MESSAGES[reason],
    headers: { 'WWW-Authenticate': challenge },
    source: 'authorization',
    reason,
  };
}

async function toBackend(api: GatewayApi, call: GatewayCall, request: LabRequest): Promise<LabReply> {
  const rest = call.url.pathname.slice(api.path.length);
  const target = new URL(`${api.backendUrl}${rest}${call.url.search}`);
  try {
    return await forward(call, target, await request.readBody(), request.signal);
  } catch {
    return envelope(500, 'Internal server error', {}, { activityId: randomUUID() });
  }
}

function findApi(apis: readonly GatewayApi[], path: string): GatewayApi | undefined {
  const isIn = (api: GatewayApi) => path === api.path || path.startsWith(`${api.path}/`);
  return apis.filter(isIn).sort((one, other) => other.path.length - one.path.length)[0];
}

function hasOperation({ path, operations }: GatewayApi, { method, url }: LabRequest): boolean {
  return operations.some(
    (operation) => operation.method === method && matchRoute(`${path}/${operation.urlTemplate}`, url.pathname),
  );
}

function refusalReply(
  { status, message, headers = {}, source, reason, detail }: GatewayRefusal,
  api?: GatewayApi,
): LabReply {
  const told = { ErrorSource: source, ErrorReason: reason, ErrorMessage: detail ?? message, ErrorSection: 'inbound' };
  return envelope(status, message, api?.tellsLastError ? { ...headers, ...told } : headers);
}

function envelope(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): LabReply {
  const members = Object.entries({ statusCode: status, message, ...more });
  // With the spaces of the real one.
  const body = `{ ${members.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')} }`;
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body };
}
