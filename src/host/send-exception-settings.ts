import * as vscode from 'vscode';
import { SETTINGS, SETTINGS_SECTION } from '../contract.ts';
import { parseSendExceptions } from '../core/call/send-exceptions.ts';

const KEY = `${SETTINGS_SECTION}.${SETTINGS.sendServiceTokensTo}`;

/** Opens the user's settings, those for all profiles of VS Code, at the entry. */
export const OPEN_SEND_EXCEPTIONS = {
  command: 'workbench.action.openApplicationSettingsJson',
  argument: { revealSetting: { key: KEY, edit: true } },
};

/** The user's own value and nobody else's: what a workspace or folder brings under this name is not looked at. */
export function readSendExceptions(): ReturnType<typeof parseSendExceptions> {
  const configuration = vscode.workspace.getConfiguration(SETTINGS_SECTION, null);
  const { exceptions, faults } = parseSendExceptions(
    configuration.inspect<unknown>(SETTINGS.sendServiceTokensTo)?.globalValue,
  );
  return { exceptions, faults: faults.map(({ path, text }) => ({ path: path === '' ? KEY : `${KEY}.${path}`, text })) };
}
