import type * as vscode from 'vscode';
import { AppError } from '../core/app-error.ts';

export const UNTRUSTED_WORKSPACE =
  'This workspace is not trusted, so Why401 only decodes here: it reads none of its settings and fetches no keys.';

/** Nothing is resolved in an untrusted workspace. */
export function requireTrust(workspace: Pick<typeof vscode.workspace, 'isTrusted'>): void {
  if (!workspace.isTrusted) {
    throw new AppError('untrustedWorkspace', UNTRUSTED_WORKSPACE, { actions: ['manageTrust'] });
  }
}
