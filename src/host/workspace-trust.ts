import type * as vscode from 'vscode';
import type { CommandName, ToolName } from '../contract.ts';
import { AppError } from '../core/app-error.ts';
import type { Handler } from './run.ts';

export const UNTRUSTED_WORKSPACE =
  'This workspace is not trusted, so Why401 only decodes here: it reads none of its settings and fetches no keys.';

/**
 * Whether a command stores, fetches, sends or signs in. Messages of pages say the same of themselves (`page-message.ts`).
 * What only takes away what is kept is the user's at all times, and asks first.
 */
export const COMMANDS_NEEDING_TRUST: Readonly<Record<CommandName, boolean>> = {
  decodeToken: false,
  decodeClipboard: false,
  copyRedacted: false,
  compareTokens: false,
  explain: false,
  openReport: false,
  openOperation: false,
  signOut: false,
  forgetSecrets: false,
  forgetTrustedHosts: false,
  validateToken: true,
  validateWithKey: true,
  validateAll: true,
  copyAs: true,
  addApi: true,
  signIn: true,
  setUpSignIn: true,
  refreshToken: true,
  decodeIdentityToken: true,
  copyIdentityToken: true,
};

/** The same of the tools for language models; a prediction without trust reads nothing but the form. */
export const TOOLS_NEEDING_TRUST: Readonly<Record<ToolName, boolean>> = {
  decodeToken: false,
  validateToken: true,
  explainResponse: false,
  predictCall: false,
};

/** Nothing is resolved in an untrusted workspace. */
export function requireTrust(workspace: Pick<typeof vscode.workspace, 'isTrusted'>): void {
  if (!workspace.isTrusted) {
    throw new AppError('untrustedWorkspace', UNTRUSTED_WORKSPACE, { actions: ['manageTrust'] });
  }
}

/** The command's handler, which is not reached where the command needs trust and there is none. */
export function withTrust(
  command: CommandName,
  handler: Handler,
  workspace: Pick<typeof vscode.workspace, 'isTrusted'>,
): Handler {
  return async (argument) => {
    if (COMMANDS_NEEDING_TRUST[command]) requireTrust(workspace);
    await handler(argument);
  };
}
