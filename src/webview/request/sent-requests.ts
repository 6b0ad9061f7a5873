import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { RequestResult } from '../../protocol/request-view.ts';
import { renderFoldableText } from '../shared/foldable-text.ts';
import { renderHeaderList } from './header-list.ts';
import type { RequestView } from './request-view.ts';

type SentRequest = RequestResult['sent'][number];

/** What really left, secrets masked: one block a request, for a redirect makes another one. */
export function renderSentRequests(sent: SentRequest[], view: RequestView): TemplateResult {
  return html`
    <details class="fold" data-part="sent">
      <summary>Request as sent ${sent.length > 1 ? html`<span class="muted">${sent.length}</span>` : nothing}</summary>
      <ol class="stack sent" role="list">${sent.map((request, index) => renderSent(request, index, sent.length, view))}</ol>
    </details>
  `;
}

function renderSent({ line, headers, body }: SentRequest, index: number, count: number, view: RequestView) {
  const id = `sent:${index}`;
  return html`
    <li>
      ${count > 1 ? html`<p class="muted small">${index === 0 ? 'First' : 'Then, after a redirect'}</p>` : nothing}
      <p class="sent-line">${renderFoldableText(`${id}:line`, line, 'request line', view)}</p>
      ${renderHeaderList(id, headers, view)}
      ${body ? html`<div class="sent-body">${renderFoldableText(`${id}:body`, body, 'body sent', view)}</div>` : nothing}
    </li>
  `;
}
