import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Confidence } from '../../../core/gates/evidence.ts';
import type { ExplainedCause, TokenPair } from '../../../core/why/explanation.ts';
import { renderLinkButton } from '../buttons.ts';
import { hostOfSource } from '../web-source.ts';
import type { ExplanationView } from './explanation-view.ts';
import { renderFixes } from './fixes.ts';
import { renderTokenPair } from './token-pair.ts';

/** The best cause open: what it is, token beside target, the fix. What it rests on and the other causes are folded below. */
export function renderCauses(
  [best, ...others]: ExplainedCause[],
  pair: TokenPair | undefined,
  view: ExplanationView,
): TemplateResult | typeof nothing {
  if (!best) return pair ? renderTokenPair(pair, view) : nothing;
  return html`
    <section class="card cause ${edgeOf(best.confidence)}" data-cause=${best.id} aria-labelledby="best-cause">
      <div class="cause-title">
        <h3 id="best-cause">${best.title}</h3>
        ${renderConfidence(best.confidence)}
      </div>
      <p class="means">${best.means}</p>
      ${pair ? renderTokenPair(pair, view) : nothing} ${renderFixes(best, true, view)}
    </section>
    ${renderGrounds(best, view)}
    ${
      others.length > 0
        ? html`<details class="fold other-causes">
            <summary>${others.length === 1 ? 'Another possible cause' : `${others.length} other possible causes`}</summary>
            <div class="stack">${others.map((cause) => renderFoldedCause(cause, view))}</div>
          </details>`
        : nothing
    }
  `;
}

function renderFoldedCause(cause: ExplainedCause, view: ExplanationView): TemplateResult {
  return html`
    <details class="card cause" data-cause=${cause.id}>
      <summary><span class="folded-title">${cause.title}</span> ${renderConfidence(cause.confidence)}</summary>
      <p class="means">${cause.means}</p>
      ${renderFixes(cause, false, view)} ${renderGrounds(cause, view)}
    </details>
  `;
}

/** What the cause rests on, what it is not, and where to read more. */
function renderGrounds(cause: ExplainedCause, view: ExplanationView): TemplateResult | typeof nothing {
  const { evidence, rejected, source, title } = cause;
  const host = hostOfSource(source);
  if (evidence.length + rejected.length === 0 && !host) return nothing;
  return html`
    <div class="grounds">
      ${
        evidence.length > 0
          ? html`<details class="fold evidence">
              <summary>Evidence <span class="muted">${evidence.length}</span></summary>
              <ul class="bullets small evidence-list">${evidence.map((line) => html`<li>${line}</li>`)}</ul>
            </details>`
          : nothing
      }
      ${
        rejected.length > 0
          ? html`<details class="fold rejected">
              <summary>Ruled out <span class="muted">${rejected.length}</span></summary>
              <ul class="bullets small">
                ${rejected.map((one) => html`<li data-rejected=${one.id}><strong>${one.title}</strong>: ${one.why}</li>`)}
              </ul>
            </details>`
          : nothing
      }
      ${
        host && source
          ? html`<p class="cause-source">
              ${renderLinkButton(`Read More on ${host}`, () => view.openSource(source), `about ${title}`)}
            </p>`
          : nothing
      }
    </div>
  `;
}

function renderConfidence(confidence: Confidence): TemplateResult {
  return html`<span class="pill" data-confidence=${confidence}
    ><span class="visually-hidden">This cause is </span>${confidence}</span
  >`;
}

function edgeOf(confidence: Confidence): string {
  return confidence === 'possible' ? 'edge-warning' : 'edge-error';
}
