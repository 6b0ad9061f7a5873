import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TokenDescription } from '../../core/token/token-description.ts';
import { renderIconButton } from '../shared/buttons.ts';
import { renderFoldButton } from '../shared/foldable-text.ts';
import type { PanelView } from './panel-view.ts';

const FOLD_ABOVE = 20_000;

/** Header and payload as JSON, folded, each with a button that copies it. */
export function renderRawJson({ headerJson, payloadJson }: TokenDescription, view: PanelView): TemplateResult {
  return html`
    <details class="fold" data-section="json">
      <summary><h2>Raw JSON</h2></summary>
      ${headerJson ? renderPart('header', headerJson, view) : nothing}
      ${payloadJson ? renderPart('payload', payloadJson, view) : nothing}
    </details>
  `;
}

const TITLES = { header: 'Header', payload: 'Payload' } as const;

function renderPart(what: keyof typeof TITLES, json: string, view: PanelView): TemplateResult {
  const title = TITLES[what];
  const id = `json:${title}`;
  const isCut = json.length > FOLD_ABOVE && !view.isUnfolded(id);
  return html`
    <div class="json-title">
      <h3>${title}</h3>
      ${renderIconButton(view.isCopied({ what }) ? 'check' : 'copy', `Copy ${title}`, () => view.copy({ what }))}
    </div>
    <pre class="json" tabindex="0" role="group" aria-label="${title} as JSON">${isCut ? `${json.slice(0, FOLD_ABOVE)}…` : json}</pre>
    ${json.length > FOLD_ABOVE ? renderFoldButton(id, 'Show all', `${title} as JSON`, view) : nothing}
  `;
}
