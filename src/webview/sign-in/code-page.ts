import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { CodePage } from '../../core/entra/device-code-page.ts';
import { durationText } from '../../core/token/time.ts';
import type { CodeState } from '../../protocol/sign-in-panel.ts';
import { renderButton } from '../shared/buttons.ts';
import type { SignInView } from './sign-in-view.ts';

/** Id of what has the focus first. */
export const OPEN_ID = 'open-page';

/** The code, as large as it matters, and the two things to do with it. */
export function renderCodePage(
  { identity, userCode, codePage, expiresAtSec }: CodeState,
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
      ${renderWhere(codePage)}
      <p>
        Enter it on <span class="mono">${codePage.url}</span>, in any browser, also on another device, and choose your
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

/** What to know of the page before going there: nothing where it is one that everybody signs in on. */
function renderWhere({ host, kind }: CodePage): TemplateResult | typeof nothing {
  switch (kind) {
    case 'familiar':
      return nothing;
    case 'unfamiliar':
      return html`<p class="warning-line" data-code-page=${kind}>
        The page is on <strong class="mono">${host}</strong>, as the login host says. Why401 does not know that address: see
        that it belongs to your cloud before you enter anything.
      </p>`;
    case 'own':
    case 'ofUser':
      return html`<p class="warning-line" data-code-page=${kind}>
        Enter this code on <strong class="mono">${host}</strong> and nowhere else, whatever a page says: on a page of
        Microsoft’s or of anybody else it could sign somebody else in as you.
      </p>`;
    default:
      return kind satisfies never;
  }
}
