import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ExplainedNeed } from '../../../core/why/explanation.ts';
import { renderLinkButton } from '../buttons.ts';
import type { ExplanationView } from './explanation-view.ts';

/** One thing that would make the answer surer, and how to give it. */
export function renderNeed(
  { text, setting, fact }: ExplainedNeed,
  view: Pick<ExplanationView, 'openSettings' | 'probe'>,
): TemplateResult {
  return html`
    <li>
      ${text}
      ${setting ? renderLinkButton('Open Setting', () => view.openSettings(setting), setting) : nothing}
      ${fact === 'easyAuth' && view.probe ? renderLinkButton('Probe…', () => view.probe?.()) : nothing}
    </li>
  `;
}
