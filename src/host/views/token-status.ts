import type * as vscode from 'vscode';
import type { TokenSource } from '../../auth/token-source.ts';
import { VIEWS } from '../../contract.ts';
import { listIdentities, type NamedIdentity, tokenRequestOf } from '../identities.ts';
import { plainName } from '../plain-text.ts';
import { StatusItem } from '../plain-window.ts';
import { currentToken, heldFor, timeLeft } from '../sign-in/held-words.ts';

const TICK_MS = 1_000;
/** More of the bar than this is nobody's. */
const LONGEST_TEXT = 48;

interface ShownToken {
  profile: string;
  account: string;
  expiresAtSec: number;
}

/** The status-bar item: API profile, account and time left of the token in use. There is none without one. */
export class TokenStatus implements vscode.Disposable {
  readonly #source: TokenSource;
  readonly #item = new StatusItem('why401.token', 'Why401 Token', `${VIEWS.identities}.focus`, 90);
  readonly #timer: NodeJS.Timeout;
  #identity: string | undefined;
  #shown: ShownToken | undefined;

  constructor(source: TokenSource) {
    this.#source = source;
    this.#timer = setInterval(() => this.#draw(), TICK_MS);
  }

  /** The identity in use: chosen in the form, or signed in for last. */
  async use(id: string | undefined): Promise<void> {
    if (id !== undefined) this.#identity = id;
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const identity = listIdentities().find(({ id }) => id === this.#identity);
    this.#shown = identity && (await this.#describe(identity));
    this.#draw();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#item.dispose();
  }

  async #describe(identity: NamedIdentity): Promise<ShownToken | undefined> {
    const held = heldFor(identity.identity, await this.#source.held(tokenRequestOf(identity)));
    const expiresAtSec = currentToken(held)?.expiresAtSec;
    if (expiresAtSec === undefined) return undefined;
    const account = held.accounts[0]?.userName ?? identity.name;
    return { profile: identity.profile.name ?? '', account, expiresAtSec };
  }

  #draw(): void {
    const nowMs = Date.now();
    if (!this.#shown || this.#shown.expiresAtSec * 1000 <= nowMs) {
      this.#item.hide();
      return;
    }
    const { profile, account, expiresAtSec } = this.#shown;
    const left = timeLeft(expiresAtSec, nowMs);
    const who = `${plainName(profile)} · ${plainName(account)}`;
    const text = `${who.length > LONGEST_TEXT ? plainName(profile) : who} · ${left}`;
    const tooltip = `Token of ${plainName(account)} for ${plainName(profile)}: ${left}. Show Identities.`;
    this.#item.show('key', text, tooltip);
  }
}
