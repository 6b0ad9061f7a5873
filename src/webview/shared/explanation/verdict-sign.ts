import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { StepVerdict } from '../../../core/why/explanation.ts';

export const VERDICT_WORDS: Record<StepVerdict, string> = {
  passed: 'passed',
  passedOrAbsent: 'passed or not there',
  refused: 'refused',
  unknown: 'not known',
  notReached: 'not reached',
};

const GLYPHS: Record<StepVerdict, TemplateResult | typeof nothing> = {
  passed: svg`<path d="M6.2 10.4 8.9 13 13.8 7.2"></path>`,
  passedOrAbsent: svg`<path d="M6.2 10.2h2.6l1.6 1.6 3.6-4"></path>`,
  refused: svg`<path d="M7 7 13 13M13 7 7 13"></path>`,
  unknown: svg`<path d="M8 8.1a2 2 0 1 1 3 1.7c-.7.4-1 .8-1 1.6"></path><path d="M10 13.6v.2"></path>`,
  notReached: nothing,
};

/** Shapes, so that colour is not needed: check, lying check, filled cross, dashed question mark, empty circle. */
export function renderVerdictSign(verdict: StepVerdict): TemplateResult {
  return html`<svg class="sign" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    <circle cx="10" cy="10" r="8"></circle>
    ${GLYPHS[verdict]}
  </svg>`;
}
