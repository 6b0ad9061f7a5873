import { keyed } from 'lit/directives/keyed.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ExplanationPanelState } from '../../protocol/explanation-panel.ts';
import { renderButton } from '../shared/buttons.ts';
import { renderExplanation } from '../shared/explanation/explanation-section.ts';
import type { ExplanationView } from '../shared/explanation/explanation-view.ts';
import { renderFoldButton } from '../shared/foldable-text.ts';
import { renderNotes } from '../shared/notes.ts';

const SOURCE_SHOWN = 4000;
const SOURCE_FOLD_ID = 'source';

export interface ExplanationPage {
  state: ExplanationPanelState;
  /** Raised with every new text, so that its folds begin afresh. */
  explanationNumber: number;
  announcement: string;
  copyReport(): void;
}

/** A pasted refusal explained: the same picture as under a request, and the text it was read from. */
export function renderExplanationPage(page: ExplanationPage, view: ExplanationView): TemplateResult {
  const { explanation, exchanges, notes, sourceText, canCopyReport } = page.state;
  return html`
    <main class="page">
      <header>
        <h1>${explanation.headline}</h1>
        ${sourceText === '' ? nothing : html`<p class="muted">${sayWhatWasRead(exchanges)}</p>`}
        ${canCopyReport ? html`<p class="page-actions">${renderButton('Copy Report', page.copyReport)}</p>` : nothing}
      </header>
      ${notes.length > 0 ? renderNotes(notes) : nothing}
      <section aria-labelledby="why">
        <h2 class="visually-hidden" id="why">Why</h2>
        ${keyed(page.explanationNumber, renderExplanation(explanation, view))}
      </section>
      ${sourceText === '' ? nothing : renderSource(sourceText, view)}
    </main>
    <div role="status" class="visually-hidden" id="announcer">${page.announcement}</div>
  `;
}

function sayWhatWasRead(exchanges: number): string {
  if (exchanges === 0) return 'Read from a text that is no HTTP answer.';
  return exchanges === 1 ? 'Read from one answer.' : `Read from ${exchanges} answers, in their order.`;
}

function renderSource(text: string, view: ExplanationView): TemplateResult {
  const isCut = text.length > SOURCE_SHOWN && !view.isUnfolded(SOURCE_FOLD_ID);
  return html`
    <details class="fold" data-part="source">
      <summary>Text that was read <span class="muted">· secrets masked</span></summary>
      <pre class="text-block" tabindex="0" role="group" aria-label="Text that was read">${
        isCut ? `${text.slice(0, SOURCE_SHOWN)}…` : text
      }</pre>
      ${text.length > SOURCE_SHOWN ? renderFoldButton(SOURCE_FOLD_ID, 'Show all', 'the text', view) : nothing}
    </details>
  `;
}
