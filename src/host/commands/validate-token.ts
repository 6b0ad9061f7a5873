import * as vscode from 'vscode';
import { readTokenInput } from '../token-input.ts';
import type { TokenPanel } from '../views/token-panel.ts';
import { requireTrust } from '../workspace-trust.ts';

/** "Why401: Validate Token". */
export async function validateToken(panel: TokenPanel, argument: unknown): Promise<void> {
  requireTrust(vscode.workspace);
  panel.show(await readTokenInput('Validate Token', argument));
  await panel.validateSelected();
}
