import type * as vscode from 'vscode';
import { STATE_KEYS } from '../../contract.ts';
import { readAudience } from '../../core/azure/audience.ts';
import { plainHost, plainValue } from '../plain-text.ts';
import { plainWindow } from '../plain-window.ts';

const SEND = 'Send';
/** More characters than an audience that is written right has. */
const LONGEST_SHOWN = 2_048;

/** Where the user lets tokens go whose API nobody knows. Kept in global state: no workspace brings an answer. */
export class AudienceConsents {
  readonly #state: vscode.Memento;

  constructor(globalState: vscode.Memento) {
    this.#state = globalState;
  }

  get #known(): readonly string[] {
    return this.#state.get<string[]>(STATE_KEYS.audienceConsents, []);
  }

  /** Asks before the first token for this audience goes to this origin, naming both; each time about one that is not read surely. */
  async confirm({ audience, origin }: { audience: string; origin: string }): Promise<boolean> {
    const { text, isPlain } = readAudience(audience);
    const key = JSON.stringify([text, origin]);
    if (isPlain && this.#known.includes(key)) return true;
    const detail = [
      `Audience: ${plainValue(audience.slice(0, LONGEST_SHOWN))}`,
      ...(isPlain ? [] : ['It is not written as audiences are: it may be another one than it looks.']),
      `Sent to: ${plainHost(origin)}`,
      '',
      'No API profile of this address names that audience. Whoever runs the host can use the token at the API it is for: send it only if the two are one and the same.',
    ].join('\n');
    const question = `Send a token for another API to ${plainHost(origin)}?`;
    const picked = await plainWindow.showWarningMessage(question, { modal: true, detail }, SEND);
    if (picked !== SEND) return false;
    if (isPlain) await this.#state.update(STATE_KEYS.audienceConsents, [...this.#known, key]);
    return true;
  }

  /** How many there were. */
  async forgetAll(): Promise<number> {
    const { length } = this.#known;
    await this.#state.update(STATE_KEYS.audienceConsents, undefined);
    return length;
  }
}
