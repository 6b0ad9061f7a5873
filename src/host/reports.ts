import * as vscode from 'vscode';
import type { Diagnosis } from '../core/why/explain.ts';
import { writeExplanation } from '../core/why/write-explanation.ts';
import { sayDone } from './say-done.ts';

/** A bundle of its own. */
export const loadReports = () => import('../core/why/report/report-text.ts');

/** Puts a diagnosis into the clipboard as a report for a ticket. */
export async function copyReport(diagnosis: Diagnosis): Promise<void> {
  const { writeReport } = await loadReports();
  await vscode.env.clipboard.writeText(writeReport(diagnosis, writeExplanation(diagnosis)));
  sayDone('Copied the report');
}
