import type { EntraFailure } from '../entra-reply.ts';
import type { LabApp, LabUser } from '../entra-tenant.ts';
import { contextChallenge } from './claims-request.ts';
import { FAILURES } from './failures.ts';

/** A rule of the tenant on who gets tokens. Whoever and whatever it does not name, it applies to. */
export interface AccessPolicy {
  id: string;
  demands: 'nobody' | 'mfa' | 'mfaRegistration' | 'compliantDevice';
  users?: readonly LabUser[];
  resource?: LabApp;
  /** Device code only. */
  onlyDeviceCode?: boolean;
}

/** A request for a token as the policies see it. */
export interface AccessAttempt {
  user: LabUser;
  resource: LabApp;
  /** Ids and contexts that were satisfied in signing in. */
  satisfied: ReadonlySet<string>;
  isDeviceCode: boolean;
  /** Authentication contexts that the client asks for. */
  contexts: readonly string[];
}

/** The refusal of the first policy that is not satisfied, or undefined. */
export function refusalBy(policies: readonly AccessPolicy[], attempt: AccessAttempt): EntraFailure | undefined {
  const policy = policies.find((one) => appliesTo(one, attempt) && !attempt.satisfied.has(one.id));
  if (policy) return refusalOf(policy, attempt);
  const context = attempt.contexts.find((one) => !attempt.satisfied.has(one));
  return context === undefined ? undefined : FAILURES.mfaNeeded(contextChallenge(context));
}

/** What a person at the sign-in page can show: a second factor, and every context asked for. */
export function satisfiedAtPage(policies: readonly AccessPolicy[], contexts: readonly string[]): Set<string> {
  const atPage = policies.filter(({ demands }) => demands === 'mfa' || demands === 'mfaRegistration');
  return new Set([...atPage.map(({ id }) => id), ...contexts]);
}

function appliesTo({ users, resource, onlyDeviceCode }: AccessPolicy, attempt: AccessAttempt): boolean {
  const isUser = users === undefined || users.some(({ id }) => id === attempt.user.id);
  const isResource = resource === undefined || resource.id === attempt.resource.id;
  return isUser && isResource && (onlyDeviceCode !== true || attempt.isDeviceCode);
}

function refusalOf({ demands, id }: AccessPolicy, { isDeviceCode }: AccessAttempt): EntraFailure {
  // Entra names the policy in the claims, so that the next sign-in shows the way to satisfy it.
  const claims = JSON.stringify({ access_token: { capolids: { essential: true, values: [id] } } });
  switch (demands) {
    case 'nobody':
      return FAILURES.blocked(claims);
    case 'mfa':
      return FAILURES.mfaNeeded(claims);
    case 'mfaRegistration':
      return FAILURES.mfaRegistrationNeeded(claims);
    case 'compliantDevice':
      return isDeviceCode ? FAILURES.deviceNotManaged() : FAILURES.deviceNotCompliant();
  }
}
