import { html, nothing, type TemplateResult } from 'lit/html.js';
import { renderFoldableText, renderFoldButton } from '../shared/foldable-text.ts';
import type { Folds } from '../shared/folds.ts';
import { shortenMiddle } from '../shared/shorten.ts';

const HEADERS_SHOWN = 50;
const MAX_NAME_LENGTH = 80;

interface ShownHeader {
  name: string;
  value: string;
  masked?: boolean;
}

/** Headers in the order they came; a masked value is a row of dots, and says so. */
export function renderHeaderList(id: string, headers: ShownHeader[], folds: Folds): TemplateResult {
  const foldId = `headers:${id}`;
  const shown = folds.isUnfolded(foldId) ? headers : headers.slice(0, HEADERS_SHOWN);
  if (headers.length === 0) return html`<p class="muted">No headers</p>`;
  return html`
    <dl class="header-list">${shown.map((header, index) => renderHeader(`${foldId}:${index}`, header, folds))}</dl>
    ${
      headers.length > HEADERS_SHOWN
        ? renderFoldButton(foldId, `Show all ${headers.length}`, 'headers', folds)
        : nothing
    }
  `;
}

function renderHeader(id: string, { name, value, masked }: ShownHeader, folds: Folds): TemplateResult {
  const shownName = shortenMiddle(name, MAX_NAME_LENGTH);
  return html`
    <div data-header=${shownName.toLowerCase()}>
      <dt class="mono">${shownName}</dt>
      <dd>
        ${renderFoldableText(id, value, shownName, folds)}
        ${masked ? html`<span class="muted small">masked</span>` : nothing}
      </dd>
    </div>
  `;
}
