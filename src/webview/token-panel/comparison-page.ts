import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ComparedClaim } from '../../core/token/compare-tokens.ts';
import type { ClaimLine } from '../../core/token/token-description.ts';
import type { TokenComparisonState } from '../../protocol/token-panel.ts';
import { renderLinkButton } from '../shared/buttons.ts';
import { renderIcon } from '../shared/icon.ts';
import { shortenId, shortenMiddle } from '../shared/shorten.ts';
import { renderClaimValue } from './claim-value.ts';
import type { PanelView } from './panel-view.ts';

const MAX_NAME_LENGTH = 60;
const SAME = 'The same in both';
const RENAMED = 'same value, other name';

/** Two tokens side by side: what matters to a validator, then what merely differs, then what is the same. */
export function renderComparison(state: TokenComparisonState, view: PanelView): TemplateResult {
  const { matters, other, same } = groupRows(state.rows);
  return html`
    <div class="page">
      <header>
        <p class="back">${renderLinkButton('Back to the Token', () => view.post({ type: 'showToken' }))}</p>
        <h1>Two tokens compared</h1>
        <p class="muted">${sayDifferences(state)}</p>
      </header>
      <main class="table-page">
        ${renderSection('Differences a validator looks at', matters, state, view)}
        ${renderSection('Other differences', other, state, view)}
        ${same.length > 0 ? renderSame(same, state, view) : nothing}
      </main>
    </div>
  `;
}

export function sayDifferences({ rows }: TokenComparisonState): string {
  const { matters, other } = groupRows(rows);
  if (matters.length + other.length === 0) return 'No claim differs.';
  const first =
    matters.length === 0 ? 'Nothing a validator looks at differs' : `${count(matters.length)} a validator looks at`;
  return other.length === 0 ? `${first}.` : `${first}, ${count(other.length, 'other ')}.`;
}

function groupRows(rows: readonly ComparedClaim[]): Record<'matters' | 'other' | 'same', ComparedClaim[]> {
  return {
    matters: rows.filter(({ same, matters }) => !same && matters),
    other: rows.filter(({ same, matters }) => !same && !matters),
    same: rows.filter(({ same }) => same),
  };
}

function count(number: number, word = ''): string {
  return number === 1 ? `1 ${word}difference` : `${number} ${word}differences`;
}

function renderSame(rows: ComparedClaim[], state: TokenComparisonState, view: PanelView): TemplateResult {
  return html`
    <details class="fold" data-section="same">
      <summary><h2>${SAME}</h2> <span class="muted">(${rows.length})</span></summary>
      ${renderTable(SAME, rows, state, view)}
    </details>
  `;
}

function renderSection(
  title: string,
  rows: ComparedClaim[],
  state: TokenComparisonState,
  view: PanelView,
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`
    <section>
      <h2>${title}</h2>
      ${renderTable(title, rows, state, view)}
    </section>
  `;
}

function renderTable(
  title: string,
  rows: ComparedClaim[],
  { left, right }: TokenComparisonState,
  view: PanelView,
): TemplateResult {
  return html`
    <table role="table" class="comparison" aria-label=${title}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Claim</th>
          ${[left, right].map(renderTokenName)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map((row) => renderRow(row, view))}
      </tbody>
    </table>
  `;
}

function renderTokenName({ title, audience }: TokenComparisonState['left']): TemplateResult {
  return html`<th role="columnheader" scope="col">
    <span class="token-title">${title}</span>
    ${audience === undefined ? nothing : html`<span class="small">for ${shortenId(audience)}</span>`}
  </th>`;
}

function renderRow(row: ComparedClaim, view: PanelView): TemplateResult {
  const { part, claim, left, right, onlyLeft, onlyRight } = row;
  const saysSame = left?.says !== undefined && left.says === right?.says;
  const otherName = right && right.name !== claim ? right.name : undefined;
  return html`
    <tr role="row" data-compared="${part}:${shorten(claim)}" data-same=${row.same} data-matters=${row.matters}>
      <th role="rowheader" scope="row">
        ${renderMark(row)}<span class="mono">${shorten(claim)}${otherName === undefined ? nothing : html` / ${otherName}`}</span>
        ${left && right && !row.same && isRenamed(left, right) ? html`<span class="muted small renamed" aria-hidden="true">${RENAMED}</span>` : nothing}
        ${part === 'header' ? html`<span class="muted small">header</span>` : nothing}
      </th>
      <td role="cell">${renderSide(left, onlyLeft, saysSame, view)}</td>
      <td role="cell">${renderSide(right, onlyRight, saysSame, view)}</td>
    </tr>
  `;
}

/** Sign and word for what differs: colour alone would not tell. */
function renderMark(row: ComparedClaim): TemplateResult {
  const { words, icon } = markOf(row);
  return html`<span class="mark" title=${words}>
    ${renderIcon(icon, row.matters && !row.same ? 'warning' : 'muted')}<span class="visually-hidden">${words}: </span>
  </span>`;
}

function markOf({ same, left, right }: ComparedClaim): { words: string; icon: string } {
  if (same) return { words: 'same', icon: 'check' };
  if (!right) return { words: 'only left', icon: 'diff-removed' };
  if (!left) return { words: 'only right', icon: 'diff-added' };
  return isRenamed(left, right)
    ? { words: RENAMED, icon: 'diff-renamed' }
    : { words: 'differs', icon: 'diff-modified' };
}

function isRenamed(left: ClaimLine, right: ClaimLine): boolean {
  return JSON.stringify(left.value) === JSON.stringify(right.value);
}

/** What is said of both values alike tells nothing of the difference. */
function renderSide(
  line: ClaimLine | undefined,
  only: string[] | undefined,
  saysSame: boolean,
  view: PanelView,
): TemplateResult {
  if (!line) return html`<span class="muted">not there</span>`;
  return html`
    <div class="claim-value">
      ${line.value.type === 'list' && only ? renderParted(line.value.items, only, line, view) : renderClaimValue(line, view)}
      ${line.says && !saysSame ? html`<span class="says muted">${line.says}</span>` : nothing}
    </div>
  `;
}

/** What only this token has stands first and apart. */
function renderParted(
  items: { text: string; name?: string }[],
  only: readonly string[],
  line: ClaimLine,
  view: PanelView,
): TemplateResult {
  const own = items.filter(({ text }) => only.includes(text));
  const shared = items.filter(({ text }) => !only.includes(text));
  return html`
    ${own.length > 0 ? html`<span class="only">only here</span> ${renderClaimValue({ ...line, name: `${line.name} only here`, value: { type: 'list', items: own } }, view)}` : nothing}
    ${shared.length > 0 ? html`<span class="muted">in both</span> ${renderClaimValue({ ...line, name: `${line.name} in both`, value: { type: 'list', items: shared } }, view)}` : nothing}
  `;
}

function shorten(name: string): string {
  return shortenMiddle(name, MAX_NAME_LENGTH);
}
