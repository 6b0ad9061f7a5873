import { html, type TemplateResult } from 'lit/html.js';
import type { ValidationState } from '../../protocol/token-panel.ts';
import { renderButton, renderLinkButton } from '../shared/buttons.ts';
import { renderIcon } from '../shared/icon.ts';
import type { PanelView } from './panel-view.ts';
import { renderReport } from './validation-report.ts';

export const VALIDATION_ID = 'validation';
export const VALIDATION_HEADING_ID = 'validation-heading';

/** Whether the token is genuine and would be accepted: not asked yet, being asked, or answered. */
export function renderValidation(validation: ValidationState, view: PanelView): TemplateResult {
  return html`
    <section id=${VALIDATION_ID} aria-labelledby=${VALIDATION_HEADING_ID} aria-busy=${validation.state === 'running'}>
      <div class="heading-row">
        <h2 id=${VALIDATION_HEADING_ID} tabindex="-1">Validation</h2>
        ${validation.state === 'done' ? renderLinkButton('Validate Again', () => view.post({ type: 'validate' })) : ''}
      </div>
      ${renderBody(validation, view)}
    </section>
  `;
}

function renderBody(validation: ValidationState, view: PanelView): TemplateResult {
  switch (validation.state) {
    case 'notChecked':
      return renderNotChecked(validation.why, view);
    case 'running':
      return renderRunning(validation.profile, view);
    case 'done':
      return renderReport(validation.report, validation.hasChoice, view);
    default:
      return validation satisfies never;
  }
}

function renderNotChecked(why: string | undefined, view: PanelView): TemplateResult {
  return html`
    <div class="card verdict">
      ${renderIcon('unverified', 'muted')}
      <div>
        <h3>Signature not checked</h3>
        ${
          why
            ? html`<p class="muted">${why}</p>`
            : html`<p class="muted">So far the token was only read. Validating checks who signed it and what your API would say.</p>
                <p class="card-actions">${renderButton('Validate', () => view.post({ type: 'validate' }), 'primary')}</p>`
        }
      </div>
    </div>
  `;
}

function renderRunning(profile: string, view: PanelView): TemplateResult {
  return html`
    <div class="card verdict">
      <div class="running-bar" aria-hidden="true"></div>
      ${renderIcon('sync', 'muted')}
      <div>
        <h3>Validating…</h3>
        <p class="muted">Against ${profile}: reading the keys, then running every check.</p>
        <p class="card-actions">${renderButton('Cancel', () => view.post({ type: 'cancel' }))}</p>
      </div>
    </div>
  `;
}
