import * as vscode from 'vscode';
import { Cancelled } from '../../core/app-error.ts';
import { findTokens } from '../../core/token/find-tokens.ts';
import { readToken } from '../../core/token/read-token.ts';
import { summarizeToken } from '../../core/token/token-summary.ts';
import { beginningOf, fileNameOf, selectedText } from '../editor-text.ts';
import { lifetimeWords } from '../language/lifetime-words.ts';
import { plainName } from '../plain-text.ts';
import { plainWindow } from '../plain-window.ts';
import { askForTokens, readClipboard, readTokenInput } from '../token-input.ts';
import { audienceOf } from '../views/shown-token.ts';
import type { TokenPanel } from '../views/token-panel.ts';

const TITLE = 'Compare Token With…';
/** Of a file, tokens are offered from its first 256 kB. */
const LONGEST_OFFER = 256 * 1024;
const MOST_OFFERED = 50;

interface Candidate {
  raw: string;
  from: string;
}

/**
 * "Why401: Compare Token With…": the panel's token (without one, that of the selection, the cursor or the clipboard)
 * with another one. Two selected tokens, or one besides that of the panel, are compared without asking.
 */
export async function compareWith(panel: TokenPanel): Promise<void> {
  const selected = selectedTokens();
  const [first, second, ...more] = selected;
  if (first !== undefined && second !== undefined && more.length === 0) {
    panel.show({ raws: [first, second], ...resource() });
    panel.compareWith(second);
    return;
  }
  if (!panel.selected) panel.show(await readTokenInput(TITLE));
  const left = panel.selected?.raw;
  if (left === undefined) throw new Cancelled();
  if (first !== undefined && first !== left && selected.length === 1) panel.compareWith(first);
  else panel.compareWith(await chooseOther(panel, left));
}

async function chooseOther(panel: TokenPanel, left: string): Promise<string> {
  const candidates = distinct([
    ...panel.readings.map(({ raw }) => ({ raw, from: 'in the panel' })),
    ...((await readClipboard()) ?? []).map((raw) => ({ raw, from: 'in the clipboard' })),
    ...vscode.window.visibleTextEditors.flatMap(({ document }) => tokensOfFile(document)),
  ]).filter(({ raw }) => raw !== left);
  if (candidates.length === 0) return firstOf(await askForTokens(TITLE));
  const items: (vscode.QuickPickItem & { raw?: string })[] = [
    ...candidates.slice(0, MOST_OFFERED).map(itemOf),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: 'Paste Another Token…' },
  ];
  const picked = await plainWindow.showQuickPick(items, { title: TITLE, placeHolder: 'With which token?' });
  if (!picked) throw new Cancelled();
  return picked.raw ?? firstOf(await askForTokens(TITLE));
}

function itemOf({ raw, from }: Candidate): vscode.QuickPickItem & { raw: string } {
  const summary = summarizeToken(readToken(raw));
  const audience = audienceOf(summary);
  const detail = [
    audience === undefined ? undefined : `for ${plainName(audience)}`,
    lifetimeWords(summary, Date.now()),
  ];
  return {
    label: plainName(summary.title),
    description: plainName(from),
    detail: detail.filter((words) => words !== undefined).join(' · '),
    raw,
  };
}

function tokensOfFile(document: vscode.TextDocument): Candidate[] {
  const name = fileNameOf(document);
  return findTokens(beginningOf(document, LONGEST_OFFER)).map(({ raw, start }) => ({
    raw,
    from: `line ${document.positionAt(start).line + 1} of ${name}`,
  }));
}

function selectedTokens(): string[] {
  return [...new Set(findTokens(selectedText()).map(({ raw }) => raw))];
}

function resource(): { resource?: vscode.Uri } {
  const editor = vscode.window.activeTextEditor;
  return editor ? { resource: editor.document.uri } : {};
}

function distinct(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ raw }) => !seen.has(raw) && seen.add(raw));
}

function firstOf([first]: readonly string[]): string {
  if (first === undefined) throw new Cancelled();
  return first;
}
