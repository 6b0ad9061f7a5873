import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { EXTENSION_ID, type RealVsCode, startRealVsCode } from './real-vscode.ts';
import { until } from './workbench.ts';

describe('the packaged extension in a real VS Code', () => {
  let vscode: RealVsCode;
  let workspaceFolder: string;

  before(async () => {
    workspaceFolder = await mkdtemp(join(tmpdir(), 'why401-workspace-'));
    vscode = await startRealVsCode({ workspaceFolder });
  });
  after(async () => {
    await vscode?.stop();
    await rm(workspaceFolder, { recursive: true, force: true });
  });

  const loadedBundles = () => vscode.probe.ask('loadedBundles', { id: EXTENSION_ID });

  /** VS Code itself opens JSON as it starts, which is a language we serve: main may be loaded, and nothing else. */
  it('is installed, and has loaded at most its main bundle before it is used', async () => {
    assert.equal((await vscode.probe.ask('extension', { id: EXTENSION_ID })).installed, true);
    assert.deepEqual(
      (await loadedBundles()).filter((bundle) => bundle !== 'main.js'),
      [],
    );
  });

  it('has its commands in the palette, still without its engine', async () => {
    // One at a time: the list draws only what there is room for.
    for (const title of ['Decode Token', 'Validate Token', 'Add API', 'Forget Trusted Hosts']) {
      const command = `Why401: ${title}`;
      await until(command, async () => (await vscode.findCommands(command)).includes(command));
    }
    assert.ok(!(await loadedBundles()).includes('engine.js'));
  });

  it('opens a file without a token, still without its engine', async () => {
    await vscode.openDocument('nothing.json', '{ "name": "value" }', 'json');
    await until('activation', async () => (await vscode.probe.ask('extension', { id: EXTENSION_ID })).active);
    await vscode.selectText('value');
    await vscode.execute('editor.action.showHover');
    assert.ok(!(await loadedBundles()).includes('engine.js'));
  });

  it('loads its engine with its first command', async () => {
    await vscode.runCommand('Why401: Decode Token');
    await until('the engine', async () => (await loadedBundles()).includes('engine.js'));
  });
});
