import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';

/** Every text that reached VS Code's window. */
const shown: string[] = [];

function note(value: unknown): void {
  if (typeof value === 'string') shown.push(value);
  else if (Array.isArray(value)) value.forEach(note);
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(note);
}

function take(...given: unknown[]): Promise<undefined> {
  note(given);
  return Promise.resolve(undefined);
}

const item: Record<string, unknown> = { show: () => note(item), hide: () => undefined, dispose: () => undefined };
const window = {
  showInformationMessage: take,
  showWarningMessage: take,
  showErrorMessage: take,
  showInputBox: take,
  setStatusBarMessage: take,
  showQuickPick: (items: unknown[], options: unknown) => {
    note([items, options]);
    return Promise.resolve(items[0]);
  },
  withProgress: (options: unknown, task: (progress: { report: typeof note }) => Promise<unknown>) => {
    note(options);
    return task({ report: note });
  },
  createStatusBarItem: () => item,
};
Object.assign(globalThis, { why401Vscode: { window, StatusBarAlignment: { Right: 2 } } });
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'vscode') return next(specifier, context);
    const source =
      'export const window = globalThis.why401Vscode.window; export const StatusBarAlignment = globalThis.why401Vscode.StatusBarAlignment;';
    return { url: `data:text/javascript,${source}`, shortCircuit: true };
  },
});
const { plainly, plainWindow, StatusItem } = await import('../../../src/host/plain-window.ts');

const TEXTS = [
  '$(verified) Microsoft',
  '$(loading~spin)',
  '$$(x)',
  '\\$(shield)',
  '[Allow](command:workbench.action.terminal.new)',
  'a](b) $(c) ](d) $(e)',
  '$($(x))',
  ']($(x)](y)',
];

/** Each way to show a text, with the text in every place it has. */
const WAYS: Record<string, (text: string) => unknown> = {
  information: (text) => plainWindow.showInformationMessage(text, { detail: text }),
  warning: (text) => plainWindow.showWarningMessage(text, { modal: true, detail: text }, 'Allow'),
  error: (text) => plainWindow.showErrorMessage(text),
  quickPick: (text) =>
    plainWindow.showQuickPick([{ label: text, description: text, detail: text }], { title: text, placeHolder: text }),
  inputBox: (text) => plainWindow.showInputBox({ title: text, prompt: text, placeHolder: text }),
  statusMessage: (text) => plainWindow.setStatusBarMessage(text, 1),
  progress: (text) =>
    plainWindow.withProgress({ location: 15, title: text }, async (say) => {
      say(text);
    }),
  lens: (text) => note(plainly({ title: text, tooltip: text, command: 'x' })),
  guided: (text) => note(plainly({ title: text, prompt: text, placeholder: text })),
};

test('no text brings an icon or a link, by whichever way it is shown', async (t) => {
  let tried = 0;
  for (const [name, show] of Object.entries(WAYS)) {
    for (const text of TEXTS) {
      shown.length = 0;
      await show(text);
      assert.ok(shown.length > 0, name);
      for (const seen of shown) assert.doesNotMatch(seen, /\$\(|\]\(/, `${name}: ${text}`);
      tried += shown.length;
    }
  }
  t.diagnostic(`${tried} texts in ${Object.keys(WAYS).length} ways`);
});

test('the status bar has our icon, and none of the text’s', () => {
  for (const text of TEXTS) {
    shown.length = 0;
    new StatusItem('id', 'name', 'command', 1).show('key', text, text);
    const [withIcon = '', ...others] = shown.filter((seen) => seen.startsWith('$(key) '));
    assert.deepEqual(others, []);
    assert.doesNotMatch(withIcon.replace('$(key) ', ''), /\$\(/);
  }
});

test('what is picked has all that was given with it', async () => {
  const profile = { name: '$(x)' };
  const picked = await plainWindow.showQuickPick([{ label: '$(x)', profile }], {});
  assert.equal(picked?.profile, profile);
});
