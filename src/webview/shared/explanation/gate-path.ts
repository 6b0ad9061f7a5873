import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PathHop, PathStep } from '../../../core/why/explanation.ts';
import { renderVerdictSign, VERDICT_WORDS } from './verdict-sign.ts';

/** More gates than this always stand below each other. */
const MAX_LYING = 6;

/** How far a step's number and the line to it depend on the whole path. */
interface PlacedStep extends PathStep {
  position: number;
  /** How the line that leaves this step looks: walked by the call, open, or none after the last. */
  leaves: Line;
}
type Line = 'walked' | 'open' | 'none';

/** The gates as a line of signs, grouped by hop; read as a list, `2 of 5: Functions key, refused`. */
export function renderGatePath(path: PathHop[]): TemplateResult {
  const hops = placeSteps(path);
  const count = hops.reduce((sum, { steps }) => sum + steps.length, 0);
  return html`
    <ol class="path ${count <= MAX_LYING ? 'may-lie' : ''}" aria-label="Path of the call" role="list">
      ${hops.map(
        ({ title, arrives, steps }) => html`
          <li class="hop hop-${Math.min(steps.length, MAX_LYING)}">
            <p class="hop-title" data-line=${arrives}>${title}</p>
            <ol role="list">${steps.map((step) => renderStep(step, count))}</ol>
          </li>
        `,
      )}
    </ol>
  `;
}

function renderStep(
  { gate, title, verdict, isProbable, place, position, leaves }: PlacedStep,
  count: number,
): TemplateResult {
  return html`
    <li class="step step-${verdict}" data-gate=${gate} data-verdict=${verdict} data-line=${leaves}>
      ${renderVerdictSign(verdict)}
      <span class="step-title"
        ><span class="visually-hidden">${position} of ${count}: </span><span class="step-name">${title}</span
        >${place ? html`<span class="muted"><span class="visually-hidden">,</span> ${place}</span>` : nothing}<span
          class="visually-hidden"
          >,
        </span></span
      >
      <span class="step-word">${isProbable ? 'probably ' : ''}${VERDICT_WORDS[verdict]}</span>
    </li>
  `;
}

/** A call has walked as far as the last gate that said anything. */
function placeSteps(path: PathHop[]): { title: string; arrives: Line; steps: PlacedStep[] }[] {
  const all = path.flatMap(({ steps }) => steps);
  const lastReached = all.findLastIndex(({ verdict }) => verdict === 'passed' || verdict === 'refused');
  const lineTo = (index: number): Line => (index <= lastReached ? 'walked' : 'open');
  let index = 0;
  return path.map(({ title, steps }) => ({
    title,
    arrives: index === 0 ? 'none' : lineTo(index),
    steps: steps.map((step) => {
      index += 1;
      return { ...step, position: index, leaves: index < all.length ? lineTo(index) : 'none' };
    }),
  }));
}
