import * as vscode from 'vscode';
import { COMMANDS, VIEW_TYPES } from '../../contract.ts';
import type { TokenReading } from '../../core/token/token.ts';
import type { NoRules, TokenRules } from '../../core/why/copy-as/token-rules.ts';
import {
  type CopyTarget,
  type FromTokenPanel,
  type PanelState,
  TOKEN_PANEL_MESSAGES,
  type ToTokenPanel,
} from '../../protocol/token-panel.ts';
import type { Log } from '../log.ts';
import { runnerWith } from '../run.ts';
import type { TokenInput } from '../token-input.ts';
import { fillWebview, openPanelBeside } from '../webview/fill-webview.ts';
import { obeyPage } from '../webview/page-messages.ts';
import { textToCopy } from './copied-text.ts';
import { linksOf, type Page, panelStateOf } from './panel-state.ts';
import { type ShownToken, shownToken } from './shown-token.ts';
import { type UsableKeys, ValidationRuns, type ValidationServices } from './validation-runs.ts';

const TITLE = 'Token';

interface Services {
  validation: () => Promise<ValidationServices>;
  log: Log;
}

/** All tokens of a file. */
export interface TokenFile {
  name: string;
  tokens: { raw: string /** From 1. */; line: number }[];
  resource: vscode.Uri;
  /** What was left out, and why. */
  notes: string[];
}

/** The one reusable panel beside the editor. Tokens stay in this process: the view gets what it shows, never a raw token. */
export class TokenPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #services: Services;
  readonly #runs: ValidationRuns;
  #panel: vscode.WebviewPanel | undefined;
  #tokens: ShownToken[] = [];
  #selected = 0;
  #resource: vscode.Uri | undefined;
  #page: Page = { page: 'token' };
  /** Where the tokens came from, when they are all tokens of a file. */
  #file: TokenFile | undefined;
  /** The state last posted. */
  #shown: PanelState | undefined;

  constructor(extensionUri: vscode.Uri, services: Services) {
    this.#extensionUri = extensionUri;
    this.#services = services;
    this.#runs = new ValidationRuns(services.validation, () => this.#post());
  }

  show({ raws, resource }: TokenInput): void {
    this.#replace(raws.map(shownToken), resource);
    this.#reveal();
  }

  /** The token on screen; undefined when the panel is closed. */
  get selected(): TokenReading | undefined {
    return this.#tokens[this.#selected]?.reading;
  }

  /** The rules the selected token follows; undefined while it has not passed with keys of its authority. */
  async rulesOfSelected(): Promise<TokenRules | NoRules | undefined> {
    const token = this.#tokens[this.#selected];
    if (token?.validation.state !== 'done' || !token.profile) return undefined;
    const { verdict, caveat } = token.validation.report;
    if (verdict !== 'passes' || caveat?.id === 'givenKey') return undefined;
    const { validator } = await this.#services.validation();
    return validator.rulesOf(token.reading, token.profile);
  }

  /** All tokens of the panel, the selected one among them. */
  get readings(): readonly TokenReading[] {
    return this.#tokens.map(({ reading }) => reading);
  }

  /** Sets the selected token beside another one. */
  compareWith(raw: string): void {
    this.#page = { page: 'comparison', right: shownToken(raw) };
    this.#reveal();
  }

  /** Shows the table of a file's tokens and validates them one after the other; what is asked is asked once a kind. */
  async validateAll(file: TokenFile): Promise<void> {
    this.#replace(
      file.tokens.map(({ raw, line }) => ({ ...shownToken(raw), line })),
      file.resource,
    );
    this.#file = file;
    this.#page = { page: 'list' };
    this.#reveal();
    await this.#runs.validateAll(this.#tokens, file.resource);
  }

  /**
   * Validates the selected token and shows the report; `ask` offers the profiles even when one is remembered. With `given`
   * those keys are used instead of the tenant's.
   */
  async validateSelected(ask = false, given?: UsableKeys): Promise<void> {
    const token = this.#tokens[this.#selected];
    if (!token) return;
    this.#page = { page: 'token' };
    await this.#runs.validateOne(token, this.#resource, { ask, given });
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #replace(tokens: ShownToken[], resource: vscode.Uri | undefined): void {
    this.#runs.cancel();
    this.#tokens = tokens;
    this.#selected = 0;
    this.#resource = resource;
    this.#file = undefined;
    this.#page = { page: 'token' };
  }

  #reveal(): void {
    if (this.#panel) this.#panel.reveal(undefined, true);
    else this.#panel = this.#open();
    this.#post();
  }

  #open(): vscode.WebviewPanel {
    const panel = openPanelBeside(VIEW_TYPES.tokenPanel, TITLE, this.#extensionUri);
    const { webview } = panel;
    obeyPage<FromTokenPanel>(webview, TOKEN_PANEL_MESSAGES, runnerWith(this.#services.log), (message) =>
      this.#answer(message),
    );
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#shown = undefined;
      this.#replace([], undefined);
    });
    fillWebview(webview, this.#extensionUri, 'token-panel', TITLE);
    return panel;
  }

  async #answer(message: FromTokenPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#post();
        break;
      case 'select':
        this.#select(message.index);
        break;
      case 'validate':
        await this.validateSelected();
        break;
      case 'chooseProfile':
        await this.validateSelected(true);
        break;
      case 'cancel':
        this.#runs.cancel();
        break;
      case 'copyAs':
        await vscode.commands.executeCommand(COMMANDS.copyAs);
        break;
      case 'compare':
        await vscode.commands.executeCommand(COMMANDS.compareTokens);
        break;
      case 'showToken':
        this.#turnTo({ page: 'token' });
        break;
      case 'showList':
        if (this.#file) this.#turnTo({ page: 'list' });
        break;
      case 'copy':
        await this.#copy(message.target);
        break;
      case 'openSettings':
        await openSettings(message.setting);
        break;
      case 'openSource':
        await this.#openSource(message.url);
        break;
      default:
        message satisfies never;
    }
  }

  #turnTo(page: Page): void {
    this.#page = page;
    this.#post();
  }

  #select(index: number): void {
    if (!this.#tokens[index]) return;
    this.#selected = index;
    this.#turnTo({ page: 'token' });
  }

  async #copy(target: CopyTarget): Promise<void> {
    const { selected } = this;
    const text = selected && textToCopy(selected, target);
    if (text !== undefined) await vscode.env.clipboard.writeText(text);
  }

  /** Only pages that the shown state links to: the view cannot make VS Code open an address of its own. */
  async #openSource(url: string): Promise<void> {
    if (this.#shown && linksOf(this.#shown).includes(url)) await vscode.env.openExternal(vscode.Uri.parse(url, true));
  }

  #post(): void {
    const token = this.#tokens[this.#selected];
    if (!token || !this.#panel) return;
    const shown = { tokens: this.#tokens, selected: this.#selected, page: this.#page, file: this.#file };
    this.#shown = panelStateOf(token, { ...shown, isRunning: this.#runs.isRunning }, Date.now());
    const message: ToTokenPanel = { type: 'state', state: this.#shown };
    void this.#panel.webview.postMessage(message);
  }
}

async function openSettings(setting: string): Promise<void> {
  if (setting.startsWith('why401.')) await vscode.commands.executeCommand('workbench.action.openSettings', setting);
}
