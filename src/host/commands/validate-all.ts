import * as vscode from 'vscode';
import { AppError } from '../../core/app-error.ts';
import { findTokens } from '../../core/token/find-tokens.ts';
import { beginningOf, fileNameOf } from '../editor-text.ts';
import type { TokenFile, TokenPanel } from '../views/token-panel.ts';

const MOST_TOKENS = 100;
/** Characters of the file that are searched. */
const LONGEST_SEARCH = 8 * 1024 * 1024;

/** "Why401: Validate Tokens in This File": a table of them, each with its verdict. */
export async function validateAll(panel: TokenPanel): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  const file = editor && tokenFileOf(editor.document);
  if (!file) throw new AppError('noToken', 'There is no token in this file.');
  await panel.validateAll(file);
}

function tokenFileOf(document: vscode.TextDocument): TokenFile | undefined {
  const end = document.positionAt(LONGEST_SEARCH);
  const text = beginningOf(document, LONGEST_SEARCH);
  const found = findTokens(text);
  const firsts = new Map<string, number>();
  for (const { raw, start } of found) if (!firsts.has(raw)) firsts.set(raw, start);
  if (firsts.size === 0) return undefined;
  const tokens = [...firsts]
    .slice(0, MOST_TOKENS)
    .map(([raw, start]) => ({ raw, line: document.positionAt(start).line + 1 }));
  const isCut = document.offsetAt(document.lineAt(document.lineCount - 1).range.end) > text.length;
  return {
    name: fileNameOf(document),
    tokens,
    resource: document.uri,
    notes: [
      ...(firsts.size > MOST_TOKENS ? [`Only the first ${MOST_TOKENS} of ${firsts.size} tokens are listed.`] : []),
      ...(isCut ? [`The file is large: it was searched down to line ${end.line + 1}.`] : []),
      ...(found.length > firsts.size
        ? ['A token that stands there several times is listed once, at its first place.']
        : []),
    ],
  };
}
