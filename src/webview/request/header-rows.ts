import { live } from 'lit/directives/live.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { renderIconButton, renderLinkButton } from '../shared/buttons.ts';
import { fieldForHeader } from './form-draft.ts';
import type { RequestView } from './request-view.ts';

const ROWS_ID = 'header-rows';

const HINTS = {
  Token: 'Better as Token above: out of sight, and for this origin only. If both are given, Token wins.',
  Key: 'Better as Key above: kept encrypted, out of sight, and for this origin only. If both are given, Key wins.',
};

/** The headers besides those Authorize sets; folded, with their number. */
export function renderHeaderRows(view: RequestView): TemplateResult {
  const { headers } = view.form;
  const count = headers.filter(({ name }) => name.trim() !== '').length;
  const addRow = () => {
    view.edit({ headers: [...headers, { name: '', value: '' }] }, 'typing');
    focusInRow(headers.length, 'input');
  };
  return html`
    <details class="fold" data-part="headers">
      <summary>Headers ${count > 0 ? html`<span class="muted">${count}</span>` : ''}</summary>
      <ul class="header-rows" id=${ROWS_ID}>${headers.map((_, index) => renderRow(index, view))}</ul>
      ${renderLinkButton('Add Header', addRow)}
    </details>
  `;
}

function renderRow(index: number, view: RequestView): TemplateResult {
  const { headers } = view.form;
  const row = headers[index] ?? { name: '', value: '' };
  const change = (part: 'name' | 'value') => (event: Event) => {
    const text = (event.target as HTMLInputElement).value;
    view.edit(
      { headers: headers.map((header, at) => (at === index ? { ...header, [part]: text } : header)) },
      'typing',
    );
  };
  const remove = () => {
    view.edit({ headers: headers.filter((_, at) => at !== index) }, 'chosen');
    focusInRow(Math.min(index, headers.length - 2), 'button');
  };
  const number = index + 1;
  const hintId = `header-hint-${number}`;
  const field = fieldForHeader(row.name, view.form.authorize);
  return html`
    <li>
      <input
        class="code-field"
        aria-label="Name of header ${number}"
        placeholder="Name"
        spellcheck="false"
        autocomplete="off"
        aria-describedby=${field ? hintId : nothing}
        .value=${live(row.name)}
        @input=${change('name')}
      />
      <input
        class="code-field"
        aria-label="Value of header ${number}"
        placeholder="Value"
        spellcheck="false"
        autocomplete="off"
        .value=${live(row.value)}
        @input=${change('value')}
      />
      ${renderIconButton('close', `Remove header ${row.name || number}`, remove)}
      ${field ? html`<p class="muted small header-hint" id=${hintId}>${HINTS[field]}</p>` : nothing}
    </li>
  `;
}

/** Whoever added or removed a row goes on from there; with no row left, from Add Header. */
function focusInRow(index: number, what: 'input' | 'button'): void {
  const rows = document.getElementById(ROWS_ID);
  const target = rows?.children[index]?.querySelector<HTMLElement>(what);
  const addButton = rows?.parentElement?.querySelector<HTMLElement>('.link-button');
  (target ?? addButton)?.focus();
}
