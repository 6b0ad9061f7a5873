import * as vscode from 'vscode';
import { TOOLS, type ToolName } from '../../contract.ts';
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
            message: `${readsOf(input)} The language model gets ids, our own words and claims that name nobody. No token, key, signature or name of a person.`,
          },
        }),
        invoke: async ({ input }) => {
          const answer = await (await loadEngine()).answerTool(name, input);
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(answer))]);
        },
      }),
    );
  }
}
