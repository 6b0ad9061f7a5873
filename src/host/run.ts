import * as vscode from 'vscode';
import { COMMANDS } from '../contract.ts';
import { AppError, type AppErrorAction, Cancelled } from '../core/app-error.ts';
import type { Log } from './log.ts';
import { plainText } from './plain-text.ts';
import { plainWindow } from './plain-window.ts';
import { OPEN_SEND_EXCEPTIONS } from './send-exception-settings.ts';

/** `argument`: what a view or menu passes; nothing from the palette. */
export type Handler = (argument: unknown) => Promise<void>;

const ACTIONS: Record<AppErrorAction, { label: string; command: string; argument?: unknown }> = {
  openSettings: { label: 'Open Settings', command: 'workbench.action.openSettings', argument: 'why401' },
  openUserSettings: { label: 'Open User Settings', ...OPEN_SEND_EXCEPTIONS },
  addApi: { label: 'Add API', command: COMMANDS.addApi },
  setUpSignIn: { label: 'Set Up Sign-In', command: COMMANDS.setUpSignIn },
  manageTrust: { label: 'Manage Workspace Trust', command: 'workbench.trust.manage' },
};
const SHOW_LOG = 'Show Log';

/** Runs what a page or a menu asks for, behind {@link guard}. */
export function runnerWith(log: Log): (work: () => Promise<void>) => void {
  return (work) => void guard(log, work)(undefined);
}

/** The only place that shows an error. Backing out is silent; what nobody foresaw goes to the log with its stack. */
export function guard(log: Log, handler: Handler): Handler {
  return async (argument) => {
    try {
      await handler(argument);
    } catch (error) {
      if (error instanceof Cancelled || error instanceof vscode.CancellationError) return;
      log.error(error);
      // A sign-in that failed has a panel of its own.
      if (!(error instanceof AppError && error.code === 'signInFailed')) await showError(error, log);
    }
  };
}

async function showError(error: unknown, log: Log): Promise<void> {
  if (!(error instanceof AppError)) {
    const picked = await plainWindow.showErrorMessage('Why401 met an unexpected error.', SHOW_LOG);
    if (picked === SHOW_LOG) log.show();
    return;
  }
  const actions = error.actions.map((action) => ACTIONS[action]);
  const labels = actions.map(({ label }) => label);
  const picked = await plainWindow.showErrorMessage(plainText(error.message), ...labels);
  const action = actions.find(({ label }) => label === picked);
  if (action) await vscode.commands.executeCommand(action.command, action.argument);
}
