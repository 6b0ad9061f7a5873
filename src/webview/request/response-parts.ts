import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { RequestResult } from '../../protocol/request-view.ts';
import { renderLinkButton } from '../shared/buttons.ts';
import { renderFoldButton } from '../shared/foldable-text.ts';
import { renderAnsweredTokens } from './answered-tokens.ts';
import { renderHeaderList } from './header-list.ts';
import type { RequestView } from './request-view.ts';
import { renderSentRequests } from './sent-requests.ts';

const BODY_SHOWN = 20_000;
const LANGUAGES = { json: 'JSON', xml: 'XML', html: 'HTML', plaintext: 'text' };

/** Body, headers, and the request as sent: folded, but for the body of a call that nothing has to be explained about. */
export function renderResponseParts(result: RequestResult, view: RequestView): TemplateResult {
  const { status, explanation, headers, sent } = result;
  return html`
    ${renderAnsweredTokens(result, view)}
    <div class="folds">
      ${status ? renderBody(result, explanation === undefined, view) : nothing}
      ${
        status
          ? html`<details class="fold" data-part="response-headers">
              <summary>Headers <span class="muted">${headers.length}</span></summary>
              ${renderHeaderList('response', headers, view)}
            </details>`
          : nothing
      }
      ${sent.length > 0 ? renderSentRequests(sent, view) : nothing}
    </div>
  `;
}

function renderBody({ bodyPreview, bodyNote }: RequestResult, isOpen: boolean, view: RequestView): TemplateResult {
  if (!bodyPreview && !bodyNote) return html`<p class="muted no-body">No response body</p>`;
  return html`
    <details class="fold" data-part="response-body" ?open=${isOpen}>
      <summary>
        Response body ${bodyPreview ? html`<span class="muted">${LANGUAGES[bodyPreview.language]}</span>` : nothing}
      </summary>
      ${bodyNote ? html`<p class="muted">${bodyNote}</p>` : nothing}
      ${bodyPreview ? renderPreview(bodyPreview, view) : nothing}
    </details>
  `;
}

function renderPreview({ text, isCut }: NonNullable<RequestResult['bodyPreview']>, view: RequestView): TemplateResult {
  const id = 'body';
  const isShort = text.length > BODY_SHOWN && !view.isUnfolded(id);
  return html`
    <pre class="text-block" tabindex="0" role="group" aria-label="Response body">${
      isShort ? `${text.slice(0, BODY_SHOWN)}…` : text
    }</pre>
    <p class="block-links">
      ${renderLinkButton('Open in Editor', () => view.post({ type: 'openBody' }), 'response body')}
      ${text.length > BODY_SHOWN ? renderFoldButton(id, 'Show more here', 'response body', view) : nothing}
      ${isCut ? html`<span class="muted">Only the beginning is shown.</span>` : nothing}
    </p>
  `;
}
