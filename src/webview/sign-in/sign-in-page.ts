import { html, type TemplateResult } from 'lit/html.js';
import type { SignInPanelState } from '../../protocol/sign-in-panel.ts';
import { renderCodePage } from './code-page.ts';
import { renderFailurePage } from './failure-page.ts';
import { renderSetUpPage } from './set-up-page.ts';
import type { SignInView } from './sign-in-view.ts';

/** The whole panel: one of three pages. */
export function renderSignIn(state: SignInPanelState, view: SignInView, announcement: string): TemplateResult {
  return html`${renderOne(state, view)}
    <div role="status" class="visually-hidden" id="announcer">${announcement}</div>`;
}

function renderOne(state: SignInPanelState, view: SignInView): TemplateResult {
  switch (state.page) {
    case 'code':
      return renderCodePage(state, view);
    case 'failure':
      return renderFailurePage(state, view);
    case 'setUp':
      return renderSetUpPage(state, view);
    default:
      return state satisfies never;
  }
}
