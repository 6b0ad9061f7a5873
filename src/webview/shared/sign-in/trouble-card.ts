import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SignInTrouble } from '../../../protocol/sign-in-panel.ts';
import { renderLinkButton } from '../buttons.ts';
import { renderIcon } from '../icon.ts';
import { hostOfSource } from '../web-source.ts';
import { renderCommand } from './command-block.ts';

/** What a card may ask of its page. */
export interface TroubleView {
  copyCommand(command: string): void;
  openLookUp(): void;
}

/** Why no token could be had: the cause first, then what to change and where, then the server's own words, folded. */
export function renderTrouble(trouble: SignInTrouble, view: TroubleView): TemplateResult {
  const { code, cause, isCertain, atFault, action, where, who, retryText } = trouble;
  return html`
    <div class="trouble" data-code=${code ?? nothing}>
      <p class="cause-line">
        ${isCertain ? nothing : html`<strong>Probably:</strong>`} ${cause}
        ${code === undefined ? nothing : html`<span class="chip mono">${code}</span>`}
      </p>
      ${atFault.length > 0 ? renderFacts(atFault) : nothing}
      ${action === undefined ? nothing : html`<p><strong>What to do:</strong> ${action}</p>`}
      ${where ? renderPlace(where, view) : nothing}
      ${
        who
          ? html`<p class="who">
              ${renderIcon(who.needsAdministrator ? 'shield' : 'account', who.needsAdministrator ? 'warning' : 'muted')}
              <span>${who.text}</span>
            </p>`
          : nothing
      }
      ${retryText === undefined ? nothing : html`<p class="muted">${retryText}</p>`} ${renderServerText(trouble, view)}
    </div>
  `;
}

function renderFacts(facts: SignInTrouble['atFault']): TemplateResult {
  return html`
    <dl class="facts-list">
      ${facts.map(({ label, value }) => html`<div><dt>${label}</dt><dd class="mono">${value}</dd></div>`)}
    </dl>
  `;
}

function renderPlace(
  { portal, property, command, caution }: NonNullable<SignInTrouble['where']>,
  view: TroubleView,
): TemplateResult {
  return html`
    <dl class="facts-list">
      ${portal ? html`<div><dt>Portal</dt><dd>${portal}</dd></div>` : nothing}
      ${property ? html`<div><dt>Manifest</dt><dd class="mono">${property}</dd></div>` : nothing}
    </dl>
    ${command ? renderCommand(command, view.copyCommand) : nothing}
    ${command && caution ? html`<p class="who">${renderIcon('info', 'info')}<span>${caution}</span></p>` : nothing}
  `;
}

function renderServerText({ code, serverText, lookUp }: SignInTrouble, view: TroubleView): TemplateResult {
  const host = hostOfSource(lookUp);
  return html`
    ${
      serverText
        ? html`<details class="fold">
            <summary>The server’s own words</summary>
            <p class="server-text mono">${serverText}</p>
          </details>`
        : nothing
    }
    ${host ? html`<p>${renderLinkButton(`Look up ${code ?? 'the code'} on ${host}`, view.openLookUp)}</p>` : nothing}
  `;
}
