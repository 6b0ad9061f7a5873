import type * as vscode from 'vscode';
import { explainText } from './commands/explain.ts';
import { openReport } from './commands/open-report.ts';
import type { Log } from './log.ts';
import { ExplanationPanel } from './views/explanation-panel.ts';

/** Explaining what was pasted, or what a colleague reported. */
export interface Explaining {
  panel: ExplanationPanel;
  explainText(place: unknown): Promise<void>;
  openReport(): Promise<void>;
}

export function createExplaining({ extensionUri, subscriptions }: vscode.ExtensionContext, log: Log): Explaining {
  const panel = new ExplanationPanel(extensionUri, log);
  subscriptions.push(panel);
  return { panel, explainText: (place) => explainText(panel, place), openReport: () => openReport(panel) };
}
