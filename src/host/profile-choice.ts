import * as vscode from 'vscode';
import { STATE_KEYS } from '../contract.ts';
import { AppError, Cancelled } from '../core/app-error.ts';
import type { ApiProfile } from '../core/entra/api-profile.ts';
import { authorityUrl } from '../core/entra/authority.ts';
import type { SettingFault } from '../core/entra/parse-api-profile.ts';
import type { JsonObject } from '../core/token/token.ts';
import { fittingProfiles } from '../core/why/fitting-profiles.ts';
import { describeOrigin } from '../core/why/origin-text.ts';
import type { Log } from './log.ts';
import { plainHost, plainName, plainText } from './plain-text.ts';
import { plainWindow } from './plain-window.ts';
import { readProfileSettings } from './profile-settings.ts';

const OPEN_SETTINGS = 'Open Settings';

/** Which API profile a token is validated against: the one that fits; asked when several do, remembered per workspace. */
export class ProfileChoice {
  readonly #state: vscode.Memento;
  readonly #log: Log;

  constructor(workspaceState: vscode.Memento, log: Log) {
    this.#state = workspaceState;
    this.#log = log;
  }

  /** `ask`: show the list even when an answer is remembered. Throws when nothing usable is configured. */
  async choose(payload: JsonObject | undefined, resource: vscode.Uri | undefined, ask = false): Promise<ApiProfile> {
    const { profiles, tenantProfile, faults } = readProfileSettings(resource);
    if (profiles.length === 0) {
      if (faults.length > 0) throw new AppError('badSettings', describeFaults(faults), { actions: ['openSettings'] });
      if (tenantProfile) return tenantProfile;
      throw new AppError('noTenant', NOTHING_CONFIGURED, { actions: ['addApi', 'openSettings'] });
    }
    if (faults.length > 0) this.#warnOf(faults);
    return this.#pickFrom(ask ? profiles : fittingProfiles(payload, profiles), questionAbout(payload), ask);
  }

  /** Whether there is more than one profile to validate against. */
  hasChoice(resource: vscode.Uri | undefined): boolean {
    return readProfileSettings(resource).profiles.length > 1;
  }

  async #pickFrom(fitting: readonly ApiProfile[], question: string, ask: boolean): Promise<ApiProfile> {
    const [only, ...others] = fitting;
    if (only && others.length === 0) return only;
    const remembered = fitting.find(({ name }) => name === this.#state.get<string>(STATE_KEYS.lastProfile));
    if (remembered && !ask) return remembered;
    const items = fitting.map((profile) => ({
      label: plainName(profile.name ?? ''),
      description: plainHost(authorityUrl(profile.authority)),
      detail: `From ${describeOrigin(profile.origin)}`,
      profile,
    }));
    const picked = await plainWindow.showQuickPick(items, {
      title: 'Validate Token',
      placeHolder: question,
      matchOnDescription: true,
    });
    if (!picked) throw new Cancelled();
    await this.#state.update(STATE_KEYS.lastProfile, picked.profile.name);
    return picked.profile;
  }

  /** A profile with a fault is left out, and never silently: the user may have meant that one. */
  #warnOf(faults: readonly SettingFault[]): void {
    const text = describeFaults(faults);
    this.#log.info(text);
    void plainWindow.showWarningMessage(plainText(text), OPEN_SETTINGS).then((picked) => {
      if (picked) void vscode.commands.executeCommand('workbench.action.openSettings', 'why401.apis');
    });
  }
}

const NOTHING_CONFIGURED =
  'To validate a token, say whom you trust: add the API it is meant for, or set why401.tenant to your tenant.';

function describeFaults(faults: readonly SettingFault[]): string {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return first ? `The setting ${first.path} ${first.text}${more}.` : '';
}

/** Where several tokens are validated, the audience says which one this is about. */
function questionAbout(payload: JsonObject | undefined): string {
  const aud = payload?.aud;
  return typeof aud === 'string'
    ? `Which API is the token meant for? It says: ${plainName(aud)}`
    : 'Which API is the token meant for?';
}
