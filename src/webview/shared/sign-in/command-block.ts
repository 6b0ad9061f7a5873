import { html, type TemplateResult } from 'lit/html.js';
import { renderIconButton } from '../buttons.ts';

/** A command to copy. It is never run for the user. */
export function renderCommand(command: string, copy: (command: string) => void): TemplateResult {
  return html`
    <div class="command">
      <pre tabindex="0" role="group" aria-label="Command">${command}</pre>
      ${renderIconButton('copy', 'Copy Command', () => copy(command))}
    </div>
  `;
}
