import { html, type TemplateResult } from 'lit/html.js';
import { durationText } from '../../core/token/time.ts';
import type { CodeState } from '../../protocol/sign-in-panel.ts';
import { renderButton } from '../shared/buttons.ts';
import type { SignInView } from './sign-in-view.ts';

/** Id of what has the focus first. */
export const OPEN_ID = 'open-page';

/** The code, as large as it matters, and the two things to do with it. */
export function renderCodePage(
  { identity, userCode, verificationUri, expiresAtSec }: CodeState,
  view: SignInView,
): TemplateResult {
  const leftSec = Math.max(0, Math.floor(expiresAtSec - view.nowMs / 1000));
  return html`
    <main class="page narrow">
      <header>
        <h1>Enter this code to sign in</h1>
        <p class="muted">For ${identity}</p>
      </header>
      <div class="code-box"><span class="user-code" aria-label=${[...userCode].join(' ')}>${userCode}</span></div>
      <p class="card-actions">
        <button type="button" class="button primary" id=${OPEN_ID} @click=${() => view.post({ type: 'openCodePage' })}>
          Copy and Open Page
        </button>
        ${renderButton('Copy Code', () => view.copied({ type: 'copyCode' }, 'Copied the code'))}
        ${renderButton('Cancel', () => view.post({ type: 'cancel' }))}
      </p>
      <p>
        Enter it on <span class="mono">${verificationUri}</span>, in any browser, also on another device, and choose your
        account there. This page closes when you are signed in.
      </p>
      <p class="muted" data-left-sec=${leftSec}>
        ${leftSec > 0 ? html`The code is good for <span class="time">${durationText(leftSec)}</span>.` : 'The code is no longer good: cancel, and sign in again.'}
      </p>
      <p class="warning-line">
        Enter only a code that you asked for yourself: whoever gave you one would be signed in as you.
      </p>
    </main>
  `;
}
