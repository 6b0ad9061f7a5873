import type * as vscode from 'vscode';
import type { ApiProfile } from '../../core/entra/api-profile.ts';
import type { GivenKeys } from '../../core/entra/given-key.ts';
import type { ValidationState } from '../../protocol/token-panel.ts';
import type { ProfileChoice } from '../profile-choice.ts';
import type { Validator } from '../validator.ts';
import { notChecked, type ShownToken } from './shown-token.ts';

export interface ValidationServices {
  validator: Validator;
  profileChoice: ProfileChoice;
}

export type UsableKeys = Extract<GivenKeys, { ok: true }>;

interface Run {
  resource: vscode.Uri | undefined;
  abort: AbortController;
  given?: UsableKeys | undefined;
}

/** Validates tokens of the panel, one run at a time: a new one ends the one before. */
export class ValidationRuns {
  readonly #load: () => Promise<ValidationServices>;
  readonly #changed: () => void;
  #running: AbortController | undefined;

  /** `changed` is called whenever a token's `validation`, or whether one runs, has changed. */
  constructor(load: () => Promise<ValidationServices>, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** One after the other; what is asked is asked once for each issuer and audience. */
  async validateAll(tokens: readonly ShownToken[], resource: vscode.Uri | undefined): Promise<void> {
    const abort = this.#start();
    const profiles = new Map<string, ApiProfile>();
    try {
      for (const token of tokens) {
        if (abort.signal.aborted) break;
        if (token.validation.state !== 'notChecked' || token.validation.why !== undefined) continue;
        const { iss, aud } = token.reading.payload ?? {};
        const key = JSON.stringify([iss, aud]);
        const profile = profiles.get(key) ?? (await this.#chooseProfile(token, resource));
        profiles.set(key, profile);
        await this.#validate(token, profile, { resource, abort });
      }
    } finally {
      this.#stop(abort);
    }
  }

  /** `ask` offers the profiles even when one is remembered. With `given` those keys are used instead of the tenant's. */
  async validateOne(
    token: ShownToken,
    resource: vscode.Uri | undefined,
    { ask, given }: { ask: boolean; given?: UsableKeys | undefined },
  ): Promise<void> {
    const profile = await this.#chooseProfile(token, resource, ask);
    const abort = this.#start();
    try {
      await this.#validate(token, profile, { resource, abort, given });
    } finally {
      this.#stop(abort);
    }
  }

  async #chooseProfile({ reading }: ShownToken, resource: vscode.Uri | undefined, ask = false): Promise<ApiProfile> {
    return (await this.#load()).profileChoice.choose(reading.payload, resource, ask);
  }

  async #validate(token: ShownToken, profile: ApiProfile, { resource, abort, given }: Run): Promise<void> {
    const { validator, profileChoice } = await this.#load();
    const running: ValidationState = { state: 'running', profile: profile.name ?? 'why401.tenant' };
    // A run that came after it has a state of its own.
    const settle = (validation: ValidationState) => {
      if (token.validation === running) this.#update(token, validation);
    };
    this.#update(token, running);
    try {
      const { raw } = token.reading;
      token.profile = profile;
      const report = given
        ? await validator.validateWithKeys(raw, profile, given)
        : await validator.validate(raw, profile, abort.signal);
      const done: ValidationState = { state: 'done', report, hasChoice: profileChoice.hasChoice(resource) };
      settle(abort.signal.aborted ? notChecked(token.reading) : done);
    } catch (error) {
      settle(notChecked(token.reading));
      throw error;
    }
  }

  #start(): AbortController {
    this.cancel();
    this.#running = new AbortController();
    return this.#running;
  }

  #stop(abort: AbortController): void {
    if (this.#running !== abort) return;
    this.#running = undefined;
    this.#changed();
  }

  #update(token: ShownToken, validation: ValidationState): void {
    token.validation = validation;
    this.#changed();
  }
}
