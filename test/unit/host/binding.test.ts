import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';
import type * as vscode from 'vscode';
import type { TokenRequest } from '../../../src/auth/token-source.ts';

/** What the user was asked; they always allow it. */
const asked: string[] = [];
const showWarningMessage = (_question: string, { detail }: { detail: string }, allow: string) => {
  asked.push(detail);
  return Promise.resolve(allow);
};
Object.assign(globalThis, { why401Window: { showWarningMessage } });
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'vscode') return next(specifier, context);
    return { url: 'data:text/javascript,export const window = globalThis.why401Window;', shortCircuit: true };
  },
});
const { Bindings } = await import('../../../src/host/binding.ts');

const LOGIN = 'https://login.microsoftonline.com';
const common = { isCustomAuthority: false, clientId: 'front', scopes: ['api://middle/.default'] };
const from: TokenRequest = { ...common, signIn: 'browser', authority: `${LOGIN}/contoso.example` };
const request: TokenRequest = {
  ...from,
  signIn: 'onBehalfOf',
  clientId: 'middle',
  scopes: ['api://orders/.default'],
  audiences: [],
  from,
};
const origin = 'https://api.example';

function memento(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: (key: string, otherwise?: unknown) => kept.get(key) ?? otherwise,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  } as vscode.Memento;
}

test('every other source, authority, audience and destination is asked about, each once', async () => {
  const bindings = new Bindings(memento());
  const combinations: { request: TokenRequest; origin: string }[] = [
    { request, origin },
    { request, origin: 'https://evil.example' },
    { request: { ...request, authority: `${LOGIN}/evil.example` }, origin },
    { request: { ...request, clientId: 'other' }, origin },
    { request: { ...request, scopes: ['api://other/.default'] }, origin },
    { request: { ...request, from: { ...from, signIn: 'deviceCode' } }, origin },
    { request: { ...request, from: { ...from, clientId: 'other' } }, origin },
    { request: { ...request, from: { ...from, authority: `${LOGIN}/evil.example` } }, origin },
  ];
  for (const [position, combination] of combinations.entries()) {
    assert.ok(await bindings.confirm(combination));
    assert.ok(await bindings.confirm(combination));
    assert.equal(asked.length, position + 1, `combination ${position}`);
  }
  assert.match(asked[0] ?? '', /on behalf of, client middle \(of browser, client front\)/);
});
