import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COMMANDS, type CommandName } from '../../../src/contract.ts';
import { AppError } from '../../../src/core/app-error.ts';
import { EXPLANATION_PANEL_MESSAGES } from '../../../src/protocol/explanation-panel.ts';
import type { PageMessages } from '../../../src/protocol/page-message.ts';
import { REQUEST_VIEW_MESSAGES } from '../../../src/protocol/request-view.ts';
import { SIGN_IN_PANEL_MESSAGES } from '../../../src/protocol/sign-in-panel.ts';
import { TOKEN_PANEL_MESSAGES } from '../../../src/protocol/token-panel.ts';

const workspace = { isTrusted: false };
Object.assign(globalThis, { why401Workspace: workspace });
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'vscode') return next(specifier, context);
    return { url: 'data:text/javascript,export const workspace = globalThis.why401Workspace;', shortCircuit: true };
  },
});
const { obeyPage } = await import('../../../src/host/webview/page-messages.ts');
const { COMMANDS_NEEDING_TRUST, withTrust } = await import('../../../src/host/workspace-trust.ts');

type Messages = PageMessages<{ type: string }>;
const PAGES: [name: string, messages: Messages, allowed: string][] = [
  [
    'request',
    REQUEST_VIEW_MESSAGES,
    'ready edit cancel openBody openToken copyReport copyValue openSource openSettings openUserSettings copyCommand openLookUp manageTrust',
  ],
  ['token', TOKEN_PANEL_MESSAGES, 'ready select cancel compare showToken showList copy openSettings openSource'],
  ['sign-in', SIGN_IN_PANEL_MESSAGES, 'ready copyCode cancel copyCommand openLookUp openSettings edit decode'],
  ['explanation', EXPLANATION_PANEL_MESSAGES, 'ready openSource openSettings copyValue copyReport'],
];

/** Of a message that comes from a page: whether it was obeyed, or which error is shown. */
async function fateOf(messages: Messages, message: unknown): Promise<string> {
  let receive: (message: unknown) => void = () => undefined;
  const webview = {
    onDidReceiveMessage: (listener: (message: unknown) => void) => {
      receive = listener;
      return { dispose: () => undefined };
    },
  };
  let fate = Promise.resolve('dropped');
  let isObeyed = false;
  const run = (work: () => Promise<void>) => {
    fate = work().then(
      () => 'obeyed',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
  };
  obeyPage(webview, messages, run, async () => {
    isObeyed = true;
  });
  receive(message);
  assert.equal((await fate) === 'obeyed', isObeyed);
  return fate;
}

test('in an untrusted workspace a page shows what is here, and nothing that stores or sends is obeyed', async (t) => {
  let tried = 0;
  for (const [page, messages, allowed] of PAGES) {
    const shown = new Set(allowed.split(' '));
    for (const type of Object.keys(messages)) {
      workspace.isTrusted = false;
      assert.equal(
        await fateOf(messages, { type }),
        shown.has(type) ? 'obeyed' : 'untrustedWorkspace',
        `${page} ${type}`,
      );
      workspace.isTrusted = true;
      assert.equal(await fateOf(messages, { type }), 'obeyed', `${page} ${type}`);
      tried++;
    }
    for (const none of [undefined, null, 'send', { type: 'toString' }, { type: '__proto__' }, { type: 7 }, {}, []]) {
      assert.equal(await fateOf(messages, none), 'dropped');
    }
  }
  t.diagnostic(`${tried} messages of ${PAGES.length} pages`);
});

test('in an untrusted workspace no command that stores or sends is run', async (t) => {
  const allowed =
    'decodeToken decodeClipboard copyRedacted compareTokens explain openReport openOperation signOut forgetSecrets forgetTrustedHosts';
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    for (const isTrusted of [false, true]) {
      let isRun = false;
      const run = async () => {
        isRun = true;
      };
      const handler = withTrust(name, run, { isTrusted });
      const fate = await handler(undefined).catch((error: AppError) => error.code);
      const isAllowed = isTrusted || allowed.split(' ').includes(name);
      assert.deepEqual([isRun, fate], isAllowed ? [true, undefined] : [false, 'untrustedWorkspace'], name);
    }
    assert.equal(COMMANDS_NEEDING_TRUST[name], !allowed.split(' ').includes(name));
  }
  t.diagnostic(`${Object.keys(COMMANDS).length} commands`);
});

test('there is no other way in: pages are heard in one place, commands are registered in one place', () => {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
  const placesOf = (text: string) =>
    globSync('src/**/*.ts', { cwd: root }).filter((file) => readFileSync(join(root, file), 'utf8').includes(text));
  assert.deepEqual(placesOf('.onDidReceiveMessage'), ['src/host/webview/page-messages.ts']);
  assert.deepEqual(placesOf('registerCommand('), ['src/extension.ts']);
});
