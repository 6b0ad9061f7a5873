import type { CauseId } from '../core/gates/cause-id.ts';
import type { Explanation } from '../core/why/explanation.ts';
import type { PageMessages } from './page-message.ts';

/** One whole state, posted after `ready` and after every change the host makes. */
export interface ExplanationPanelState {
  nowMs: number;
  explanation: Explanation;
  /** How many requests with their answers were found in the text; 0 for a log line. */
  exchanges: number;
  /** Things the user must know: what was cut, what was masked. */
  notes: string[];
  /** Beginning of the text that was explained, secrets masked; at most 64 kB. Empty for an opened report. */
  sourceText: string;
  /** False for an opened report: it is one already. */
  canCopyReport: boolean;
}

export type ToExplanationPanel = { type: 'state'; state: ExplanationPanelState };

export type FromExplanationPanel =
  | { type: 'ready' }
  | { type: 'openSource'; url: string }
  | { type: 'openSettings'; setting: string }
  | { type: 'copyValue'; cause: CauseId; fix: number }
  | { type: 'copyReport' };

export const EXPLANATION_PANEL_MESSAGES: PageMessages<FromExplanationPanel> = {
  ready: 'shows',
  openSource: 'shows',
  openSettings: 'shows',
  copyValue: 'shows',
  copyReport: 'shows',
};
