import { Cancelled } from '../../core/app-error.ts';
import { candidateToken } from '../../core/token/candidate-token.ts';
import { findTokens } from '../../core/token/find-tokens.ts';
import type { RequestForm } from '../../protocol/request-view.ts';
import { plainWindow } from '../plain-window.ts';
import { originOf } from './form-origin.ts';
import type { StoredKeys } from './stored-keys.ts';

/** Asks for a token for the form's origin. */
export async function pasteTokenFor({ url }: RequestForm, keys: StoredKeys): Promise<void> {
  const origin = originOf(url);
  const text = await askForSecret('Paste Token', `Kept in memory until VS Code is closed, and sent to ${origin} only.`);
  keys.pasteToken(origin, findTokens(text)[0]?.raw ?? candidateToken(text));
}

/** Asks for a key of the form's kind for the form's origin. */
export async function enterKeyFor({ url, authorize }: RequestForm, keys: StoredKeys): Promise<void> {
  const origin = originOf(url);
  const key = await askForSecret('Enter Key', `Kept encrypted by VS Code, and sent to ${origin} only.`);
  await keys.storeKey(origin, authorize.key, key.trim());
}

/** Forgets the token or the key that the form would send. */
export async function forgetSecretOf(
  { url, authorize }: RequestForm,
  which: 'token' | 'key',
  keys: StoredKeys,
): Promise<void> {
  if (which === 'token') keys.pasteToken(originOf(url), undefined);
  else await keys.storeKey(originOf(url), authorize.key, undefined);
}

async function askForSecret(title: string, prompt: string): Promise<string> {
  const secret = await plainWindow.showInputBox({ title, prompt, password: true, ignoreFocusOut: true });
  if (!secret?.trim()) throw new Cancelled();
  return secret;
}
