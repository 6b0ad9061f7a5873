import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';
import type * as vscode from 'vscode';

type Tool = vscode.LanguageModelTool<unknown>;
type Options = vscode.LanguageModelToolInvocationPrepareOptions<unknown>;

const tools: Tool[] = [];
Object.assign(globalThis, { why401Lm: { registerTool: (_name: string, tool: Tool) => tools.push(tool) } });
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'vscode') return next(specifier, context);
    return { url: 'data:text/javascript,export const lm = globalThis.why401Lm;', shortCircuit: true };
  },
});
const { registerTools } = await import('../../../src/host/tools/lazy-tools.ts');
let load = (): never => assert.fail('nothing is loaded');
registerTools({ subscriptions: [] } as unknown as vscode.ExtensionContext, async () => load());

async function askedBy(tool: Tool, input: unknown): Promise<string> {
  const prepared = await tool.prepareInvocation?.({ input } as Options, undefined as never);
  return String(prepared?.confirmationMessages?.message);
}

test('before a tool reads anything, the user is told what, in our own words only', async () => {
  assert.equal(tools.length, 4);
  for (const tool of tools) {
    const sources = ['selection', 'clipboard', 'panel', 'lastExchange'];
    const asked = await Promise.all(sources.map((source) => askedBy(tool, { source })));
    for (const hostile of [undefined, null, 'clipboard', { source: 'constructor' }, { source: '[a](command:x)' }]) {
      asked.push(await askedBy(tool, hostile));
    }
    assert.equal(new Set(asked).size, sources.length + 1);
    assert.ok(asked.every((text) => !text.includes('command:')));
  }
});

test('what goes wrong while the engine is loaded is told without its words', async () => {
  load = () => {
    throw new Error("Cannot find module '/home/ada/marked'");
  };
  for (const tool of tools) {
    const invoked = async () => tool.invoke({ input: { source: 'panel' } } as never, undefined as never);
    await assert.rejects(invoked, ({ message, cause }: Error) => cause === undefined && !/marked|ada/.test(message));
  }
});
