import * as vscode from 'vscode';
import { KeyStore } from '../core/entra/key-store.ts';
import { createFetchText } from '../net/fetch-text.ts';
import { createFileStore } from '../net/file-store.ts';
import type { HostTrust } from './host-trust.ts';
import type { Log } from './log.ts';
import { ProfileChoice } from './profile-choice.ts';
import { Validator } from './validator.ts';
import type { ValidationServices } from './views/validation-runs.ts';

/** What checking tokens takes: profiles, keys and the rules. Loaded when the first token is validated or sent. */
export interface Validation extends ValidationServices {
  keyStore: KeyStore;
}

export function createValidation(context: vscode.ExtensionContext, hostTrust: HostTrust, log: Log): Validation {
  const keptKeys = createFileStore(vscode.Uri.joinPath(context.globalStorageUri, 'keys').fsPath);
  const keyStore = new KeyStore(createFetchText(), Date.now, keptKeys);
  return {
    keyStore,
    validator: new Validator(keyStore, hostTrust, log),
    profileChoice: new ProfileChoice(context.workspaceState, log),
  };
}
