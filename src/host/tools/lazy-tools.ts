import * as vscode from 'vscode';
import { TOOLS, type ToolName } from '../../contract.ts';
import type { ToolAnswer } from '../../core/why/tool-answers/closed-word.ts';
import type { Engine } from '../engine.ts';

const DOES: Record<ToolName, string> = {
  decodeToken: 'Decode a token',
  validateToken: 'Validate a token',
  explainResponse: 'Explain a refused call',
  predictCall: 'Predict whether the call will be refused',
};

/** What the user is told that a tool will read. Named here once more: the main bundle loads nothing. */
const READS: Readonly<Record<string, string>> = {
  selection: 'It reads the selection in the editor.',
  clipboard: 'It reads the clipboard.',
  panel: 'It reads what the panel or the Request view shows.',
  lastExchange: 'It reads the last call of the Request view.',
};

/** Only words of ours: what a model passed is not repeated. */
function readsOf(input: unknown): string {
  const source = typeof input === 'object' && input !== null && 'source' in input ? input.source : undefined;
  const isNamed = typeof source === 'string' && Object.hasOwn(READS, source);
  return (isNamed && READS[source]) || 'It names nothing to read, and will be refused.';
}

/** Registers the tools for language models; the engine is loaded by the first that is called. Each asks the user first. */
export function registerTools(context: vscode.ExtensionContext, loadEngine: () => Promise<Engine>): void {
  for (const name of Object.keys(TOOLS) as ToolName[]) {
    context.subscriptions.push(
      vscode.lm.registerTool<unknown>(TOOLS[name], {
        prepareInvocation: ({ input }) => ({
          invocationMessage: DOES[name],
          confirmationMessages: {
            title: DOES[name],
            message: `${readsOf(input)} The language model gets our own words and, marked as data of others, values that name nobody: audiences, scopes, tenants, addresses. No token, key, signature or name of a person.`,
          },
        }),
        invoke: async ({ input }) => {
          const answer = await answered(loadEngine, name, input);
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(answer))]);
        },
      }),
    );
  }
}

/** Only a refusal is in words for a model: the message of any other error may hold a path or a setting. */
async function answered(loadEngine: () => Promise<Engine>, name: ToolName, input: unknown): Promise<ToolAnswer> {
  try {
    return await (await loadEngine()).answerTool(name, input);
  } catch (error) {
    if (error instanceof Error && error.name === 'ToolRefusal') throw error;
    throw new Error('It could not be done (unexpected).');
  }
}
