import * as vscode from 'vscode';
import { AppError, Cancelled } from '../../core/app-error.ts';
import { type GivenKeyFault, looksLikeKeys, readGivenKeys } from '../../core/entra/given-key.ts';
import { findTokens } from '../../core/token/find-tokens.ts';
import { selectedText } from '../editor-text.ts';
import { plainWindow } from '../plain-window.ts';
import { readTokenInput } from '../token-input.ts';
import type { TokenPanel } from '../views/token-panel.ts';

const TITLE = 'Validate With Key';

const FAULTS: Record<GivenKeyFault, string> = {
  empty: 'There is no key: copy a JWK set, a single JWK, or a public key or certificate as PEM.',
  tooLong: 'The text is too long for keys: copy the keys alone.',
  privateKey: 'That is a private key; it was not kept. Give the public key or the certificate instead.',
  secret: 'That is a shared secret; it was not kept. Give a public key or a certificate instead.',
  noKey: 'No key was found: copy a JWK set, a single JWK, or a public key or certificate as PEM.',
};

/**
 * "Why401: Validate With Key…": the key from the selection, else the clipboard, else pasted; the token from wherever the
 * key is not, else the one the panel shows.
 */
export async function validateWithKey(panel: TokenPanel): Promise<void> {
  const selection = selectedText();
  const clipboard = await vscode.env.clipboard.readText();
  const given = await readGivenKeys([selection, clipboard].find(looksLikeKeys) ?? (await askForKey()));
  if (!given.ok) throw new AppError('badKey', FAULTS[given.fault]);
  const isTokenAtHand = [selection, clipboard].some((text) => findTokens(text).length > 0);
  if (isTokenAtHand || !panel.selected) panel.show(await readTokenInput(TITLE, undefined, looksLikeKeys));
  await panel.validateSelected(false, given);
}

async function askForKey(): Promise<string> {
  const text = await plainWindow.showInputBox({
    title: TITLE,
    prompt: 'Paste a JWK set, a single JWK, or a public key or certificate as PEM. It stays on this machine.',
    ignoreFocusOut: true,
  });
  if (!text?.trim()) throw new Cancelled();
  return text;
}
