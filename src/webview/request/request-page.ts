import { keyed } from 'lit/directives/keyed.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { RequestViewState } from '../../protocol/request-view.ts';
import { renderButton } from '../shared/buttons.ts';
import { renderIcon } from '../shared/icon.ts';
import { renderCallForm } from './call-form.ts';
import { renderProblem } from './problem-card.ts';
import { RESULT_ID, type RequestView } from './request-view.ts';
import { renderResult } from './result-section.ts';

/** The whole view: the form, and under it (beside it when wide) what became of the call. */
export function renderRequestPage(state: RequestViewState, view: RequestView, announcement: string): TemplateResult {
  return html`
    <main class="page" data-form=${state.formRevision}>
      <h1 class="visually-hidden">Request</h1>
      ${state.blocked ? renderBlocked(state.blocked, view) : renderWork(state, view)}
    </main>
    <div role="status" class="visually-hidden" id="announcer">${announcement}</div>
  `;
}

function renderBlocked(why: string, view: RequestView): TemplateResult {
  return html`
    <div class="card blocked">
      ${renderIcon('lock', 'muted')}
      <div>
        <h2 class="plain-heading">Nothing can be sent here</h2>
        <p>${why}</p>
        <p class="card-actions">${renderButton('Manage Workspace Trust', () => view.post({ type: 'manageTrust' }))}</p>
      </div>
    </div>
  `;
}

function renderWork(state: RequestViewState, view: RequestView): TemplateResult {
  return html`
    ${renderCallForm(state, view)}
    <div class="answer" id=${RESULT_ID} aria-busy=${state.sending}>
      ${state.sending ? html`<div class="running-bar" aria-hidden="true"></div>` : nothing}
      ${renderAnswer(state, view)}
    </div>
  `;
}

function renderAnswer(state: RequestViewState, view: RequestView): TemplateResult {
  const { problem, result, sending } = state;
  if (problem) return renderProblem(problem, view);
  if (result) return html`${keyed(view.resultNumber, renderResult(result, sending, view))}`;
  return renderNoResult(state, view);
}

function renderNoResult({ sending }: RequestViewState, { form }: RequestView): TemplateResult {
  const text = sending
    ? 'The answer appears here.'
    : form.url.trim() === ''
      ? 'Enter the URL of your API, or choose one of the operations. The answer appears here.'
      : 'Send the call. The answer appears here, and when it is refused, by whom and why.';
  return html`<p class="muted">${text}</p>`;
}
