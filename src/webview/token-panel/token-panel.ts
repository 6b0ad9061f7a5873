import { render } from 'lit/html.js';
import type { CopyTarget, FromTokenPanel, TokenPanelState, ToTokenPanel } from '../../protocol/token-panel.ts';
import { connectHost } from '../shared/vscode-api.ts';
import { renderPanel } from './panel-page.ts';
import { idOfCopyTarget, nameCopyTarget, type PanelView } from './panel-view.ts';
import { sayVerdict } from './validation-report.ts';
import { VALIDATION_HEADING_ID, VALIDATION_ID } from './validation-section.ts';
import './token-panel.css';

const TICK_MS = 1000;
const COPIED_SIGN_MS = 1500;

const root = document.body.appendChild(document.createElement('div'));
const unfolded = new Set<string>();
let state: TokenPanelState | undefined;
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

function receiveState(next: TokenPanelState): void {
  if (!state || !isSameToken(state, next)) unfolded.clear();
  if (next.validation.state === 'done' && state && state.validation.state !== 'done') {
    announce(sayVerdict(next.validation.report));
  }
  state = next;
  hostClockAheadMs = next.nowMs - Date.now();
  keepFocusInValidation(draw);
}

function isSameToken(before: TokenPanelState, after: TokenPanelState): boolean {
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
