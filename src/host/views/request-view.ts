import * as vscode from 'vscode';
import { COMMANDS, VIEWS } from '../../contract.ts';
import { AppError } from '../../core/app-error.ts';
import type { ApiProfile, Operation } from '../../core/entra/api-profile.ts';
import type { CauseId } from '../../core/gates/cause-id.ts';
import type { Diagnosis } from '../../core/why/explain.ts';
import type { Prediction } from '../../core/why/explanation.ts';
import {
  type FromRequestView,
  REQUEST_VIEW_MESSAGES,
  type RequestForm,
  type RequestViewState,
  type ToRequestView,
} from '../../protocol/request-view.ts';
import { listIdentities } from '../identities.ts';
import type { Log } from '../log.ts';
import type { MemoryDocuments } from '../memory-documents.ts';
import type { CallDesk } from '../request/call-desk.ts';
import { type ChosenOperation, callTarget, findAgain } from '../request/call-target.ts';
import { CurrentWork } from '../request/current-work.ts';
import { applyFix } from '../request/fix-actions.ts';
import { type Foreseen, foresee } from '../request/foresee.ts';
import { enterKeyFor, forgetSecretOf, pasteTokenFor } from '../request/form-secrets.ts';
import { describeForm, describeIdentities } from '../request/form-state.ts';
import { confirmProposal } from '../request/probe-proposal.ts';
import { EMPTY_FORM, formOf } from '../request/request-draft.ts';
import { probeTarget, type SendJob, type SendServices, sendAndExplain } from '../request/request-session.ts';
import { runnerWith } from '../run.ts';
import { OPEN_SEND_EXCEPTIONS } from '../send-exception-settings.ts';
import { fillWebview, webviewOptions } from '../webview/fill-webview.ts';
import { obeyPage } from '../webview/page-messages.ts';
import { UNTRUSTED_WORKSPACE } from '../workspace-trust.ts';
import { ShownAnswer } from './shown-answer.ts';
import { copyValue, findFix } from './shown-fix.ts';
import type { TokenPanel } from './token-panel.ts';

