import type { FromSignInPanel, SetUpFields, SignInPanelState, ToSignInPanel } from '../../protocol/sign-in-panel.ts';
import { startPage } from '../shared/page.ts';
import { OPEN_ID } from './code-page.ts';
import { renderSignIn } from './sign-in-page.ts';
import type { SignInView } from './sign-in-view.ts';
import './sign-in.css';

const TICK_MS = 1_000;
const TYPING_PAUSE_MS = 300;

let fields: SetUpFields | undefined;
let revision = -1;
let editTimer: ReturnType<typeof setTimeout> | undefined;

const page = startPage<FromSignInPanel, ToSignInPanel>({
  render: (state, announcement) => renderSignIn(state, view, announcement),
  receive(next, before) {
    if (next.page === 'setUp' && next.revision !== revision) {
      ({ fields, revision } = next);
      clearTimeout(editTimer);
    }
    const news = sayWhatIsNew(next);
    if (news !== '' && (!before || news !== sayWhatIsNew(before))) page.announce(news);
    const wasOnButton = document.activeElement instanceof HTMLButtonElement;
    page.draw();
    if (next.page === 'setUp' && before?.page === 'setUp' && next.check.state !== before.check.state) {
      showCheck(wasOnButton);
    }
    if (next.page === 'code' && before?.page !== 'code') document.getElementById(OPEN_ID)?.focus();
  },
  tickMs: TICK_MS,
});

const view: SignInView = {
  get nowMs() {
    return page.nowMs;
  },
  get fields() {
    return fields;
  },
  edit(change) {
    if (!fields) return;
    fields = { ...fields, ...change };
    clearTimeout(editTimer);
    editTimer = setTimeout(flushEdit, change.way || change.api ? 0 : TYPING_PAUSE_MS);
    page.draw();
  },
  post(message) {
    flushEdit();
    page.post(message);
  },
  copied(message, announcement) {
    page.post(message);
    page.announce(announcement);
    page.draw();
  },
  copyCommand: (command) => view.copied({ type: 'copyCommand', command }, 'Copied the command'),
  openLookUp: () => page.post({ type: 'openLookUp' }),
};

function flushEdit(): void {
  if (editTimer === undefined || !fields) return;
  clearTimeout(editTimer);
  editTimer = undefined;
  page.post({ type: 'edit', fields });
}

/** What came of the first sign-in stands at the end of a long page; the button that led to it has gone. */
function showCheck(wasOnButton: boolean): void {
  const outcome = document.querySelector('[data-check], .trouble');
  outcome?.scrollIntoView({ block: 'center' });
  const isLost = wasOnButton && document.activeElement === document.body;
  if (isLost) document.querySelector<HTMLButtonElement>('#check-heading ~ .card-actions button')?.focus();
}

function sayWhatIsNew(state: SignInPanelState): string {
  switch (state.page) {
    case 'code':
      return `Enter the code ${[...state.userCode].join(' ')}`;
    case 'failure':
      return `Signing in failed. ${state.trouble.cause}`;
    case 'setUp':
      if (state.check.state === 'running') return state.check.text;
      if (state.check.state === 'failed') return `Signing in failed. ${state.check.trouble.cause}`;
      return state.check.state === 'passed' ? `Signed in as ${state.check.account}` : '';
    default:
      return state satisfies never;
  }
}
