import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AppErrorAction } from '../../core/app-error.ts';
import type { Problem } from '../../protocol/request-view.ts';
import { renderButton } from '../shared/buttons.ts';
import { renderIcon } from '../shared/icon.ts';
import { renderTrouble, type TroubleView } from '../shared/sign-in/trouble-card.ts';
import { OUTCOME_ID, type RequestView } from './request-view.ts';

/** Why nothing was sent, where the answer would stand, with the way on. */
export function renderProblem(problem: Problem, view: RequestView): TemplateResult {
  const actions = [...listWaysOn(problem, view), ...problem.actions.flatMap((action) => wayBy(action, view))];
  return html`
    <div class="outcome">
      ${renderIcon('error', 'error')}
      <h2 class="plain-heading tone-error" id=${OUTCOME_ID} tabindex="-1">${titleOf(problem)}</h2>
    </div>
    <div class="problem" data-problem=${problem.code}>
      ${problem.trouble ? renderTrouble(problem.trouble, troubleView(view)) : html`<p>${problem.text}</p>`}
      ${actions.length > 0 ? html`<p class="card-actions">${actions.map(({ label, go }) => renderButton(label, go))}</p>` : nothing}
    </div>
  `;
}

function troubleView(view: RequestView): TroubleView {
  return {
    copyCommand: () => view.post({ type: 'copyCommand' }),
    openLookUp: () => view.post({ type: 'openLookUp' }),
  };
}

/** For the live region. */
export function sayProblem(problem: Problem): string {
  return `${titleOf(problem)}. ${problem.text}`;
}

function titleOf({ code, identity }: Problem): string {
  if (code !== 'signInFailed') return 'Not sent';
  return identity === undefined ? 'Not sent: sign-in failed' : 'Sign-in failed';
}

interface WayOn {
  label: string;
  go: () => void;
}

function listWaysOn({ code, identity }: Problem, view: RequestView): WayOn[] {
  if (code === 'signInFailed') {
    const again = identity === undefined ? view.send : () => view.post({ type: 'signIn', identity });
    return [{ label: 'Try Again', go: again }];
  }
  if (code !== 'noSecret') return [];
  const { token, hasPastedToken, key, hasKey } = view.form.authorize;
  return [
    ...(token === 'pasted' && !hasPastedToken
      ? [{ label: 'Paste Token…', go: () => view.post({ type: 'pasteToken' }) }]
      : []),
    ...(key !== 'none' && !hasKey ? [{ label: 'Enter Key…', go: () => view.post({ type: 'enterKey' }) }] : []),
  ];
}

function wayBy(action: AppErrorAction, view: RequestView): WayOn[] {
  switch (action) {
    case 'openSettings':
      return [{ label: 'Open Settings', go: () => view.post({ type: 'openSettings', setting: 'why401.apis' }) }];
    case 'openUserSettings':
      return [{ label: 'Open User Settings', go: () => view.post({ type: 'openUserSettings' }) }];
    case 'manageTrust':
      return [{ label: 'Manage Workspace Trust', go: () => view.post({ type: 'manageTrust' }) }];
    case 'setUpSignIn':
      return [{ label: 'Set Up Sign-In', go: () => view.post({ type: 'setUpSignIn' }) }];
    case 'addApi':
      return [];
    default:
      return action satisfies never;
  }
}
