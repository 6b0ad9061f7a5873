import { randomBytes } from 'node:crypto';

/** A subscription of the gateway. Members may be changed while it runs. */
export interface Subscription {
  name: string;
  primaryKey: string;
  secondaryKey: string;
  state: 'active' | 'suspended' | 'cancelled' | 'expired' | 'submitted' | 'rejected';
  /** Ids of the APIs it is good for. */
  scope: 'allApis' | readonly string[];
}

/** A subscription with new keys, 32 hexadecimal digits each as the real ones. */
export function createSubscription(
  name: string,
  scope: Subscription['scope'],
  state: Subscription['state'] = 'active',
): Subscription {
  return { name, scope, state, primaryKey: createKey(), secondaryKey: createKey() };
}

/** The subscription whose key opens this API, or undefined: unknown, not active, or for others. */
export function subscriptionFor(
  subscriptions: readonly Subscription[],
  key: string,
  apiId: string,
): Subscription | undefined {
  return subscriptions.find(
    ({ primaryKey, secondaryKey, state, scope }) =>
      (key === primaryKey || key === secondaryKey) &&
      state === 'active' &&
      (scope === 'allApis' || scope.includes(apiId)),
  );
}

function createKey(): string {
  return randomBytes(16).toString('hex');
}
