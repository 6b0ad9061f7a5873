import * as vscode from 'vscode';
import type { CommandName, ToolName } from '../contract.ts';
import type { ToolAnswer } from '../core/why/tool-answers/closed-word.ts';
import { decodeClipboard, decodeToken } from './commands/decode-token.ts';
import { HostTrust } from './host-trust.ts';
import { createLanguageFeatures, type LanguageFeatures } from './language/language-features.ts';
import { lazily } from './lazily.ts';
import { Log } from './log.ts';
import { guard, type Handler } from './run.ts';
import type { SharedSessions } from './sign-in/shared-sessions.ts';
import type { IdentitiesView } from './signing-in.ts';
import { TokenPanel } from './views/token-panel.ts';
import { withTrust } from './workspace-trust.ts';

export interface Engine {
  /** Every command of the contract: a missing handler is a compile error. Handlers never reject. */
  commands: Record<CommandName, Handler>;
  language: LanguageFeatures;
  operationsUnder(item: vscode.TreeItem | undefined): Promise<vscode.TreeItem[]>;
  identitiesUnder(item: vscode.TreeItem | undefined): Promise<vscode.TreeItem[]>;
  sharedSessions(): Promise<SharedSessions>;
  showRequestView(view: vscode.WebviewView): Promise<void>;
  /** For a language model. Rejects in words for it. */
  answerTool(name: ToolName, input: unknown): Promise<ToolAnswer>;
}

/**
 * Builds the services behind commands and views; what it creates is disposed of with the extension. Decoding is here;
 * everything else is loaded by the first command or view that needs it.
 */
export function createEngine(context: vscode.ExtensionContext, identitiesView: IdentitiesView): Engine {
  const { extensionUri, globalState, subscriptions } = context;
  const log = new Log();
  const hostTrust = new HostTrust(globalState);
  const validation = lazily(async () => {
    const { createValidation } = await import('./validation.ts');
    return createValidation(context, hostTrust, log);
  });
  const tokenPanel = new TokenPanel(extensionUri, { validation, log });
  const language = createLanguageFeatures(tokenPanel);
  const signingIn = lazily(async () => {
    const { createSigningIn } = await import('./signing-in.ts');
    return createSigningIn(context, { hostTrust, tokenPanel, identitiesView, log });
  });
  const calling = lazily(async () => {
    const { createCalling } = await import('./calling.ts');
    const [checks, signIns] = await Promise.all([validation(), signingIn()]);
    return createCalling(context, { validation: checks, signingIn: signIns, hostTrust, tokenPanel, log });
  });
  const explaining = lazily(async () => {
    const { createExplaining } = await import('./explaining.ts');
    return createExplaining(context, log);
  });
  subscriptions.push(log, tokenPanel, language.lenses);
  const commands: Record<CommandName, Handler> = {
    decodeToken: (place) => decodeToken(tokenPanel, place),
    decodeClipboard: () => decodeClipboard(tokenPanel),
    compareTokens: async () => (await import('./commands/compare-tokens.ts')).compareWith(tokenPanel),
    copyRedacted: async (place) => (await import('./commands/copy-redacted.ts')).copyRedacted(place),
    copyAs: async () => (await import('./commands/copy-as.ts')).copyAs(tokenPanel),
    validateToken: async (place) => (await import('./commands/validate-token.ts')).validateToken(tokenPanel, place),
    validateAll: async () => (await import('./commands/validate-all.ts')).validateAll(tokenPanel),
    validateWithKey: async () => (await import('./commands/validate-with-key.ts')).validateWithKey(tokenPanel),
    addApi: async () => (await import('./commands/add-api.ts')).addApi(),
    forgetTrustedHosts: async () => (await import('./commands/forget-trusted-hosts.ts')).forgetTrustedHosts(hostTrust),
    explain: async (place) => (await explaining()).explainText(place),
    openReport: async () => (await explaining()).openReport(),
    signIn: async (argument) => (await signingIn()).signIn(argument),
    signOut: async (argument) => (await signingIn()).signOut(argument),
    setUpSignIn: async () => (await signingIn()).setUpSignIn(),
    refreshToken: async (argument) => (await signingIn()).refreshToken(argument),
    decodeIdentityToken: async (argument) => (await signingIn()).decodeIdentityToken(argument),
    copyIdentityToken: async (argument) => (await signingIn()).copyIdentityToken(argument),
    forgetSecrets: async () => (await calling()).forgetSecrets(),
    openOperation: async (item) => (await calling()).openOperation(item),
  };
  return {
    commands: guardAll(log, commands),
    language,
    operationsUnder: async (item) => (await calling()).operations.getChildren(item),
    identitiesUnder: async (item) => (await signingIn()).identities.getChildren(item),
    sharedSessions: async () => (await signingIn()).shared,
    showRequestView: async (view) => (await calling()).requestView.resolve(view),
    answerTool: async (name, input) => {
      const { answerTool } = await import('./tools/tools.ts');
      return answerTool(name, input, { tokenPanel, validation, calling, explaining });
    },
  };
}

function guardAll(log: Log, commands: Record<CommandName, Handler>): Record<CommandName, Handler> {
  const names = Object.keys(commands) as CommandName[];
  const guarded = names.map((name) => [name, guard(log, withTrust(name, commands[name], vscode.workspace))]);
  return Object.fromEntries(guarded) as Record<CommandName, Handler>;
}
