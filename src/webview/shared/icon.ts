import { html, type TemplateResult } from 'lit/html.js';

/** A codicon by its name without the prefix. Hidden from screen readers: a word always stands beside it. */
export function renderIcon(name: string, tone: Tone = 'plain'): TemplateResult {
  return html`<span class="codicon codicon-${name} tone-${tone}" aria-hidden="true"></span>`;
}

/** Colour of an icon or an edge; never the only sign of its meaning. */
export type Tone = 'plain' | 'muted' | 'passed' | 'warning' | 'error' | 'info';
