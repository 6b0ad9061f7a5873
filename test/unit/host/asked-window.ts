import { registerHooks } from 'node:module';
import type * as vscode from 'vscode';

export interface Asked {
  question: string;
  detail: string;
}

interface AskedWindow {
  asked: Asked[];
  /** Of input boxes, to which nobody writes anything. */
  prompts: string[];
  answer: (buttons: string[]) => string | undefined;
}

/** Stands for VS Code's window: `answer` says which button is pressed; what was asked is kept. */
export function standInForWindow(): AskedWindow {
  const window: AskedWindow = { asked: [], prompts: [], answer: ([first]) => first };
  const showWarningMessage = (question: string, { detail }: { detail: string }, ...buttons: string[]) => {
    window.asked.push({ question, detail });
    return Promise.resolve(window.answer(buttons));
  };
  const showInputBox = ({ prompt }: { prompt: string }) => {
    window.prompts.push(prompt);
    return Promise.resolve(undefined);
  };
  Object.assign(globalThis, { why401Window: { showWarningMessage, showInputBox } });
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier !== 'vscode') return next(specifier, context);
      return { url: 'data:text/javascript,export const window = globalThis.why401Window;', shortCircuit: true };
    },
  });
  return window;
}

/** State that is kept in memory; `kept` is what VS Code would write to disk. */
export function standInForState(kept = new Map<string, unknown>()): vscode.Memento {
  return {
    keys: () => [...kept.keys()],
    get: (key: string, otherwise?: unknown) => kept.get(key) ?? otherwise,
    update: async (key: string, value: unknown) => {
      if (value === undefined) kept.delete(key);
      else kept.set(key, JSON.parse(JSON.stringify(value)));
    },
  } as vscode.Memento;
}
