import * as vscode from 'vscode';
import type { SecretQuestion } from '../../auth/client-proof.ts';
import type { TokenQuestion } from '../../auth/pasted-token.ts';
import { isReallyIn } from '../../net/real-folder.ts';
import { plainName } from '../plain-text.ts';
import { askForSecret } from '../question.ts';

/** A client's secret: once, since it is kept, and again when it was refused. */
export async function askClientSecret({
  clientId,
  authority,
  isRejected,
}: SecretQuestion): Promise<string | undefined> {
  return askForSecret(
    'Client Secret',
    [...(isRejected ? ['The secret given before was refused.'] : []), CLIENT_SECRET],
    [
      { label: 'Client', values: [clientId] },
      { label: 'Goes to', values: [authority] },
    ],
  );
}

/** A token got elsewhere. It is kept in memory only. */
export async function askPastedToken({ label, goesTo, expect }: TokenQuestion): Promise<string | undefined> {
  const { api, exchange } = goesTo;
  return askForSecret(
    `Paste Token: ${plainName(label)}`,
    [...(expect === 'managedIdentity' ? [MANAGED_IDENTITY] : []), PASTED],
    [
      { label: 'Goes to', values: api, none: 'nowhere yet' },
      ...(exchange.length === 0 ? [] : [{ label: 'Handed to, for another token', values: exchange }]),
    ],
    'eyJ…',
  );
}

const CLIENT_SECRET = 'The secret of the client (its value, not its ID). Kept encrypted by VS Code.';
const PASTED = 'Kept in memory until VS Code is closed.';
const MANAGED_IDENTITY =
  'A managed identity cannot sign in here: paste a token got where it runs. It is an application’s own, with roles and no scopes, and Azure hands out the same one for about a day for each API: a role given meanwhile is not in it.';

/** A program that a workspace brings is never run, by whatever link the workspace was opened. */
export async function isInWorkspace(path: string): Promise<boolean> {
  if (vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path))) return true;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return (await Promise.all(folders.map(({ uri }) => isReallyIn(uri.fsPath, path)))).includes(true);
}
