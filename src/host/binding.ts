import * as vscode from 'vscode';
import { STATE_KEYS } from '../contract.ts';
import { plainHost, plainName } from './plain-text.ts';

/** Who gets whose token for what, and where it goes: any change is another binding, and asks again. */
export interface Binding {
  /** The client that asks for the token. */
  clientId: string;
  authority: string;
  scopes: readonly string[];
  /** The one origin that would receive the token. */
  origin: string;
}

const ALLOW = 'Allow';

/** Asks before the first use of a binding, naming all four. Answers are kept in global state: no workspace brings them. */
export class Bindings {
  readonly #state: vscode.Memento;

  constructor(globalState: vscode.Memento) {
    this.#state = globalState;
  }

  get #known(): readonly string[] {
    return this.#state.get<string[]>(STATE_KEYS.bindings, []);
  }

  async confirm(binding: Binding): Promise<boolean> {
    const key = keyOf(binding);
    if (this.#known.includes(key)) return true;
    const picked = await vscode.window.showWarningMessage(
      `Send tokens to ${plainHost(binding.origin)}?`,
      { modal: true, detail: detailOf(binding) },
      ALLOW,
    );
    if (picked !== ALLOW) return false;
    await this.#state.update(STATE_KEYS.bindings, [...this.#known, key]);
    return true;
  }

  async forgetAll(): Promise<void> {
    await this.#state.update(STATE_KEYS.bindings, undefined);
  }
}

function keyOf({ clientId, authority, scopes, origin }: Binding): string {
  return JSON.stringify([clientId.toLowerCase(), authority, [...scopes].sort(), origin]);
}

function detailOf({ clientId, authority, scopes, origin }: Binding): string {
  return [
    `Client: ${plainHost(clientId)}`,
    `Issued by: ${plainHost(authority)}`,
    `For: ${scopes.map(plainName).join(', ')}`,
    `Sent to: ${plainHost(origin)}`,
    '',
    'Allow it only if this is your API. You are asked again when any of these changes.',
  ].join('\n');
}
