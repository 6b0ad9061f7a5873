import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Explanation } from '../../../core/why/explanation.ts';
import { renderLinkButton } from '../buttons.ts';
import { renderIcon } from '../icon.ts';
import { renderCauses } from './cause-card.ts';
import type { ExplanationView } from './explanation-view.ts';
import { renderGatePath } from './gate-path.ts';
import { renderNeed } from './need-item.ts';

/** The answer in the order it is needed: the path as a picture, what does not fit, the causes, what is not known. */
export function renderExplanation(explanation: Explanation, view: ExplanationView): TemplateResult {
  const { path, pair, causes, needs } = explanation;
  return html`
    <div class="explanation">
      ${
        path.length > 0
          ? renderGatePath(path, view)
          : html`<p class="muted no-path">${renderIcon('question', 'muted')}
              <span>Nothing is known about this target, so there are no gates to show.</span></p>`
      }
      ${renderCauses(causes, pair, view)}
      ${needs.length > 0 ? renderNeeds(needs, view) : nothing}
      ${view.copyReport ? html`<p>${renderLinkButton('Copy Report', () => view.copyReport?.())}</p>` : nothing}
    </div>
  `;
}

function renderNeeds(needs: Explanation['needs'], view: ExplanationView): TemplateResult {
  return html`
    <section class="needs" aria-labelledby="needs-heading">
      <h3 class="label" id="needs-heading">To be surer</h3>
      <ul class="bullets">
        ${needs.map((need) => renderNeed(need, view))}
      </ul>
    </section>
  `;
}
