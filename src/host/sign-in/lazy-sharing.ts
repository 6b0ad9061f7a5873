import * as vscode from 'vscode';
import { AUTHENTICATION_PROVIDER, SETTINGS, SETTINGS_SECTION } from '../../contract.ts';
import type { SharedSessions } from './shared-sessions.ts';

/**
 * Offers tokens to other extensions as VS Code's authentication provider `why401`, scopes `["profile:<name>"]`. Nothing is
 * loaded, and nothing given, while no profile in the user's own settings is shared.
 */
export function registerSharing(context: vscode.ExtensionContext, load: () => Promise<SharedSessions>): void {
  const changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  const provider: vscode.AuthenticationProvider = {
    onDidChangeSessions: changed.event,
    getSessions: async (scopes) => (isAnythingShared() ? (await load()).list(scopes) : []),
    async createSession(scopes) {
      if (!isAnythingShared()) throw new Error('No API profile of Why401 is shared with other extensions.');
      const session = await (await load()).create(scopes);
      changed.fire({ added: [session], removed: [], changed: [] });
      return session;
    },
    async removeSession(id) {
      const removed = await (await load()).remove(id);
      if (removed) changed.fire({ added: [], removed: [removed], changed: [] });
    },
  };
  const { registerAuthenticationProvider } = vscode.authentication;
  const options = { supportsMultipleAccounts: true };
  context.subscriptions.push(
    changed,
    registerAuthenticationProvider(AUTHENTICATION_PROVIDER, 'Why401', provider, options),
  );
}

/** A look only: what may be shared is decided by the profiles as they are read. */
function isAnythingShared(): boolean {
  const inspected = vscode.workspace
    .getConfiguration(SETTINGS_SECTION)
    .inspect<Record<string, { shareWithOtherExtensions?: unknown } | null>>(SETTINGS.apis);
  return Object.values(inspected?.globalValue ?? {}).some((profile) => profile?.shareWithOtherExtensions === true);
}
