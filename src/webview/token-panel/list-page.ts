import { html, nothing, type TemplateResult } from 'lit/html.js';
import { durationText } from '../../core/token/time.ts';
import type { TokenListState, TokenRow } from '../../protocol/token-panel.ts';
import { renderButton } from '../shared/buttons.ts';
import { renderIcon, type Tone } from '../shared/icon.ts';
import { renderNotes } from '../shared/notes.ts';
import { shortenId } from '../shared/shorten.ts';
import type { PanelView } from './panel-view.ts';
import { CAVEAT_WORDS } from './validation-report.ts';

const VERDICTS: Record<TokenRow['verdict'], { icon: string; tone: Tone; words: string }> = {
  waiting: { icon: 'circle-outline', tone: 'muted', words: 'Waiting' },
  running: { icon: 'sync', tone: 'muted', words: 'Validating…' },
  notChecked: { icon: 'dash', tone: 'muted', words: 'Not checked' },
  passes: { icon: 'pass-filled', tone: 'passed', words: 'Accepted' },
  refuses: { icon: 'error', tone: 'error', words: 'Refused' },
  unknown: { icon: 'question', tone: 'warning', words: 'Undecided' },
};

/** All tokens of a file, one a line of the table; the line number opens the token with its report. */
export function renderList(state: TokenListState, view: PanelView): TemplateResult {
  return html`
    <div class="page">
      <header>
        <h1>Tokens in ${state.file}</h1>
        <p class="muted">${sayProgress(state)}</p>
        ${state.running ? html`<p class="card-actions">${renderButton('Cancel', () => view.post({ type: 'cancel' }))}</p>` : nothing}
        ${renderNotes(state.notes)}
      </header>
      <main class="table-page">
        <table role="table" class="tokens" aria-label="Tokens in ${state.file}">
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">Line</th>
              <th role="columnheader" scope="col">Token</th>
              <th role="columnheader" scope="col">For</th>
              <th role="columnheader" scope="col">Expiry</th>
              <th role="columnheader" scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${state.rows.map((row, index) => renderRow(row, index, view))}
          </tbody>
        </table>
      </main>
    </div>
  `;
}

/** `12 tokens: 9 accepted, 2 refused, 1 not checked`. */
export function sayProgress({ rows, running }: TokenListState): string {
  const tokens = rows.length === 1 ? '1 token' : `${rows.length} tokens`;
  const done = rows.filter(({ verdict }) => verdict !== 'waiting' && verdict !== 'running').length;
  if (running) return `Validating ${tokens}: ${done} done`;
  const words = rows.map((row) => signOf(row).words.toLowerCase());
  const counts = [...new Set(words)].map((word) => `${words.filter((other) => other === word).length} ${word}`);
  return `${tokens}: ${counts.join(', ')}`;
}

function signOf({ verdict, caveat }: TokenRow): { icon: string; tone: Tone; words: string } {
  if (verdict !== 'passes' || !caveat) return VERDICTS[verdict];
  return { icon: 'warning', tone: 'warning', words: CAVEAT_WORDS[caveat] };
}

function renderRow(row: TokenRow, index: number, view: PanelView): TemplateResult {
  const { icon, tone, words } = signOf(row);
  const open = () => view.post({ type: 'select', index });
  return html`
    <tr role="row" data-row=${index} data-verdict=${row.verdict} @click=${open}>
      <td role="cell" class="number">
        <button type="button" class="link-button"><span class="column-word">Line </span>${row.line}</button>
      </td>
      <td role="cell">${row.title}</td>
      ${
        row.audience === undefined
          ? NOTHING_SAID
          : html`<td role="cell" title=${row.audience}><span class="column-word">For </span>${shortenId(row.audience)}</td>`
      }
      ${row.expiresAtSec === undefined ? NOTHING_SAID : renderExpiry(row.expiresAtSec, view.nowMs)}
      <td role="cell">
        <div class="verdict-cell">
          ${renderIcon(icon, tone)}
          <p><span class="word">${words}</span>${row.why ? html`<span class="muted why">${row.why}</span>` : nothing}</p>
        </div>
      </td>
    </tr>
  `;
}

/** Not there in the narrow form, where no column would stand empty. */
const NOTHING_SAID = html`<td role="cell" class="nothing-said muted">–</td>`;

function renderExpiry(expiresAtSec: number, nowMs: number): TemplateResult {
  const leftSec = expiresAtSec - nowMs / 1000;
  return leftSec > 0
    ? html`<td role="cell" class="when"><span class="column-word">Expires </span>in ${durationText(leftSec)}</td>`
    : html`<td role="cell" class="when"><span class="column-word">Expired </span>${durationText(leftSec)} ago</td>`;
}
