import { render } from 'lit/html.js';
import type { FromRequestView, RequestForm, RequestViewState, ToRequestView } from '../../protocol/request-view.ts';
import { connectHost } from '../shared/vscode-api.ts';
import { withSecretsOf } from './form-draft.ts';
import { renderRequestPage } from './request-page.ts';
import { CANCEL_ID, OUTCOME_ID, RESULT_ID, type RequestView, SEND_ID, URL_ID } from './request-view.ts';
import { sayOutcome } from './result-section.ts';
import './request.css';

const TICK_MS = 10_000;
const TYPING_PAUSE_MS = 300;
/** An outcome below this much of the window's lower edge is scrolled to. */
const SEEN_MARGIN_PX = 160;

const root = document.body.appendChild(document.createElement('div'));
const unfolded = new Set<string>();
let state: RequestViewState | undefined;
let form: RequestForm;
let hostClockAheadMs = 0;
let editTimer: ReturnType<typeof setTimeout> | undefined;
let urlFault: string | undefined;
let resultNumber = 0;
let announcement = '';

const host = connectHost<FromRequestView, ToRequestView>((message) => {
  switch (message.type) {
    case 'state':
      receiveState(message.state);
      break;
    default:
      message.type satisfies never;
  }
});

const view: RequestView = {
  get nowMs() {
    return Date.now() + hostClockAheadMs;
  },
  get form() {
    return form;
  },
  get resultNumber() {
    return resultNumber;
  },
  get urlFault() {
    return urlFault;
  },
  edit,
  send,
  post,
  openSource: (url) => post({ type: 'openSource', url }),
  openSettings: (setting) => post({ type: 'openSettings', setting }),
  isUnfolded: (id) => unfolded.has(id),
  toggleFold: (id) => {
    if (!unfolded.delete(id)) unfolded.add(id);
    draw();
  },
};

setInterval(drawIfVisible, TICK_MS);
document.addEventListener('visibilitychange', () => {
  flushEdit();
  drawIfVisible();
});
// A view in the sidebar may be gone before the pause is over: leaving a field is a pause, too.
document.addEventListener('focusout', flushEdit);
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  send();
});
host.post({ type: 'ready' });

function receiveState(next: RequestViewState): void {
  const before = state;
  state = next;
  hostClockAheadMs = next.nowMs - Date.now();
  if (before?.formRevision === next.formRevision) form = withSecretsOf(form, next.form);
  else adoptForm(next.form);
  const hasNewResult = JSON.stringify(before?.result) !== JSON.stringify(next.result);
  if (hasNewResult) {
    resultNumber += 1;
    unfolded.clear();
  }
  if (next.progress && next.progress !== before?.progress) announce(next.progress);
  const isAnswered = before?.sending === true && !next.sending && next.result !== undefined;
  if (isAnswered && next.result) announce(sayOutcome(next.result));
  keepFocus(draw);
  if (isAnswered) showOutcome();
}

function adoptForm(next: RequestForm): void {
  clearTimeout(editTimer);
  editTimer = undefined;
  urlFault = undefined;
  form = next;
}

function edit(change: Partial<RequestForm>, when: 'typing' | 'chosen'): void {
  form = { ...form, ...change };
  if (change.url !== undefined) urlFault = undefined;
  clearTimeout(editTimer);
  editTimer = setTimeout(flushEdit, TYPING_PAUSE_MS);
  if (when === 'chosen') flushEdit();
  draw();
}

function flushEdit(): void {
  if (editTimer === undefined) return;
  clearTimeout(editTimer);
  editTimer = undefined;
  host.post({ type: 'edit', form });
}

function send(): void {
  if (!state || state.sending || state.blocked) return;
  if (form.url.trim() === '') {
    urlFault = 'Enter the URL to call.';
    draw();
    document.getElementById(URL_ID)?.focus();
    return;
  }
  clearTimeout(editTimer);
  editTimer = undefined;
  host.post({ type: 'send', form });
}

function post(message: FromRequestView): void {
  flushEdit();
  host.post(message);
}

function draw(): void {
  if (state) render(renderRequestPage(state, view, announcement), root);
}

function drawIfVisible(): void {
  if (document.visibilityState === 'visible') draw();
}

/** A live region is read when its text changes: a repeated text gets an invisible difference. */
function announce(text: string): void {
  announcement = text === announcement ? `${text}\u00a0` : text;
}

/** Cancel goes when the answer comes, and a new answer replaces the old one: who stood there goes on close by. */
function keepFocus(change: () => void): void {
  const wasOnCancel = document.activeElement?.id === CANCEL_ID;
  const wasInResult = document.getElementById(RESULT_ID)?.contains(document.activeElement) ?? false;
  change();
  if (document.activeElement !== document.body) return;
  if (wasOnCancel) document.getElementById(SEND_ID)?.focus();
  else if (wasInResult) document.getElementById(OUTCOME_ID)?.focus();
}

/** Under a long form the outcome would stay out of sight. */
function showOutcome(): void {
  const outcome = document.getElementById(OUTCOME_ID)?.parentElement;
  if (outcome && outcome.getBoundingClientRect().bottom > innerHeight - SEEN_MARGIN_PX) {
    outcome.scrollIntoView({ block: 'start' });
  }
}
