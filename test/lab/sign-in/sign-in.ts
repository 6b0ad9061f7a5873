import { type EntraFailure, failureBody } from '../entra-reply.ts';
import type { LabApp, LabTenant, LabUser } from '../entra-tenant.ts';
import type { FaultAction } from '../scripted-faults.ts';
import type { Members } from '../token-signing.ts';
import type { AccessPolicy } from './conditional-access.ts';
import { DeviceCodes } from './device-codes.ts';
import { FAILURES } from './failures.ts';
import { Grants } from './grants.ts';
import { type Account, accountsOf, findClient, practiceRegistrations, type Registrations } from './registrations.ts';
import { scriptedFailure } from './scripted-failures.ts';

type ScriptedPlace = 'authorize' | 'token' | 'devicecode';

/** What the next request of its kind comes to instead of the real thing. */
export type ScriptedOutcome = { at?: ScriptedPlace } & (
  | {
      /** `access_denied`, as when somebody presses Cancel, or the code alone: `AADSTS50105`. */
      error: 'access_denied' | `AADSTS${number}`;
      /** Over what the lab would answer for that code. */
      oauthError?: string;
      suberror?: string;
      claims?: string;
      /** HTTP status; not of `authorize`, whose answer goes by way of the browser. */
      status?: number;
      retryAfterSec?: number;
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
  readonly registrations: Registrations;
  readonly grants: Grants;
  readonly deviceCodes: DeviceCodes;
  /** Conditional Access. */
  policies: AccessPolicy[] = [];
  /** Life of the access tokens from now on. Default: the mint's. */
  accessTokenLifetimeSec: number | undefined;
  /** Claims that the tokens of the next sign-ins carry beside their own. */
  addedClaims: () => Members = () => ({});
  /** `iss` in the answers of the authorize page (RFC 9207). Entra sends and promises none; `other` is sent in its place. */
  issuerParameter: { isSent: boolean; isPromised: boolean; other?: string } = { isSent: false, isPromised: false };
  /** Told of everything handed out from now on. */
  onIssued: ((issued: IssuedTokens) => void) | undefined;
  readonly #scripted: ScriptedOutcome[] = [];

  constructor(origin: string, now: () => number) {
    this.registrations = practiceRegistrations(origin);
    this.grants = new Grants(now);
    this.deviceCodes = new DeviceCodes(now);
  }

  /** Scripts the next sign-in, or with `at` the next request to `/token` or `/devicecode`. Several are taken in order. */
  next(outcome: ScriptedOutcome): void {
    this.#scripted.push(outcome);
  }

  take(at: ScriptedPlace): ScriptedOutcome | undefined {
    const index = this.#scripted.findIndex((outcome) => (outcome.at ?? 'authorize') === at);
    return index === -1 ? undefined : this.#scripted.splice(index, 1)[0];
  }

  /** A secret of the application that is registered and not expired. */
  secretOf(app: LabApp): string {
    const secret = findClient(this.registrations, app.id)?.secrets.find(({ expiresAtMs }) => expiresAtMs === undefined);
    if (!secret) throw new Error(`${app.name} has no secret.`);
    return secret.value;
  }

  /** Adds a certificate (PEM) to those the application may sign its assertions with. */
  registerCertificate(app: LabApp, certPem: string): void {
    findClient(this.registrations, app.id)?.certificates.push(certPem);
  }

  /** Who can sign in to a tenant, its members first. */
  accountsOf(tenant: LabTenant): Account[] {
    return accountsOf(this.registrations, tenant);
  }

  /** Takes back everything scripted and not yet taken. */
  clear(): void {
    this.#scripted.length = 0;
    this.issuerParameter = { isSent: false, isPromised: false };
  }
}

/** An answer with an AADSTS code, to script on any path (`ScriptedFaults`). */
export function aadstsFault(
  outcome: Extract<ScriptedOutcome, { error: string }>,
  origin: string,
): Extract<FaultAction, { do: 'reply' }> {
  const failure = failureOf(outcome);
  return {
    do: 'reply',
    status: failure.status,
    headers: failure.retryAfterSec === undefined ? {} : { 'Retry-After': String(failure.retryAfterSec) },
    body: failureBody(failure, origin),
  };
}

export function failureOf(outcome: Extract<ScriptedOutcome, { error: string }>): EntraFailure {
  const { error, at: _at, oauthError, ...wishes } = outcome;
  const failure =
    error === 'access_denied' ? FAILURES.cancelled() : scriptedFailure(Number(error.slice('AADSTS'.length)));
  return { ...failure, ...wishes, ...(oauthError === undefined ? { error: failure.error } : { error: oauthError }) };
}
