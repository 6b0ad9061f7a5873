import { live } from 'lit/directives/live.js';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SetUpStep, SetUpWay } from '../../core/entra/set-up-steps.ts';
import type { ExpectedClaim, SetUpState } from '../../protocol/sign-in-panel.ts';
import { renderButton, renderLinkButton } from '../shared/buttons.ts';
import { renderIcon, type Tone } from '../shared/icon.ts';
import { renderCommand } from '../shared/sign-in/command-block.ts';
import { renderCheck } from './check-section.ts';
import type { SignInView } from './sign-in-view.ts';

const WAYS: [way: SetUpWay, title: string, text: string][] = [
  ['own', 'A client of your own', 'For you and your team. You need to be allowed to register applications.'],
  ['vscode', 'VS Code’s own client', 'Nothing to register. Whoever owns the API lets VS Code ask for its scope.'],
  [
    'azureCli',
    'Azure CLI’s client',
    'For those who use az already. Whoever owns the API lets Azure CLI ask for its scope.',
  ],
];

/** The page has numbers already. */
const LETTERS = 'abcdefgh';

const FINDING_SIGNS: Record<SetUpState['findings'][number]['severity'], [icon: string, tone: Tone]> = {
  fault: ['error', 'error'],
  warning: ['warning', 'warning'],
  note: ['info', 'info'],
};

/** For those who have no client yet: which one, how to let it in, what the token will say, and a first sign-in. */
export function renderSetUpPage(state: SetUpState, view: SignInView): TemplateResult {
  return html`
    <main class="page">
      <header>
        <h1>Set up sign-in</h1>
        <p class="muted lead">
          Whoever asks for a token for your API does so through a client: an application that the API’s tenant knows. Choose
          one, let it in, and sign in once to see that it works. It needs no secret.
        </p>
      </header>
      ${state.apis.length === 0 ? renderNoApi(view) : renderWork(state, view)}
    </main>
  `;
}

function renderNoApi(view: SignInView): TemplateResult {
  return html`
    <section class="card">
      <h2 class="plain-heading">First say which API</h2>
      <p>There is no API profile yet.</p>
      <p class="card-actions">${renderButton('Add API', () => view.post({ type: 'addApi' }), 'primary')}</p>
    </section>
  `;
}

function renderWork(state: SetUpState, view: SignInView): TemplateResult {
  const fields = view.fields ?? state.fields;
  return html`
    <section aria-labelledby="api-heading">
      <h2 id="api-heading">1 · Your API</h2>
      <div class="set-up-fields">
        <label for="api">API</label>
        <select id="api" @change=${(event: Event) => view.edit({ api: (event.target as HTMLSelectElement).value })}>
          ${state.apis.map((api) => html`<option value=${api} .selected=${live(api === fields.api)}>${api}</option>`)}
        </select>
        <label for="scope">Scope</label>
        <input
          id="scope"
          class="code-field"
          spellcheck="false"
          autocomplete="off"
          placeholder="api://orders/Orders.Read"
          .value=${live(fields.scope)}
          @input=${(event: Event) => view.edit({ scope: (event.target as HTMLInputElement).value.trim() })}
        />
      </div>
      ${renderFindings(state, view)} ${renderExpected(state.expected)}
    </section>
    <section aria-labelledby="way-heading">
      <h2 id="way-heading">2 · The client that asks</h2>
      <div class="ways" role="radiogroup" aria-labelledby="way-heading">
        ${WAYS.filter(([way]) => state.ways.includes(way)).map(([way, title, text]) => renderWay(way, title, text, fields.way, view))}
      </div>
    </section>
    <section aria-labelledby="steps-heading">
      <h2 id="steps-heading">3 · Let it in</h2>
      ${
        state.steps.some(({ commands }) => commands.length > 0)
          ? html`<p class="muted">In the portal (entra.microsoft.com), or with the commands in bash. Why401 never runs them.</p>`
          : nothing
      }
      <ol class="steps" role="list">
        ${state.steps.map((step, index) => renderStep(step, index, view))}
      </ol>
    </section>
    <section aria-labelledby="check-heading">
      <h2 id="check-heading">4 · Sign in once</h2>
      ${fields.way === 'own' ? renderClientId(fields.clientId, view) : nothing} ${renderCheck(state.check, view)}
    </section>
  `;
}

function renderFindings({ findings, missing }: SetUpState, view: SignInView): TemplateResult | typeof nothing {
  if (findings.length + missing.length === 0) return nothing;
  return html`
    <ul class="notes">
      ${missing.map(
        (text) => html`<li>
          ${renderIcon('info', 'info')}<span
            >${text} ${renderLinkButton('Open Settings', () => view.post({ type: 'openSettings' }))}</span
          >
        </li>`,
      )}
      ${findings.map(({ severity, text }) => html`<li>${renderIcon(...FINDING_SIGNS[severity])}<span>${text}</span></li>`)}
    </ul>
  `;
}

const BY_SETTING = { 1: 'v1 (1 or null)', 2: 'v2 (2)' };

/** One column where the API's version is known, two where it is not. */
function renderExpected(expected: ExpectedClaim[]): TemplateResult | typeof nothing {
  const versions = expected[0]?.values.map(({ version }) => version) ?? [];
  if (versions.length === 0) return nothing;
  const title = versions.length === 1 ? 'The token will say' : 'The token will say, by requestedAccessTokenVersion';
  return html`
    <table class="expected">
      <caption>${title}</caption>
      <thead>
        <tr>
          <th scope="col">Claim</th>
          ${versions.map((version) => html`<th scope="col">${versions.length === 1 ? `v${version}` : BY_SETTING[version]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${expected.map(
          ({ claim, values }) => html`<tr data-expected=${claim}>
            <th scope="row" class="mono">${claim}</th>
            ${values.map(({ text }) => html`<td class="mono">${text}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  `;
}

function renderWay(way: SetUpWay, title: string, text: string, chosen: SetUpWay, view: SignInView): TemplateResult {
  return html`
    <label class="way">
      <input type="radio" name="way" value=${way} .checked=${live(way === chosen)} @change=${() => view.edit({ way })} />
      <span><strong>${title}</strong><span class="muted">${text}</span></span>
    </label>
  `;
}

function renderStep({ id, title, portal, commands, note }: SetUpStep, index: number, view: SignInView): TemplateResult {
  return html`
    <li class="step" data-step=${id}>
      <h3>${LETTERS[index]}. ${title}</h3>
      ${portal.map((line) => html`<p>${line}</p>`)} ${commands.map((command) => renderCommand(command, view.copyCommand))}
      ${note ? html`<p class="step-note">${renderIcon('info', 'muted')}<span class="muted">${note}</span></p>` : nothing}
    </li>
  `;
}

function renderClientId(clientId: string, view: SignInView): TemplateResult {
  return html`
    <div class="set-up-fields">
      <label for="client-id">Client ID</label>
      <input
        id="client-id"
        class="code-field"
        spellcheck="false"
        autocomplete="off"
        placeholder="Application (client) ID of the new registration"
        .value=${live(clientId)}
        @input=${(event: Event) => view.edit({ clientId: (event.target as HTMLInputElement).value.trim() })}
      />
    </div>
  `;
}
