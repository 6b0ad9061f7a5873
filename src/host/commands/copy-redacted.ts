import * as vscode from 'vscode';
import { readToken } from '../../core/token/read-token.ts';
import { redactToken } from '../../core/token/redact-token.ts';
import { sayDone } from '../say-done.ts';
import { readTokenInput } from '../token-input.ts';

/** "Why401: Copy Token Redacted": what a ticket may hold of the token, without its signature and without personal data. */
export async function copyRedacted(argument: unknown): Promise<void> {
  const { raws } = await readTokenInput('Copy Token Redacted', argument);
  await vscode.env.clipboard.writeText(raws.map((raw) => redactToken(readToken(raw))).join('\n\n'));
  const what = raws.length === 1 ? 'the token' : `${raws.length} tokens`;
  sayDone(`Copied ${what}, redacted`);
}
