import type { GatewayCall, GatewayRefusal } from './gateway-call.ts';
import type { PolicyElement } from './policy-document.ts';

/** Calls by policy and subscription, since a window began. */
export type CallCounts = Map<string, { beganAtMs: number; calls: number }>;

export interface CountingWorld {
  /** Milliseconds since the epoch. */
  now: () => number;
  counts: CallCounts;
}

/** `rate-limit`: per subscription; calls without one are not counted. */
export function limitRate(policy: PolicyElement, call: GatewayCall, world: CountingWorld): GatewayRefusal | undefined {
  const waitSec = count(policy, call, world);
  if (waitSec === undefined) return undefined;
  return {
    status: 429,
    message: `Rate limit is exceeded. Try again in ${waitSec} seconds.`,
    headers: { [policy.attributes['retry-after-header-name'] ?? 'Retry-After']: String(waitSec) },
    source: 'rate-limit',
    reason: 'RateLimitExceeded',
  };
}

/** `quota`: per subscription, refused by 403 until the period is over. */
export function holdQuota(policy: PolicyElement, call: GatewayCall, world: CountingWorld): GatewayRefusal | undefined {
  const waitSec = count(policy, call, world);
  if (waitSec === undefined) return undefined;
  const clock = [waitSec / 3600, (waitSec % 3600) / 60, waitSec % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  );
  return {
    status: 403,
    message: `Out of call volume quota. Quota will be replenished in ${clock.join(':')}.`,
    source: 'quota',
    reason: 'QuotaExceeded',
  };
}

/** Counts a call; the seconds to wait when it is one too many. */
function count(
  { name, attributes }: PolicyElement,
  { subscription, apiId }: GatewayCall,
  { now, counts }: CountingWorld,
): number | undefined {
  if (!subscription) return undefined;
  const key = `${apiId}/${name}/${subscription.name}`;
  const nowMs = now();
  const periodMs = Number(attributes['renewal-period'] ?? 0) * 1000;
  const last = counts.get(key);
  const window = last && nowMs < last.beganAtMs + periodMs ? last : { beganAtMs: nowMs, calls: 0 };
  counts.set(key, window);
  window.calls += 1;
  const isWithin = window.calls <= Number(attributes.calls);
  return isWithin ? undefined : Math.ceil((window.beganAtMs + periodMs - nowMs) / 1000);
}
