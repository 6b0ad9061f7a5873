import { html, type TemplateResult } from 'lit/html.js';
import type { FailureState } from '../../protocol/sign-in-panel.ts';
import { renderButton } from '../shared/buttons.ts';
import { renderIcon } from '../shared/icon.ts';
import { renderTrouble } from '../shared/sign-in/trouble-card.ts';
import type { SignInView } from './sign-in-view.ts';

/** Why a sign-in failed, for this identity, and what to change. */
export function renderFailurePage({ identity, trouble }: FailureState, view: SignInView): TemplateResult {
  return html`
    <main class="page narrow">
      <header>
        <h1>${renderIcon('error', 'error')} Signing in failed</h1>
        <p class="muted">For ${identity}</p>
      </header>
      <section class="card edge-error" aria-label="Why">${renderTrouble(trouble, view)}</section>
      <p class="card-actions">
        ${renderButton('Try Again', () => view.post({ type: 'tryAgain' }), 'primary')}
        ${renderButton('Set Up Sign-In', () => view.post({ type: 'setUp' }))}
        ${renderButton('Open Settings', () => view.post({ type: 'openSettings' }))}
      </p>
    </main>
  `;
}
