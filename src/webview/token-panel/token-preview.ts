import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TokenDescription } from '../../core/token/token-description.ts';
import { renderButton } from '../shared/buttons.ts';
import type { PanelView } from './panel-view.ts';

/** The beginnings of header and payload, to recognise the token by, and the buttons that copy it decoded or redacted. */
export function renderTokenPreview(token: TokenDescription, view: PanelView): TemplateResult | typeof nothing {
  const { preview, headerJson, payloadJson } = token;
  if (!preview.header && !preview.payload) return nothing;
  return html`
    <div class="preview">
      <code
        ><span class="visually-hidden">The token begins with </span><span class="preview-header">${preview.header}…</span
        >.<span class="preview-payload">${preview.payload}…</span><span class="muted" aria-hidden="true">.••••</span></code
      >
      <div class="preview-actions">
        ${headerJson ? renderCopyPart('header', view) : nothing}
        ${payloadJson ? renderCopyPart('payload', view) : nothing}
        ${renderCopyPart('redacted', view)} ${renderButton('Compare With…', () => view.post({ type: 'compare' }))}
      </div>
    </div>
  `;
}

const COPY_LABELS = { header: 'Copy Header', payload: 'Copy Payload', redacted: 'Copy Redacted' } as const;

function renderCopyPart(what: keyof typeof COPY_LABELS, view: PanelView): TemplateResult {
  return renderButton(COPY_LABELS[what], () => view.copy({ what }));
}
