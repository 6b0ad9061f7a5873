import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TokenDescription } from '../../core/token/token-description.ts';
import { renderButton } from '../shared/buttons.ts';
import type { PanelView } from './panel-view.ts';

/** The beginnings of header and payload, to recognise the token by, and what can be done with the whole of it. */
export function renderTokenPreview(token: TokenDescription, view: PanelView): TemplateResult | typeof nothing {
  const { preview } = token;
  if (!preview.header && !preview.payload) return nothing;
  return html`
    <div class="preview">
      <code
        ><span class="visually-hidden">The token begins with </span><span class="preview-header">${preview.header}…</span
        >.<span class="preview-payload">${preview.payload}…</span><span class="muted" aria-hidden="true">.••••</span></code
      >
      <div class="preview-actions">
        ${renderButton('Copy Redacted', () => view.copy({ what: 'redacted' }))}
        ${renderButton('Compare With…', () => view.post({ type: 'compare' }))}
      </div>
    </div>
  `;
}
