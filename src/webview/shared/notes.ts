import { html, type TemplateResult } from 'lit/html.js';
import { renderIcon } from './icon.ts';

/** Things the reader must know about what is shown. */
export function renderNotes(notes: string[]): TemplateResult {
  return html`
    <ul class="notes" aria-label="Notes">
      ${notes.map((note) => html`<li>${renderIcon('info', 'info')}<span>${note}</span></li>`)}
    </ul>
  `;
}
