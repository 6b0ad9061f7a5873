import * as vscode from 'vscode';
import { neutralise } from './plain-text.ts';

/** Members of items, options and lenses whose text VS Code shows, and takes `$(name)` in for an icon. */
const SHOWN = ['label', 'description', 'detail', 'title', 'placeHolder', 'placeholder', 'prompt', 'message', 'tooltip'];

/**
 * The same with every text that is shown made plain. A name from settings, a token or an answer stays text wherever it
 * ends up; an icon of ours is given as such (`iconPath`, {@link StatusItem}).
 */
export function plainly<T extends object>(shown: T): T {
  const plain = Object.entries(shown).map(([member, value]) => [
    member,
    SHOWN.includes(member) && typeof value === 'string' ? neutralise(value) : value,
  ]);
  return Object.fromEntries(plain) as T;
}

type Ask = (question: string, options: vscode.MessageOptions, ...buttons: string[]) => Thenable<string | undefined>;
type Tell = (text: string, ...buttons: string[]) => Thenable<string | undefined>;

/** The ways of VS Code's window to show text; used in its place everywhere, so that all text goes through {@link plainly}. */
export const plainWindow = {
  showInformationMessage: messageBy('showInformationMessage'),
  showWarningMessage: messageBy('showWarningMessage'),
  showErrorMessage: messageBy('showErrorMessage'),
  showQuickPick<T extends vscode.QuickPickItem>(
    items: readonly T[],
    options: vscode.QuickPickOptions,
  ): Thenable<T | undefined> {
    return vscode.window.showQuickPick(items.map(plainly), plainly(options));
  },
  showInputBox(options: vscode.InputBoxOptions): Thenable<string | undefined> {
    return vscode.window.showInputBox(plainly(options));
  },
  setStatusBarMessage(text: string, hideAfterMs: number): void {
    vscode.window.setStatusBarMessage(neutralise(text), hideAfterMs);
  },
  withProgress<T>(
    options: vscode.ProgressOptions,
    task: (report: (message: string) => void, cancelled: vscode.CancellationToken) => Thenable<T>,
  ): Thenable<T> {
    return vscode.window.withProgress(plainly(options), (progress, cancelled) =>
      task((message) => progress.report(plainly({ message })), cancelled),
    );
  },
};

function messageBy(way: 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage'): Ask & Tell {
  return (text: string, ...more: (string | vscode.MessageOptions)[]) => {
    const plain = more.map((one) => (typeof one === 'string' ? one : plainly(one)));
    return vscode.window[way](neutralise(text), ...(plain as string[]));
  };
}

/** An item of the status bar, with an icon of ours before its text. */
export class StatusItem {
  readonly #item: vscode.StatusBarItem;
  #isShown = false;

  constructor(id: string, name: string, command: string, priority: number) {
    this.#item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Right, priority);
    this.#item.name = name;
    this.#item.command = command;
  }

  show(icon: string, text: string, tooltip: string): void {
    const withIcon = `$(${icon}) ${neutralise(text)}`;
    if (this.#isShown && withIcon === this.#item.text) return;
    this.#isShown = true;
    this.#item.text = withIcon;
    this.#item.tooltip = neutralise(tooltip);
    this.#item.accessibilityInformation = { label: tooltip };
    this.#item.show();
  }

  hide(): void {
    this.#isShown = false;
    this.#item.hide();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
