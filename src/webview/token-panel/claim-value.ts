import { html, nothing, type TemplateResult } from 'lit/html.js';
import { describeTime } from '../../core/token/time.ts';
import type { ClaimLine, ClaimValue } from '../../core/token/token-description.ts';
import { renderFoldableText, renderFoldButton } from '../shared/foldable-text.ts';
import type { PanelView } from './panel-view.ts';

const ITEMS_SHOWN = 12;

export function renderClaimValue({ part, name, value }: ClaimLine, view: PanelView): TemplateResult {
  const id = `${part}:${name}`;
  switch (value.type) {
    case 'text':
      return html`${renderFoldableText(id, value.text, name, view)}
      ${value.name ? html`<span class="known-name">${value.name}</span>` : nothing}`;
    case 'time':
      return renderTime(value.epochSec, view.nowMs);
    case 'list':
      return renderList(id, name, value.items, view);
    case 'json':
      return html`<div class="json-value">${renderFoldableText(id, value.text, name, view)}</div>`;
    default:
      return value satisfies never;
  }
}

function renderTime(epochSec: number, nowMs: number): TemplateResult {
  const moment = describeTime(epochSec, nowMs);
  if (!moment) return html`<span class="mono">${epochSec}</span> <span>further away than a date can be</span>`;
  return html`
    <span title=${`${epochSec} seconds since 1970`}>${moment.local} <span class="muted">local</span></span>
    <span>${moment.utc} <span class="muted">UTC</span></span>
    <span>${moment.relative}</span>
  `;
}

type Items = Extract<ClaimValue, { type: 'list' }>['items'];

function renderList(id: string, claimName: string, items: Items, view: PanelView): TemplateResult {
  if (items.length === 0) return html`<span class="muted">empty list</span>`;
  const isFolded = items.length > ITEMS_SHOWN && !view.isUnfolded(id);
  const shown = isFolded ? items.slice(0, ITEMS_SHOWN) : items;
  return html`
    <ul class="chips" aria-label=${claimName}>
      ${shown.map(
        ({ text, name }, index) => html`
          <li class="chip">
            ${renderFoldableText(`${id}:${index}`, text, `${claimName}, item ${index + 1}`, view)}${
              name ? html` <span class="known-name">${name}</span>` : nothing
            }
          </li>
        `,
      )}
    </ul>
    ${items.length > ITEMS_SHOWN ? renderFoldButton(id, `Show all ${items.length}`, claimName, view) : nothing}
  `;
}
