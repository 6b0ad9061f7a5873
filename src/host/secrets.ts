import type * as vscode from 'vscode';
import type { SecretStore } from '../core/ports.ts';

/** VS Code's SecretStorage as core's port. */
export function secretStoreOf(secrets: vscode.SecretStorage): SecretStore {
  return {
    get: (key) => secrets.get(key),
    store: (key, value) => secrets.store(key, value),
    delete: (key) => secrets.delete(key),
    keys: () => secrets.keys(),
    onDidChange: (listener) => secrets.onDidChange(({ key }) => listener(key)),
  };
}
