import type * as vscode from 'vscode';
import type { CommandName } from '../contract.ts';
import { KeyStore } from '../core/entra/key-store.ts';
import { createFetchText } from '../net/fetch-text.ts';
import { addApi } from './commands/add-api.ts';
import { decodeToken } from './commands/decode-token.ts';
import { forgetTrustedHosts } from './commands/forget-trusted-hosts.ts';
import { validateToken } from './commands/validate-token.ts';
import { HostTrust } from './host-trust.ts';
import { Log } from './log.ts';
import { ProfileChoice } from './profile-choice.ts';
import { guard, type Handler } from './run.ts';
import { Validator } from './validator.ts';
import { TokenPanel } from './views/token-panel.ts';

export interface Engine {
  /** Every command of the contract: a missing handler is a compile error. Handlers never reject. */
  commands: Record<CommandName, Handler>;
}

/** Builds the services behind the commands. What it creates is disposed of with the extension. */
export function createEngine(context: vscode.ExtensionContext): Engine {
  const log = new Log();
  const hostTrust = new HostTrust(context.globalState);
  const validator = new Validator(new KeyStore(createFetchText(), Date.now), hostTrust, log);
  const profileChoice = new ProfileChoice(context.workspaceState, log);
  const panel = new TokenPanel(context.extensionUri, { validator, profileChoice, log });
  context.subscriptions.push(log, panel);
  return {
    commands: {
      decodeToken: guard(log, () => decodeToken(panel)),
      validateToken: guard(log, () => validateToken(panel)),
      addApi: guard(log, addApi),
      forgetTrustedHosts: guard(log, () => forgetTrustedHosts(hostTrust)),
    },
  };
}
