import * as vscode from 'vscode';
import type { TokenRequest } from '../auth/token-source.ts';
import { STATE_KEYS } from '../contract.ts';
import { plainHost, plainName } from './plain-text.ts';
import { KIND_WORDS } from './sign-in/held-words.ts';

/** How a token is got, from whom and for what, and where it goes: any change is another binding, and asks again. */
export interface Binding {
  request: TokenRequest;
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

  /** How many there were. */
  async forgetAll(): Promise<number> {
    const { length } = this.#known;
    await this.#state.update(STATE_KEYS.bindings, undefined);
    return length;
  }
}

function keyOf({ request, origin }: Binding): string {
  return JSON.stringify([...sourceOf(request), request.authority, [...request.scopes].sort(), origin]);
}

/** A token got on behalf of a user is another one for another user's way to sign in. */
function sourceOf(request: TokenRequest): string[] {
  const { signIn, clientId } = request;
  const from = request.signIn === 'onBehalfOf' ? [...sourceOf(request.from), request.from.authority] : [];
  return [signIn, clientId.toLowerCase(), ...from];
}

function detailOf({ request, origin }: Binding): string {
  const { authority, scopes } = request;
  return [
    `Got by: ${wayWords(request)}`,
    `Issued by: ${plainHost(authority)}`,
    `For: ${scopes.map(plainName).join(', ') || 'what the token says'}`,
    `Sent to: ${plainHost(origin)}`,
    '',
    'Allow it only if this is your API. You are asked again when any of these changes.',
  ].join('\n');
}

/** `on behalf of, client … (of browser, client …)`. */
function wayWords(request: TokenRequest): string {
  const { signIn, clientId } = request;
  const own = `${KIND_WORDS[signIn]}${clientId === '' ? '' : `, client ${plainHost(clientId)}`}`;
  return request.signIn === 'onBehalfOf' ? `${own} (of ${wayWords(request.from)})` : own;
}
