import * as vscode from 'vscode';
import { VIEW_TYPES } from '../../contract.ts';
import type { Diagnosis } from '../../core/why/explain.ts';
import {
  EXPLANATION_PANEL_MESSAGES,
  type ExplanationPanelState,
  type FromExplanationPanel,
  type ToExplanationPanel,
} from '../../protocol/explanation-panel.ts';
import type { Log } from '../log.ts';
import { copyReport } from '../reports.ts';
import { runnerWith } from '../run.ts';
import { fillWebview, openPanelBeside } from '../webview/fill-webview.ts';
import { obeyPage } from '../webview/page-messages.ts';
import { copyValue } from './shown-fix.ts';

const TITLE = 'Why 401';

/** The panel that "Explain…" answers in: the same picture as under a call. */
export class ExplanationPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #log: Log;
  #panel: vscode.WebviewPanel | undefined;
  #state: ExplanationPanelState | undefined;
  #diagnosis: Diagnosis | undefined;

  constructor(extensionUri: vscode.Uri, log: Log) {
    this.#extensionUri = extensionUri;
    this.#log = log;
  }

  /** What is shown; undefined for an opened report, which is words only. */
  get diagnosis(): Diagnosis | undefined {
    return this.#diagnosis;
  }

  show(state: Omit<ExplanationPanelState, 'canCopyReport'>, diagnosis?: Diagnosis): void {
    this.#state = { ...state, canCopyReport: diagnosis !== undefined };
    this.#diagnosis = diagnosis;
    if (this.#panel) this.#panel.reveal(undefined, true);
    else this.#panel = this.#open();
    this.#post();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): vscode.WebviewPanel {
    const panel = openPanelBeside(VIEW_TYPES.explanationPanel, TITLE, this.#extensionUri);
    const { webview } = panel;
    obeyPage<FromExplanationPanel>(webview, EXPLANATION_PANEL_MESSAGES, runnerWith(this.#log), (message) =>
      this.#answer(message),
    );
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#state = undefined;
      this.#diagnosis = undefined;
    });
    fillWebview(webview, this.#extensionUri, 'explanation', TITLE);
    return panel;
  }

  async #answer(message: FromExplanationPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#post();
        break;
      case 'openSource':
        if (this.#state?.explanation.causes.some(({ source }) => source === message.url)) {
          await vscode.env.openExternal(vscode.Uri.parse(message.url, true));
        }
        break;
      case 'openSettings':
        await vscode.commands.executeCommand('workbench.action.openSettings', 'why401');
        break;
      case 'copyValue':
        await copyValue(this.#state?.explanation, message);
        break;
      case 'copyReport':
        if (this.#diagnosis) await copyReport(this.#diagnosis);
        break;
      default:
        message satisfies never;
    }
  }

  #post(): void {
    if (!this.#state) return;
    const message: ToExplanationPanel = { type: 'state', state: this.#state };
    void this.#panel?.webview.postMessage(message);
  }
}
