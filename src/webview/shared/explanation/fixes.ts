import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { CauseId } from '../../../core/gates/cause-id.ts';
import type { ExplainedCause, ExplainedFix, FixAction, FixKind, FixProof } from '../../../core/why/explanation.ts';
import { renderButton, renderIconButton } from '../buttons.ts';
import { renderIcon, type Tone } from '../icon.ts';
import type { ExplanationView, FixPlace, MissingKey } from './explanation-view.ts';

const KIND_WORDS: Record<FixKind, string> = {
  call: 'change the call',
  client: 'change the client',
  target: 'change the API',
  outside: 'ask an admin',
  weakens: 'lowers protection',
};
const PROOF_SIGNS: Record<FixProof['verdict'], { icon: string; tone: Tone }> = {
  passes: { icon: 'check', tone: 'passed' },
  nextRefusal: { icon: 'arrow-right', tone: 'warning' },
  unknown: { icon: 'question', tone: 'muted' },
};
/** Causes whose fix is a key the user has. */
const MISSING_KEYS: Partial<Record<CauseId, MissingKey>> = {
  'function-key-missing': 'functions',
  'apim-subscription-key-missing': 'subscription',
};
/** More than so many stand open only when they are all there is. */
const MOST_OPEN = 2;

interface PlacedFix {
  fix: ExplainedFix;
  place: FixPlace;
}

/** What to change, best first. One button is primary: the best fix that the extension can do. What lowers protection is folded, says what it exposes, and is never a button. */
export function renderFixes(cause: ExplainedCause, isBest: boolean, view: ExplanationView): TemplateResult {
  const placed = cause.fixes.map((fix, index): PlacedFix => ({ fix, place: { cause: cause.id, fix: index } }));
  const protecting = placed.filter(({ fix }) => fix.kind !== 'weakens');
  const weakening = placed.filter(({ fix }) => fix.kind === 'weakens');
  const doable = isBest ? protecting.find(({ fix }) => canDo(fix, view)) : undefined;
  const open = protecting.slice(0, MOST_OPEN);
  const folded = protecting.slice(MOST_OPEN);
  return html`
    ${
      open.length > 0
        ? html`<ol class="fixes" role="list">
            ${open.map((one, index) => renderProtecting(one, index === 0 ? 'Fix' : 'Otherwise', one === doable, view))}
          </ol>`
        : html`<p class="muted">No change is known that would keep the protection.</p>`
    }
    ${renderEnterKey(cause, view)}
    ${folded.length + weakening.length > 0 ? renderFolded(folded, weakening, doable, view) : nothing}
  `;
}

function renderProtecting(
  { fix, place }: PlacedFix,
  opening: string,
  isPrimary: boolean,
  view: ExplanationView,
): TemplateResult {
  const { kind, text, where, action } = fix;
  return html`
    <li class="fix" data-kind=${kind}>
      <h4 class="label">${opening} <span class="kind">${where ?? KIND_WORDS[kind]}</span></h4>
      <p>${text}</p>
      ${renderValue(fix, place, view)} ${fix.proof ? renderProof(fix.proof) : nothing}
      ${
        action && canDo(fix, view)
          ? html`<p class="fix-action">
              ${renderButton(labelOf(action, kind), () => view.applyFix?.(place), isPrimary ? 'primary' : 'secondary')}
            </p>`
          : nothing
      }
    </li>
  `;
}

function canDo({ action, kind }: ExplainedFix, view: ExplanationView): boolean {
  return action !== undefined && kind !== 'weakens' && view.applyFix !== undefined;
}

function renderValue({ value }: ExplainedFix, place: FixPlace, view: ExplanationView): TemplateResult | typeof nothing {
  if (!value) return nothing;
  return html`
    <div class="fix-value">
      <pre tabindex="0" role="group" aria-label="Value">${value}</pre>
      ${renderIconButton('copy', 'Copy value', () => view.copyValue(place))}
    </div>
  `;
}

function renderProof({ verdict, text, next }: FixProof): TemplateResult {
  const { icon, tone } = PROOF_SIGNS[verdict];
  return html`<p class="proof small" data-proof=${verdict} data-next=${next ?? nothing}>
    ${renderIcon(icon, tone)}<span>${text}</span>
  </p>`;
}

/** For a cause whose fixes name no action of their own. */
function renderEnterKey({ id, fixes }: ExplainedCause, view: ExplanationView): TemplateResult | typeof nothing {
  const kind = MISSING_KEYS[id];
  if (!kind || !view.enterKey || fixes.some((fix) => canDo(fix, view))) return nothing;
  return html`<p>${renderButton('Enter Key…', () => view.enterKey?.(kind), 'primary')}</p>`;
}

function renderFolded(
  protecting: PlacedFix[],
  weakening: PlacedFix[],
  doable: PlacedFix | undefined,
  view: ExplanationView,
): TemplateResult {
  return html`
    <details class="fold other-fixes">
      <summary>Other fixes <span class="muted">${protecting.length + weakening.length}</span></summary>
      <ul class="folded-fixes" role="list">
        ${protecting.map((one) => renderProtecting(one, 'Otherwise', one === doable, view))}
        ${weakening.map((one) => renderWeakening(one))}
      </ul>
    </details>
  `;
}

function renderWeakening({ fix }: PlacedFix): TemplateResult {
  const { kind, text, value, exposes } = fix;
  return html`
    <li class="weakening" data-kind=${kind}>
      ${renderIcon('warning', 'warning')}
      <div>
        <p>${text}</p>
        ${value ? html`<pre class="fix-value" tabindex="0" role="group" aria-label="Value">${value}</pre>` : nothing}
        <p class="small"><strong>Lowers protection${exposes ? ':' : '.'}</strong> ${exposes ?? nothing}</p>
      </div>
    </li>
  `;
}

function labelOf(action: FixAction, kind: FixKind): string {
  switch (action.type) {
    case 'signInAgain':
      // To change the call is to send a token for the first time; anything else was signed in for before.
      return kind === 'call' ? 'Sign In' : 'Sign In Again';
    case 'freshToken':
      return 'Send With a Fresh Token';
    case 'chooseToken':
      return 'Choose a Token…';
    case 'enterKey':
      return 'Enter Key…';
    case 'retryWithClaims':
      return 'Answer the Challenge';
    case 'correctProfile':
      return 'Correct the Profile…';
    case 'openPolicy':
      return `Open Line ${action.line}`;
    case 'callUrl':
      return 'Call the Final Address';
    case 'probe':
      return 'Probe the Target…';
    case 'followChallenge':
      return 'Follow the Challenge…';
  }
}
