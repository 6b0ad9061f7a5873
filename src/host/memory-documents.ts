import * as vscode from 'vscode';
import { DOCUMENT_SCHEME } from '../contract.ts';

const MOST_DOCUMENTS = 20;

/** Answers in real editors: read-only, in memory only. An untitled document would be backed up to disk. */
export class MemoryDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(DOCUMENT_SCHEME, this);
  #count = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? 'This answer is no longer in memory.';
  }

  async open(name: string, text: string, language: string): Promise<void> {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme: DOCUMENT_SCHEME, path: `/${this.#count}/${name}` });
    this.#texts.set(uri.toString(), text);
    const oldest = [...this.#texts.keys()].slice(0, -MOST_DOCUMENTS);
    for (const key of oldest) this.#texts.delete(key);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, language);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#texts.clear();
  }
}
