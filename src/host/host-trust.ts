import type * as vscode from 'vscode';
import type { TokenRequest } from '../auth/token-source.ts';
import { STATE_KEYS } from '../contract.ts';
import { type ApiProfile, originsOf } from '../core/entra/api-profile.ts';
import type { MayFetch } from '../core/entra/key-store.ts';
import { trustOfHost } from '../core/entra/trusted-host.ts';
import { describeOrigin } from '../core/why/origin-text.ts';
import { bindingFacts, keyOfFacts } from './binding-question.ts';
import type { Fact } from './facts.ts';
import { agreesTo, type Question } from './question.ts';

const WHO_RUNS_IT = 'It is no login host of a Microsoft cloud. Allow it only if you know who runs it.';
const SIGN_IN: Question = {
  title: 'Sign in at this host?',
  advice: [WHO_RUNS_IT, 'You are asked again when any of this changes.'],
  yes: 'Allow',
};
const READ_KEYS: Question = {
  title: 'Trust this login host?',
  advice: ['Why401 would read its public signing keys.', WHO_RUNS_IT],
  yes: 'Allow',
};

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
      if (await agreesTo(READ_KEYS, [factOfHost(host), ...factsOfPlace(profile, file)])) {
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
    const facts = bindingFacts(request, originsOf(profile));
    const key = keyOfFacts(facts);
    const known = this.#state.get<string[]>(STATE_KEYS.signInConsents, []);
    if (trust === 'remembered' && known.includes(key)) return true;
    if (!(await agreesTo(SIGN_IN, [factOfHost(host), ...facts, ...factsOfPlace(profile)]))) return false;
    await this.#remember(host);
    await this.#state.update(STATE_KEYS.signInConsents, [...known.filter((one) => one !== key), key]);
    return true;
  }

  async #remember(host: string): Promise<void> {
    const hosts = this.rememberedHosts;
    if (!hosts.includes(host)) await this.#state.update(STATE_KEYS.trustedHosts, [...hosts, host]);
  }
}

function factOfHost(host: string): Fact {
  return { label: 'Host', values: [host] };
}

/** Where it is named: in a file, or in which setting of which settings. */
function factsOfPlace({ name, origin }: ApiProfile, file?: string): Fact[] {
  if (file !== undefined) return [{ label: 'Named in the file', values: [file] }];
  const where: Fact = { label: 'Named in', values: [origin], show: () => [describeOrigin(origin)] };
  return [
    where,
    name === undefined ? { label: 'Setting', values: ['why401.tenant'] } : { label: 'API profile', values: [name] },
  ];
}
