import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SentRequest } from '../../protocol/request-view.ts';
import { renderFoldableText } from '../shared/foldable-text.ts';
import { renderHeaderList } from './header-list.ts';
import type { RequestView } from './request-view.ts';

/** What really left, secrets masked: one block a request, for a redirect makes another one. */
export function renderSentRequests(sent: SentRequest[], view: RequestView): TemplateResult {
  return html`
    <details class="fold" data-part="sent">
      <summary>Request as sent ${sent.length > 1 ? html`<span class="muted">${sent.length}</span>` : nothing}</summary>
      <ol class="stack sent" role="list">${sent.map((request, index) => renderSent(request, index, sent.length, view))}</ol>
    </details>
  `;
}

function renderSent(
  { line, headers, body, after, answer }: SentRequest,
  index: number,
  count: number,
  view: RequestView,
) {
  const id = `sent:${index}`;
  return html`
    <li>
      ${count > 1 ? html`<p class="muted small">${nameOrder(index, after)}${answer ? html`, answered with ${answer}` : nothing}</p>` : nothing}
      <p class="sent-line">${renderFoldableText(`${id}:line`, line, 'request line', view)}</p>
      ${renderHeaderList(id, headers, view)}
      ${body ? html`<div class="sent-body">${renderFoldableText(`${id}:body`, body, 'body sent', view)}</div>` : nothing}
    </li>
  `;
}

function nameOrder(index: number, after: SentRequest['after']): string {
  if (index === 0) return 'First';
  return after === 'freshToken' ? 'Then, with a fresh token' : 'Then, after a redirect';
}
