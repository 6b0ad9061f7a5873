import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startLab } from '../lab/lab.ts';
import { writePracticeWorkspace } from '../lab/practice-workspace.ts';
import { takePicture } from './picture.ts';
import { type RealVsCode, startRealVsCode } from './real-vscode.ts';
import { panelWithTitle, type TokenPanelPage, tokenPanel } from './token-panel-page.ts';
import { until } from './workbench.ts';

/** What `npm start` shows a newcomer, step by step as the tour says. The pictures of the README are taken here. */
describe('the tour of the practice workspace', () => {
  let folder: string;
  let vscode: RealVsCode;
  let stopLab: () => Promise<void>;
  let tourPath: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'why401-tour-'));
    const lab = await startLab();
    stopLab = () => lab.stop();
    const NODE_EXTRA_CA_CERTS = await lab.writeCaFile(folder);
    const workspace = await writePracticeWorkspace(join(folder, 'practice'), lab);
    tourPath = workspace.tourPath;
    vscode = await startRealVsCode({
      workspaceFolder: workspace.folder,
      env: { NODE_EXTRA_CA_CERTS },
      userSettings: { 'editor.minimap.enabled': false, 'breadcrumbs.enabled': false },
    });
    await execute('workbench.action.closeSidebar');
    await vscode.setTheme('dark');
  });
  after(async () => {
    await vscode?.stop();
    await stopLab?.();
    await rm(folder, { recursive: true, force: true });
  });

  function execute(command: string): Promise<undefined> {
    return vscode.probe.ask('executeCommand', { command, args: [] });
  }

  /** Puts the cursor into the nth token of the tour: no selection is needed. */
  async function goToToken(step: number): Promise<void> {
    await execute('workbench.action.focusFirstEditorGroup');
    await vscode.openFile(tourPath);
    await vscode.selectText('\neyJ', step);
    await vscode.page.keyboard.press('ArrowRight');
  }

  async function validated(reason: string): Promise<TokenPanelPage> {
    return tokenPanel(vscode, `[data-reason="${reason}"]`);
  }

  it('decodes the first token', async () => {
    await goToToken(1);
    await vscode.runCommand('Why401: Decode Token');
    const panel = await panelWithTitle(vscode, /Access token v2/);
    assert.ok((await panel.claims()).includes('payload:scp'));
    await takePicture(vscode, 'readme/decode.png');
    await takePicture(vscode, 'walkthrough/decode.png', 'panel');
  });

  it('asks whether the practice tenant is trusted, then passes the token', async () => {
    await (await tokenPanel(vscode)).button('Validate').click();
    const dialog = await vscode.dialog();
    assert.match(dialog.text, /127\.0\.0\.2:\d+/);
    await vscode.screenshot('tour-trust');
    await dialog.press('Allow');
    const panel = await validated('signatureValid');
    assert.equal(await panel.verdict(), 'passes');
    await takePicture(vscode, 'readme/validate-passed.png');
  });

  const steps: [number, string][] = [
    [2, 'expired'],
    [3, 'versionOther'],
    [4, 'kindMicrosoftApi'],
    [5, 'kindIdToken'],
    [6, 'tenantOther'],
  ];
  for (const [step, reason] of steps) {
    it(`reads the failure ${reason} without being asked again`, async () => {
      await goToToken(step);
      await vscode.runCommand('Why401: Validate Token');
      // Some tokens name none of the APIs, so the tour's reader is asked which one was meant.
      await until('the report or the question', async () => {
        const labels = await vscode.quickInput.labels();
        if (labels.includes('orders-dev')) await vscode.quickInput.pick('orders-dev');
        return (await vscode.webviewFrame('h1')).locator(`[data-reason="${reason}"]`).count();
      });
      assert.equal(await (await validated(reason)).verdict(), 'refuses');
      await vscode.screenshot(`tour-${reason}`);
      if (reason === 'versionOther') {
        await takePicture(vscode, 'readme/validate-failed.png');
        await takePicture(vscode, 'walkthrough/validate.png', 'panel');
      }
    });
  }

  it('passes the token of an API for several tenants', async () => {
    await goToToken(7);
    await vscode.runCommand('Why401: Validate Token');
    const panel = await until('the report', async () => {
      const shown = await tokenPanel(vscode);
      const text = await shown.frame.locator('body').innerText();
      return text.includes('invoices-multitenant') ? shown : undefined;
    });
    assert.equal(await panel.verdict(), 'passes');
    assert.deepEqual(vscode.extensionErrors(), []);
  });
});
