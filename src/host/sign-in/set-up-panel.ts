import * as vscode from 'vscode';
import type { AcquiredToken } from '../../auth/token-source.ts';
import { COMMANDS, VIEW_TYPES } from '../../contract.ts';
import type { ApiProfile } from '../../core/entra/api-profile.ts';
import type { SetUpWay } from '../../core/entra/set-up-steps.ts';
import {
  type FromSignInPanel,
  type SetUpCheck,
  type SetUpFields,
  type SetUpState,
  SIGN_IN_PANEL_MESSAGES,
  type SignInTrouble,
  type ToSignInPanel,
} from '../../protocol/sign-in-panel.ts';
import type { NamedIdentity } from '../identities.ts';
import { fillWebview, openPanelBeside } from '../webview/fill-webview.ts';
import { obeyPage } from '../webview/page-messages.ts';
import { claimsOf, describeSetUp, firstFields, identityOf, stepsFor, whyNoIdentity } from './set-up-state.ts';

const TITLE = 'Set Up Sign-In';
const IDLE: SetUpCheck = { state: 'idle' };

/** What the panel needs of the rest. */
export interface SetUpServices {
  extensionUri: vscode.Uri;
  listProfiles(): ApiProfile[];
  /** Signs in; undefined when the user backed out. */
  signIn(
    identity: NamedIdentity,
    signal: AbortSignal,
    onProgress: (text: string) => void,
  ): Promise<{ token: AcquiredToken } | { trouble: SignInTrouble } | undefined>;
  /** Writes the identity into the settings that hold its profile. */
  save(profile: ApiProfile, name: string, identity: Record<string, unknown>): Promise<void>;
  decode(raw: string): void;
  /** Runs what a message asks for; errors are shown. */
  run(work: () => Promise<void>): void;
}

/** "Why401: Set Up Sign-In": a guide for those who have no client id, with a first sign-in that checks the steps. */
export class SetUpPanel {
  readonly #services: SetUpServices;
  #panel: vscode.WebviewPanel | undefined;
  #fields: SetUpFields;
  #revision = 1;
  #check: SetUpCheck = IDLE;
  #running: AbortController | undefined;
  /** Of the last sign-in that worked. */
  #token: AcquiredToken | undefined;

  constructor(services: SetUpServices) {
    this.#services = services;
    this.#fields = firstFields(this.#apis);
  }

  show(): void {
    if (this.#panel) this.#panel.reveal();
    else this.#panel = this.#open();
    this.#post();
  }

  /** The profiles may be other ones now. */
  refresh(): void {
    if (!this.#apis.some(({ name }) => name === this.#fields.api)) this.#take(firstFields(this.#apis));
    this.#post();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  get #apis(): ApiProfile[] {
    return this.#services.listProfiles();
  }

  get #profile(): ApiProfile | undefined {
    return this.#apis.find(({ name }) => name === this.#fields.api);
  }

  #open(): vscode.WebviewPanel {
    const { extensionUri, run } = this.#services;
    const panel = openPanelBeside(VIEW_TYPES.setUpPanel, TITLE, extensionUri);
    obeyPage<FromSignInPanel>(panel.webview, SIGN_IN_PANEL_MESSAGES, run, (message) => this.#answer(message));
    panel.onDidDispose(() => {
      this.#running?.abort();
      this.#panel = undefined;
      this.#token = undefined;
      this.#check = IDLE;
    });
    fillWebview(panel.webview, extensionUri, 'sign-in', TITLE);
    return panel;
  }

  async #answer(message: FromSignInPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#post();
        return;
      case 'edit':
        this.#edit(message.fields);
        return;
      case 'copyCommand':
        return this.#copyCommand(message.command);
      case 'check':
        return this.#signIn();
      case 'cancel':
        this.#running?.abort();
        return;
      case 'save':
        return this.#save();
      case 'decode':
        if (this.#token) this.#services.decode(this.#token.accessToken);
        return;
      case 'addApi':
        await vscode.commands.executeCommand(COMMANDS.addApi);
        return;
      case 'openSettings':
        await vscode.commands.executeCommand('workbench.action.openSettings', 'why401.apis');
        return;
      case 'openLookUp':
        return this.#openLookUp();
      case 'tryAgain':
      case 'setUp':
      case 'copyCode':
      case 'openCodePage':
        return; // of the other panel
      default:
        message satisfies never;
    }
  }

  #edit(fields: SetUpFields): void {
    if (fields.api !== this.#fields.api) this.#take(firstFields(this.#apis, fields.api, fields.way));
    else this.#fields = fields;
    if (this.#check.state !== 'running') this.#check = IDLE;
    this.#post();
  }

  /** Sets what stands in the fields, over what was typed. */
  #take(fields: SetUpFields): void {
    this.#fields = fields;
    this.#revision += 1;
  }

  /** Only what is shown: the page cannot fill the clipboard with anything else. */
  async #copyCommand(command: string): Promise<void> {
    const shown = [
      ...stepsFor(this.#profile, this.#fields).flatMap(({ commands }) => commands),
      this.#check.state === 'failed' ? this.#check.trouble.where?.command : undefined,
    ];
    if (shown.includes(command)) await vscode.env.clipboard.writeText(command);
  }

  async #openLookUp(): Promise<void> {
    const lookUp = this.#check.state === 'failed' ? this.#check.trouble.lookUp : undefined;
    if (lookUp !== undefined) await vscode.env.openExternal(vscode.Uri.parse(lookUp, true));
  }

  async #signIn(): Promise<void> {
    const profile = this.#profile;
    const identity = identityOf(this.#fields);
    if (!profile || !identity) return;
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#token = undefined;
    this.#show({ state: 'running', text: 'Signing in…' });
    const name = nameOf(this.#fields.way);
    const named: NamedIdentity = {
      id: `${profile.name} · ${name}`,
      name,
      identity,
      profile: { ...profile, identities: { ...profile.identities, [name]: identity } },
    };
    const came = await this.#services.signIn(named, running.signal, (text) => {
      if (this.#running === running) this.#show({ state: 'running', text });
    });
    if (this.#running !== running) return;
    this.#running = undefined;
    if (!came) return this.#show(IDLE);
    if ('trouble' in came) return this.#show({ state: 'failed', trouble: came.trouble });
    this.#token = came.token;
    const { accessToken, account } = came.token;
    const claims = claimsOf(accessToken, profile, this.#fields);
    this.#show({ state: 'passed', account, claims, isSaved: false });
  }

  async #save(): Promise<void> {
    const [profile, identity] = [this.#profile, identityOf(this.#fields)];
    if (!profile || !identity || this.#check.state !== 'passed') return;
    await this.#services.save(profile, nameOf(this.#fields.way), { ...identity });
    this.#show({ ...this.#check, isSaved: true });
  }

  #show(check: SetUpCheck): void {
    this.#check = check;
    this.#post();
  }

  #post(): void {
    const isReady = identityOf(this.#fields) !== undefined;
    const state: SetUpState = {
      ...describeSetUp(this.#apis, this.#fields),
      nowMs: Date.now(),
      revision: this.#revision,
      check:
        this.#check.state === 'idle' && !isReady ? { state: 'idle', why: whyNoIdentity(this.#fields) } : this.#check,
    };
    const message: ToSignInPanel = { type: 'state', state };
    void this.#panel?.webview.postMessage(message);
  }
}

/** Under which name it is saved. */
function nameOf(way: SetUpWay): string {
  return way === 'own' ? 'me' : way;
}
