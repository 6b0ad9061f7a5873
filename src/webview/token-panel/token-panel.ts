import { render } from 'lit/html.js';
import type { CopyTarget, FromTokenPanel, PanelState, ToTokenPanel } from '../../protocol/token-panel.ts';
import { connectHost } from '../shared/vscode-api.ts';
import { sayDifferences } from './comparison-page.ts';
import { sayProgress } from './list-page.ts';
import { renderPanel } from './panel-page.ts';
import { idOfCopyTarget, nameCopyTarget, type PanelView } from './panel-view.ts';
import { sayVerdict } from './validation-report.ts';
import { VALIDATION_HEADING_ID, VALIDATION_ID } from './validation-section.ts';
import './token-panel.css';

const TICK_MS = 1000;
const COPIED_SIGN_MS = 1500;

const root = document.body.appendChild(document.createElement('div'));
const unfolded = new Set<string>();
let state: PanelState | undefined;
let hostClockAheadMs = 0;
let copiedId: string | undefined;
let copiedTimer: ReturnType<typeof setTimeout> | undefined;
let announcement = '';

const host = connectHost<FromTokenPanel, ToTokenPanel>((message) => {
  switch (message.type) {
    case 'state':
      receiveState(message.state);
      break;
    default:
      message.type satisfies never;
  }
});

const view: PanelView = {
  get nowMs() {
    return Date.now() + hostClockAheadMs;
  },
  post: host.post,
  copy,
  isCopied: (target) => copiedId === idOfCopyTarget(target),
  isUnfolded: (id) => unfolded.has(id),
  toggleFold: (id) => {
    if (!unfolded.delete(id)) unfolded.add(id);
    draw();
  },
};

setInterval(drawIfVisible, TICK_MS);
document.addEventListener('visibilitychange', drawIfVisible);
host.post({ type: 'ready' });

function receiveState(next: PanelState): void {
  const isSamePage = state !== undefined && isSame(state, next);
  if (!isSamePage) unfolded.clear();
  const news = newsOf(state, next);
  if (news !== undefined) announce(news);
  const isNewKind = state !== undefined && state.page !== next.page;
  state = next;
  hostClockAheadMs = next.nowMs - Date.now();
  if (isNewKind) {
    draw();
    scrollTo(0, 0);
  } else keepFocusInValidation(draw);
}

/** What a screen reader is told, since it happened without the reader's doing. */
function newsOf(before: PanelState | undefined, after: PanelState): string | undefined {
  if (after.page === 'comparison') return before?.page === 'comparison' ? undefined : sayDifferences(after);
  if (after.page === 'list') {
    const isDone = !after.running && before?.page === 'list' && before.running;
    return isDone ? sayProgress(after) : undefined;
  }
  const isNewReport =
    after.validation.state === 'done' && before?.page === 'token' && before.validation.state !== 'done';
  return isNewReport && after.validation.state === 'done' ? sayVerdict(after.validation.report) : undefined;
}

function isSame(before: PanelState, after: PanelState): boolean {
  if (before.page !== 'token' || after.page !== 'token') return before.page === after.page;
  const [a, b] = [before.token.preview, after.token.preview];
  return before.selected === after.selected && a.header === b.header && a.payload === b.payload;
}

function draw(): void {
  if (state) render(renderPanel(state, view, announcement), root);
}

function drawIfVisible(): void {
  if (document.visibilityState === 'visible') draw();
}

function copy(target: CopyTarget): void {
  host.post({ type: 'copy', target });
  copiedId = idOfCopyTarget(target);
  announce(`Copied ${nameCopyTarget(target)}`);
  clearTimeout(copiedTimer);
  copiedTimer = setTimeout(() => {
    copiedId = undefined;
    draw();
  }, COPIED_SIGN_MS);
  draw();
}

/** A live region is read when its text changes: a repeated text gets an invisible difference. */
function announce(text: string): void {
  announcement = text === announcement ? `${text}\u00a0` : text;
}

/** Validate, Cancel and the report replace each other: who stood on one with the keyboard stays in the section. */
function keepFocusInValidation(change: () => void): void {
  const hadFocus = document.getElementById(VALIDATION_ID)?.contains(document.activeElement) ?? false;
  change();
  const hasFocus = document.getElementById(VALIDATION_ID)?.contains(document.activeElement) ?? false;
  if (hadFocus && !hasFocus) document.getElementById(VALIDATION_HEADING_ID)?.focus();
}
