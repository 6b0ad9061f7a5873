import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ClaimValue, TokenDescription } from '../../core/token/token-description.ts';
import { shortenId } from '../shared/shorten.ts';

const CHIP_CLAIMS = [
  { word: 'tenant', names: ['tid'] },
  { word: 'for', names: ['aud'] },
  { word: 'from', names: ['azp', 'appid'] },
];

/** The three answers asked for first (whose tenant, for which API, from which client), shortened; whole among the claims. */
export function renderTokenChips(token: TokenDescription): TemplateResult | typeof nothing {
  const chips = CHIP_CLAIMS.flatMap(({ word, names }) => {
    const text = names.map((name) => findText(token, name)).find((found) => found !== undefined);
    return text ? [{ word, text }] : [];
  });
  if (chips.length === 0) return nothing;
  return html`
    <ul class="chips" aria-label="In short">
      ${chips.map(({ word, text }) => html`<li class="chip"><span class="muted">${word}</span> ${shortenId(text)}</li>`)}
    </ul>
  `;
}

function findText(token: TokenDescription, name: string): string | undefined {
  const claims = token.sections.flatMap((section) => section.claims);
  const claim = claims.find((line) => line.part === 'payload' && line.name === name);
  return claim && nameValue(claim.value);
}

function nameValue(value: ClaimValue): string | undefined {
  switch (value.type) {
    case 'text':
      return value.name ?? value.text;
    case 'list':
      return value.items.length === 1 ? (value.items[0]?.name ?? value.items[0]?.text) : `${value.items.length} values`;
    case 'time':
    case 'json':
      return undefined;
    default:
      return value satisfies never;
  }
}
