import * as vscode from 'vscode';
import type { TokenSource } from '../auth/token-source.ts';
import { createTokenSource } from '../auth/token-sources.ts';
import { SETTINGS_SECTION } from '../contract.ts';
import { copyIdentityToken, decodeIdentityToken, refreshToken } from './commands/identity-token.ts';
import { signIn, signOut } from './commands/sign-in.ts';
import type { HostTrust } from './host-trust.ts';
import type { Log } from './log.ts';
import { plainWindow } from './plain-window.ts';
import { secretStoreOf } from './secrets.ts';
import { LazySetUp } from './sign-in/lazy-set-up.ts';
import { LocalRedirect } from './sign-in/local-redirect.ts';
import { askClientSecret, askPastedToken, isInWorkspace } from './sign-in/secret-questions.ts';
import { SharedSessions } from './sign-in/shared-sessions.ts';
import { SignInFlow } from './sign-in/sign-in-flow.ts';
import { SignInPanel } from './sign-in/sign-in-panel.ts';
import { userAuthorities } from './sign-in/user-authorities.ts';
import { IdentitiesTree } from './views/identities-tree.ts';
import type { TokenPanel } from './views/token-panel.ts';
import { TokenStatus } from './views/token-status.ts';

/** The tree view "Identities", which main has registered. */
export interface IdentitiesView {
  changed: vscode.EventEmitter<vscode.TreeItem | undefined>;
  view: vscode.TreeView<vscode.TreeItem>;
}

interface Neighbours {
  hostTrust: HostTrust;
  tokenPanel: TokenPanel;
  identitiesView: IdentitiesView;
  log: Log;
}

const ASKED_AGAIN =
  'Why401 tells apart authorities of one server by letter case now. What was stored for both was deleted, since it could be of either: sign in, or enter the client secret, once more.';

/** Getting tokens: for the view "Identities", the Request view and the commands. */
export interface SigningIn {
  tokens: TokenSource;
  flow: SignInFlow;
  identities: IdentitiesTree;
  status: TokenStatus;
  shared: SharedSessions;
  signIn(argument: unknown): Promise<void>;
  signOut(argument: unknown): Promise<void>;
  setUpSignIn(): Promise<void>;
  refreshToken(argument: unknown): Promise<void>;
  decodeIdentityToken(argument: unknown): Promise<void>;
  copyIdentityToken(argument: unknown): Promise<void>;
}

export function createSigningIn(context: vscode.ExtensionContext, neighbours: Neighbours): SigningIn {
  const { hostTrust, tokenPanel, identitiesView, log } = neighbours;
  const { extensionUri } = context;
  const redirect = new LocalRedirect();
  const tokens = createTokenSource({
    secrets: secretStoreOf(context.secrets),
    openBrowser: (url) => vscode.env.openExternal(vscode.Uri.parse(url, true)),
    redirectUriFor: (port) => redirect.uriFor(port),
    askSecret: askClientSecret,
    askToken: askPastedToken,
    isInWorkspace,
    log: (line) => log.line(line),
    openVsCodeAccount: async (memory) => (await import('../auth/vscode-account.ts')).createVsCodeAccount(memory),
    report: (problem) => {
      log.info(`Secret storage: ${problem}`);
      if (problem === 'askedAgain') void plainWindow.showInformationMessage(ASKED_AGAIN);
    },
    userAuthorities,
  });
  const panel = new SignInPanel(extensionUri, log);
  const flow = new SignInFlow(tokens, hostTrust, panel, redirect);
  const { changed, view } = identitiesView;
  const identities = new IdentitiesTree(tokens, changed, () => view.visible);
  const status = new TokenStatus(tokens);
  const setUp = new LazySetUp(extensionUri, flow, tokenPanel, log);
  const refresh = (): void => {
    identities.refresh();
    setUp.refresh();
    void status.refresh();
  };
  context.subscriptions.push(
    tokens,
    panel,
    identities,
    status,
    setUp,
    tokens.onDidChange(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS_SECTION)) refresh();
    }),
  );
  return {
    tokens,
    flow,
    identities,
    status,
    shared: new SharedSessions(flow),
    signIn: async (argument) => status.use(await signIn(flow, argument)),
    signOut: (argument) => signOut(tokens, argument),
    setUpSignIn: () => setUp.show(),
    refreshToken: (argument) => refreshToken(flow, argument),
    decodeIdentityToken: (argument) => decodeIdentityToken(flow, tokenPanel, argument),
    copyIdentityToken: (argument) => copyIdentityToken(flow, argument),
  };
}
