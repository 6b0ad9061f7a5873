import type * as vscode from 'vscode';
import type { TokenRequest } from '../auth/token-source.ts';
import { STATE_KEYS } from '../contract.ts';
import { bindingFacts, keyOfFacts } from './binding-question.ts';
import { agreesTo, type Question, requireShowable } from './question.ts';

/** How a token is got, from whom and for what, and where it goes: any change is another binding, and asks again. */
interface Binding {
  request: TokenRequest;
  /** The one origin that would receive the token. */
  origin: string;
}

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

  /** Throws where the question about it could not show all of it: before anything else is asked that it makes needless. */
  requireAskable({ request, origin }: Binding): void {
    requireShowable(bindingFacts(request, [origin]));
  }

  async confirm({ request, origin }: Binding): Promise<boolean> {
    const facts = bindingFacts(request, [origin]);
    const key = keyOfFacts(facts);
    const { isAskedAnew } = await this.#migrated();
    if (this.#answers().allowed.includes(key)) return true;
    const isAllowed = await agreesTo(isAskedAnew ? SEND_ASKED_ANEW : SEND, facts);
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

const SEND: Question = {
  title: 'Send tokens to this address?',
  advice: ['Allow it only if this is your API. You are asked again when any of these changes.'],
  yes: 'Allow',
};
const SEND_ASKED_ANEW: Question = {
  ...SEND,
  advice: [
    ...SEND.advice,
    'What you allowed before is asked about once more: the question now shows everything that it allows.',
  ],
};

function isAnswers(stored: unknown): stored is Answers {
  return typeof stored === 'object' && stored !== null && 'version' in stored && stored.version === 2;
}
