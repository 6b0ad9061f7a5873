import * as vscode from 'vscode';

/** What is selected in the active editor, several selections one a line; empty without an editor or a selection. */
export function selectedText(editor = vscode.window.activeTextEditor): string {
  return editor?.selections.map((selection) => editor.document.getText(selection)).join('\n') ?? '';
}

/** The text of a document, down to so many characters. */
export function beginningOf(document: vscode.TextDocument, characters: number): string {
  return document.getText(new vscode.Range(document.positionAt(0), document.positionAt(characters)));
}

/** The last segment of its path. */
export function fileNameOf({ uri }: vscode.TextDocument): string {
  return uri.path.split('/').at(-1) ?? '';
}
