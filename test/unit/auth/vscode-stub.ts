import { registerHooks } from 'node:module';

/** A session as VS Code's provider gives it, and what it was asked with. */
export interface AskedForSession {
  provider: string;
  scopes: unknown;
  options: unknown;
}

interface Stub {
  asked: AskedForSession[];
  answer: (asked: AskedForSession) => Promise<unknown>;
  settings: Record<string, unknown>;
  /** Tells everybody that accounts of a provider changed, and waits for them. */
  announce: (id: string) => Promise<void>;
  listeners: ((change: { provider: { id: string } }) => unknown)[];
}

/** What stands for VS Code: its Microsoft provider and settings. A stub, since only the real VS Code has the provider. */
export const vscodeStub: Stub = {
  asked: [],
  answer: () => Promise.resolve(undefined),
  settings: {},
  listeners: [],
  async announce(id) {
    await Promise.all(vscodeStub.listeners.map((listener) => listener({ provider: { id } })));
  },
};

const MODULE = `
const stub = globalThis.why401VsCodeStub;
export const authentication = {
  getSession(provider, scopes, options) {
    const asked = { provider, scopes, options };
    stub.asked.push(asked);
    return stub.answer(asked);
  },
  onDidChangeSessions: (listener) => stub.listeners.push(listener),
};
export const workspace = { getConfiguration: () => ({ get: (name) => stub.settings[name] }) };
`;

Object.assign(globalThis, { why401VsCodeStub: vscodeStub });
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'vscode') return next(specifier, context);
    return { url: `data:text/javascript,${encodeURIComponent(MODULE)}`, shortCircuit: true };
  },
});
