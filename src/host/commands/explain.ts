import * as vscode from 'vscode';
import { Cancelled } from '../../core/app-error.ts';
import type { Exchange } from '../../core/call/exchange.ts';
import type { RecordedCall } from '../../core/call/http-text.ts';
import { maskBeginning } from '../../core/call/mask-beginning.ts';
import { type Diagnosis, explain, REFUSAL_STATUSES } from '../../core/why/explain.ts';
import { knowledgeOf } from '../../core/why/knowledge.ts';
import { writeExplanation } from '../../core/why/write-explanation.ts';
import { selectedText } from '../editor-text.ts';
import { readPlace, type TextPlace, textAtPlace } from '../language/token-place.ts';
import { plainName } from '../plain-text.ts';
import { plainWindow } from '../plain-window.ts';
import { callTarget } from '../request/call-target.ts';
import type { ExplanationPanel } from '../views/explanation-panel.ts';

const LONGEST_SOURCE = 64 * 1024;

/** A bundle of its own. */
const loadReader = () => import('../../core/call/http-text.ts');

/**
 * "Why401: Explain…": the place a link names, else the selection, else a recording (HAR) in the editor, else the
 * clipboard, else pasted text. Nothing is sent. No profile is needed; one whose origin was called is what the token is
 * compared with.
 */
export async function explainText(panel: ExplanationPanel, argument: unknown): Promise<void> {
  const text =
    textOf(readPlace(argument)) ??
    selection() ??
    (await recordingInEditor()) ??
    (await clipboardText()) ??
    (await askForText());
  const { diagnosis, exchanges, recorded } = await diagnoseText(text);
  panel.show(
    {
      nowMs: Date.now(),
      explanation: writeExplanation(diagnosis),
      exchanges: exchanges.filter(({ response }) => response !== undefined).length,
      notes: text.length > LONGEST_SOURCE && !recorded ? ['Only the beginning of the text is shown below.'] : [],
      sourceText: recorded ?? maskBeginning(text, LONGEST_SOURCE),
    },
    diagnosis,
  );
}

/** `recorded`: which call of a recording was chosen. */
interface Diagnosed {
  diagnosis: Diagnosis;
  exchanges: Exchange[];
  recorded?: string;
}

/** Of a recording, asks which call. */
export async function diagnoseText(text: string): Promise<Diagnosed> {
  const read = await readText(text);
  const nowMs = Date.now();
  const { call } = read.exchanges.at(-1) ?? {};
  const { profile } = callTarget(call?.url ?? '', undefined);
  const knowledge = knowledgeOf(profile, undefined, {}, call, nowMs);
  return { ...read, diagnosis: explain(read.exchanges, knowledge, nowMs) };
}

async function readText(text: string): Promise<{ exchanges: Exchange[]; recorded?: string }> {
  const { readExchangeText, readRecording } = await loadReader();
  const calls = readRecording(text);
  if (!calls || calls.length === 0) return { exchanges: readExchangeText(text) };
  const call = await chooseCall(calls);
  return { exchanges: call.exchanges(), recorded: nameOf(call) };
}

/** Refusals first: they are what a recording is opened for. */
async function chooseCall(calls: readonly RecordedCall[]): Promise<RecordedCall> {
  const [only, ...others] = calls;
  if (only && others.length === 0) return only;
  const refused = calls.filter(({ status = 0 }) => REFUSAL_STATUSES.includes(status));
  const items = [
    ...withTitle('Refused', refused),
    ...withTitle(
      'Other calls',
      calls.filter((call) => !refused.includes(call)),
    ),
  ];
  const picked = await plainWindow.showQuickPick(items, {
    title: 'Explain',
    placeHolder: 'Which call of the recording?',
    matchOnDescription: true,
  });
  if (!picked?.call) throw new Cancelled();
  return picked.call;
}

type CallItem = vscode.QuickPickItem & { call?: RecordedCall };

function withTitle(title: string, calls: readonly RecordedCall[]): CallItem[] {
  if (calls.length === 0) return [];
  return [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...calls.map((call) => ({ label: plainName(labelOf(call)), description: hostOf(call.url), call })),
  ];
}

function labelOf({ status, method, url }: RecordedCall): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return `${status ?? 'No answer'} ${method} ${path}`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? plainName(new URL(url).host) : '';
}

function nameOf({ status, method, url }: RecordedCall): string {
  return `${method} ${url}\n${status ?? 'no answer'}`;
}

function textOf(place: TextPlace | undefined): string | undefined {
  return place && textAtPlace(place).text;
}

function selection(): string | undefined {
  const text = selectedText();
  return text.trim() === '' ? undefined : text;
}

async function recordingInEditor(): Promise<string | undefined> {
  const { document } = vscode.window.activeTextEditor ?? {};
  if (!document) return undefined;
  const text = document.getText();
  const { readRecording } = await loadReader();
  return readRecording(text) ? text : undefined;
}

async function clipboardText(): Promise<string | undefined> {
  const { readExchangeText } = await loadReader();
  const text = await vscode.env.clipboard.readText();
  return readExchangeText(text).some(({ response }) => response !== undefined) ? text : undefined;
}

async function askForText(): Promise<string> {
  const text = await plainWindow.showInputBox({
    title: 'Explain',
    prompt: 'Paste an answer, the output of curl -v, or a log line with an error code. It stays on this machine.',
    ignoreFocusOut: true,
  });
  if (!text?.trim()) throw new Cancelled();
  return text;
}
