import * as vscode from 'vscode';
import { SETTINGS_SECTION } from '../contract.ts';
import { Bindings } from './binding.ts';
import { forgetSecrets } from './commands/forget-secrets.ts';
import type { HostTrust } from './host-trust.ts';
import type { Log } from './log.ts';
import { MemoryDocuments } from './memory-documents.ts';
import { AudienceConsents } from './request/audience-consents.ts';
import { SentTokens } from './request/sent-tokens.ts';
import { StoredKeys } from './request/stored-keys.ts';
import { TargetKnowledge } from './request/target-knowledge.ts';
import { secretStoreOf } from './secrets.ts';
import type { SigningIn } from './signing-in.ts';
import type { Validation } from './validation.ts';
import { OperationItem, OperationsTree } from './views/operations-tree.ts';
import { RequestView } from './views/request-view.ts';
import type { TokenPanel } from './views/token-panel.ts';

interface Neighbours {
  validation: Validation;
  signingIn: SigningIn;
  hostTrust: HostTrust;
  tokenPanel: TokenPanel;
  log: Log;
}

/** Sending: what the Request view and its commands stand on. */
export interface Calling {
  operations: OperationsTree;
  requestView: RequestView;
  forgetSecrets(): Promise<void>;
  openOperation(item: unknown): Promise<void>;
}

export function createCalling(context: vscode.ExtensionContext, neighbours: Neighbours): Calling {
  const { validation, signingIn, hostTrust, tokenPanel, log } = neighbours;
  const { extensionUri, globalState } = context;
  const { tokens, flow, status } = signingIn;
  const bindings = new Bindings(globalState);
  const audiences = new AudienceConsents(globalState);
  const keys = new StoredKeys(secretStoreOf(context.secrets));
  const documents = new MemoryDocuments();
  const tokensSent = new SentTokens();
  const targets = new TargetKnowledge();
  const services = {
    signIn: flow,
    keys,
    bindings,
    audiences,
    keyStore: validation.keyStore,
    hostTrust,
    tokensSent,
    targets,
  };
  const requestView = new RequestView(
    extensionUri,
    services,
    documents,
    tokenPanel,
    log,
    () => void status.use(requestView.identity),
  );
  context.subscriptions.push(
    documents,
    requestView,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS_SECTION)) void requestView.refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void requestView.refresh()),
    tokens.onDidChange(() => void requestView.refresh()),
    vscode.workspace.onDidSaveTextDocument(() => void requestView.refresh()),
  );
  return {
    operations: new OperationsTree(),
    requestView,
    async forgetSecrets() {
      await forgetSecrets(tokens, keys, { bindings, audiences });
      tokensSent.forgetAll();
      await requestView.refresh();
    },
    async openOperation(item) {
      if (item instanceof OperationItem) await requestView.open(item.profile, item.operation);
    },
  };
}
