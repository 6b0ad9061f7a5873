import * as vscode from 'vscode';
import type { SignInStep } from '../../auth/token-source.ts';
import { COMMANDS, VIEW_TYPES } from '../../contract.ts';
import {
  type CodeState,
  type FailureState,
  type FromSignInPanel,
  SIGN_IN_PANEL_MESSAGES,
  type SignInTrouble,
  type ToSignInPanel,
} from '../../protocol/sign-in-panel.ts';
import type { Log } from '../log.ts';
import { runnerWith } from '../run.ts';
import { fillWebview, openPanelBeside } from '../webview/fill-webview.ts';
import { obeyPage } from '../webview/page-messages.ts';

const TITLE = 'Sign In';

type DeviceCode = Extract<SignInStep, { step: 'deviceCode' }>;
type Page = { state: Omit<CodeState, 'nowMs'> } | { state: Omit<FailureState, 'nowMs'>; tryAgain: () => Promise<void> };

/** Beside the editor: the code of a sign-in that waits for it, or why one failed. One panel for all; the later page wins. */
export class SignInPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #log: Log;
  #panel: vscode.WebviewPanel | undefined;
  #page: Page | undefined;
  /** Ends the sign-in whose code is shown. */
  #cancel: () => void = () => undefined;

  constructor(extensionUri: vscode.Uri, log: Log) {
    this.#extensionUri = extensionUri;
    this.#log = log;
  }

  /** Shows the code; `cancel` is called when the user backs out or closes the panel. */
  showCode(identity: string, { userCode, page: codePage, expiresAtSec }: DeviceCode, cancel: () => void): void {
    this.#show({ state: { page: 'code', identity, userCode, codePage, expiresAtSec } });
    this.#cancel = cancel;
  }

  /** The sign-in has ended: its code is of no more use. */
  hideCode(): void {
    this.#cancel = () => undefined;
    if (this.#page?.state.page === 'code') this.#panel?.dispose();
  }

  showFailure(identity: string, trouble: SignInTrouble, tryAgain: () => Promise<void>): void {
    this.#show({ state: { page: 'failure', identity, trouble }, tryAgain });
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #show(page: Page): void {
    this.#page = page;
    if (this.#panel) this.#panel.reveal(undefined, page.state.page !== 'code');
    else this.#panel = this.#open();
    this.#post();
  }

  #open(): vscode.WebviewPanel {
    const panel = openPanelBeside(VIEW_TYPES.signInPanel, TITLE, this.#extensionUri);
    obeyPage<FromSignInPanel>(panel.webview, SIGN_IN_PANEL_MESSAGES, runnerWith(this.#log), (message) =>
      this.#answer(message),
    );
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#page = undefined;
      this.#cancel();
    });
    fillWebview(panel.webview, this.#extensionUri, 'sign-in', TITLE);
    return panel;
  }

  async #answer(message: FromSignInPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#post();
        return;
      case 'copyCode':
        return this.#copyCode();
      case 'openCodePage':
        return this.#openCodePage();
      case 'cancel':
        this.#cancel();
        this.hideCode();
        return;
      case 'tryAgain':
        return this.#tryAgain();
      case 'copyCommand':
        return this.#copyCommand(message.command);
      case 'openLookUp':
        return this.#openLookUp();
      case 'openSettings':
        await vscode.commands.executeCommand('workbench.action.openSettings', 'why401.apis');
        return;
      case 'setUp':
        await vscode.commands.executeCommand(COMMANDS.setUpSignIn);
        return;
      case 'addApi':
      case 'edit':
      case 'check':
      case 'save':
      case 'decode':
        return; // of the other panel
      default:
        message satisfies never;
    }
  }

  async #copyCode(): Promise<void> {
    const state = this.#page?.state;
    if (state?.page === 'code') await vscode.env.clipboard.writeText(state.userCode);
  }

  async #openCodePage(): Promise<void> {
    const state = this.#page?.state;
    if (state?.page !== 'code') return;
    await this.#copyCode();
    await vscode.env.openExternal(vscode.Uri.parse(state.codePage.url, true));
  }

  async #tryAgain(): Promise<void> {
    const page = this.#page;
    if (!page || !('tryAgain' in page)) return;
    this.#panel?.dispose();
    await page.tryAgain();
  }

  /** Only what is shown: the page cannot fill the clipboard with anything else. */
  async #copyCommand(command: string): Promise<void> {
    if (this.#trouble?.where?.command === command) await vscode.env.clipboard.writeText(command);
  }

  async #openLookUp(): Promise<void> {
    const lookUp = this.#trouble?.lookUp;
    if (lookUp !== undefined) await vscode.env.openExternal(vscode.Uri.parse(lookUp, true));
  }

  get #trouble(): SignInTrouble | undefined {
    const state = this.#page?.state;
    return state?.page === 'failure' ? state.trouble : undefined;
  }

  #post(): void {
    if (!this.#page) return;
    const message: ToSignInPanel = { type: 'state', state: { ...this.#page.state, nowMs: Date.now() } };
    void this.#panel?.webview.postMessage(message);
  }
}
