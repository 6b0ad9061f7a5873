import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Prediction } from '../../core/why/explanation.ts';
import type { RequestViewState } from '../../protocol/request-view.ts';
import { renderGatePath } from '../shared/explanation/gate-path.ts';
import { renderNeed } from '../shared/explanation/need-item.ts';
import { renderIcon, type Tone } from '../shared/icon.ts';
import type { RequestView } from './request-view.ts';

const SIGNS: Record<Prediction['verdict'], { icon: string; tone: Tone }> = {
  willBeRefused: { icon: 'warning', tone: 'warning' },
  mayBeRefused: { icon: 'question', tone: 'warning' },
  nothingAgainstIt: { icon: 'info', tone: 'muted' },
  nothingKnown: { icon: 'question', tone: 'muted' },
};

/** What is known before sending: one line under the form, the path and what is not known folded below it. */
export function renderPrediction(
  { prediction, targetNotes = [] }: RequestViewState,
  view: RequestView,
): TemplateResult | typeof nothing {
  if (!prediction) return nothing;
  const { verdict, text, path, needs } = prediction;
  const { icon, tone } = SIGNS[verdict];
  const line = html`${renderIcon(icon, tone)}<span>${text}</span>`;
  const isFoldable = path.length > 0 || needs.length > 1;
  return html`
    <section class="prediction small" data-verdict=${verdict} aria-label="Before sending">
      ${
        isFoldable
          ? html`<details class="fold">
              <summary>${line}</summary>
              ${path.length > 0 ? renderGatePath(path, view) : nothing} ${renderNeeds(needs, view)}
            </details>`
          : html`<p class="prediction-line">${line}</p>
              ${renderNeeds(needs, view)}`
      }
      ${targetNotes.map((note) => html`<p class="prediction-line">${renderIcon('info', 'info')}<span>${note}</span></p>`)}
    </section>
  `;
}

function renderNeeds(needs: Prediction['needs'], view: RequestView): TemplateResult | typeof nothing {
  if (needs.length === 0) return nothing;
  return html`
    <ul class="prediction-needs">
      ${needs.map((need) => renderNeed(need, view))}
    </ul>
  `;
}
