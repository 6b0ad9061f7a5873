import type * as vscode from 'vscode';
import { STATE_KEYS } from '../contract.ts';
import type { ApiProfile } from '../core/entra/api-profile.ts';
import type { MayFetch } from '../core/entra/key-store.ts';
import { trustOfHost } from '../core/entra/trusted-host.ts';
import { describeOrigin } from '../core/why/origin-text.ts';
import { plainHost, plainName } from './plain-text.ts';
import { plainWindow } from './plain-window.ts';

const ALLOW = 'Allow';

/** Who may be asked for keys, and where people may sign in. Answers are kept in global state, so that a workspace cannot bring them. */
export class HostTrust {
  readonly #state: vscode.Memento;

  constructor(globalState: vscode.Memento) {
    this.#state = globalState;
  }

  get rememberedHosts(): readonly string[] {
    return this.#state.get<string[]>(STATE_KEYS.trustedHosts, []);
  }

  async forgetAll(): Promise<void> {
    await this.#state.update(STATE_KEYS.trustedHosts, undefined);
  }

  /**
   * A guard for one run with this profile: a host that was refused is not asked about twice. `file`: what names the hosts,
   * when it is a file that the profile names.
   */
  guardFor(profile: ApiProfile, file?: string): MayFetch {
    const refused = new Set<string>();
    return async (url) => {
      const trust = trustOfHost(url, profile, this.rememberedHosts);
      if (trust !== 'ask') return trust !== 'never';
      const { host } = new URL(url);
      if (refused.has(host)) return false;
      if (await askForHost(host, profile, file)) {
        await this.#state.update(STATE_KEYS.trustedHosts, [...this.rememberedHosts, host]);
        return true;
      }
      refused.add(host);
      return false;
    };
  }
}

async function askForHost(host: string, profile: ApiProfile, file: string | undefined): Promise<boolean> {
  const detail =
    `It is not a login host of a Microsoft cloud. Why401 would read its public signing keys and let you sign in there. ` +
    `Allow it only if you know who runs it.\n\nNamed by ${file === undefined ? `${nameSetting(profile)} in ${describeOrigin(profile.origin)}` : plainName(file)}.`;
  const question = `Trust ${plainHost(host)} as a login host?`;
  const picked = await plainWindow.showWarningMessage(question, { modal: true, detail }, ALLOW);
  return picked === ALLOW;
}

function nameSetting({ name }: ApiProfile): string {
  return name === undefined ? 'why401.tenant' : `the API profile “${plainName(name)}”`;
}