/** The view "Request" in the sidebar. Form and answer live here; secrets never go to the page. */
export class RequestView implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #services: SendServices;
  readonly #documents: MemoryDocuments;
  readonly #tokenPanel: TokenPanel;
  readonly #log: Log;
  /** Hears when the form is set to another identity, or one was signed in for. */
  readonly #onIdentity: () => void;
  #view: vscode.WebviewView | undefined;
  readonly #work = new CurrentWork(() => this.#post());
  #form: RequestForm = EMPTY_FORM;
  #formRevision = 0;
  #chosen: ChosenOperation | undefined;
  readonly #answer = new ShownAnswer();
  #posts = 0;

  constructor(
    extensionUri: vscode.Uri,
    services: SendServices,
    documents: MemoryDocuments,
    tokenPanel: TokenPanel,
    log: Log,
    onIdentity: () => void,
  ) {
    this.#extensionUri = extensionUri;
    this.#services = services;
    this.#documents = documents;
    this.#tokenPanel = tokenPanel;
    this.#log = log;
    this.#onIdentity = onIdentity;
  }

  resolve(view: vscode.WebviewView): void {
    this.#view = view;
    const { webview } = view;
    webview.options = webviewOptions(this.#extensionUri);
    obeyPage<FromRequestView>(webview, REQUEST_VIEW_MESSAGES, runnerWith(this.#log), (message) => this.#obey(message));
    view.onDidDispose(() => {
      this.#view = undefined;
    });
    fillWebview(webview, this.#extensionUri, 'request', 'Request');
  }

  /** Id of the identity that the form is set to. */
  get identity(): string | undefined {
    const { token, identity } = this.#form.authorize;
    return token === 'identity' ? identity : undefined;
  }

  /** Fills the form with an operation and shows the view. */
  async open(profile: ApiProfile, operation: Operation): Promise<void> {
    this.#work.drop();
    this.#chosen = { profile, operation };
    this.#form = formOf(profile, operation);
    this.#formRevision += 1;
    this.#answer.clear();
    await this.#post();
    this.#onIdentity();
    await vscode.commands.executeCommand(`${VIEWS.request}.focus`);
  }

  /** Draws again what may have changed outside: accounts, trust, and the chosen operation in the settings. */
  async refresh(): Promise<void> {
    this.#chosen = this.#chosen && findAgain(this.#chosen);
    await this.#post();
  }

  /** Of the last call, when it was refused. */
  get diagnosis(): Diagnosis | undefined {
    return this.#answer.diagnosis;
  }

  /** What is known before the form is sent; undefined without an address. */
  async predict(): Promise<Prediction | undefined> {
    return (await this.#foresee()).prediction;
  }

  #foresee(): Promise<Foreseen> {
    const { keys, tokensSent: tokens, targets } = this.#services;
    const call = { form: this.#form, ...callTarget(this.#form.url, this.#chosen) };
    return vscode.workspace.isTrusted ? foresee(call, { keys, tokens, targets }) : Promise.resolve({ notes: [] });
  }

  dispose(): void {
    this.#work.drop();
  }

  /** What the user can mend is said in the view, in the words of the error: a notification is gone too soon. */
  async #obey(message: FromRequestView): Promise<void> {
    try {
      await this.#act(message);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#log.error(error);
      this.#answer.showProblem(error, message.type === 'signIn' ? message.identity : undefined);
    } finally {
      await this.#post();
      if (message.type === 'edit' || message.type === 'send' || message.type === 'signIn') this.#onIdentity();
    }
  }

  async #act(message: FromRequestView): Promise<void> {
    switch (message.type) {
      case 'ready':
        return;
      case 'edit':
        this.#form = message.form;
        this.#answer.dropProblem();
        return;
      case 'send':
        this.#form = message.form;
        return this.#send();
      case 'cancel':
        this.#work.cancel();
        return;
      case 'pasteToken':
        return this.#pasteToken();
      case 'enterKey':
        return this.#enterKey();
      case 'forgetSecret':
        return forgetSecretOf(this.#form, message.which, this.#services.keys);
      case 'signIn':
        return this.#signIn(message.identity);
      case 'openBody':
        return this.#answer.openBody(this.#documents);
      case 'openToken':
        this.#answer.openToken(message.index, this.#tokenPanel);
        return;
      case 'copyValue':
        await copyValue(this.#answer.explanation, message);
        return;
      case 'applyFix':
        return this.#applyFix(message);
      case 'openPolicy':
        return applyFix({ type: 'openPolicy', line: Number(message.line) }, this.#desk());
      case 'probe':
        return this.#probe();
      case 'copyReport':
        return this.#answer.copyReport();
      case 'openSource':
        return this.#answer.openSource(message.url);
      case 'openSettings':
        await vscode.commands.executeCommand('workbench.action.openSettings', 'why401');
        return;
      case 'openUserSettings':
        await vscode.commands.executeCommand(OPEN_SEND_EXCEPTIONS.command, OPEN_SEND_EXCEPTIONS.argument);
        return;
      case 'copyCommand':
        return this.#answer.copyCommand();
      case 'openLookUp':
        return this.#answer.openLookUp();
      case 'setUpSignIn':
        await vscode.commands.executeCommand(COMMANDS.setUpSignIn);
        return;
      case 'manageTrust':
        await vscode.commands.executeCommand('workbench.trust.manage');
        return;
      default:
        message satisfies never;
    }
  }

  async #send(more: Pick<SendJob, 'identity' | 'wish' | 'stayedBehind'> = {}): Promise<void> {
    this.#answer.dropProblem();
    const form = this.#form;
    const target = callTarget(form.url, this.#chosen);
    const sent = await this.#work.run((signal, onProgress) =>
      sendAndExplain(this.#services, { form, ...target, ...more, signal, onProgress }),
    );
    if (sent) this.#answer.take(sent);
  }

  /** What the button does is in the explanation the host made: the page says only which one was pressed. */
  async #applyFix(place: { cause: CauseId; fix: number }): Promise<void> {
    const fix = findFix(this.#answer.explanation, place);
    if (!fix?.action || fix.kind === 'weakens') return;
    this.#answer.dropProblem();
    await applyFix(fix.action, this.#desk());
  }

  #desk(): CallDesk {
    const view = this;
    return {
      get form() {
        return view.#form;
      },
      ...callTarget(this.#form.url, this.#chosen),
      setForm: (form) => {
        this.#form = form;
        this.#formRevision += 1;
      },
      enterKey: () => this.#enterKey(),
      pasteToken: () => this.#pasteToken(),
      send: (more) => this.#send(more),
      probe: () => this.#probe(),
    };
  }

  /** One anonymous request; what the target says of itself is shown, and used when the user says so. */
  async #probe(): Promise<void> {
    this.#answer.dropProblem();
    const form = this.#form;
    const target = callTarget(form.url, this.#chosen);
    const sent = await this.#work.run((signal, onProgress) =>
      probeTarget(this.#services, { form, ...target, signal, onProgress }),
    );
    if (!sent) return;
    this.#answer.take(sent);
    await this.#post();
    const facts = await confirmProposal(form.url, sent.diagnosis?.knowledge.target);
    this.#services.targets.remember(form.url, facts);
  }

  async #signIn(identity: string): Promise<void> {
    this.#answer.dropProblem();
    const named = listIdentities().find(({ id }) => id === identity);
    if (!named) throw new AppError('noIdentity', 'This identity is no longer in the settings: choose another.');
    const token = await this.#work.run((signal, onProgress) =>
      this.#services.signIn.tokenFor(named, { signal, onProgress }),
    );
    if (token) this.#services.tokensSent.remember(identity, token.accessToken);
  }

  async #pasteToken(): Promise<void> {
    await pasteTokenFor(this.#form, this.#services.keys);
    this.#answer.dropProblem();
  }

  async #enterKey(): Promise<void> {
    await enterKeyFor(this.#form, this.#services.keys);
    this.#answer.dropProblem();
  }

  async #post(): Promise<void> {
    if (!this.#view) return;
    const post = ++this.#posts;
    const message: ToRequestView = { type: 'state', state: await this.#state() };
    // Secrets are read in between: a state that was overtaken would bring back what has changed since.
    if (post === this.#posts) void this.#view?.webview.postMessage(message);
  }

  async #state(): Promise<RequestViewState> {
    const { keys, signIn } = this.#services;
    const { profile, operation } = callTarget(this.#form.url, this.#chosen);
    // Together with the form: another may take its place while the rest is read.
    const formRevision = this.#formRevision;
    const [form, identities, { prediction, notes }] = await Promise.all([
      describeForm(this.#form, profile, keys),
      describeIdentities(signIn.source),
      this.#foresee(),
    ]);
    return {
      nowMs: Date.now(),
      formRevision,
      form,
      ...(profile?.name === undefined ? {} : { profile: profile.name }),
      ...(operation ? { operation: operation.name } : {}),
      identities,
      ...(prediction ? { prediction } : {}),
      ...(notes.length > 0 ? { targetNotes: notes } : {}),
      ...(vscode.workspace.isTrusted ? {} : { blocked: UNTRUSTED_WORKSPACE }),
      sending: this.#work.isRunning,
      ...(this.#work.progress ? { progress: this.#work.progress } : {}),
      ...this.#answer.state,
    };
  }
}
