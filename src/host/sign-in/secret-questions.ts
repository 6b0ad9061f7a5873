import * as vscode from 'vscode';
import type { SecretQuestion } from '../../auth/client-proof.ts';
import type { TokenQuestion } from '../../auth/pasted-token.ts';
import { isReallyIn } from '../../net/real-folder.ts';
import { plainHost, plainName } from '../plain-text.ts';
import { plainWindow } from '../plain-window.ts';

/** A client's secret: once, since it is kept, and again when it was refused. */
export function askClientSecret({ clientId, authority, isRejected }: SecretQuestion): Thenable<string | undefined> {
  const again = isRejected ? 'The secret given before was refused. ' : '';
  return plainWindow.showInputBox({
    title: 'Client Secret',
    prompt: `${again}The secret (its value, not its ID) of client ${plainHost(clientId)}. Kept encrypted by VS Code, and sent to ${plainHost(authority)} only.`,
    password: true,
    ignoreFocusOut: true,
  });
}

/** A token got elsewhere. It is kept in memory only. */
export function askPastedToken({ label, expect }: TokenQuestion): Thenable<string | undefined> {
  const managedIdentity =
    'A managed identity cannot sign in here: paste a token got where it runs. It is an application’s own, with roles and no scopes, and Azure hands out the same one for about a day for each API: a role given meanwhile is not in it. ';
  return plainWindow.showInputBox({
    title: `Paste Token: ${plainName(label)}`,
    prompt: `${expect === 'managedIdentity' ? managedIdentity : ''}Kept in memory until VS Code is closed.`,
    placeHolder: 'eyJ…',
    password: true,
    ignoreFocusOut: true,
  });
}

/** A program that a workspace brings is never run, by whatever link the workspace was opened. */
export async function isInWorkspace(path: string): Promise<boolean> {
  if (vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path))) return true;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return (await Promise.all(folders.map(({ uri }) => isReallyIn(uri.fsPath, path)))).includes(true);
}
