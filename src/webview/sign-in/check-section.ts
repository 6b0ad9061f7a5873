import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SetUpCheck } from '../../protocol/sign-in-panel.ts';
import { renderButton } from '../shared/buttons.ts';
import { renderIcon } from '../shared/icon.ts';
import { renderTrouble } from '../shared/sign-in/trouble-card.ts';
import type { SignInView } from './sign-in-view.ts';

/** The first sign-in, which proves the steps: what came of it. */
export function renderCheck(check: SetUpCheck, view: SignInView): TemplateResult {
  switch (check.state) {
    case 'idle':
      return html`
        <p class="card-actions">
          <button
            type="button"
            class="button primary"
            aria-disabled=${check.why !== undefined}
            @click=${() => check.why === undefined && view.post({ type: 'check' })}
          >
            Sign In and Check
          </button>
        </p>
        ${check.why ? html`<p class="muted">${check.why}</p>` : nothing}
      `;
    case 'running':
      return html`
        <p class="card-actions">${renderButton('Cancel', () => view.post({ type: 'cancel' }))}</p>
        <p>${renderIcon('loading', 'muted')} ${check.text}</p>
      `;
    case 'failed':
      return html`
        <div class="card edge-error">${renderTrouble(check.trouble, view)}</div>
        <p class="card-actions">${renderButton('Sign In Again', () => view.post({ type: 'check' }), 'primary')}</p>
      `;
    case 'passed':
      return renderPassed(check, view);
    default:
      return check satisfies never;
  }
}

function renderPassed(
  { account, claims, isSaved }: Extract<SetUpCheck, { state: 'passed' }>,
  view: SignInView,
): TemplateResult {
  const isAsExpected = claims.every(({ isExpected }) => isExpected);
  return html`
    <div class="card ${isAsExpected ? 'edge-passed' : 'edge-warning'}" data-check=${isAsExpected ? 'passed' : 'differs'}>
      <p class="cause-line">
        ${renderIcon(isAsExpected ? 'pass-filled' : 'warning', isAsExpected ? 'passed' : 'warning')}
        <strong>${isAsExpected ? 'It works' : 'A token came, and it differs'}</strong> <span>${account}</span>
      </p>
      <dl class="facts-list">
        ${claims.map(
          ({ claim, says, isExpected }) => html`<div>
            <dt class="mono">${claim}</dt>
            <dd>
              <span class="mono">${says}</span>
              ${isExpected ? nothing : html`<span class="muted">not what was expected</span>`}
            </dd>
          </div>`,
        )}
      </dl>
    </div>
    <p class="card-actions">
      ${
        isSaved
          ? html`<span>${renderIcon('check', 'passed')} Saved in the settings</span>`
          : renderButton('Save as Identity', () => view.post({ type: 'save' }), 'primary')
      }
      ${renderButton('Decode Token', () => view.post({ type: 'decode' }))}
      ${renderButton('Sign In Again', () => view.post({ type: 'check' }))}
    </p>
  `;
}
