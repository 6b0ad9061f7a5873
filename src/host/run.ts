import * as vscode from 'vscode';
import { COMMANDS } from '../contract.ts';
import { AppError, type AppErrorAction, type AppErrorCode, Cancelled } from '../core/app-error.ts';
import type { Log } from './log.ts';
import { plainText } from './plain-text.ts';

/** `argument`: what a view or menu passes; nothing from the palette. */
export type Handler = (argument: unknown) => Promise<void>;

const ACTIONS: Record<AppErrorAction, { label: string; command: string; argument?: unknown }> = {
  openSettings: { label: 'Open Settings', command: 'workbench.action.openSettings', argument: 'why401' },
  addApi: { label: 'Add API', command: COMMANDS.addApi },
  manageTrust: { label: 'Manage Workspace Trust', command: 'workbench.trust.manage' },
};
const SHOW_LOG = 'Show Log';
const TRY_AGAIN = 'Try Again';
/** What may succeed as it is the next time. */
const PASSING: ReadonlySet<AppErrorCode> = new Set(['signInFailed']);

/** The only place that shows an error. Backing out is silent; what nobody foresaw goes to the log with its stack. */
export function guard(log: Log, handler: Handler): Handler {
  const guarded: Handler = async (argument) => {
    try {
      await handler(argument);
    } catch (error) {
      if (error instanceof Cancelled || error instanceof vscode.CancellationError) return;
      log.error(error);
      await showError(error, log, () => guarded(argument));
    }
  };
  return guarded;
}

async function showError(error: unknown, log: Log, tryAgain: () => Promise<void>): Promise<void> {
  if (!(error instanceof AppError)) {
    const picked = await vscode.window.showErrorMessage('Why401 met an unexpected error.', SHOW_LOG);
    if (picked === SHOW_LOG) log.show();
    return;
  }
  const actions = error.actions.map((action) => ACTIONS[action]);
  const labels = [...(PASSING.has(error.code) ? [TRY_AGAIN] : []), ...actions.map(({ label }) => label)];
  const picked = await vscode.window.showErrorMessage(plainText(error.message), ...labels);
  if (picked === TRY_AGAIN) return tryAgain();
  const action = actions.find(({ label }) => label === picked);
  if (action) await vscode.commands.executeCommand(action.command, action.argument);
}
