import { html, type TemplateResult } from 'lit/html.js';
import { renderIcon } from './icon.ts';

export function renderButton(
  label: string,
  onClick: () => void,
  look: 'primary' | 'secondary' = 'secondary',
): TemplateResult {
  return html`<button type="button" class="button ${look}" @click=${onClick}>${label}</button>`;
}

/** A button that shows only an icon; `label` is its name for screen readers and its tooltip. */
export function renderIconButton(icon: string, label: string, onClick: () => void): TemplateResult {
  return html`<button type="button" class="icon-button" aria-label=${label} title=${label} @click=${onClick}>
    ${renderIcon(icon)}
  </button>`;
}

/** A button that looks like a link: the host decides what is opened, the page itself never navigates. */
export function renderLinkButton(label: string, onClick: () => void, description?: string): TemplateResult {
  return html`<button type="button" class="link-button" @click=${onClick}
    >${label}${description ? html`<span class="visually-hidden"> ${description}</span>` : ''}</button
  >`;
}
