import * as vscode from 'vscode';
import { AppError, Cancelled } from '../../core/app-error.ts';
import type { Explanation } from '../../core/why/explanation.ts';
import { beginningOf, selectedText } from '../editor-text.ts';
import { loadReports } from '../reports.ts';
import type { ExplanationPanel } from '../views/explanation-panel.ts';

const LONGEST_FILE = 1024 * 1024;

/**
 * "Why401: Open Report…": the report in the selection, the editor, the clipboard or a file, as the picture it was made
 * from. It is data of unknown origin: its words are ours, its values only what a report may hold.
 */
export async function openReport(panel: ExplanationPanel): Promise<void> {
  const explanation = (await findReport()) ?? (await readFromFile());
  panel.show({
    nowMs: Date.now(),
    explanation,
    exchanges: 0,
    notes: ['Opened from a report. Names in it are replaced by numbers; nothing was checked again.'],
    sourceText: '',
  });
}

async function findReport(): Promise<Explanation | undefined> {
  const { readReport } = await loadReports();
  const editor = vscode.window.activeTextEditor;
  return (
    readReport(selectedText()) ??
    (editor && readReport(beginningOf(editor.document, LONGEST_FILE))) ??
    readReport(await vscode.env.clipboard.readText())
  );
}

async function readFromFile(): Promise<Explanation> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Open Report',
      openLabel: 'Open Report',
      filters: { Markdown: ['md'], 'All files': ['*'] },
    })) ?? [];
  if (!file) throw new Cancelled();
  const bytes = await vscode.workspace.fs.readFile(file);
  const { readReport } = await loadReports();
  const explanation = readReport(new TextDecoder().decode(bytes.slice(0, LONGEST_FILE)));
  if (!explanation)
    throw new AppError('noReport', 'No report is in this file. “Copy Report” under an explanation makes one.');
  return explanation;
}
