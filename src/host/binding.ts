import type * as vscode from 'vscode';
import { STATE_KEYS } from '../contract.ts';
import { AppError } from '../core/app-error.ts';
import { type Binding, bindingKey, bindingLines } from './binding-question.ts';
import { plainHost } from './plain-text.ts';
import { plainWindow } from './plain-window.ts';

const ALLOW = 'Allow';
/** What a dialog shows without scrolling on a small screen, and about how much stands on one of its lines. */
const MOST_LINES = 30;
const LINE_LENGTH = 80;

/** What the state holds. Before version 2 it was a list of keys that held less than a question has to show. */
interface Answers {
  version: 2;
  /** Keys of the bindings that the user allowed. */
  allowed: readonly string[];
  /** Older answers were dropped, and the user does not know yet. */
  isAskedAnew?: true;
}

/** Asks before the first use of a binding, showing all it holds. Answers are kept in global state: no workspace brings them. */
export class Bindings {
  readonly #state: vscode.Memento;

  constructor(globalState: vscode.Memento) {
    this.#state = globalState;
  }

  /** Throws where a question could not show everything: what cannot be read is not allowed either. */
  async confirm(binding: Binding): Promise<boolean> {
    const key = bindingKey(binding);
    const { isAskedAnew } = await this.#migrated();
    if (this.#answers().allowed.includes(key)) return true;
    const lines = bindingLines(binding);
    if (heightOf(lines) > MOST_LINES) throw new AppError('badSettings', TOO_LONG, { actions: ['openSettings'] });
    const detail = [...lines, '', ADVICE, ...(isAskedAnew ? ['', ASKED_ANEW] : [])].join('\n');
    const picked = await plainWindow.showWarningMessage(
      `Send tokens to ${plainHost(binding.origin)}?`,
      { modal: true, detail },
      ALLOW,
    );
    const isAllowed = picked === ALLOW;
    await this.#keep([...this.#answers().allowed, ...(isAllowed ? [key] : [])]);
    return isAllowed;
  }

  /** How many there were. */
  async forgetAll(): Promise<number> {
    const stored = this.#state.get<unknown>(STATE_KEYS.bindings);
    await this.#state.update(STATE_KEYS.bindings, undefined);
    return Array.isArray(stored) ? stored.length : isAnswers(stored) ? stored.allowed.length : 0;
  }

  #answers(): Answers {
    const stored = this.#state.get<unknown>(STATE_KEYS.bindings);
    return isAnswers(stored) ? stored : { version: 2, allowed: [] };
  }

  /** Answers to an older question say nothing of what it did not show: they are dropped. */
  async #migrated(): Promise<Answers> {
    const stored = this.#state.get<unknown>(STATE_KEYS.bindings);
    if (Array.isArray(stored)) {
      const anew: Answers = { version: 2, allowed: [], ...(stored.length > 0 ? { isAskedAnew: true } : {}) };
      await this.#state.update(STATE_KEYS.bindings, anew);
    }
    return this.#answers();
  }

  async #keep(allowed: readonly string[]): Promise<void> {
    await this.#state.update(STATE_KEYS.bindings, { version: 2, allowed } satisfies Answers);
  }
}

const ADVICE = 'Allow it only if this is your API. You are asked again when any of these changes.';
const ASKED_ANEW =
  'What you allowed before is asked about once more: the question now shows everything that it allows.';
const TOO_LONG =
  'The identity asks for more than one question can show whole, so nobody could know what they allow. Name fewer scopes, or the API’s “.default”.';

function isAnswers(stored: unknown): stored is Answers {
  return typeof stored === 'object' && stored !== null && 'version' in stored && stored.version === 2;
}

function heightOf(lines: readonly string[]): number {
  return lines.reduce((height, line) => height + Math.ceil(line.length / LINE_LENGTH), 0);
}
