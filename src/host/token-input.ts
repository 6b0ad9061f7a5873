import * as vscode from 'vscode';
import { Cancelled } from '../core/app-error.ts';
import { candidateToken } from '../core/token/candidate-token.ts';
import { findTokens, tokenAt } from '../core/token/find-tokens.ts';
import { selectedText } from './editor-text.ts';
import { readPlace, textAtPlace } from './language/token-place.ts';
import { plainWindow } from './plain-window.ts';

/** How far around the cursor a token is looked for, in characters: files may be large, tokens are not. */
const CURSOR_WINDOW = 512 * 1024;

export interface TokenInput {
  /** At least one; text in which no token was found is handed on for the reading to say what is wrong with it. */
  raws: string[];
  /** The document the tokens came from. */
  resource?: vscode.Uri;
}

/**
 * The place a link names; else the selection; with none the token under the cursor; else the clipboard; else an input
 * box. A selection that `isOtherInput` is meant for something else.
 */
export async function readTokenInput(
  title: string,
  argument?: unknown,
  isOtherInput = (_text: string) => false,
): Promise<TokenInput> {
  const place = readPlace(argument);
  if (place) {
    const { text, resource } = textAtPlace(place);
    return { raws: tokensIn(text), resource };
  }
  const editor = vscode.window.activeTextEditor;
  const raws = editor ? (readSelection(editor, isOtherInput) ?? readUnderCursor(editor)) : undefined;
  const source = editor ? { resource: editor.document.uri } : {};
  if (raws) return { raws, ...source };
  return { raws: (await readClipboard()) ?? (await askForTokens(title)), ...source };
}

function readSelection(editor: vscode.TextEditor, isOtherInput: (text: string) => boolean): string[] | undefined {
  const text = selectedText(editor);
  return text.trim() === '' || isOtherInput(text) ? undefined : tokensIn(text);
}

function readUnderCursor({ document, selection }: vscode.TextEditor): string[] | undefined {
  const cursor = document.offsetAt(selection.active);
  const start = document.positionAt(Math.max(0, cursor - CURSOR_WINDOW));
  const end = document.positionAt(cursor + CURSOR_WINDOW);
  const found = tokenAt(document.getText(new vscode.Range(start, end)), cursor - document.offsetAt(start));
  return found && [found.raw];
}

/** The tokens in the clipboard; undefined when there is none. */
export async function readClipboard(): Promise<string[] | undefined> {
  const found = findTokens(await vscode.env.clipboard.readText());
  return found.length > 0 ? found.map(({ raw }) => raw) : undefined;
}

export async function askForTokens(title: string): Promise<string[]> {
  const text = await plainWindow.showInputBox({
    title,
    prompt: 'Paste a token. It stays on this machine.',
    placeHolder: 'eyJ…',
    ignoreFocusOut: true,
  });
  if (text === undefined || text.trim() === '') throw new Cancelled();
  return tokensIn(text);
}

/** The tokens in a text that was given as one; where none is found, the text itself, for the reading to say what is wrong. */
export function tokensIn(text: string): string[] {
  const found = findTokens(text);
  return found.length > 0 ? found.map(({ raw }) => raw) : [candidateToken(text)];
}
