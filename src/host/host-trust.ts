import type * as vscode from 'vscode';
import type { TokenRequest } from '../auth/token-source.ts';
import { STATE_KEYS } from '../contract.ts';
import type { ApiProfile } from '../core/entra/api-profile.ts';
import type { MayFetch } from '../core/entra/key-store.ts';
import { trustOfHost } from '../core/entra/trusted-host.ts';
import { describeOrigin } from '../core/why/origin-text.ts';
import { plainHost, plainName } from './plain-text.ts';
import { plainWindow } from './plain-window.ts';
import { consentFor } from './sign-in/sign-in-consent.ts';

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
    await this.#state.update(STATE_KEYS.signInConsents, undefined);
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
        await this.#remember(host);
        return true;
      }
      refused.add(host);
      return false;
    };
  }

  /**
   * Whether to sign in so for this profile. At an authority that only a workspace names the user is asked first, about the
   * host, the client, its scopes and where the token will go; any of them may be what they would not agree to.
   */
  async allowsSignIn(profile: ApiProfile, request: TokenRequest): Promise<boolean> {
    const trust = trustOfHost(request.authority, profile, this.rememberedHosts);
    if (trust !== 'ask' && trust !== 'remembered') return trust !== 'never';
    const { host } = new URL(request.authority);
    const { key, detail } = consentFor(profile, request);
    const known = this.#state.get<string[]>(STATE_KEYS.signInConsents, []);
    if (trust === 'remembered' && known.includes(key)) return true;
    if (!(await askForSignIn(host, detail, profile))) return false;
    await this.#remember(host);
    await this.#state.update(STATE_KEYS.signInConsents, [...known.filter((one) => one !== key), key]);
    return true;
  }

  async #remember(host: string): Promise<void> {
    const hosts = this.rememberedHosts;
    if (!hosts.includes(host)) await this.#state.update(STATE_KEYS.trustedHosts, [...hosts, host]);
  }
}

async function askForSignIn(host: string, facts: string, profile: ApiProfile): Promise<boolean> {
  const detail =
    `It is not a login host of a Microsoft cloud. Allow it only if you know who runs it.\n\n${facts}\n\n` +
    `Named by ${nameSetting(profile)} in ${describeOrigin(profile.origin)}. You are asked again when any of this changes.`;
  const picked = await plainWindow.showWarningMessage(`Sign in at ${plainHost(host)}?`, { modal: true, detail }, ALLOW);
  return picked === ALLOW;
}

async function askForHost(host: string, profile: ApiProfile, file: string | undefined): Promise<boolean> {
  const detail =
    `It is not a login host of a Microsoft cloud. Why401 would read its public signing keys. ` +
    `Allow it only if you know who runs it.\n\nNamed by ${file === undefined ? `${nameSetting(profile)} in ${describeOrigin(profile.origin)}` : plainName(file)}.`;
  const question = `Trust ${plainHost(host)} as a login host?`;
  const picked = await plainWindow.showWarningMessage(question, { modal: true, detail }, ALLOW);
  return picked === ALLOW;
}

function nameSetting({ name }: ApiProfile): string {
  return name === undefined ? 'why401.tenant' : `the API profile “${plainName(name)}”`;
}
