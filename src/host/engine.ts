import * as vscode from 'vscode';
import { createLazyMsalSource } from '../auth/lazy-msal.ts';
import { type CommandName, SETTINGS_SECTION } from '../contract.ts';
import { KeyStore } from '../core/entra/key-store.ts';
import { createFetchText } from '../net/fetch-text.ts';
import { createFileStore } from '../net/file-store.ts';
import { Bindings } from './binding.ts';
import { addApi } from './commands/add-api.ts';
import { compareWith } from './commands/compare-tokens.ts';
import { copyAs } from './commands/copy-as.ts';
import { copyRedacted } from './commands/copy-redacted.ts';
import { decodeClipboard, decodeToken } from './commands/decode-token.ts';
import { explainText } from './commands/explain.ts';
import { forgetSecrets } from './commands/forget-secrets.ts';
import { forgetTrustedHosts } from './commands/forget-trusted-hosts.ts';
import { copyIdentityToken, decodeIdentityToken, refreshToken } from './commands/identity-token.ts';
import { signIn, signOut } from './commands/sign-in.ts';
import { validateAll } from './commands/validate-all.ts';
import { validateToken } from './commands/validate-token.ts';
import { validateWithKey } from './commands/validate-with-key.ts';
import { HostTrust } from './host-trust.ts';
import { createLanguageFeatures, type LanguageFeatures } from './language/language-features.ts';
import { Log } from './log.ts';
import { MemoryDocuments } from './memory-documents.ts';
import { ProfileChoice } from './profile-choice.ts';
import { StoredKeys } from './request/stored-keys.ts';
import { guard, type Handler } from './run.ts';
import { secretStoreOf } from './secrets.ts';
import { LazySetUp } from './sign-in/lazy-set-up.ts';
import { LocalRedirect } from './sign-in/local-redirect.ts';
import { SignInFlow } from './sign-in/sign-in-flow.ts';
import { SignInPanel } from './sign-in/sign-in-panel.ts';
import { Validator } from './validator.ts';
import { ExplanationPanel } from './views/explanation-panel.ts';
import { IdentitiesTree } from './views/identities-tree.ts';
import { OperationItem, OperationsTree } from './views/operations-tree.ts';
import { RequestView } from './views/request-view.ts';
import { TokenPanel } from './views/token-panel.ts';
import { TokenStatus } from './views/token-status.ts';

export interface Engine {
  /** Every command of the contract: a missing handler is a compile error. Handlers never reject. */
  commands: Record<CommandName, Handler>;
  operations: OperationsTree;
  identities: IdentitiesTree;
  language: LanguageFeatures;
  showRequestView: (view: vscode.WebviewView) => void;
}

/** The tree view "Identities", which main has registered. */
export interface IdentitiesView {
  changed: vscode.EventEmitter<vscode.TreeItem | undefined>;
  view: vscode.TreeView<vscode.TreeItem>;
}

/** Builds the services behind commands and views. What it creates is disposed of with the extension. */
export function createEngine(context: vscode.ExtensionContext, { changed, view }: IdentitiesView): Engine {
  const { extensionUri, globalState, workspaceState } = context;
  const log = new Log();
  const secrets = secretStoreOf(context.secrets);
  const hostTrust = new HostTrust(globalState);
  const keptKeys = createFileStore(vscode.Uri.joinPath(context.globalStorageUri, 'keys').fsPath);
  const keyStore = new KeyStore(createFetchText(), Date.now, keptKeys);
  const bindings = new Bindings(globalState);
  const keys = new StoredKeys(secrets);
  const redirect = new LocalRedirect();
  const tokens = createLazyMsalSource({
    secrets,
    openBrowser: (url) => vscode.env.openExternal(vscode.Uri.parse(url, true)),
    log: (line) => log.info(line),
    report: (problem) => log.info(`Secret storage: ${problem}`),
  });
  const signInPanel = new SignInPanel(extensionUri, log);
  const flow = new SignInFlow(tokens, hostTrust, signInPanel, redirect);
  const identities = new IdentitiesTree(tokens, changed, () => view.visible);
  const status = new TokenStatus(tokens);
  const documents = new MemoryDocuments();
  const tokenPanel = new TokenPanel(extensionUri, {
    validator: new Validator(keyStore, hostTrust, log),
    profileChoice: new ProfileChoice(workspaceState, log),
    log,
  });
  const language = createLanguageFeatures(tokenPanel);
  const explanationPanel = new ExplanationPanel(extensionUri, log);
  const requestView = new RequestView(
    extensionUri,
    { signIn: flow, keys, bindings, keyStore, hostTrust },
    documents,
    tokenPanel,
    log,
    () => void status.use(requestView.identity),
  );
  const setUp = new LazySetUp(extensionUri, flow, tokenPanel, log);
  const refresh = async (): Promise<void> => {
    identities.refresh();
    setUp.refresh();
    await Promise.all([status.refresh(), requestView.refresh()]);
  };
  context.subscriptions.push(
    log,
    tokens,
    documents,
    tokenPanel,
    language.lenses,
    explanationPanel,
    requestView,
    signInPanel,
    identities,
    status,
    setUp,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS_SECTION)) void refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void refresh()),
    tokens.onDidChange(() => void refresh()),
  );
  return {
    operations: new OperationsTree(),
    identities,
    language,
    showRequestView: (view) => requestView.resolve(view),
    commands: {
      decodeToken: guard(log, (place) => decodeToken(tokenPanel, place)),
      validateToken: guard(log, (place) => validateToken(tokenPanel, place)),
      validateWithKey: guard(log, () => validateWithKey(tokenPanel)),
      addApi: guard(log, addApi),
      forgetTrustedHosts: guard(log, () => forgetTrustedHosts(hostTrust)),
      signIn: guard(log, async (argument) => status.use(await signIn(flow, argument))),
      signOut: guard(log, (argument) => signOut(tokens, argument)),
      forgetSecrets: guard(log, async () => {
        await forgetSecrets(tokens, keys, bindings);
        await refresh();
      }),
      setUpSignIn: guard(log, () => setUp.show()),
      refreshToken: guard(log, (argument) => refreshToken(flow, argument)),
      decodeIdentityToken: guard(log, (argument) => decodeIdentityToken(flow, tokenPanel, argument)),
      copyIdentityToken: guard(log, (argument) => copyIdentityToken(flow, argument)),
      explain: guard(log, (place) => explainText(explanationPanel, place)),
      decodeClipboard: guard(log, () => decodeClipboard(tokenPanel)),
      copyAs: guard(log, () => copyAs(tokenPanel)),
      copyRedacted: guard(log, copyRedacted),
      compareTokens: guard(log, () => compareWith(tokenPanel)),
      validateAll: guard(log, () => validateAll(tokenPanel)),
      openOperation: guard(log, async (item) => {
        if (item instanceof OperationItem) await requestView.open(item.profile, item.operation);
      }),
    },
  };
}
