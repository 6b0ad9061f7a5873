import * as vscode from 'vscode';
import type { TokenSource } from '../../auth/token-source.ts';
import { Cancelled } from '../../core/app-error.ts';
import type { Bindings } from '../binding.ts';
import type { StoredKeys } from '../request/stored-keys.ts';

/** "Why401: Forget All Secrets": keys, pasted tokens, sign-ins, and what was allowed to be sent where. */
export async function forgetSecrets(
  tokens: Pick<TokenSource, 'forgetAll'>,
  keys: StoredKeys,
  bindings: Bindings,
): Promise<void> {
  const forget = 'Forget';
  const detail = 'Signed-in accounts, keys and pasted tokens of this extension, and where you allowed them to be sent.';
  const picked = await vscode.window.showWarningMessage('Forget all secrets?', { modal: true, detail }, forget);
  if (picked !== forget) throw new Cancelled();
  await bindings.forgetAll();
  await Promise.all([tokens.forgetAll(), keys.forgetAll()]);
}
