import { randomInt } from 'node:crypto';
import type { EntraFailure } from '../entra-reply.ts';
import type { TenantName } from '../entra-tenant.ts';
import { FAILURES } from './failures.ts';
import { opaqueGrant } from './opaque-grant.ts';
import type { Account, ClientRegistration } from './registrations.ts';

/** A sign-in on another device, from the code shown to the answer given. */
export interface DeviceSignIn {
  tenantName: TenantName;
  client: ClientRegistration;
  scope: string;
  /** What the person types: RFC 8628 §6.1 advises letters that are not mistaken for each other. */
  userCode: string;
  deviceCode: string;
  state: 'pending' | 'approved' | 'declined' | 'redeemed';
  account?: Account;
  satisfied: ReadonlySet<string>;
  expiresAtMs: number;
}

const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ23456789';
const USER_CODE_LENGTH = 9;
const KEPT = 200;

/** Device codes, in memory (RFC 8628). */
export class DeviceCodes {
  /** Seconds a client is told to wait between two polls. Entra: 5. */
  intervalSec = 5;
  /** Entra: 15 minutes. */
  lifetimeSec = 900;
  readonly #now: () => number;
  readonly #byDeviceCode = new Map<string, DeviceSignIn>();

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(tenantName: TenantName, client: ClientRegistration, scope: string): DeviceSignIn {
    const [oldest] = this.#byDeviceCode.keys();
    if (this.#byDeviceCode.size >= KEPT && oldest !== undefined) this.#byDeviceCode.delete(oldest);
    const signIn: DeviceSignIn = {
      ...{ tenantName, client, scope, state: 'pending', satisfied: new Set() },
      userCode: Array.from({ length: USER_CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
      deviceCode: opaqueGrant(),
      expiresAtMs: this.#now() + this.lifetimeSec * 1000,
    };
    this.#byDeviceCode.set(signIn.deviceCode, signIn);
    return signIn;
  }

  /** The pending sign-in a person typed the code of, in any case, with or without blanks. */
  find(userCode: string): DeviceSignIn | undefined {
    const wanted = userCode.replace(/[\s-]/g, '').toUpperCase();
    return this.pending.find((one) => one.userCode === wanted);
  }

  /** Those that wait for a person, oldest first. */
  get pending(): DeviceSignIn[] {
    return [...this.#byDeviceCode.values()].filter((one) => one.state === 'pending' && !this.#isExpired(one));
  }

  approve(signIn: DeviceSignIn, account: Account, satisfied: ReadonlySet<string> = new Set()): void {
    Object.assign(signIn, { state: 'approved', account, satisfied });
  }

  decline(signIn: DeviceSignIn): void {
    signIn.state = 'declined';
  }

  /** What a poll comes to. A code is good once. */
  redeem(deviceCode: string): (DeviceSignIn & { account: Account }) | EntraFailure {
    const signIn = this.#byDeviceCode.get(deviceCode);
    if (!signIn || signIn.state === 'redeemed') return FAILURES.badDeviceCode();
    if (this.#isExpired(signIn)) return FAILURES.deviceCodeExpired();
    if (signIn.state === 'declined') return FAILURES.deviceCodeDeclined();
    if (!signIn.account) return FAILURES.deviceCodePending();
    signIn.state = 'redeemed';
    return { ...signIn, account: signIn.account };
  }

  #isExpired({ expiresAtMs }: DeviceSignIn): boolean {
    return this.#now() >= expiresAtMs;
  }
}
