import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TokenPanelState } from '../../protocol/token-panel.ts';
import { renderLinkButton } from '../shared/buttons.ts';
import type { PanelView } from './panel-view.ts';

/** Chooses among several tokens; and leads back to the table of a file's tokens; nothing when there is only one. */
export function renderTokenSwitcher(state: TokenPanelState, view: PanelView): TemplateResult | typeof nothing {
  if (state.tokens.length < 2 && !state.hasList) return nothing;
  const select = (event: Event) => {
    const index = Number((event.target as HTMLSelectElement).value);
    view.post({ type: 'select', index });
  };
  return html`
    <div class="switcher">
      <label for="token-switcher">Token ${state.selected + 1} of ${state.tokens.length}</label>
      <select id="token-switcher" @change=${select}>
        ${state.tokens.map(
          ({ label, detail }, index) =>
            html`<option value=${index} .selected=${index === state.selected}>
              ${detail ? `${label} · ${detail}` : label}
            </option>`,
        )}
      </select>
      ${state.hasList ? renderLinkButton('All Tokens', () => view.post({ type: 'showList' })) : nothing}
    </div>
  `;
}
