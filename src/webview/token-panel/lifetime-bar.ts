import { html, nothing, type TemplateResult } from 'lit/html.js';
import { describeTime, durationText } from '../../core/token/time.ts';
import type { TokenDescription } from '../../core/token/token-description.ts';
import { renderIcon, type Tone } from '../shared/icon.ts';

const SOON_SEC = 300;

type Lifetime = TokenDescription['lifetime'];

/** How much of its life the token has behind it, with the moment it ends; follows the clock. */
export function renderLifetimeBar(lifetime: Lifetime, nowMs: number): TemplateResult | typeof nothing {
  const { expiresAtSec } = lifetime;
  const startSec = lifetime.notBeforeSec ?? lifetime.issuedAtSec;
  if (expiresAtSec === undefined) {
    return startSec === undefined
      ? nothing
      : html`<p class="lifetime muted">The token doesn't say when it expires.</p>`;
  }
  const nowSec = nowMs / 1000;
  const phase = namePhase(nowSec, startSec, expiresAtSec);
  const elapsed = startSec === undefined ? undefined : elapsedPercent(nowSec, startSec, expiresAtSec);
  const moment = describeTime(phase.momentSec, nowMs, false);
  return html`
    <div class="lifetime">
      ${elapsed === undefined ? nothing : renderBar(elapsed, phase.tone)}
      <p role="timer">
        ${phase.icon ? renderIcon(phase.icon, phase.tone) : nothing}
        <strong>${phase.text}</strong>
        ${moment ? html`<span class="muted">${moment.local} local · ${moment.utc} UTC</span>` : nothing}
      </p>
    </div>
  `;
}

interface Phase {
  text: string;
  tone: Tone;
  icon?: string;
  /** The moment the text speaks of. */
  momentSec: number;
}

function namePhase(nowSec: number, startSec: number | undefined, expiresAtSec: number): Phase {
  const leftSec = expiresAtSec - nowSec;
  if (leftSec <= 0) {
    return { text: `Expired ${durationText(leftSec)} ago`, tone: 'error', icon: 'error', momentSec: expiresAtSec };
  }
  if (startSec !== undefined && startSec > nowSec) {
    const text = `Becomes valid in ${durationText(startSec - nowSec)}`;
    return { text, tone: 'warning', icon: 'warning', momentSec: startSec };
  }
  const text = `Expires in ${durationText(leftSec)}`;
  return leftSec < SOON_SEC
    ? { text, tone: 'warning', icon: 'warning', momentSec: expiresAtSec }
    : { text, tone: 'passed', momentSec: expiresAtSec };
}

function elapsedPercent(nowSec: number, startSec: number, expiresAtSec: number): number {
  if (expiresAtSec <= startSec) return 100;
  const percent = ((nowSec - startSec) / (expiresAtSec - startSec)) * 100;
  return Math.round(Math.min(100, Math.max(0, percent)) * 10) / 10;
}

function renderBar(percent: number, tone: Tone): TemplateResult {
  return html`
    <svg
      class="bar tone-${tone}"
      role="progressbar"
      aria-label="Lifetime elapsed"
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.round(percent)}
    >
      <rect class="bar-track" width="100%" height="100%" rx="2"></rect>
      <rect class="bar-fill" width="${percent}%" height="100%" rx="2"></rect>
    </svg>
  `;
}
