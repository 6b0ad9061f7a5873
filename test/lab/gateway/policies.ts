import type { CheckToken } from '../apps/token-authority.ts';
import { type GatewayCall, type GatewayRefusal, headerOf, withoutHeader } from './gateway-call.ts';
import { type ValidateJwtPolicy, validateJwt } from './validate-jwt.ts';

/** Inbound policies of an API, as configuration. They run in the order of their list. */
export type GatewayPolicy =
  | ValidateJwtPolicy
  /** `override` replaces, `skip` keeps the caller's, `append` adds, `delete` removes. */
  | { kind: 'set-header'; name: string; value?: string; existsAction?: 'override' | 'skip' | 'append' | 'delete' }
  /** Counts per subscription; calls without one are not counted. */
  | { kind: 'rate-limit'; calls: number; renewalPeriodSec: number }
  | { kind: 'check-header'; name: string; values: readonly string[]; failedCheckHttpcode: number; message: string };

/** What policies are enforced with. */
export interface PolicyWorld {
  checkToken: CheckToken;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Calls by policy and subscription, since a window began. */
  windows: WeakMap<GatewayPolicy, Map<string, { beganAtMs: number; calls: number }>>;
}

/** The call as the next policy sees it, or the refusal. */
export function applyPolicy(
  policy: GatewayPolicy,
  call: GatewayCall,
  world: PolicyWorld,
): { call: GatewayCall } | { refusal: GatewayRefusal } {
  switch (policy.kind) {
    case 'validate-jwt':
      return refusedOr(call, validateJwt(policy, call, world.checkToken));
    case 'rate-limit':
      return refusedOr(call, limitRate(policy, call, world));
    case 'check-header':
      return refusedOr(call, checkHeader(policy, call));
    case 'set-header':
      return { call: setHeader(policy, call) };
  }
}

type PolicyOf<K extends GatewayPolicy['kind']> = Extract<GatewayPolicy, { kind: K }>;

function refusedOr(call: GatewayCall, refusal: GatewayRefusal | undefined) {
  return refusal ? { refusal } : { call };
}

function setHeader({ name, value = '', existsAction = 'override' }: PolicyOf<'set-header'>, call: GatewayCall) {
  const exists = headerOf(call, name) !== undefined;
  if (existsAction === 'skip' && exists) return call;
  if (existsAction === 'delete') return withoutHeader(call, name);
  const kept = existsAction === 'append' ? call : withoutHeader(call, name);
  return { ...kept, headerLines: [...kept.headerLines, [name, value] as const] };
}

function checkHeader(policy: PolicyOf<'check-header'>, call: GatewayCall): GatewayRefusal | undefined {
  const value = headerOf(call, policy.name);
  if (value !== undefined && policy.values.includes(value)) return undefined;
  return {
    status: policy.failedCheckHttpcode,
    message: policy.message,
    source: 'check-header',
    reason: value === undefined ? 'HeaderNotFound' : 'HeaderValueNotAllowed',
  };
}

function limitRate(policy: PolicyOf<'rate-limit'>, call: GatewayCall, world: PolicyWorld): GatewayRefusal | undefined {
  if (!call.subscription) return undefined;
  const nowMs = world.now();
  const periodMs = policy.renewalPeriodSec * 1000;
  const windows = world.windows.get(policy) ?? new Map();
  world.windows.set(policy, windows);
  const last = windows.get(call.subscription.name);
  const window = last && nowMs < last.beganAtMs + periodMs ? last : { beganAtMs: nowMs, calls: 0 };
  windows.set(call.subscription.name, window);
  window.calls += 1;
  if (window.calls <= policy.calls) return undefined;

  const waitSec = Math.ceil((window.beganAtMs + periodMs - nowMs) / 1000);
  return {
    status: 429,
    message: `Rate limit is exceeded. Try again in ${waitSec} seconds.`,
    headers: { 'Retry-After': String(waitSec) },
    source: 'rate-limit',
    reason: 'RateLimitExceeded',
  };
}
