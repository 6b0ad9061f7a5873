import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TokenPair } from '../../../core/why/explanation.ts';
import { renderFoldButton } from '../foldable-text.ts';
import { renderIcon } from '../icon.ts';
import { shortenIdsIn, shortenMiddle } from '../shorten.ts';
import type { ExplanationView } from './explanation-view.ts';

const FOLD_ID = 'pair';
const MAX_LENGTH = 120;
const MAX_UNBROKEN = 20;
const SAYS_TITLE = 'token says';

type Row = TokenPair['rows'][number];

/** What the token says beside what is accepted, a claim a row; ids are shortened until asked for. */
export function renderTokenPair({ acceptsTitle, rows }: TokenPair, view: ExplanationView): TemplateResult {
  const isWhole = view.isUnfolded(FOLD_ID);
  const shown = rows.map((row) => (isWhole ? row : shortenRow(row)));
  const canShorten = rows.some((row) => valuesOf(shortenRow(row)).join() !== valuesOf(row).join());
  return html`
    <div class="pair">
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col"><span class="visually-hidden">Claim</span></th>
            <th role="columnheader" scope="col">${SAYS_TITLE}</th>
            <th role="columnheader" scope="col">${acceptsTitle}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">${shown.map((row) => renderRow(row, acceptsTitle))}</tbody>
      </table>
      ${canShorten ? renderFoldButton(FOLD_ID, 'Show whole values', 'token and accepted values', view) : nothing}
    </div>
  `;
}

/** Roles are named because a narrow container lays the rows out as blocks, which would lose them. */
function renderRow({ claim, says, accepts, fits }: Row, acceptsTitle: string): TemplateResult {
  return html`
    <tr role="row" data-claim=${claim} data-fits=${fits}>
      <th role="rowheader" scope="row" class="mono">${claim}</th>
      <td role="cell" class="says" data-title=${SAYS_TITLE}>
        ${fits ? renderIcon('check', 'passed') : renderIcon('close', 'error')}
        <span class="visually-hidden">${fits ? 'fits: ' : 'does not fit: '}</span
        >${says === '' ? html`<span class="muted">nothing</span>` : renderBreakable(says)}
      </td>
      <td role="cell" data-title=${acceptsTitle}>
        ${
          accepts.length === 0
            ? html`<span class="muted">not said</span>`
            : html`<ul>${accepts.map((value) => html`<li>${renderBreakable(value)}</li>`)}</ul>`
        }
      </td>
    </tr>
  `;
}

/** An address breaks at its slashes and dots rather than anywhere. */
function renderBreakable(text: string): TemplateResult {
  const parts = text.split(/(?<=[/@])(?!\/)|(?=\.[a-z])/i);
  return html`<span class="mono">${parts.map((part) => html`<wbr />${isShortId(part) ? html`<span class="unbroken">${part}</span>` : part}`)}</span>`;
}

/** Browsers break after an ellipsis; a shortened id is short enough to stay in one piece. */
function isShortId(text: string): boolean {
  return text.includes('…') && text.length <= MAX_UNBROKEN;
}

/** Shortening must not make two different values look the same: then they stay whole. */
function shortenRow(row: Row): Row {
  const short = (text: string) => shortenMiddle(shortenIdsIn(text), MAX_LENGTH);
  const shortened = { ...row, says: short(row.says), accepts: row.accepts.map(short) };
  const distinct = (of: Row) => new Set(valuesOf(of)).size;
  return distinct(shortened) === distinct(row) ? shortened : row;
}

function valuesOf({ says, accepts }: Row): string[] {
  return [says, ...accepts];
}
