import * as vscode from 'vscode';
import { Cancelled } from '../../core/app-error.ts';
import { readExchangeText } from '../../core/call/http-text.ts';
import { maskText } from '../../core/call/mask-text.ts';
import { explain } from '../../core/why/explain.ts';
import { knowledgeOf } from '../../core/why/knowledge.ts';
import { writeExplanation } from '../../core/why/write-explanation.ts';
import { readPlace, type TextPlace, textAtPlace } from '../language/token-place.ts';
import type { ExplanationPanel } from '../views/explanation-panel.ts';

const LONGEST_SOURCE = 64 * 1024;

/** "Why401: Explain…": the place a link names, else the selection, else the clipboard, else pasted text. No profile is needed; nothing is sent. */
export async function explainText(panel: ExplanationPanel, argument: unknown): Promise<void> {
  const text = textOf(readPlace(argument)) ?? selectedText() ?? (await clipboardText()) ?? (await askForText());
  const exchanges = readExchangeText(text);
  const nowMs = Date.now();
  const knowledge = knowledgeOf(undefined, undefined, {}, exchanges.at(-1)?.call, nowMs);
  const diagnosis = explain(exchanges, knowledge, nowMs);
  panel.show({
    nowMs,
    explanation: writeExplanation(diagnosis),
    exchanges: exchanges.filter(({ response }) => response !== undefined).length,
    notes: text.length > LONGEST_SOURCE ? ['Only the beginning of the text is shown below.'] : [],
    sourceText: maskText(text.slice(0, LONGEST_SOURCE)),
  });
}

function textOf(place: TextPlace | undefined): string | undefined {
  return place && textAtPlace(place).text;
}

function selectedText(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.selections.map((selection) => editor.document.getText(selection)).join('\n') ?? '';
  return text.trim() === '' ? undefined : text;
}

async function clipboardText(): Promise<string | undefined> {
  const text = await vscode.env.clipboard.readText();
  return readExchangeText(text).some(({ response }) => response !== undefined) ? text : undefined;
}

async function askForText(): Promise<string> {
  const text = await vscode.window.showInputBox({
    title: 'Explain',
    prompt: 'Paste an answer, the output of curl -v, or a log line with an error code. It stays on this machine.',
    ignoreFocusOut: true,
  });
  if (!text?.trim()) throw new Cancelled();
  return text;
}
