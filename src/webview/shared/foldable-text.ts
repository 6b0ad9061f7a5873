import { html, type TemplateResult } from 'lit/html.js';
import type { Folds } from './folds.ts';
import { nameLength } from './shorten.ts';

const FOLD_ABOVE = 400;
const CHARACTERS_SHOWN = 240;

/** A text as it is; a very long one is cut until the reader asks for all of it, so that drawing stays fast. */
export function renderFoldableText(id: string, text: string, name: string, folds: Folds): TemplateResult {
  if (text === '') return html`<span class="muted">empty</span>`;
  if (text.length <= FOLD_ABOVE) return html`<span class="mono value-text">${text}</span>`;
  const label = `Show all (${nameLength(text)})`;
  return folds.isUnfolded(id)
    ? html`<pre class="unfolded-text" tabindex="0" role="group" aria-label=${name}>${text}</pre>
        ${renderFoldButton(id, label, name, folds)}`
    : html`<span class="mono value-text">${text.slice(0, CHARACTERS_SHOWN)}…</span>
        ${renderFoldButton(id, label, name, folds)}`;
}

export function renderFoldButton(id: string, showLabel: string, name: string, folds: Folds): TemplateResult {
  const isUnfolded = folds.isUnfolded(id);
  return html`<button type="button" class="link-button" aria-expanded=${isUnfolded} @click=${() => folds.toggleFold(id)}
    >${isUnfolded ? 'Show less' : showLabel}<span class="visually-hidden"> of ${name}</span></button
  >`;
}
