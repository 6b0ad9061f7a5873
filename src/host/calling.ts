import * as vscode from 'vscode';
import { createTokenSource } from '../auth/token-sources.ts';
import { SETTINGS_SECTION } from '../contract.ts';
import { Bindings } from './binding.ts';
import { forgetSecrets } from './commands/forget-secrets.ts';
import { signIn, signOut } from './commands/sign-in.ts';
import type { HostTrust } from './host-trust.ts';
import type { Log } from './log.ts';
import { MemoryDocuments } from './memory-documents.ts';
import { StoredKeys } from './request/stored-keys.ts';
import { secretStoreOf } from './secrets.ts';
import type { Validation } from './validation.ts';
import { OperationItem, OperationsTree } from './views/operations-tree.ts';
import { RequestView } from './views/request-view.ts';
import type { TokenPanel } from './views/token-panel.ts';

interface Neighbours {
  validation: Validation;
  hostTrust: HostTrust;
  tokenPanel: TokenPanel;
  log: Log;
}

/** Signing in and sending: what the views of the sidebar and their commands stand on. */
export interface Calling {
  operations: OperationsTree;
  requestView: RequestView;
  signIn(id: unknown): Promise<void>;
  signOut(): Promise<void>;
  forgetSecrets(): Promise<void>;
  openOperation(item: unknown): Promise<void>;
}

export function createCalling(context: vscode.ExtensionContext, neighbours: Neighbours): Calling {
  const { validation, hostTrust, tokenPanel, log } = neighbours;
  const { extensionUri, globalState } = context;
  const secrets = secretStoreOf(context.secrets);
  const bindings = new Bindings(globalState);
  const keys = new StoredKeys(secrets);
  const tokens = createTokenSource({
    secrets,
    openBrowser: (url) => vscode.env.openExternal(vscode.Uri.parse(url, true)),
    log: (line) => log.line(line),
    openVsCodeAccount: async (memory) => (await import('../auth/vscode-account.ts')).createVsCodeAccount(memory),
    report: (problem) => log.info(`Secret storage: ${problem}`),
  });
  const documents = new MemoryDocuments();
  const services = { tokens, keys, bindings, keyStore: validation.keyStore, hostTrust };
  const requestView = new RequestView(extensionUri, services, documents, tokenPanel, log);
  context.subscriptions.push(
    tokens,
    documents,
    requestView,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS_SECTION)) void requestView.refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void requestView.refresh()),
  );
  return {
    operations: new OperationsTree(),
    requestView,
    async signIn(id) {
      await signIn(tokens, hostTrust, id);
      await requestView.refresh();
    },
    async signOut() {
      await signOut(tokens);
      await requestView.refresh();
    },
    async forgetSecrets() {
      await forgetSecrets(tokens, keys, bindings);
      await requestView.refresh();
    },
    async openOperation(item) {
      if (item instanceof OperationItem) await requestView.open(item.profile, item.operation);
    },
  };
}
