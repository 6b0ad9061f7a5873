import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PathHop, PathStep } from '../../../core/why/explanation.ts';
import { renderLinkButton } from '../buttons.ts';
import type { ExplanationView } from './explanation-view.ts';
import { renderVerdictSign, VERDICT_WORDS } from './verdict-sign.ts';

/** More signs than this always stand below each other. */
const MAX_LYING = 6;
/** So many gates or more that are not reached share one line. */
const MIN_SHARING = 2;

/** How far a step's number and the line to it depend on the whole path. */
interface PlacedStep extends PathStep {
  position: number;
  /** How the line that leaves this step looks: walked by the call, open, or none after the last. */
  leaves: Line;
}
type Line = 'walked' | 'open' | 'none';

interface PlacedHop {
  title: string;
  arrives: Line;
  steps: PlacedStep[];
}

/**
 * The gates as a line of signs, grouped by hop; read as a list, `2 of 5: Functions key, refused`. The gates behind a
 * refusal share one sign at the end, so that the cause stays in sight.
 */
export function renderGatePath(path: PathHop[], view: Pick<ExplanationView, 'openPolicy'> = {}): TemplateResult {
  const { hops, rest, count } = placeSteps(path);
  const signs = count - rest.length + (rest.length > 0 ? 1 : 0);
  return html`
    <ol class="path ${signs <= MAX_LYING ? 'may-lie' : ''}" aria-label="Path of the call" role="list" @keydown=${walkPath}>
      ${hops.map(
        ({ title, arrives, steps }) => html`
          <li class="hop hop-${Math.min(steps.length, MAX_LYING)}">
            <p class="hop-title" data-line=${arrives}>${title}</p>
            <ol role="list">${steps.map((step) => renderStep(step, count, view))}</ol>
          </li>
        `,
      )}
      ${rest.length > 0 ? renderRest(rest, count) : nothing}
    </ol>
  `;
}

function renderStep(
  { gate, title, verdict, isProbable, place, line, position, leaves }: PlacedStep,
  count: number,
  view: Pick<ExplanationView, 'openPolicy'>,
): TemplateResult {
  return html`
    <li
      class="step step-${verdict}"
      data-gate=${gate}
      data-verdict=${verdict}
      data-line=${leaves}
      tabindex=${position === 1 ? 0 : -1}
    >
      ${renderVerdictSign(verdict)}
      <span class="step-title"
        ><span class="visually-hidden">${position} of ${count}: </span><span class="step-name">${title}</span
        >${place ? html`<span class="muted"><span class="visually-hidden">,</span> ${renderPlace(place, line, view)}</span>` : nothing}<span
          class="visually-hidden"
          >,
        </span></span
      >
      <span class="step-word">${isProbable ? 'probably ' : ''}${VERDICT_WORDS[verdict]}</span>
    </li>
  `;
}

/** A line of a policy that is in the workspace is a way there. */
function renderPlace(
  place: string,
  line: number | undefined,
  { openPolicy }: Pick<ExplanationView, 'openPolicy'>,
): TemplateResult | string {
  return line !== undefined && openPolicy ? renderLinkButton(place, () => openPolicy(line), 'of the policy') : place;
}

function renderRest(rest: PlacedStep[], count: number): TemplateResult {
  const names = rest.map(
    ({ gate, verdict, title }, index) =>
      html`${index > 0 ? ', ' : nothing}<span data-gate=${gate} data-verdict=${verdict}>${title}</span>`,
  );
  return html`
    <li class="step step-notReached rest" data-line="none" tabindex="-1">
      ${renderVerdictSign('notReached')}
      <span class="rest-text"
        ><span class="visually-hidden">${rest[0]?.position} to ${count} of ${count}: </span>${rest.length} more gates
        ${VERDICT_WORDS.notReached}: ${names}</span
      >
    </li>
  `;
}

/** A call has walked as far as the last gate that said anything. */
function placeSteps(path: PathHop[]): { hops: PlacedHop[]; rest: PlacedStep[]; count: number } {
  const all = path.flatMap(({ steps }) => steps);
  const lastReached = all.findLastIndex(({ verdict }) => verdict === 'passed' || verdict === 'refused');
  const lineTo = (index: number): Line => (index <= lastReached ? 'walked' : 'open');
  let index = 0;
  const hops = path.map(
    ({ title, steps }): PlacedHop => ({
      title,
      arrives: index === 0 ? 'none' : lineTo(index),
      steps: steps.map((step) => {
        index += 1;
        return { ...step, position: index, leaves: index < all.length ? lineTo(index) : 'none' };
      }),
    }),
  );
  const firstOfRest = all.findLastIndex(({ verdict }) => verdict !== 'notReached') + 1;
  if (all.length - firstOfRest < MIN_SHARING) return { hops, rest: [], count: all.length };
  const isBefore = ({ position }: PlacedStep) => position <= firstOfRest;
  return {
    hops: hops.map((hop) => ({ ...hop, steps: hop.steps.filter(isBefore) })).filter(({ steps }) => steps.length > 0),
    rest: hops.flatMap(({ steps }) => steps).filter((step) => !isBefore(step)),
    count: all.length,
  };
}

const STEPS_FORWARD: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Tab comes to the path once; the arrow keys, Home and End walk it. */
function walkPath(event: KeyboardEvent): void {
  const path = event.currentTarget as HTMLElement;
  const steps = [...path.querySelectorAll<HTMLElement>('.step')];
  const at = steps.indexOf(event.target as HTMLElement);
  const wanted =
    event.key === 'Home' ? 0 : event.key === 'End' ? steps.length - 1 : at + (STEPS_FORWARD[event.key] ?? 0);
  const next = steps[wanted];
  if (at < 0 || !next || wanted === at) return;
  event.preventDefault();
  for (const step of steps) step.tabIndex = step === next ? 0 : -1;
  next.focus();
}
