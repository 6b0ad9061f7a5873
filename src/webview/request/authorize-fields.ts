import { live } from 'lit/directives/live.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { durationText } from '../../core/token/time.ts';
import type { RequestViewState } from '../../protocol/request-view.ts';
import { renderIconButton, renderLinkButton } from '../shared/buttons.ts';
import { renderIcon } from '../shared/icon.ts';
import { type KeyKind, nameOfKey, tokenChoiceOf, withKeyKind, withTokenChoice } from './form-draft.ts';
import type { Identity, RequestView } from './request-view.ts';

const MINUTE_SEC = 60;

const KEY_CHOICES: [kind: KeyKind, label: string][] = [
  ['none', 'No key'],
  ['functionsHeader', 'Functions key (header)'],
  ['functionsQuery', 'Functions key (URL)'],
  ['subscriptionHeader', 'Subscription key (header)'],
  ['subscriptionQuery', 'Subscription key (URL)'],
];

const PLACES_OF_KEYS: Record<KeyKind, string> = {
  none: '',
  functionsHeader: 'header',
  functionsQuery: 'query parameter',
  subscriptionHeader: 'header',
  subscriptionQuery: 'query parameter',
};

/** At most one token and one key. Of a secret the view knows only that it is there. */
export function renderAuthorizeFields({ identities }: RequestViewState, view: RequestView): TemplateResult {
  return html`
    <label class="field-name" for="token-choice">Token</label>
    <div class="field">
      ${renderTokenChoice(identities, view)} ${renderTokenLine(identities, view)}
    </div>
    <label class="field-name" for="key-choice">Key</label>
    <div class="field">${renderKeyChoice(view)} ${renderKeyLine(view)}</div>
  `;
}

function renderTokenChoice(identities: Identity[], view: RequestView): TemplateResult {
  const { authorize } = view.form;
  const chosen = tokenChoiceOf(authorize);
  const choices = [
    ['none', 'No token'],
    ...identities.map(({ id, label, account }) => [`identity:${id}`, account ? `${label} · ${account}` : label]),
    ['pasted', 'Pasted token'],
  ] as [value: string, label: string][];
  if (!choices.some(([value]) => value === chosen)) choices.push([chosen, 'An identity that is no longer there']);
  return renderSelect('token-choice', choices, chosen, (choice) =>
    view.edit({ authorize: withTokenChoice(authorize, choice) }, 'chosen'),
  );
}

function renderTokenLine(identities: Identity[], view: RequestView): TemplateResult | typeof nothing {
  const { token, identity: id, hasPastedToken } = view.form.authorize;
  switch (token) {
    case 'none':
      return identities.length > 0 ? nothing : renderSetUp(view);
    case 'pasted':
      return renderSecretLine(hasPastedToken, 'token', '', view);
    case 'identity': {
      const identity = identities.find((known) => known.id === id);
      return identity ? renderIdentityLine(identity, view) : nothing;
    }
    default:
      return token satisfies never;
  }
}

/** Nobody who has no identity yet has to know where one is written. */
function renderSetUp(view: RequestView): TemplateResult {
  return html`<p class="field-line">
    ${renderLinkButton('Set Up Sign-In', () => view.post({ type: 'setUpSignIn' }), 'to get tokens for your API')}
  </p>`;
}

function renderIdentityLine(
  { id, account, expiresAtSec }: Identity,
  view: RequestView,
): TemplateResult | typeof nothing {
  if (account === undefined) {
    return html`<div class="field-line">
      <span class="muted">signed out</span>
      <button type="button" class="button secondary" @click=${() => view.post({ type: 'signIn', identity: id })}>
        Sign In
      </button>
    </div>`;
  }
  if (expiresAtSec === undefined) return nothing;
  const leftSec = expiresAtSec - view.nowMs / 1000;
  if (leftSec > 0) {
    return html`<p class="field-line"><span class="muted">token expires in ${roughDuration(leftSec)}</span></p>`;
  }
  return html`<p class="field-line">
    ${renderIcon('warning', 'warning')}<span>token expired ${roughDuration(leftSec)} ago</span>
  </p>`;
}

/** Whole minutes, so that nothing ticks beside what the user types. */
function roughDuration(spanSec: number): string {
  const sec = Math.abs(spanSec);
  return sec < MINUTE_SEC ? 'less than a minute' : durationText(Math.floor(sec / MINUTE_SEC) * MINUTE_SEC);
}

function renderKeyChoice(view: RequestView): TemplateResult {
  const { authorize } = view.form;
  return renderSelect('key-choice', KEY_CHOICES, authorize.key, (kind) =>
    view.edit({ authorize: withKeyKind(authorize, kind) }, 'chosen'),
  );
}

function renderKeyLine(view: RequestView): TemplateResult | typeof nothing {
  const { authorize } = view.form;
  if (authorize.key === 'none') return nothing;
  const name = nameOfKey(authorize);
  const place = html`<span class="muted secret-name" title=${name}
    ><span class="visually-hidden">${PLACES_OF_KEYS[authorize.key]} </span><span class="mono">${name}</span></span
  >`;
  return renderSecretLine(authorize.hasKey, 'key', place, view);
}

function renderSecretLine(
  isThere: boolean,
  which: 'token' | 'key',
  place: TemplateResult | string,
  view: RequestView,
): TemplateResult {
  const ask = () => view.post({ type: which === 'token' ? 'pasteToken' : 'enterKey' });
  const askLabel = which === 'token' ? 'Paste Token…' : 'Enter Key…';
  return html`
    <div class="field-line">
      ${place}
      ${
        isThere
          ? html`<span class="secret"><span aria-hidden="true">••••</span><span class="visually-hidden">is kept</span></span>
              <span class="field-icons">
                ${renderIconButton('edit', `Replace ${which}…`, ask)}
                ${renderIconButton('trash', `Forget ${which}`, () => view.post({ type: 'forgetSecret', which }))}
              </span>`
          : html`<button type="button" class="button secondary" @click=${ask}>${askLabel}</button>`
      }
    </div>
  `;
}

function renderSelect<Value extends string>(
  id: string,
  choices: [value: Value, label: string][],
  chosen: Value,
  choose: (value: Value) => void,
): TemplateResult {
  return html`
    <select id=${id} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as Value)}>
      ${choices.map(
        ([value, label]) => html`<option value=${value} .selected=${live(value === chosen)}>${label}</option>`,
      )}
    </select>
  `;
}
