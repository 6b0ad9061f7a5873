import type { CopyTarget, FromTokenPanel, TokenPanelState, ToTokenPanel } from '../../protocol/token-panel.ts';
import { startPage } from '../shared/page.ts';
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
    if (!before || !isSameToken(before, next)) page.foldAll();
    if (next.validation.state === 'done' && before && before.validation.state !== 'done') {
      page.announce(sayVerdict(next.validation.report));
    }
    keepFocusInValidation(page.draw);
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

function isSameToken(before: TokenPanelState, after: TokenPanelState): boolean {
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
