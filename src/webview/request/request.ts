import type { FromRequestView, RequestForm, RequestViewState, ToRequestView } from '../../protocol/request-view.ts';
import type { FixPlace, MissingKey } from '../shared/explanation/explanation-view.ts';
import { startPage } from '../shared/page.ts';
import { kindForMissing, withKeyKind, withSecretsOf } from './form-draft.ts';
import { sayProblem } from './problem-card.ts';
import { renderRequestPage } from './request-page.ts';
import { CANCEL_ID, OUTCOME_ID, RESULT_ID, type RequestView, SEND_ID, URL_ID } from './request-view.ts';
import { sayOutcome } from './result-section.ts';
import './request.css';

const TICK_MS = 10_000;
const TYPING_PAUSE_MS = 300;
/** An outcome below this much of the window's lower edge is scrolled to, as is one above the window. */
const SEEN_MARGIN_PX = 160;

let form: RequestForm;
let editTimer: ReturnType<typeof setTimeout> | undefined;
let urlFault: string | undefined;
let resultNumber = 0;

const page = startPage<FromRequestView, ToRequestView>({
  render: (state, announcement) => renderRequestPage(state, view, announcement),
  receive: receiveState,
  tickMs: TICK_MS,
});

const view: RequestView = {
  ...page.folds,
  get nowMs() {
    return page.nowMs;
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
  enterKey,
  copyReport,
  copyValue,
  applyFix: (place) => post({ type: 'applyFix', ...place }),
  probe: () => post({ type: 'probe' }),
  openPolicy: (line) => post({ type: 'openPolicy', line }),
  openSource: (url) => post({ type: 'openSource', url }),
  openSettings: (setting) => post({ type: 'openSettings', setting }),
};

// A view in the sidebar may be gone before the pause is over: leaving it or a field is a pause, too.
document.addEventListener('visibilitychange', flushEdit);
document.addEventListener('focusout', flushEdit);
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  send();
});

function receiveState(next: RequestViewState, before: RequestViewState | undefined): void {
  if (before?.formRevision === next.formRevision) form = withSecretsOf(form, next.form);
  else adoptForm(next.form);
  const hasNewResult = JSON.stringify(before?.result) !== JSON.stringify(next.result);
  if (hasNewResult) {
    resultNumber += 1;
    page.foldAll();
  }
  const progress = sayProgress(next);
  if (progress !== '' && progress !== sayProgress(before)) page.announce(progress);
  const isEnded = before?.sending === true && !next.sending;
  const isAnswered = isEnded && next.result !== undefined && hasNewResult;
  const hasNewProblem = before !== undefined && JSON.stringify(before.problem) !== JSON.stringify(next.problem);
  if (next.problem && hasNewProblem) page.announce(sayProblem(next.problem));
  else if (isAnswered && next.result) page.announce(sayOutcome(next.result));
  keepFocus(page.draw);
  if (isAnswered || (next.problem && hasNewProblem)) showOutcome();
}

function sayProgress(of: RequestViewState | undefined): string {
  return [of?.progress?.text, of?.progress?.hint].filter((part) => part !== undefined).join(' ');
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
  page.draw();
}

function flushEdit(): void {
  if (editTimer === undefined) return;
  clearTimeout(editTimer);
  editTimer = undefined;
  page.post({ type: 'edit', form });
}

function send(): void {
  const { state } = page;
  if (!state || state.sending || state.blocked) return;
  if (form.url.trim() === '') {
    urlFault = 'Enter the URL to call.';
    page.draw();
    document.getElementById(URL_ID)?.focus();
    return;
  }
  clearTimeout(editTimer);
  editTimer = undefined;
  page.post({ type: 'send', form });
}

function copyReport(): void {
  post({ type: 'copyReport' });
  page.announce('Copied the report');
  page.draw();
}

function copyValue(place: FixPlace): void {
  post({ type: 'copyValue', ...place });
  page.announce('Copied the value');
  page.draw();
}

/** The host keeps a key for the kind that the form names. */
function enterKey(missing: MissingKey): void {
  const kind = kindForMissing(missing, form.authorize);
  if (kind !== form.authorize.key) edit({ authorize: withKeyKind(form.authorize, kind) }, 'chosen');
  post({ type: 'enterKey' });
}

function post(message: FromRequestView): void {
  flushEdit();
  page.post(message);
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

/** Under a long form, or after a fix pressed far down an answer, the outcome would stay out of sight. */
function showOutcome(): void {
  const outcome = document.getElementById(OUTCOME_ID)?.parentElement;
  if (!outcome) return;
  const { top, bottom } = outcome.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight - SEEN_MARGIN_PX) outcome.scrollIntoView({ block: 'start' });
}
