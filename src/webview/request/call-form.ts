import { live } from 'lit/directives/live.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { RequestViewState } from '../../protocol/request-view.ts';
import { renderAuthorizeFields } from './authorize-fields.ts';
import { renderBodyField } from './body-field.ts';
import { listMethods } from './form-draft.ts';
import { renderHeaderRows } from './header-rows.ts';
import { renderPrediction } from './prediction-line.ts';
import { CANCEL_ID, type RequestView, SEND_ID, URL_ID } from './request-view.ts';

const SEND_KEYS = navigator.userAgent.includes('Mac') ? '⌘ Enter' : 'Ctrl+Enter';
const URL_FAULT_ID = 'url-fault';

/** What is called and how it is authorised. Not an HTML form: the page's policy forbids submitting one. */
export function renderCallForm(state: RequestViewState, view: RequestView): TemplateResult {
  const { form } = view;
  return html`
    <section class="form" aria-label="Call">
      ${renderOrigin(state)}
      <div class="fields">
        <select
          class="method code-field"
          aria-label="Method"
          @change=${(event: Event) => view.edit({ method: (event.target as HTMLSelectElement).value }, 'chosen')}
        >
          ${listMethods(form.method).map(
            (method) => html`<option value=${method} .selected=${live(method === form.method)}>${method}</option>`,
          )}
        </select>
        ${renderUrl(view)} ${renderAuthorizeFields(state, view)}
      </div>
      <div class="folds">${renderHeaderRows(view)} ${renderBodyField(view)}</div>
      ${renderActions(state, view)} ${renderPrediction(state, view)}
    </section>
  `;
}

function renderOrigin({ operation, profile }: RequestViewState): TemplateResult | typeof nothing {
  if (!operation && !profile) return nothing;
  return html`
    <p class="origin">
      ${operation ? html`<strong>${operation}</strong>` : nothing}
      ${profile ? html`<span class="muted">${operation ? '· ' : ''}${profile}</span>` : nothing}
    </p>
  `;
}

function renderUrl(view: RequestView): TemplateResult {
  const onInput = (event: Event) => {
    const field = event.target as HTMLTextAreaElement;
    view.edit({ url: field.value.replace(/[\r\n]+/g, '') }, 'typing');
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    if (!event.ctrlKey && !event.metaKey) view.send();
  };
  return html`
    <div class="url-field">
      <textarea
        id=${URL_ID}
        class="code-field"
        rows="1"
        aria-label="URL"
        aria-invalid=${view.urlFault ? 'true' : 'false'}
        aria-describedby=${view.urlFault ? URL_FAULT_ID : nothing}
        placeholder="https://…"
        spellcheck="false"
        autocomplete="off"
        .value=${live(view.form.url)}
        @input=${onInput}
        @keydown=${onKey}
      ></textarea>
      ${view.urlFault ? html`<p class="error-text small" id=${URL_FAULT_ID}>${view.urlFault}</p>` : nothing}
    </div>
  `;
}

/** Cancel stands beside Send, not in its place: a double click on Send must not cancel. */
function renderActions({ sending, progress }: RequestViewState, view: RequestView): TemplateResult {
  return html`
    <div class="actions">
      <button
        type="button"
        id=${SEND_ID}
        class="button primary"
        aria-disabled=${sending}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        @click=${() => view.send()}
      >
        Send
      </button>
      ${
        sending
          ? html`<button
              type="button"
              id=${CANCEL_ID}
              class="button secondary"
              @click=${() => view.post({ type: 'cancel' })}
            >
              Cancel
            </button>`
          : nothing
      }
      <p class="muted small progress">${progress?.text ?? (sending ? 'Waiting for the answer…' : SEND_KEYS)}</p>
      ${progress?.hint ? html`<p class="small progress-hint">${progress.hint}</p>` : nothing}
    </div>
  `;
}
