import type { CopyTarget, FromTokenPanel, PanelState, ToTokenPanel } from '../../protocol/token-panel.ts';
import { startPage } from '../shared/page.ts';
import { sayDifferences } from './comparison-page.ts';
import { sayProgress } from './list-page.ts';
import { renderPanel } from './panel-page.ts';
import { idOfCopyTarget, nameCopyTarget, type PanelView } from './panel-view.ts';
import { sayVerdict } from './validation-report.ts';
import { VALIDATION_HEADING_ID, VALIDATION_ID } from './validation-section.ts';
import './token-panel.css';

const TICK_MS = 1000;
const COPIED_SIGN_MS = 1500;

let copiedId: string | undefined;
let copiedTimer: ReturnType<typeof setTimeout> | undefined;

const page = startPage<FromTokenPanel, ToTokenPanel>({
  render: (state, announcement) => renderPanel(state, view, announcement),
  receive(next, before) {
    if (!before || !isSame(before, next)) page.foldAll();
    const news = newsOf(before, next);
    if (news !== undefined) page.announce(news);
    if (before && before.page !== next.page) {
      page.draw();
      scrollTo(0, 0);
    } else keepFocusInValidation(page.draw);
  },
  tickMs: TICK_MS,
});

const view: PanelView = {
  ...page.folds,
  get nowMs() {
    return page.nowMs;
  },
  post: page.post,
  copy,
  isCopied: (target) => copiedId === idOfCopyTarget(target),
};

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

function copy(target: CopyTarget): void {
  page.post({ type: 'copy', target });
  copiedId = idOfCopyTarget(target);
  page.announce(`Copied ${nameCopyTarget(target)}`);
  clearTimeout(copiedTimer);
  copiedTimer = setTimeout(() => {
    copiedId = undefined;
    page.draw();
  }, COPIED_SIGN_MS);
  page.draw();
}

/** Validate, Cancel and the report replace each other: who stood on one with the keyboard stays in the section. */
function keepFocusInValidation(change: () => void): void {
  const hadFocus = document.getElementById(VALIDATION_ID)?.contains(document.activeElement) ?? false;
  change();
  const hasFocus = document.getElementById(VALIDATION_ID)?.contains(document.activeElement) ?? false;
  if (hadFocus && !hasFocus) document.getElementById(VALIDATION_HEADING_ID)?.focus();
}
