import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Timing } from '../../core/call/exchange.ts';
import type { RequestResult } from '../../protocol/request-view.ts';
import { renderExplanation } from '../shared/explanation/explanation-section.ts';
import { renderIcon, type Tone } from '../shared/icon.ts';
import { renderNotes } from '../shared/notes.ts';
import { NAMES_OF_FAILURES, renderFailure } from './failure-card.ts';
import { OUTCOME_ID, type RequestView } from './request-view.ts';
import { renderResponseParts } from './response-parts.ts';
import { sizeText } from './size-text.ts';

/** The outcome for the live region: `401 Unauthorized. Refused by: Functions key. …`. */
export function sayOutcome({ status, failure, explanation }: RequestResult): string {
  const outcome = status ? nameStatus(status) : failure ? NAMES_OF_FAILURES[failure.kind] : 'No answer';
  return explanation ? `${outcome}. ${explanation.headline}` : outcome;
}

/** What came back: the outcome, then the explanation where there is one, then the answer itself. */
export function renderResult(result: RequestResult, isOld: boolean, view: RequestView): TemplateResult {
  const { failure, notes, explanation } = result;
  return html`
    ${renderOutcome(result, isOld)}
    ${explanation ? html`<p class="headline">${explanation.headline}</p>` : nothing}
    ${notes.length > 0 ? renderNotes(notes) : nothing} ${failure ? renderFailure(failure) : nothing}
    ${explanation ? renderExplanation(explanation, view) : nothing} ${renderResponseParts(result, view)}
  `;
}

function renderOutcome(result: RequestResult, isOld: boolean): TemplateResult {
  const { icon, tone, words } = describeOutcome(result);
  const { timing, bytes } = result;
  const facts = [
    timing ? timeText(timing.totalMs) : undefined,
    bytes === undefined || !result.status ? undefined : sizeText(bytes),
  ].filter((fact) => fact !== undefined);
  return html`
    <div class="outcome" data-started=${timing?.startedAtMs ?? nothing}>
      ${renderIcon(icon, tone)}
      <h2 class="plain-heading tone-${tone}" id=${OUTCOME_ID} tabindex="-1">${words}</h2>
      <span class="muted small facts" title=${timing ? describeTiming(timing) : nothing}
        >${isOld ? 'previous' : facts.join(' · ')}</span
      >
    </div>
  `;
}

function describeOutcome({ status, failure }: RequestResult): { icon: string; tone: Tone; words: string } {
  if (!status) {
    const isCancelled = failure?.kind === 'cancelled';
    const words = failure ? NAMES_OF_FAILURES[failure.kind] : 'No answer';
    return isCancelled ? { icon: 'circle-slash', tone: 'muted', words } : { icon: 'error', tone: 'error', words };
  }
  const words = nameStatus(status);
  if (status.code >= 400) return { icon: 'error', tone: 'error', words };
  if (status.code >= 300) return { icon: 'arrow-right', tone: 'plain', words };
  return status.code >= 200 ? { icon: 'pass-filled', tone: 'passed', words } : { icon: 'info', tone: 'info', words };
}

function nameStatus({ code, words }: { code: number; words: string }): string {
  return `${code} ${words}`.trim();
}

function timeText(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function describeTiming({ connectedMs, firstByteMs, totalMs }: Timing): string {
  const points = [
    ['connected', connectedMs],
    ['first byte', firstByteMs],
    ['complete', totalMs],
  ] as const;
  return points.flatMap(([name, ms]) => (ms === undefined ? [] : [`${name} after ${timeText(ms)}`])).join(', ');
}
