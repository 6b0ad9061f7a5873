import { registerHooks } from 'node:module';
import type * as vscode from 'vscode';

export interface Asked {
  question: string;
  detail: string;
}

interface StandIn {
  asked: Asked[];
  /** Of input boxes, to which nobody writes anything. */
  prompts: string[];
  answer: (buttons: string[]) => string | undefined;
  /** `why401.apis`, by who wrote it. */
  apis: { user: object; workspace: object };
}

/** Stands for VS Code's window and settings: `answer` says which button is pressed; what was asked is kept. */
export function standInForWindow(): StandIn {
  const window: StandIn = { asked: [], prompts: [], answer: ([first]) => first, apis: { user: {}, workspace: {} } };
  const showWarningMessage = (question: string, { detail }: { detail: string }, ...buttons: string[]) => {
    window.asked.push({ question, detail });
    return Promise.resolve(window.answer(buttons));
  };
  const showInputBox = ({ prompt }: { prompt: string }) => {
    window.prompts.push(prompt);
    return Promise.resolve(undefined);
  };
  const inspect = (name: string) =>
    name === 'apis' ? { globalValue: window.apis.user, workspaceValue: window.apis.workspace } : {};
  const workspace = { isTrusted: true, getConfiguration: () => ({ inspect }) };
  Object.assign(globalThis, { why401VsCode: { window: { showWarningMessage, showInputBox }, workspace } });
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier !== 'vscode') return next(specifier, context);
      return {
        url: 'data:text/javascript,export const { window, workspace } = globalThis.why401VsCode;',
        shortCircuit: true,
      };
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
