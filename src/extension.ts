import * as vscode from 'vscode';
import { COMMANDS, type CommandName } from './contract.ts';
import type { Engine } from './host/engine.ts';

/** Registers and returns: the engine, with everything that does the work, is loaded by the first command. */
export function activate(context: vscode.ExtensionContext): void {
  let engine: Promise<Engine> | undefined;
  const loadEngine = () => {
    engine ??= import('./host/engine.ts').then(({ createEngine }) => createEngine(context));
    return engine;
  };
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    const run = async () => (await loadEngine()).commands[name]();
    context.subscriptions.push(vscode.commands.registerCommand(COMMANDS[name], run));
  }
}
