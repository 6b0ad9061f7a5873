import { onlyKnown, type PolicyParts } from './policy-parts.ts';
import { byDefault, type PolicyValue, toBoolean, toSeconds } from './policy-value.ts';
import { readTokenPolicy, type TokenPolicy } from './token-policy.ts';

/** A policy that may refuse a call, answer it, or change it; an absent member stands for "not written". */
export type Policy = TokenPolicy | RefusingPolicy | AnsweringPolicy | TransformingPolicy | UnseenPolicy;

/** Policies that may refuse a call, other than those that look at its token. */
export type RefusingPolicy =
  | {
      type: 'ipFilter';
      action?: PolicyValue;
      addresses: PolicyValue[];
      ranges: { from?: PolicyValue; to?: PolicyValue }[];
    }
  | {
      type: 'rateLimit';
      isByKey: boolean;
      calls?: PolicyValue<number>;
      periodSec?: PolicyValue<number>;
      retryAfterHeader?: PolicyValue;
    }
  | {
      type: 'quota';
      isByKey: boolean;
      calls?: PolicyValue<number>;
      bandwidthKb?: PolicyValue<number>;
      periodSec?: PolicyValue<number>;
    }
  | {
      type: 'checkHeader';
      header?: PolicyValue;
      failedStatus?: PolicyValue<number>;
      failedMessage?: PolicyValue;
      ignoreCase: PolicyValue<boolean>;
      /** Empty: the header only has to be there. */
      values: PolicyValue[];
    }
  | {
      type: 'cors';
      allowsCredentials: PolicyValue<boolean>;
      terminatesUnmatched: PolicyValue<boolean>;
      origins: PolicyValue[];
      methods: PolicyValue[];
      headers: PolicyValue[];
    };

/** Policies that answer in place of the backend; what stands after them does not run. */
export type AnsweringPolicy = { type: 'returnResponse' | 'mockResponse'; status: PolicyValue<number> };

/** What to do where the header or parameter is there already (Microsoft: set-header-policy). */
export type ExistsAction = 'override' | 'append' | 'skip' | 'delete';

/** Policies that change the call on its way and never refuse it. */
export type TransformingPolicy =
  | { type: 'setHeader'; header?: PolicyValue; existsAction: PolicyValue<ExistsAction>; values: PolicyValue[] }
  | { type: 'setQuery'; parameter?: PolicyValue; existsAction: PolicyValue<ExistsAction>; values: PolicyValue[] }
  | { type: 'managedIdentity'; resource?: PolicyValue; clientId?: PolicyValue; outputVariable?: PolicyValue }
  | { type: 'basicCredential' }
  | { type: 'certificateCredential' }
  | { type: 'authorizationContext'; outputVariable?: PolicyValue; ignoresError: PolicyValue<boolean> }
  | { type: 'setBackend'; baseUrl?: PolicyValue; backendId?: PolicyValue }
  | { type: 'rewriteUri'; template?: PolicyValue }
  | { type: 'setStatus'; status?: PolicyValue<number> };

/**
 * `broader`: what a broader scope brings at `<base />`; `fragment`: policies kept elsewhere; `other`: one that is not read
 * here. What they do to a call is not known.
 */
export type UnseenPolicy = { type: 'broader' } | { type: 'fragment'; id?: PolicyValue } | { type: 'other' };

/** By name, in lower case (Microsoft: api-management-policies). */
const READERS: ReadonlyMap<string, (parts: PolicyParts) => Policy> = new Map<string, (parts: PolicyParts) => Policy>([
  ['validate-jwt', (parts) => readTokenPolicy(parts, 'validate-jwt')],
  ['validate-azure-ad-token', (parts) => readTokenPolicy(parts, 'validate-azure-ad-token')],
  ['ip-filter', readIpFilter],
  ['rate-limit', (parts) => readRateLimit(parts, false)],
  ['rate-limit-by-key', (parts) => readRateLimit(parts, true)],
  ['quota', (parts) => readQuota(parts, false)],
  ['quota-by-key', (parts) => readQuota(parts, true)],
  ['check-header', readCheckHeader],
  ['cors', readCors],
  ['return-response', readReturnResponse],
  ['mock-response', (parts) => ({ type: 'mockResponse', status: parts.count('status-code') ?? byDefault(200) })],
  ['set-header', (parts) => onlyKnown({ type: 'setHeader', header: parts.text('name'), ...readSetter(parts) })],
  [
    'set-query-parameter',
    (parts) => onlyKnown({ type: 'setQuery', parameter: parts.text('name'), ...readSetter(parts) }),
  ],
  ['authentication-managed-identity', readManagedIdentity],
  ['authentication-basic', () => ({ type: 'basicCredential' })],
  ['authentication-certificate', () => ({ type: 'certificateCredential' })],
  ['get-authorization-context', readAuthorizationContext],
  ['set-backend-service', readSetBackend],
  ['rewrite-uri', (parts) => onlyKnown({ type: 'rewriteUri', template: parts.text('template') })],
  ['set-status', (parts) => onlyKnown({ type: 'setStatus', status: parts.count('code') })],
  ['base', () => ({ type: 'broader' })],
  ['include-fragment', (parts) => onlyKnown({ type: 'fragment', id: parts.text('fragment-id') })],
]);

