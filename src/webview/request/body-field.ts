import { live } from 'lit/directives/live.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { nameLength } from '../shared/shorten.ts';
import { usuallyHasBody } from './form-draft.ts';
import type { RequestView } from './request-view.ts';

/** The body as typed. Open for the methods that usually carry one; the user may fold it, until the method changes. */
export function renderBodyField(view: RequestView): TemplateResult {
  const { body, method } = view.form;
  return html`
    <details class="fold" data-part="body" .open=${usuallyHasBody(method)}>
      <summary>Body ${body === '' ? nothing : html`<span class="muted">${nameLength(body)}</span>`}</summary>
      <textarea
        class="code-field body-text"
        aria-label="Body"
        rows="4"
        spellcheck="false"
        .value=${live(body)}
        @input=${(event: Event) => view.edit({ body: (event.target as HTMLTextAreaElement).value }, 'typing')}
      ></textarea>
    </details>
  `;
}
