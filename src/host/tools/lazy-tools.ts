import * as vscode from 'vscode';
import { TOOLS, type ToolName } from '../../contract.ts';
import type { Engine } from '../engine.ts';

const DOES: Record<ToolName, string> = {
  decodeToken: 'Decode a token',
  validateToken: 'Validate a token',
  explainResponse: 'Explain a refused call',
  predictCall: 'Predict whether the call will be refused',
};

/** Registers the tools for language models; the engine is loaded by the first that is called. Each asks the user first. */
export function registerTools(context: vscode.ExtensionContext, loadEngine: () => Promise<Engine>): void {
  for (const name of Object.keys(TOOLS) as ToolName[]) {
    context.subscriptions.push(
      vscode.lm.registerTool<unknown>(TOOLS[name], {
        prepareInvocation: () => ({
          invocationMessage: DOES[name],
          confirmationMessages: {
            title: DOES[name],
            message:
              'The language model gets ids, our own words and claims that name nobody. No token, key, signature or name of a person.',
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
