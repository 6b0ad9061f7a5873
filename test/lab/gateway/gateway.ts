import { randomUUID } from 'node:crypto';
import { matchRoute } from '../apps/route-template.ts';
import type { LabReply, LabRequest, LabRoute } from '../loopback-server.ts';
import { answerCors } from './cors.ts';
import { forward } from './forward.ts';
import { type GatewayCall, type GatewayRefusal, headerOf } from './gateway-call.ts';
import { runOnError } from './on-error.ts';
import { applyPolicy, type PolicyWorld } from './policies.ts';
import { type PolicyDocument, readPolicyDocument } from './policy-document.ts';
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
  /** Policy document in XML, with `{{named values}}`. */
  policy: string;
}

export interface GatewayConfiguration {
  apis: GatewayApi[];
  subscriptions: Subscription[];
  /** What stands for `{{name}}` in policies. */
  namedValues: Record<string, string>;
}

/** `context.LastError` of one refusal: what only the operator sees. */
export interface GatewayError extends Pick<GatewayRefusal, 'source' | 'reason' | 'detail'> {
  api?: string;
}

/** API Management's order of evaluation: API and operation, subscription key, inbound policies, backend. */
export function gatewayRoute(
  configuration: GatewayConfiguration,
  tools: Omit<PolicyWorld, 'counts'>,
  errors: GatewayError[],
): LabRoute {
  const world: PolicyWorld = { ...tools, counts: new Map() };
  const refuse = (refusal: GatewayRefusal, api?: GatewayApi, document?: PolicyDocument): LabReply => {
    const { source, reason, detail, status, message, headers = {} } = refusal;
    errors.push({ source, reason, ...(detail ? { detail } : {}), ...(api ? { api: api.id } : {}) });
    return runOnError(document?.onError ?? [], refusal, envelope(status, message, headers));
  };

  return async (request) => {
    const api = findApi(configuration.apis, request.url.pathname);
    if (!api) return refuse(NO_OPERATION);
    const document = readPolicyDocument(withNamedValues(api.policy, configuration.namedValues));
    const preflight = answerPreflight(api, document, request);
    if (preflight) return preflight;
    if (!hasOperation(api, request)) return refuse(NO_OPERATION, api, document);
    const admitted = admit(configuration.subscriptions, api, request);
    if ('refusal' in admitted) return refuse(admitted.refusal, api, document);

    let { call } = admitted;
    for (const policy of document.inbound) {
      const outcome = await applyPolicy(policy, call, world);
      if ('refusal' in outcome) return refuse(outcome.refusal, api, document);
      if ('reply' in outcome) return outcome.reply;
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

/** A `cors` policy answers a preflight before operation and key are looked at. */
function answerPreflight(api: GatewayApi, { inbound }: PolicyDocument, request: LabRequest): LabReply | undefined {
  const policy = inbound.find(({ name }) => name === 'cors');
  return policy && request.method === 'OPTIONS' ? answerCors(policy, callOf(api, request))?.reply : undefined;
}

/** The subscription key. Without the header the query is looked at; a wrong key is refused even by an open API. */
function admit(
  subscriptions: readonly Subscription[],
  api: GatewayApi,
  request: LabRequest,
): { call: GatewayCall } | { refusal: GatewayRefusal } {
  const call = callOf(api, request);
  const key = headerOf(call, api.keyNames.header) ?? call.url.searchParams.get(api.keyNames.query) ?? undefined;
  if (key === undefined) {
    return api.subscriptionRequired ? { refusal: keyRefusal(api, call.url, 'SubscriptionKeyNotFound') } : { call };
  }
  const subscription = subscriptionFor(subscriptions, key, api.id);
  return subscription
    ? { call: { ...call, subscription } }
    : { refusal: keyRefusal(api, call.url, 'SubscriptionKeyInvalid') };
}

function callOf({ id }: GatewayApi, { method, url, headerLines, address }: LabRequest): GatewayCall {
  return { method, url, headerLines, address, apiId: id };
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

function withNamedValues(xml: string, namedValues: Readonly<Record<string, string>>): string {
  return xml.replace(/\{\{([\w.-]+)\}\}/g, (_, name: string) => {
    const value = namedValues[name];
    if (value === undefined) throw new Error(`The gateway has no named value ${name}.`);
    return value.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  });
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
