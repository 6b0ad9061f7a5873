import { render } from 'lit/html.js';
import type {
  ExplanationPanelState,
  FromExplanationPanel,
  ToExplanationPanel,
} from '../../protocol/explanation-panel.ts';
import type { ExplanationView } from '../shared/explanation/explanation-view.ts';
import { connectHost } from '../shared/vscode-api.ts';
import { renderExplanationPage } from './explanation-page.ts';
import './explanation.css';

const root = document.body.appendChild(document.createElement('div'));
const unfolded = new Set<string>();
let state: ExplanationPanelState | undefined;
let explanationNumber = 0;
let announcement = '';

const host = connectHost<FromExplanationPanel, ToExplanationPanel>((message) => {
  switch (message.type) {
    case 'state':
      receiveState(message.state);
      break;
    default:
      message.type satisfies never;
  }
});

const view: ExplanationView = {
  openSource: (url) => host.post({ type: 'openSource', url }),
  openSettings: (setting) => host.post({ type: 'openSettings', setting }),
  isUnfolded: (id) => unfolded.has(id),
  toggleFold: (id) => {
    if (!unfolded.delete(id)) unfolded.add(id);
    draw();
  },
};

host.post({ type: 'ready' });

function receiveState(next: ExplanationPanelState): void {
  if (next.sourceText !== state?.sourceText) {
    unfolded.clear();
    explanationNumber += 1;
  }
  state = next;
  announcement = next.explanation.headline;
  draw();
}

function copyReport(): void {
  host.post({ type: 'copyReport' });
  announcement = announcement === 'Copied the report' ? 'Copied the report\u00a0' : 'Copied the report';
  draw();
}

function draw(): void {
  if (state) render(renderExplanationPage({ state, explanationNumber, announcement, copyReport }, view), root);
}
