import * as vscode from 'vscode';
import { Cancelled } from '../../core/app-error.ts';
import { maskText } from '../../core/call/mask-text.ts';
import { explain } from '../../core/why/explain.ts';
import { knowledgeOf } from '../../core/why/knowledge.ts';
import { writeExplanation } from '../../core/why/write-explanation.ts';
import { selectedText } from '../editor-text.ts';
import { readPlace, type TextPlace, textAtPlace } from '../language/token-place.ts';
import { callTarget } from '../request/call-target.ts';
import type { ExplanationPanel } from '../views/explanation-panel.ts';

const LONGEST_SOURCE = 64 * 1024;

/** A bundle of its own. */
const loadReader = () => import('../../core/call/http-text.ts');

/**
 * "Why401: Explain…": the place a link names, else the selection, else the clipboard, else pasted text. Nothing is sent.
 * No profile is needed; one whose origin was called is what the token is compared with.
 */
export async function explainText(panel: ExplanationPanel, argument: unknown): Promise<void> {
  const { readExchangeText } = await loadReader();
  const text = textOf(readPlace(argument)) ?? selection() ?? (await clipboardText()) ?? (await askForText());
  const exchanges = readExchangeText(text);
  const nowMs = Date.now();
  const { call } = exchanges.at(-1) ?? {};
  const { profile } = callTarget(call?.url ?? '', undefined);
  const knowledge = knowledgeOf(profile, undefined, {}, call, nowMs);
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

function selection(): string | undefined {
  const text = selectedText();
  return text.trim() === '' ? undefined : text;
}

async function clipboardText(): Promise<string | undefined> {
  const { readExchangeText } = await loadReader();
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
