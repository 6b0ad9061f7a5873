import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TokenPanelState } from '../../protocol/token-panel.ts';
import { renderClaimSections } from './claim-sections.ts';
import { renderLifetimeBar } from './lifetime-bar.ts';
import type { PanelView } from './panel-view.ts';
import { renderRawJson } from './raw-json.ts';
import { renderTokenHeader } from './token-header.ts';
import { renderTokenPreview } from './token-preview.ts';
import { renderTokenSwitcher } from './token-switcher.ts';
import { renderValidation } from './validation-section.ts';

/** The whole page. Validation comes before the claims in reading order; a wide panel sets it beside them. */
export function renderPanel(state: TokenPanelState, view: PanelView, announcement: string): TemplateResult {
  const { token } = state;
  return html`
    <div class="page">
      <header>
        ${renderTokenSwitcher(state, view)} ${renderTokenHeader(token)}
        ${renderLifetimeBar(token.lifetime, view.nowMs)}
      </header>
      <main>
        ${renderValidation(state.validation, view)}
        <div class="claims">
          ${renderTokenPreview(token, view)} ${renderClaimSections(token.sections, view)}
          ${token.headerJson || token.payloadJson ? renderRawJson(token, view) : nothing}
        </div>
      </main>
    </div>
    <div role="status" class="visually-hidden" id="announcer">${announcement}</div>
  `;
}
