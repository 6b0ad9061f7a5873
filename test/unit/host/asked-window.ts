import { registerHooks } from 'node:module';
import type * as vscode from 'vscode';

export interface Asked {
  question: string;
  detail: string;
}

/** Stands for VS Code's window: `answer` says which button is pressed; what was asked is kept. */
export function standInForWindow(): { asked: Asked[]; answer: (buttons: string[]) => string | undefined } {
  const window = { asked: [] as Asked[], answer: ([first]: string[]): string | undefined => first };
  const showWarningMessage = (question: string, { detail }: { detail: string }, ...buttons: string[]) => {
    window.asked.push({ question, detail });
    return Promise.resolve(window.answer(buttons));
  };
  Object.assign(globalThis, { why401Window: { showWarningMessage } });
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
