import * as vscode from 'vscode';
import { VIEW_TYPES } from '../../contract.ts';
import type { GivenKeys } from '../../core/entra/given-key.ts';
import { describeToken } from '../../core/token/describe-token.ts';
import { readToken } from '../../core/token/read-token.ts';
import type { JsonObject, TokenReading } from '../../core/token/token.ts';
import {
  type CopyTarget,
  type FromTokenPanel,
  isFromTokenPanel,
  type TokenPanelState,
  type ToTokenPanel,
  type ValidationState,
} from '../../protocol/token-panel.ts';
import type { Log } from '../log.ts';
import type { ProfileChoice } from '../profile-choice.ts';
import { guard } from '../run.ts';
import type { TokenInput } from '../token-input.ts';
import { requireTrust, UNTRUSTED_WORKSPACE, type Validator } from '../validator.ts';
import { fillWebview, openPanelBeside } from '../webview/fill-webview.ts';

const TITLE = 'Token';

interface Services {
  validator: Validator;
  profileChoice: ProfileChoice;
  log: Log;
}

interface ShownToken {
  reading: TokenReading;
  validation: ValidationState;
}

/** The one reusable panel beside the editor. Tokens stay in this process: the view gets what it shows, never a raw token. */
export class TokenPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #services: Services;
  #panel: vscode.WebviewPanel | undefined;
  #tokens: ShownToken[] = [];
  #selected = 0;
  #resource: vscode.Uri | undefined;
  #running: AbortController | undefined;
  /** The state last posted. */
  #shown: TokenPanelState | undefined;

  constructor(extensionUri: vscode.Uri, services: Services) {
    this.#extensionUri = extensionUri;
    this.#services = services;
  }

  show({ raws, resource }: TokenInput): void {
    this.#running?.abort();
    this.#tokens = raws.map((raw) => {
      const reading = readToken(raw);
      return { reading, validation: notChecked(reading) };
    });
    this.#selected = 0;
    this.#resource = resource;
    if (this.#panel) this.#panel.reveal(undefined, true);
    else this.#panel = this.#open();
    this.#post();
  }

  get hasToken(): boolean {
    return this.#tokens.length > 0;
  }

  /**
   * Validates the selected token and shows the report; `ask` offers the profiles even when one is remembered. With `given`
   * those keys are used instead of the tenant's.
   */
  async validateSelected(ask = false, given?: Extract<GivenKeys, { ok: true }>): Promise<void> {
    requireTrust(vscode.workspace);
    const token = this.#tokens[this.#selected];
    if (!token) return;
    const { validator, profileChoice } = this.#services;
    const profile = await profileChoice.choose(token.reading.payload, this.#resource, ask);
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#update(token, { state: 'running', profile: profile.name ?? 'why401.tenant' });
    try {
      const { raw } = token.reading;
      const report = given
        ? await validator.validateWithKeys(raw, profile, given)
        : await validator.validate(raw, profile, running.signal);
      this.#update(
        token,
        running.signal.aborted
          ? notChecked(token.reading)
          : { state: 'done', report, hasChoice: profileChoice.hasChoice(this.#resource) },
      );
    } catch (error) {
      this.#update(token, notChecked(token.reading));
      throw error;
    }
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): vscode.WebviewPanel {
    const panel = openPanelBeside(VIEW_TYPES.tokenPanel, TITLE, this.#extensionUri);
    const { webview } = panel;
    webview.onDidReceiveMessage((message: unknown) => {
      if (isFromTokenPanel(message)) this.#receive(message);
    });
    panel.onDidDispose(() => this.#forget());
    fillWebview(webview, this.#extensionUri, 'token-panel', TITLE);
    return panel;
  }

  #forget(): void {
    this.#running?.abort();
    this.#panel = undefined;
    this.#tokens = [];
  }

  #receive(message: FromTokenPanel): void {
    void guard(this.#services.log, () => this.#answer(message))(undefined);
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
        this.#running?.abort();
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

  #select(index: number): void {
    if (!this.#tokens[index]) return;
    this.#selected = index;
    this.#post();
  }

  async #copy(target: CopyTarget): Promise<void> {
    const reading = this.#tokens[this.#selected]?.reading;
    const text = reading && textToCopy(reading, target);
    if (text !== undefined) await vscode.env.clipboard.writeText(text);
  }

  /** Only pages that the shown state links to: the view cannot make VS Code open an address of its own. */
  async #openSource(url: string): Promise<void> {
    const { sections = [] } = this.#shown?.token ?? {};
    const { validation } = this.#shown ?? {};
    const lines = validation?.state === 'done' ? validation.report.lines : [];
    const sources = [...sections.flatMap(({ claims }) => claims), ...lines].map(({ source }) => source);
    if (sources.includes(url)) await vscode.env.openExternal(vscode.Uri.parse(url, true));
  }

  #update(token: ShownToken, validation: ValidationState): void {
    token.validation = validation;
    this.#post();
  }

  #post(): void {
    const token = this.#tokens[this.#selected];
    if (!token || !this.#panel) return;
    const descriptions = this.#tokens.map(({ reading }) => describeToken(reading));
    const description = descriptions[this.#selected];
    if (!description) return;
    const state: TokenPanelState = {
      nowMs: Date.now(),
      tokens: descriptions.map(({ title }, position) => ({ label: `Token ${position + 1}`, detail: title })),
      selected: this.#selected,
      token: description,
      validation: token.validation,
    };
    this.#shown = state;
    const message: ToTokenPanel = { type: 'state', state };
    void this.#panel.webview.postMessage(message);
  }
}

function notChecked({ form, header, payload }: TokenReading): ValidationState {
  if (!vscode.workspace.isTrusted) return { state: 'notChecked', why: UNTRUSTED_WORKSPACE };
  if (form === 'jwe') return { state: 'notChecked', why: ENCRYPTED };
  return form === 'jws' && header && payload ? { state: 'notChecked' } : { state: 'notChecked', why: UNREADABLE };
}

const ENCRYPTED = 'The token is encrypted: only the API that holds the key can check it.';
const UNREADABLE = 'There is nothing to validate: the text is no readable token.';

function textToCopy({ header, payload }: TokenReading, target: CopyTarget): string | undefined {
  switch (target.what) {
    case 'header':
      return header && prettyJson(header);
    case 'payload':
      return payload && prettyJson(payload);
    case 'claim': {
      const part = target.part === 'header' ? header : payload;
      if (!part || !Object.hasOwn(part, target.name)) return undefined;
      const value = part[target.name];
      return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
    }
  }
}

function prettyJson(value: JsonObject): string {
  return JSON.stringify(value, undefined, 2);
}

async function openSettings(setting: string): Promise<void> {
  if (setting.startsWith('why401.')) await vscode.commands.executeCommand('workbench.action.openSettings', setting);
}
