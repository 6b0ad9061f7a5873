import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { practiceSettings } from '../lab/practice-workspace.ts';
import { type Canary, openCanarySearch } from './canary-search.ts';
import { DECODE, type MarkedToken, mintMarked, panelShowing, runOn } from './marked-token.ts';
import type { RealVsCode } from './real-vscode.ts';
import { tokenPanel } from './token-panel-page.ts';
import { LIST_MS, succeeds, until } from './workbench.ts';
import { startWorld, type World } from './world.ts';

const COMPARE = 'Why401: Compare Token With…';

/** Rule 1 of the safety rules for everything that shows tokens where they stand: nothing of them is left on disk. */
describe('canary tokens of hovers, lenses, comparisons and tables leave no trace on disk', () => {
  let world: World;
  let vscode: RealVsCode;
  const canaries: Canary[] = [];

  before(async () => {
    world = await startWorld((lab) => ({ userSettings: practiceSettings(lab) }));
    vscode = world.vscode;
    await vscode.setClipboard('');
  });
  after(() => world?.stop());

  async function mintCanary(name: string): Promise<MarkedToken> {
    const marked = await mintMarked(world.lab.mint);
    const signature = marked.token.slice(marked.token.lastIndexOf('.') + 1);
    canaries.push({ name, text: marked.token, marks: [marked.mark, signature] });
    return marked;
  }

  it('shows hover and lenses, and runs their commands', async () => {
    const token = await mintCanary('hover and lens');
    await vscode.openDocument('lens.json', JSON.stringify({ token: token.token }), 'json');
    const lens = vscode.page.locator('.codelens-decoration:visible a', { hasText: 'Decode' });
    await lens.click();
    await panelShowing(vscode, token);
    await vscode.selectText('eyJ');
    const link = vscode.page.locator('.monaco-hover:visible a', { hasText: 'Copy Redacted' });
    await until('the link of the hover', async () => {
      await vscode.execute('editor.action.showHover');
      return succeeds(link.click({ timeout: LIST_MS }));
    });
    await until('the copy', async () => (await vscode.getClipboard()).startsWith('eyJ…['));
    await vscode.setClipboard('');
  });

  it('compares with one from the list, and with a pasted one', async () => {
    const [left, right, pasted] = [await mintCanary('left'), await mintCanary('right'), await mintCanary('pasted')];
    await vscode.setClipboard(right.token);
    await runOn(vscode, DECODE, left);
    await panelShowing(vscode, left);
    await vscode.openDocument('empty.txt', 'nothing');
    await vscode.runCommand(COMPARE);
    await vscode.quickInput.waitFor('With which token?');
    await vscode.quickInput.listed();
    await vscode.page.keyboard.press('Enter');
    await tokenPanel(vscode, '[data-compared]');
    await vscode.openDocument('empty-2.txt', 'nothing');
    await vscode.setClipboard('');
    await vscode.runCommand(COMPARE);
    await vscode.quickInput.waitFor('Paste a token');
    await vscode.quickInput.type(pasted.token);
    await vscode.quickInput.accept();
    await until('the other token', async () => {
      const { frame } = await tokenPanel(vscode, '[data-compared="payload:mark"]');
      return ((await frame.locator('[data-compared="payload:mark"]').textContent()) ?? '').includes(pasted.mark);
    });
  });

  it('validates all tokens of a file', async () => {
    const tokens = [await mintCanary('first of a file'), await mintCanary('second of a file')];
    await vscode.openDocument('all.txt', tokens.map(({ token }) => token).join('\n'));
    await vscode.runCommand('Why401: Validate Tokens in This File');
    const { frame } = await tokenPanel(vscode, '.tokens');
    await until('the verdicts', async () => (await frame.locator('tr[data-verdict="passes"]').count()) === 2);
  });

  it('is stopped: nothing is found', async () => {
    await vscode.reload();
    const stored = await vscode.dumpBrowserStorage();
    await vscode.end();
    const search = openCanarySearch(canaries);
    const found = stored.flatMap(({ where, bytes }) => search.searchBytes(where, bytes));
    for (const root of [vscode.server.rootFolder, world.folder]) {
      const { hits, searched } = await search.searchFolder(root);
      found.push(...hits);
      assert.ok(root === world.folder || searched > 100, `${searched} files below ${root}`);
    }
    found.push(...search.searchBytes('the output of the server', Buffer.from(vscode.server.output())));
    assert.deepEqual(
      found.map(({ canary, form, where }) => `${canary} (${form}) in ${where}`),
      [],
    );
  });
});
