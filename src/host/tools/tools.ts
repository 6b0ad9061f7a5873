import * as vscode from 'vscode';
import type { ToolName } from '../../contract.ts';
import { AppError, Cancelled } from '../../core/app-error.ts';
import { findTokens } from '../../core/token/find-tokens.ts';
import { readToken } from '../../core/token/read-token.ts';
import type { TokenReading } from '../../core/token/token.ts';
import type { Diagnosis } from '../../core/why/explain.ts';
import { answerDiagnosis, answerPrediction, answerValidation } from '../../core/why/tool-answers/diagnosis-answer.ts';
import { answerToken } from '../../core/why/tool-answers/token-answer.ts';
import { readToolInput, TOOL_SOURCES, type ToolSource } from '../../core/why/tool-answers/tool-input.ts';
import { writeExplanation } from '../../core/why/write-explanation.ts';
import type { Calling } from '../calling.ts';
import { diagnoseText } from '../commands/explain.ts';
import { selectedText } from '../editor-text.ts';
import type { Explaining } from '../explaining.ts';
import type { Validation } from '../validation.ts';
import type { TokenPanel } from '../views/token-panel.ts';
import { requireTrust } from '../workspace-trust.ts';

export interface ToolNeighbours {
  tokenPanel: TokenPanel;
  validation: () => Promise<Validation>;
  calling: () => Promise<Calling>;
  explaining: () => Promise<Explaining>;
}

/** Said to a language model, which may then do better. */
class ToolRefusal extends Error {}

/** What a tool answers. Throws in words for the model, which repeat neither what it gave nor what a server said. */
export async function answerTool(name: ToolName, input: unknown, neighbours: ToolNeighbours): Promise<object> {
  try {
    return await answer(name, input, neighbours);
  } catch (error) {
    if (error instanceof ToolRefusal) throw error;
    if (error instanceof Cancelled) throw new ToolRefusal('The user backed out.');
    throw new ToolRefusal(`It could not be done (${error instanceof AppError ? error.code : 'unexpected'}).`);
  }
}

async function answer(name: ToolName, input: unknown, neighbours: ToolNeighbours): Promise<object> {
  const read = readToolInput(input);
  if (!read.ok) throw new ToolRefusal(REFUSALS[read.why]);
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
  looksSecret:
    'Refused: the input looks like a token or a key. Never pass one. Ask the user to select or copy it, and name where it is: { "source": "selection" } or { "source": "clipboard" }.',
  noReference: `The input has to be { "source": … } with one of ${TOOL_SOURCES.join(', ')}, and nothing else.`,
} as const;

async function tokenFrom(source: ToolSource, neighbours: ToolNeighbours): Promise<TokenReading> {
  if (source === 'panel') {
    const reading = neighbours.tokenPanel.selected;
    if (!reading) throw new ToolRefusal('The token panel is not open. Ask the user to decode a token first.');
    return reading;
  }
  if (source === 'lastExchange') return sentToken(await diagnosisFrom(source, neighbours));
  const [token] = findTokens(await textFrom(source));
  if (!token) throw new ToolRefusal(`No token is in the ${source}.`);
  return readToken(token.raw);
}

/** What was sent is kept decoded, without its text. */
function sentToken({ exchange }: Diagnosis): TokenReading {
  const bearer = exchange.call?.authorization.type === 'bearer' ? exchange.call.authorization.bearer : undefined;
  if (!bearer?.token) throw new ToolRefusal('No readable token was sent with the last call.');
  return { raw: '', form: 'jws', ...bearer.token, problems: [...(bearer.problems ?? [])] };
}

async function textFrom(source: 'selection' | 'clipboard'): Promise<string> {
  return source === 'selection' ? selectedText() : vscode.env.clipboard.readText();
}

async function validate(source: ToolSource, neighbours: ToolNeighbours): Promise<object> {
  requireTrust(vscode.workspace);
  const { raw, payload } = await tokenFrom(source, neighbours);
  if (raw === '')
    throw new ToolRefusal('The text of a sent token is not kept. Ask the user to select or copy the token.');
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
      ? 'No explanation is open. Ask the user to run “Why401: Explain…”.'
      : 'The last call was not refused, or none was sent from the Request view.',
  );
}

async function predict(source: ToolSource, { calling }: ToolNeighbours): Promise<object> {
  if (source !== 'panel')
    throw new ToolRefusal('A prediction is about the form of the Request view: { "source": "panel" }.');
  const prediction = await (await calling()).requestView.predict();
  if (!prediction) throw new ToolRefusal('The Request view has no address to call. Ask the user to fill its form.');
  return answerPrediction(prediction);
}
