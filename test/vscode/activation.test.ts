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

  it('is installed and not activated before it is used', async () => {
    assert.deepEqual(await vscode.probe.ask('extension', { id: EXTENSION_ID }), { installed: true, active: false });
  });

  it('has its commands in the palette, still without being activated', async () => {
    const commands = await vscode.findCommands('Why401: ');
    for (const title of ['Decode Token', 'Validate Token', 'Add API', 'Forget Trusted Hosts']) {
      assert.ok(commands.includes(`Why401: ${title}`), `${title} in ${commands.join(', ')}`);
    }
    assert.equal((await vscode.probe.ask('extension', { id: EXTENSION_ID })).active, false);
  });

  it('activates on its first command', async () => {
    await vscode.runCommand('Why401: Decode Token');
    await until('activation', async () => (await vscode.probe.ask('extension', { id: EXTENSION_ID })).active);
  });
});
