import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { CauseId, Confidence } from '../../../core/gates/gate.ts';
import type { ExplainedCause } from '../../../core/why/explanation.ts';
import { renderButton, renderLinkButton } from '../buttons.ts';
import { hostOfSource } from '../web-source.ts';
import type { ExplanationView, MissingKey } from './explanation-view.ts';
import { renderFixes } from './fixes.ts';

const MISSING_KEYS: Partial<Record<CauseId, MissingKey>> = {
  'function-key-missing': 'functions',
  'apim-subscription-key-missing': 'subscription',
};

/** The best cause open, its fix before the evidence; the others folded below it. */
export function renderCauses(
  [best, ...others]: ExplainedCause[],
  view: ExplanationView,
): TemplateResult | typeof nothing {
  if (!best) return nothing;
  return html`
    <section class="card cause ${edgeOf(best.confidence)}" data-cause=${best.id} aria-labelledby="best-cause">
      <div class="cause-title">
        <h3 id="best-cause">${best.title}</h3>
        ${renderConfidence(best.confidence)}
      </div>
      ${renderCause(best, view)}
    </section>
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
      ${renderCause(cause, view)}
    </details>
  `;
}

function renderCause(cause: ExplainedCause, view: ExplanationView): TemplateResult {
  const { source, means, evidence } = cause;
  const sourceHost = hostOfSource(source);
  return html`
    <p class="means">${means}</p>
    ${renderFixes(cause.fixes, renderEnterKey(cause, view))}
    ${
      evidence.length > 0
        ? html`<div>
            <h4 class="label">Evidence</h4>
            <ul class="bullets small evidence-list">${evidence.map((line) => html`<li>${line}</li>`)}</ul>
          </div>`
        : nothing
    }
    ${renderRejected(cause.rejected)}
    ${
      sourceHost && source
        ? html`<p class="cause-source">
            ${renderLinkButton(`Read More on ${sourceHost}`, () => view.openSource(source), `about ${cause.title}`)}
          </p>`
        : nothing
    }
  `;
}

/** What the extension can do of the fix itself. */
function renderEnterKey({ id }: ExplainedCause, view: ExplanationView): TemplateResult | typeof nothing {
  const kind = MISSING_KEYS[id];
  if (!kind || !view.enterKey) return nothing;
  return html`<p>${renderButton('Enter Key…', () => view.enterKey?.(kind))}</p>`;
}

function renderRejected(rejected: ExplainedCause['rejected']): TemplateResult | typeof nothing {
  if (rejected.length === 0) return nothing;
  return html`
    <details class="fold rejected">
      <summary>Ruled out <span class="muted">${rejected.length}</span></summary>
      <ul class="bullets small">
        ${rejected.map(({ id, title, why }) => html`<li data-rejected=${id}><strong>${title}</strong>: ${why}</li>`)}
      </ul>
    </details>
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
