import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TokenDescription } from '../../core/token/token-description.ts';
import { renderIcon } from '../shared/icon.ts';
import { renderTokenChips } from './token-chips.ts';

/** What kind of token it is and what that means for the reader, before any detail. */
export function renderTokenHeader(token: TokenDescription): TemplateResult {
  return html`
    <h1>${token.title}</h1>
    ${renderTokenChips(token)} ${renderProblems(token.problems)} ${renderAdvice(token)}
    ${renderEvidence(token.evidence)}
  `;
}

function renderProblems(problems: TokenDescription['problems']): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  const hasError = problems.some(({ severity }) => severity === 'error');
  return html`
    <ul class="card edge-${hasError ? 'error' : 'warning'} problems" aria-label="Problems in the token">
      ${problems.map(
        ({ id, severity, text }) => html`
          <li data-problem=${id}>
            ${renderIcon(severity, severity)}
            <p><strong>${severity === 'error' ? 'Error' : 'Warning'}</strong> ${text}</p>
          </li>
        `,
      )}
    </ul>
  `;
}

function renderAdvice({ advice, kind }: TokenDescription): TemplateResult | typeof nothing {
  if (!advice) return nothing;
  const isStopSign = kind === 'microsoftApiToken' || kind === 'encrypted';
  return isStopSign
    ? html`<div class="card edge-info advice">${renderIcon('info', 'info')}<p><strong>Note</strong> ${advice}</p></div>`
    : html`<p class="muted advice">${advice}</p>`;
}

function renderEvidence(evidence: string[]): TemplateResult | typeof nothing {
  if (evidence.length === 0) return nothing;
  return html`
    <details class="evidence">
      <summary>Why we say so</summary>
      <ul class="bullets">
        ${evidence.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </details>
  `;
}
