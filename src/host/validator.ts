import type { ApiProfile } from '../core/entra/api-profile.ts';
import type { GivenKeys } from '../core/entra/given-key.ts';
import type { KeyStore } from '../core/entra/key-store.ts';
import { keySourceUrl } from '../core/entra/token-source.ts';
import type { TokenReading } from '../core/token/token.ts';
import { type NoRules, rulesOf, type TokenRules } from '../core/why/copy-as/token-rules.ts';
import { validateToken, validateWithKeys } from '../core/why/validate.ts';
import type { ValidationReport } from '../core/why/validation-report.ts';
import type { HostTrust } from './host-trust.ts';
import type { Log } from './log.ts';

/** Validates tokens with the user's keys, trust and clock. */
export class Validator {
  readonly #keyStore: KeyStore;
  readonly #hostTrust: HostTrust;
  readonly #log: Log;

  constructor(keyStore: KeyStore, hostTrust: HostTrust, log: Log) {
    this.#keyStore = keyStore;
    this.#hostTrust = hostTrust;
    this.#log = log;
  }

  async validate(raw: string, profile: ApiProfile, signal: AbortSignal): Promise<ValidationReport> {
    const report = await validateToken({
      raw,
      profile,
      keyStore: this.#keyStore,
      mayFetch: this.#hostTrust.guardFor(profile),
      nowMs: Date.now(),
      signal,
    });
    this.#logVerdict(profile, report);
    return report;
  }

  /** With keys the user pasted: nothing is fetched. */
  async validateWithKeys(
    raw: string,
    profile: ApiProfile,
    given: Extract<GivenKeys, { ok: true }>,
  ): Promise<ValidationReport> {
    const report = await validateWithKeys({ raw, profile, nowMs: Date.now() }, given);
    this.#logVerdict(profile, report);
    return report;
  }

  /** What a validator needs to accept tokens like one that passed against this profile. */
  async rulesOf({ header, payload }: TokenReading, profile: ApiProfile): Promise<TokenRules | NoRules> {
    if (!header || !payload) return 'claims';
    const mayFetch = this.#hostTrust.guardFor(profile);
    const source = await this.#keyStore.read({ metadataUrl: keySourceUrl(payload, profile), mayFetch });
    return rulesOf({ header, payload }, profile, source);
  }

  #logVerdict(profile: ApiProfile, report: ValidationReport): void {
    const failed = report.lines
      .filter(({ verdict }) => verdict === 'failed')
      .map(({ id, reason }) => `${id}: ${reason}`);
    const caveat = report.caveat ? ` (${report.caveat.id})` : '';
    this.#log.info(
      `Validated against ${profile.name ?? 'why401.tenant'}: ${report.verdict}${caveat}. ${failed.join(', ')}`,
    );
  }
}
