import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ExplainedCause, FixKind } from '../../../core/why/explanation.ts';
import { renderIcon } from '../icon.ts';

const KIND_WORDS: Record<FixKind, string> = {
  call: 'change the call',
  client: 'change the client',
  target: 'change the API',
  outside: 'ask an admin',
  weakens: 'lowers protection',
};

type Fixes = ExplainedCause['fixes'];

/** What to change, best first. `action` is what the extension can do of it. What lowers protection is folded, says what it exposes, and is never all there is to see. */
export function renderFixes(fixes: Fixes, action: TemplateResult | typeof nothing): TemplateResult {
  const protecting = fixes.filter(({ kind }) => kind !== 'weakens');
  const weakening = fixes.filter(({ kind }) => kind === 'weakens');
  return html`
    ${protecting.length > 0 ? renderProtecting(protecting) : nothing} ${action}
    ${weakening.length > 0 ? renderWeakening(weakening, protecting.length === 0) : nothing}
  `;
}

function renderProtecting(fixes: Fixes): TemplateResult {
  return html`
    <ol class="fixes" role="list">
      ${fixes.map(
        ({ kind, text }, index) => html`
          <li data-kind=${kind}>
            <h4 class="label">${index === 0 ? 'Fix' : 'Otherwise'} <span class="kind">${KIND_WORDS[kind]}</span></h4>
            <p>${text}</p>
          </li>
        `,
      )}
    </ol>
  `;
}

function renderWeakening(fixes: Fixes, areAlone: boolean): TemplateResult {
  return html`
    ${areAlone ? html`<p class="muted">No change is known that would keep the protection.</p>` : nothing}
    <details class="fold other-fixes">
      <summary>Other fixes <span class="muted">${fixes.length}</span></summary>
      <ul class="stack">
        ${fixes.map(
          ({ kind, text, exposes }) => html`
            <li class="weakening" data-kind=${kind}>
              ${renderIcon('warning', 'warning')}
              <div>
                <p>${text}</p>
                <p class="small"><strong>Lowers protection${exposes ? ':' : '.'}</strong> ${exposes ?? nothing}</p>
              </div>
            </li>
          `,
        )}
      </ul>
    </details>
  `;
}
