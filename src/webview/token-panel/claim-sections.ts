import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ClaimLine, ClaimSection } from '../../core/token/token-description.ts';
import { renderIconButton } from '../shared/buttons.ts';
import { renderFoldButton } from '../shared/foldable-text.ts';
import { shortenMiddle } from '../shared/shorten.ts';
import { hostOfSource } from '../shared/web-source.ts';
import { renderClaimValue } from './claim-value.ts';
import type { PanelView } from './panel-view.ts';

const NAMES_IN_SUMMARY = 3;
const CLAIMS_SHOWN = 100;
const MAX_NAME_LENGTH = 60;
/** A longer name stands above its value: beside it, it would break in the middle of words. */
const LONGEST_NAME_BESIDE = 14;

/** The claims as answers to questions; what only Microsoft uses is folded. */
export function renderClaimSections(sections: ClaimSection[], view: PanelView): TemplateResult[] {
  return sections
    .filter(({ claims }) => claims.length > 0)
    .map((section) => (section.id === 'internal' ? renderFolded(section, view) : renderOpen(section, view)));
}

function renderOpen(section: ClaimSection, view: PanelView): TemplateResult {
  const headingId = `section-${section.id}`;
  return html`
    <section aria-labelledby=${headingId}>
      <h2 id=${headingId}>${section.title}</h2>
      ${renderClaims(section, view)}
    </section>
  `;
}

function renderFolded({ id, title, claims }: ClaimSection, view: PanelView): TemplateResult {
  const first = claims.slice(0, NAMES_IN_SUMMARY).map(({ name }) => shortenMiddle(name, MAX_NAME_LENGTH));
  const names = claims.length > NAMES_IN_SUMMARY ? `${first.join(', ')}, …` : first.join(', ');
  return html`
    <details class="fold" data-section=${id}>
      <summary><h2>${title}</h2> <span class="muted">${names} (${claims.length})</span></summary>
      ${renderClaims({ id, title, claims }, view)}
    </details>
  `;
}

function renderClaims({ id, title, claims }: ClaimSection, view: PanelView): TemplateResult {
  const foldId = `section:${id}`;
  const isCut = claims.length > CLAIMS_SHOWN && !view.isUnfolded(foldId);
  const shown = isCut ? claims.slice(0, CLAIMS_SHOWN) : claims;
  return html`
    <dl>${shown.map((claim) => renderClaim(claim, view))}</dl>
    ${claims.length > CLAIMS_SHOWN ? renderFoldButton(foldId, `Show all ${claims.length}`, title, view) : nothing}
  `;
}

function renderClaim(claim: ClaimLine, view: PanelView): TemplateResult {
  const target = { what: 'claim', part: claim.part, name: claim.name } as const;
  const isCopied = view.isCopied(target);
  const sourceHost = hostOfSource(claim.source);
  const name = shortenMiddle(claim.name, MAX_NAME_LENGTH);
  return html`
    <div class="claim ${name.length > LONGEST_NAME_BESIDE ? 'long-name' : ''}" data-claim="${claim.part}:${name}">
      <dt class="mono">${name}</dt>
      <dd>
        <div class="claim-value">
          ${renderClaimValue(claim, view)} ${claim.says ? html`<span class="says">${claim.says}</span>` : nothing}
        </div>
        <p class="muted small">${claim.meaning}</p>
        <div class="claim-actions ${isCopied ? 'is-copied' : ''}">
          ${
            sourceHost
              ? renderIconButton('link-external', `Read about ${name} on ${sourceHost}`, () =>
                  view.post({ type: 'openSource', url: claim.source ?? '' }),
                )
              : nothing
          }
          ${renderIconButton(isCopied ? 'check' : 'copy', `Copy ${name}`, () => view.copy(target))}
        </div>
      </dd>
    </div>
  `;
}
