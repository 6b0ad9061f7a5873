import * as vscode from 'vscode';
import type { ToolName } from '../../contract.ts';
import { findTokens } from '../../core/token/find-tokens.ts';
import { readToken } from '../../core/token/read-token.ts';
import type { TokenReading } from '../../core/token/token.ts';
import type { Diagnosis } from '../../core/why/explain.ts';
import { ours, say, type ToolAnswer } from '../../core/why/tool-answers/closed-word.ts';
import { answerDiagnosis } from '../../core/why/tool-answers/diagnosis-answer.ts';
import { answerPrediction } from '../../core/why/tool-answers/prediction-answer.ts';
import { answerToken } from '../../core/why/tool-answers/token-answer.ts';
import { readToolInput, type ToolSource } from '../../core/why/tool-answers/tool-input.ts';
import { refusalOf, ToolRefusal } from '../../core/why/tool-answers/tool-refusal.ts';
import { answerValidation } from '../../core/why/tool-answers/validation-answer.ts';
import { writeExplanation } from '../../core/why/write-explanation.ts';
import type { Calling } from '../calling.ts';
import { diagnoseText } from '../commands/explain.ts';
import { selectedText } from '../editor-text.ts';
import type { Explaining } from '../explaining.ts';
import type { Validation } from '../validation.ts';
import type { TokenPanel } from '../views/token-panel.ts';
import { requireTrust, TOOLS_NEEDING_TRUST } from '../workspace-trust.ts';

export interface ToolNeighbours {
  tokenPanel: TokenPanel;
  validation: () => Promise<Validation>;
  calling: () => Promise<Calling>;
  explaining: () => Promise<Explaining>;
}

/** What a tool answers. Throws in words for the model, which repeat neither what it gave nor what a server said. */
export async function answerTool(name: ToolName, input: unknown, neighbours: ToolNeighbours): Promise<ToolAnswer> {
  try {
    return await answer(name, input, neighbours);
  } catch (error) {
    throw refusalOf(error);
  }
}

async function answer(name: ToolName, input: unknown, neighbours: ToolNeighbours): Promise<ToolAnswer> {
  const read = readToolInput(input);
  if (!read.ok) throw new ToolRefusal(REFUSALS[read.why]);
  if (TOOLS_NEEDING_TRUST[name]) requireTrust(vscode.workspace);
  const { source } = read;
  switch (name) {
    case 'decodeToken':
      return answerToken(await tokenFrom(source, neighbours));
    case 'validateToken':
      return validate(source, neighbours);
    case 'explainResponse': {
      const diagnosis = await diagnosisFrom(source, neighbours);
      return answerDiagnosis(diagnosis, writeExplanation(diagnosis));
    }
    case 'predictCall':
      return predict(source, neighbours);
  }
}

const REFUSALS = {
  looksSecret: ours(
    'Refused: the input looks like a token or a key. Never pass one. Ask the user to select or copy it, and name where it is: { "source": "selection" } or { "source": "clipboard" }.',
  ),
  noReference: ours(
    'The input has to be { "source": … } with one of selection, clipboard, panel, lastExchange, and nothing else.',
  ),
} as const;

async function tokenFrom(source: ToolSource, neighbours: ToolNeighbours): Promise<TokenReading> {
  if (source === 'panel') {
    const reading = neighbours.tokenPanel.selected;
    if (!reading) throw new ToolRefusal(ours('The token panel is not open. Ask the user to decode a token first.'));
    return reading;
  }
  if (source === 'lastExchange') return sentToken(await diagnosisFrom(source, neighbours));
  const [token] = findTokens(await textFrom(source));
  if (!token) throw new ToolRefusal(say`No token is in the ${ours(source)}.`);
  return readToken(token.raw);
}

/** What was sent is kept decoded, without its text. */
function sentToken({ exchange }: Diagnosis): TokenReading {
  const bearer = exchange.call?.authorization.type === 'bearer' ? exchange.call.authorization.bearer : undefined;
  if (!bearer?.token) throw new ToolRefusal(ours('No readable token was sent with the last call.'));
  return { raw: '', form: 'jws', ...bearer.token, problems: [...(bearer.problems ?? [])] };
}

async function textFrom(source: 'selection' | 'clipboard'): Promise<string> {
  return source === 'selection' ? selectedText() : vscode.env.clipboard.readText();
}

async function validate(source: ToolSource, neighbours: ToolNeighbours): Promise<ToolAnswer> {
  const { raw, payload } = await tokenFrom(source, neighbours);
  if (raw === '')
    throw new ToolRefusal(ours('The text of a sent token is not kept. Ask the user to select or copy the token.'));
  const { profileChoice, validator } = await neighbours.validation();
  const profile = await profileChoice.choose(payload, vscode.window.activeTextEditor?.document.uri);
  return answerValidation(await validator.validate(raw, profile, new AbortController().signal));
}

async function diagnosisFrom(source: ToolSource, { calling, explaining }: ToolNeighbours): Promise<Diagnosis> {
  if (source === 'selection' || source === 'clipboard') return (await diagnoseText(await textFrom(source))).diagnosis;
  const diagnosis = source === 'panel' ? (await explaining()).panel.diagnosis : (await calling()).requestView.diagnosis;
  if (diagnosis) return diagnosis;
  throw new ToolRefusal(
    source === 'panel'
      ? ours('No explanation is open. Ask the user to run “Why401: Explain…”.')
      : ours('The last call was not refused, or none was sent from the Request view.'),
  );
}

async function predict(source: ToolSource, { calling }: ToolNeighbours): Promise<ToolAnswer> {
  if (source !== 'panel')
    throw new ToolRefusal(ours('A prediction is about the form of the Request view: { "source": "panel" }.'));
  const prediction = await (await calling()).requestView.predict();
  if (!prediction)
    throw new ToolRefusal(ours('The Request view has no address to call. Ask the user to fill its form.'));
  return answerPrediction(prediction);
}
