import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AnsweredToken, RequestResult } from '../../protocol/request-view.ts';
import { renderLinkButton } from '../shared/buttons.ts';
import { renderIcon } from '../shared/icon.ts';
import type { RequestView } from './request-view.ts';

/** The tokens that the answer brought, each a link to the token panel. */
export function renderAnsweredTokens(
  { tokens = [] }: RequestResult,
  view: RequestView,
): TemplateResult | typeof nothing {
  if (tokens.length === 0) return nothing;
  return html`
    <ul class="answered-tokens small" aria-label="Tokens in the answer">
      ${tokens.map((token, index) => renderToken(token, index, view))}
    </ul>
  `;
}

function renderToken({ where, title }: AnsweredToken, index: number, view: RequestView): TemplateResult {
  const place = where.part === 'header' ? where.name : 'the body';
  return html`
    <li class="answered-token">
      ${renderIcon('key', 'muted')}
      <span>
        ${renderLinkButton(title, () => view.post({ type: 'openToken', index }), `from ${place}`)}
        <span class="muted">in ${place}</span>
      </span>
    </li>
  `;
}
