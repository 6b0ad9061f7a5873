import * as vscode from 'vscode';
import { COMMANDS, type CommandName, SETTINGS_SECTION, VIEWS } from './contract.ts';
import type { Engine } from './host/engine.ts';
import { registerLanguage } from './host/language/lazy-language.ts';
import { registerSharing } from './host/sign-in/lazy-sharing.ts';
import type { IdentitiesView } from './host/signing-in.ts';
import { registerTools } from './host/tools/lazy-tools.ts';

/** Registers and returns: the engine, with everything that does the work, is loaded by the first command or view. */
export function activate(context: vscode.ExtensionContext): void {
  const identitiesChanged = new vscode.EventEmitter<vscode.TreeItem | undefined>();
  let engine: Promise<Engine> | undefined;
  const loadEngine = () => {
    engine ??= import('./host/engine.ts').then(({ createEngine }) => createEngine(context, identities));
    return engine;
  };
  const identities: IdentitiesView = {
    changed: identitiesChanged,
    view: vscode.window.createTreeView<vscode.TreeItem>(VIEWS.identities, {
      treeDataProvider: {
        onDidChangeTreeData: identitiesChanged.event,
        getChildren: async (item) => (await loadEngine()).identitiesUnder(item),
        getTreeItem: (item) => item,
      },
    }),
  };
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    const run = async (argument: unknown) => (await loadEngine()).commands[name](argument);
    context.subscriptions.push(vscode.commands.registerCommand(COMMANDS[name], run));
  }
  registerLanguage(context, loadEngine);
  registerTools(context, loadEngine);
  registerSharing(context, async () => (await loadEngine()).sharedSessions());
  const profilesChanged = new vscode.EventEmitter<void>();
  context.subscriptions.push(
    identitiesChanged,
    identities.view,
    profilesChanged,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS_SECTION)) profilesChanged.fire();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => profilesChanged.fire()),
    vscode.window.registerWebviewViewProvider(VIEWS.request, {
      resolveWebviewView: async (view) => (await loadEngine()).showRequestView(view),
    }),
    vscode.window.registerTreeDataProvider(VIEWS.operations, {
      onDidChangeTreeData: profilesChanged.event,
      getChildren: async (item?: vscode.TreeItem) => (await loadEngine()).operationsUnder(item),
      getTreeItem: (item: vscode.TreeItem) => item,
    }),
  );
}
