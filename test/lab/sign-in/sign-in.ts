import type { EntraFailure } from '../entra-reply.ts';
import type { LabUser } from '../entra-tenant.ts';
import type { Members } from '../token-signing.ts';
import { FAILURES, scriptedFailure } from './failures.ts';
import { Grants } from './grants.ts';
import { practiceRegistrations, type Registrations } from './registrations.ts';

/** What the next request of its kind comes to instead of the real thing. */
export type ScriptedOutcome = { at?: 'authorize' | 'token' } & (
  | {
      /** `access_denied`, as when somebody presses Cancel, or the code alone: `AADSTS50105`. */
      error: 'access_denied' | `AADSTS${number}`;
      /** Over what the lab would answer for that code. */
      oauthError?: string;
      suberror?: string;
      claims?: string;
    }
  /** Never answered. */
  | { hang: true }
  /** The connection is cut. */
  | { close: true }
  /** Signed in as this person without a page; at `authorize` only. */
  | { as: LabUser }
);

/** What one answer of `/token` handed out. */
export interface IssuedTokens {
  accessToken: string;
  refreshToken?: string;
  idToken?: string;
}

/** The part of the tenants where people sign in: what is registered, what was granted, what a test wants to go wrong. */
export class SignIn {
  readonly registrations: Registrations = practiceRegistrations();
  readonly grants: Grants;
  /** Life of the access tokens from now on. Default: the mint's. */
  accessTokenLifetimeSec: number | undefined;
  /** Claims that the tokens of the next sign-ins carry beside their own. */
  addedClaims: () => Members = () => ({});
  /** Told of everything handed out from now on. */
  onIssued: ((issued: IssuedTokens) => void) | undefined;
  readonly #scripted: ScriptedOutcome[] = [];

  constructor(now: () => number) {
    this.grants = new Grants(now);
  }

  /** Scripts the next sign-in, or with `at: 'token'` the next request to `/token`. Several are taken in order. */
  next(outcome: ScriptedOutcome): void {
    this.#scripted.push(outcome);
  }

  take(at: 'authorize' | 'token'): ScriptedOutcome | undefined {
    const index = this.#scripted.findIndex((outcome) => (outcome.at ?? 'authorize') === at);
    return index === -1 ? undefined : this.#scripted.splice(index, 1)[0];
  }

  /** Takes back everything scripted and not yet taken. */
  clear(): void {
    this.#scripted.length = 0;
  }
}

export function failureOf(outcome: Extract<ScriptedOutcome, { error: string }>): EntraFailure {
  const { error, oauthError, suberror, claims } = outcome;
  const failure =
    error === 'access_denied' ? FAILURES.cancelled() : scriptedFailure(Number(error.slice('AADSTS'.length)));
  return {
    ...failure,
    ...(oauthError === undefined ? {} : { error: oauthError }),
    ...(suberror === undefined ? {} : { suberror }),
    ...(claims === undefined ? {} : { claims }),
  };
}
