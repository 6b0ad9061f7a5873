import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PanelState, TokenPanelState } from '../../protocol/token-panel.ts';
import { renderClaimSections } from './claim-sections.ts';
import { renderComparison } from './comparison-page.ts';
import { renderLifetimeBar } from './lifetime-bar.ts';
import { renderList } from './list-page.ts';
import type { PanelView } from './panel-view.ts';
import { renderRawJson } from './raw-json.ts';
import { renderTokenHeader } from './token-header.ts';
import { renderTokenPreview } from './token-preview.ts';
import { renderTokenSwitcher } from './token-switcher.ts';
import { renderValidation } from './validation-section.ts';

/** The whole page, and what screen readers are told of it. */
export function renderPanel(state: PanelState, view: PanelView, announcement: string): TemplateResult {
  return html`
    ${renderPage(state, view)}
    <div role="status" class="visually-hidden" id="announcer">${announcement}</div>
  `;
}

function renderPage(state: PanelState, view: PanelView): TemplateResult {
  switch (state.page) {
    case 'token':
      return renderToken(state, view);
    case 'list':
      return renderList(state, view);
    case 'comparison':
      return renderComparison(state, view);
    default:
      return state satisfies never;
  }
}

/** Validation comes before the claims in reading order; a wide panel sets it beside them. */
function renderToken(state: TokenPanelState, view: PanelView): TemplateResult {
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
  `;
}
