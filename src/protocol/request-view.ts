import type { AppErrorAction, AppErrorCode } from '../core/app-error.ts';
import type { SendFailure, Timing } from '../core/call/exchange.ts';
import type { CauseId } from '../core/gates/cause-id.ts';
import type { Explanation, Prediction } from '../core/why/explanation.ts';
import type { PageMessages } from './page-message.ts';
import type { SignInTrouble } from './sign-in-panel.ts';

/** How a request is authorised: at most one token and one key. Secrets stay in the host: the view knows that they are there. */
export interface AuthorizeForm {
  token: 'none' | 'identity' | 'pasted';
  /** Id of the chosen identity, from {@link RequestViewState.identities}. */
  identity?: string;
  hasPastedToken: boolean;
  key: 'none' | 'functionsHeader' | 'functionsQuery' | 'subscriptionHeader' | 'subscriptionQuery';
  /** Name of header or query parameter for the key, as the profile or the default says. */
  keyName?: string;
  hasKey: boolean;
}

export interface RequestForm {
  method: string;
  url: string;
  headers: { name: string; value: string }[];
  body: string;
  authorize: AuthorizeForm;
}

/** One whole state, posted after `ready` and after every change the host makes. */
export interface RequestViewState {
  nowMs: number;
  /** Raised when the host sets the form (an operation was chosen); the view keeps what is typed while it stays. */
  formRevision: number;
  form: RequestForm;
  /** The API profile the URL belongs to. */
  profile?: string;
  operation?: string;
  identities: {
    id: string;
    label: string /** Account name; absent when signed out. */;
    account?: string;
    expiresAtSec?: number;
  }[];
  /** Why nothing can be sent here: an untrusted workspace. */
  blocked?: string;
  sending: boolean;
  progress?: Progress;
  result?: RequestResult;
  /** What is known before the call is sent; absent while there is no address. */
  prediction?: Prediction;
  /** What could not be read of the files that describe the target. */
  targetNotes?: string[];
  /** In place of a result: why nothing was sent. */
  problem?: Problem;
}

/** What is waited for: one line under Send, and what to know while waiting. */
export interface Progress {
  text: string;
  hint?: string;
}

/** An error of the user's own making or of signing in, in the words of its `AppError`. */
export interface Problem {
  code: AppErrorCode;
  text: string;
  actions: readonly AppErrorAction[];
  /** Id of the identity, when signing in alone failed: trying again then sends nothing. */
  identity?: string;
  /** When signing in failed: why, for this identity. */
  trouble?: SignInTrouble;
}

export interface RequestResult {
  /** Absent when there was no answer. */
  status?: { code: number; words: string };
  failure?: SendFailure & { text: string };
  timing?: Timing;
  bytes?: number;
  headers: { name: string; value: string }[];
  /** Pretty-printed where it is JSON; at most 64 kB, the whole in an editor. */
  bodyPreview?: { text: string; isCut: boolean; language: 'json' | 'xml' | 'html' | 'plaintext' };
  /** No text: "binary, 20 kB of image/png". */
  bodyNote?: string;
  /** The requests as really sent, secrets masked, in order. */
  sent: SentRequest[];
  /** Tokens that headers and body brought; the view opens one by its index. */
  tokens?: AnsweredToken[];
  /** Things the user must know: credentials dropped on a redirect, only 5 MB kept, plain http. */
  notes: string[];
  /** Present when the call was refused. */
  explanation?: Explanation;
}

export interface SentRequest {
  line: string;
  headers: { name: string; value: string; masked?: boolean }[];
  body?: string;
  /** Why it was sent after the one before. Default: a redirect. */
  after?: 'freshToken';
  /** How it was answered, `401 Unauthorized`; absent without an answer. */
  answer?: string;
}

/** A token of an answer, without the token. */
export interface AnsweredToken {
  where: { part: 'header'; name: string } | { part: 'body' };
  /** Its kind, "Access token v2, on behalf of a user". */
  title: string;
}

export type ToRequestView = { type: 'state'; state: RequestViewState };

export type FromRequestView =
  | { type: 'ready' }
  | { type: 'edit'; form: RequestForm }
  | { type: 'send'; form: RequestForm }
  | { type: 'cancel' }
  | { type: 'pasteToken' }
  | { type: 'enterKey' }
  | { type: 'forgetSecret'; which: 'token' | 'key' }
  | { type: 'signIn'; identity: string }
  | { type: 'openBody' }
  | { type: 'openToken'; index: number }
  | { type: 'copyReport' }
  | { type: 'copyValue'; cause: CauseId; fix: number }
  | { type: 'applyFix'; cause: CauseId; fix: number }
  | { type: 'probe' }
  | { type: 'openPolicy'; line: number }
  | { type: 'openSource'; url: string }
  | { type: 'openSettings'; setting: string }
  | { type: 'openUserSettings' }
  | { type: 'copyCommand' }
  | { type: 'openLookUp' }
  | { type: 'setUpSignIn' }
  | { type: 'manageTrust' };

export const REQUEST_VIEW_MESSAGES: PageMessages<FromRequestView> = {
  ready: 'shows',
  edit: 'shows',
  send: 'storesOrSends',
  cancel: 'shows',
  pasteToken: 'storesOrSends',
  enterKey: 'storesOrSends',
  forgetSecret: 'storesOrSends',
  signIn: 'storesOrSends',
  openBody: 'shows',
  openToken: 'shows',
  copyReport: 'shows',
  copyValue: 'shows',
  applyFix: 'storesOrSends',
  probe: 'storesOrSends',
  openPolicy: 'storesOrSends',
  openSource: 'shows',
  openSettings: 'shows',
  openUserSettings: 'shows',
  copyCommand: 'shows',
  openLookUp: 'shows',
  setUpSignIn: 'storesOrSends',
  manageTrust: 'shows',
};
