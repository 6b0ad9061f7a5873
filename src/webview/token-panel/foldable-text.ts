import { html, type TemplateResult } from 'lit/html.js';
import { nameLength } from '../shared/shorten.ts';
import type { PanelView } from './panel-view.ts';

const FOLD_ABOVE = 400;
const CHARACTERS_SHOWN = 240;

/** A text as it is; a very long one is cut until the reader asks for all of it, so that drawing stays fast. */
export function renderFoldableText(id: string, text: string, name: string, view: PanelView): TemplateResult {
  if (text === '') return html`<span class="muted">empty</span>`;
  if (text.length <= FOLD_ABOVE) return html`<span class="mono value-text">${text}</span>`;
  const label = `Show all (${nameLength(text)})`;
  return view.isUnfolded(id)
    ? html`<pre class="unfolded-text" tabindex="0" role="group" aria-label=${name}>${text}</pre>
        ${renderFoldButton(id, label, name, view)}`
    : html`<span class="mono value-text">${text.slice(0, CHARACTERS_SHOWN)}…</span>
        ${renderFoldButton(id, label, name, view)}`;
}

export function renderFoldButton(id: string, showLabel: string, name: string, view: PanelView): TemplateResult {
  const isUnfolded = view.isUnfolded(id);
  return html`<button type="button" class="link-button" aria-expanded=${isUnfolded} @click=${() => view.toggleFold(id)}
    >${isUnfolded ? 'Show less' : showLabel}<span class="visually-hidden"> of ${name}</span></button
  >`;
}