/** Policies that neither refuse nor change a call on its way to the backend. */
const HARMLESS = [
  ...['set-variable', 'trace', 'log-to-eventhub', 'emit-metric', 'forward-request', 'cache-store', 'cache-store-value'],
  ...['find-and-replace', 'choose', 'retry', 'set-method', 'set-body', 'json-to-xml', 'xml-to-json'],
];

/** True for the name of a policy of Microsoft's that is known here, in lower case. */
export function isPolicyName(name: string): boolean {
  return READERS.has(name) || HARMLESS.includes(name);
}

/** Reads one policy by its name in lower case; undefined for one that is of no concern for who may pass. */
export function readNamedPolicy(parts: PolicyParts, name: string): Policy | undefined {
  if (HARMLESS.includes(name)) return undefined;
  return READERS.get(name)?.(parts) ?? { type: 'other' };
}

function readIpFilter(parts: PolicyParts): Policy {
  return onlyKnown({
    type: 'ipFilter',
    action: parts.text('action'),
    addresses: parts.contents('address'),
    ranges: parts
      .children('address-range')
      .map((range) => onlyKnown({ from: range.text('from'), to: range.text('to') })),
  });
}

function readRateLimit(parts: PolicyParts, isByKey: boolean): Policy {
  return onlyKnown({
    type: 'rateLimit',
    isByKey,
    calls: parts.count('calls'),
    periodSec: parts.converted('renewal-period', toSeconds),
    retryAfterHeader: parts.text('retry-after-header-name'),
  });
}

function readQuota(parts: PolicyParts, isByKey: boolean): Policy {
  return onlyKnown({
    type: 'quota',
    isByKey,
    calls: parts.count('calls'),
    bandwidthKb: parts.count('bandwidth'),
    periodSec: parts.converted('renewal-period', toSeconds),
  });
}

function readCheckHeader(parts: PolicyParts): Policy {
  return onlyKnown({
    type: 'checkHeader',
    header: parts.text('name'),
    failedStatus: parts.count('failed-check-httpcode'),
    failedMessage: parts.text('failed-check-error-message'),
    ignoreCase: parts.converted('ignore-case', toBoolean) ?? byDefault(false),
    values: parts.contents('value'),
  });
}

function readCors(parts: PolicyParts): Policy {
  return {
    type: 'cors',
    allowsCredentials: parts.converted('allow-credentials', toBoolean) ?? byDefault(false),
    terminatesUnmatched: parts.converted('terminate-unmatched-request', toBoolean) ?? byDefault(true),
    origins: parts.list('allowed-origins', 'origin') ?? [],
    methods: parts.list('allowed-methods', 'method') ?? [],
    headers: parts.list('allowed-headers', 'header') ?? [],
  };
}

function readReturnResponse(parts: PolicyParts): Policy {
  const status = parts.children('set-status')[0]?.count('code');
  return { type: 'returnResponse', status: status ?? byDefault(200) };
}

function readSetter(parts: PolicyParts): { existsAction: PolicyValue<ExistsAction>; values: PolicyValue[] } {
  const existsAction = parts.converted('exists-action', toExistsAction) ?? byDefault('override');
  return { existsAction, values: parts.contents('value') };
}

function toExistsAction(text: string): ExistsAction | undefined {
  const lower = text.trim().toLowerCase();
  return (['override', 'append', 'skip', 'delete'] as const).find((action) => action === lower);
}

function readManagedIdentity(parts: PolicyParts): Policy {
  return onlyKnown({
    type: 'managedIdentity',
    resource: parts.text('resource'),
    clientId: parts.text('client-id'),
    outputVariable: parts.text('output-token-variable-name'),
  });
}

function readAuthorizationContext(parts: PolicyParts): Policy {
  return onlyKnown({
    type: 'authorizationContext',
    outputVariable: parts.text('context-variable-name'),
    ignoresError: parts.converted('ignore-error', toBoolean) ?? byDefault(false),
  });
}

function readSetBackend(parts: PolicyParts): Policy {
  return onlyKnown({
    type: 'setBackend',
    baseUrl: parts.text('base-url'),
    backendId: parts.text('backend-id'),
  });
}
