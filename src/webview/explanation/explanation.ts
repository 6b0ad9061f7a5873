import type { FromExplanationPanel, ToExplanationPanel } from '../../protocol/explanation-panel.ts';
import type { ExplanationView } from '../shared/explanation/explanation-view.ts';
import { startPage } from '../shared/page.ts';
import { renderExplanationPage } from './explanation-page.ts';
import './explanation.css';

let explanationNumber = 0;

const page = startPage<FromExplanationPanel, ToExplanationPanel>({
  render: (state, announcement) => renderExplanationPage({ state, explanationNumber, announcement, copyReport }, view),
  receive(next, before) {
    if (!before || next.sourceText !== before.sourceText || next.explanation.headline !== before.explanation.headline) {
      page.foldAll();
      explanationNumber += 1;
    }
    page.announce(next.explanation.headline);
    page.draw();
  },
});

const view: ExplanationView = {
  ...page.folds,
  openSource: (url) => page.post({ type: 'openSource', url }),
  copyValue: (place) => {
    page.post({ type: 'copyValue', ...place });
    page.announce('Copied the value');
    page.draw();
  },
  openSettings: (setting) => page.post({ type: 'openSettings', setting }),
};

function copyReport(): void {
  page.post({ type: 'copyReport' });
  page.announce('Copied the report');
  page.draw();
}
