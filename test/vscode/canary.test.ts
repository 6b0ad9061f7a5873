import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompactEncrypt } from 'jose';
import type { Lab } from '../lab/lab.ts';
import { practiceSettings } from '../lab/practice-workspace.ts';
import type { TokenWishes } from '../lab/token-mint.ts';
import { assertNoTrace } from './canary-hunt.ts';
import type { Canary } from './canary-search.ts';
import { DECODE, MARK_CLAIM, type MarkedToken, mintMarked, panelShowing, runOn, VALIDATE } from './marked-token.ts';
import type { RealVsCode } from './real-vscode.ts';
import { cancelInTime } from './token-panel-page.ts';
import { until } from './workbench.ts';
import { startWorld, type World } from './world.ts';

/**
 * Rule 1 of the safety rules: whatever is done with a token, nothing of it is left on disk. Every feature runs over
 * tokens of its own, which reach the editor by the clipboard, by a document in memory and by typing; then VS Code is
 * stopped and all it wrote is searched.
 */
describe('canary tokens leave no trace on disk', () => {
  let world: World;
  let lab: Lab;
  let vscode: RealVsCode;
  const canaries: Canary[] = [];

  before(async () => {
    world = await startWorld((lab) => ({ userSettings: practiceSettings(lab) }));
    ({ lab, vscode } = world);
    await vscode.setClipboard('');
  });
  after(() => world?.stop());

  async function mintCanary(name: string, wishes: TokenWishes = {}): Promise<MarkedToken> {
    const marked = await mintMarked(lab.mint, wishes);
    canaries.push({ name, text: marked.token, marks: [marked.mark, lastPart(marked.token)] });
    return marked;
  }

  async function reportOn(token: MarkedToken, command = VALIDATE): Promise<string> {
    await runOn(vscode, command, token);
    return (await panelShowing(vscode, token, 'done')).verdict();
  }

  const set = (key: string, value: unknown, target: 'user' | 'workspace') =>
    vscode.probe.ask('updateConfiguration', { key, value, target });

  it('decodes from the clipboard', async () => {
    const token = await mintCanary('clipboard');
    await vscode.setClipboard(`Authorization: Bearer ${token.token}`);
    await vscode.runCommand(DECODE);
    await panelShowing(vscode, token);
    await vscode.setClipboard('');
  });

  it('decodes what is typed into the input box', async () => {
    const token = await mintCanary('input box');
    const half = await mintCanary('input box, cancelled');
    await vscode.runCommand(DECODE);
    await vscode.quickInput.waitFor();
    await vscode.quickInput.type(half.token);
    await vscode.quickInput.cancel();
    await vscode.runCommand(DECODE);
    await vscode.quickInput.waitFor();
    await vscode.quickInput.type(token.token);
    await vscode.quickInput.accept();
    await panelShowing(vscode, token);
  });

  it('decodes a selection of several tokens, one broken, one encrypted', async () => {
    const [first, second, whole] = [
      await mintCanary('first of several'),
      await mintCanary('second of several'),
      await mintCanary('broken'),
    ];
    const [header = '', payload = '', signature = ''] = whole.token.split('.');
    const broken = `${header}.${payload.slice(0, -40)}*${payload.slice(-39)}.${signature}`;
    const encrypted = await encrypt(whole.token);
    canaries.push({ name: 'encrypted', text: encrypted, marks: encrypted.split('.').slice(3, 4) });
    await vscode.openDocument(
      'several.json',
      JSON.stringify([first.token, encrypted, broken, second.token], null, 2),
      'json',
    );
    await vscode.selectAll();
    await vscode.runCommand(DECODE);
    const panel = await panelShowing(vscode, first);
    const switcher = panel.frame.locator('#token-switcher');
    const titles = await switcher.locator('option').allTextContents();
    assert.ok(titles.length >= 3, titles.join(', '));
    for (const [index, title] of titles.entries()) {
      await switcher.selectOption(String(index));
      await until(`token ${index + 1}`, async () => title.includes(await panel.title()));
    }
    await panelShowing(vscode, second);
  });

  it('decodes a broken token by itself, and says what is wrong', async () => {
    const token = await mintCanary('broken, alone');
    const [header = '', payload = '', signature = ''] = token.token.split('.');
    await vscode.openDocument('broken.txt', `${header}.${payload}.${signature}.${payload}*`);
    await vscode.selectAll();
    await vscode.runCommand(VALIDATE);
    const panel = await vscode.webviewFrame('.problems');
    assert.ok((await panel.locator('[data-problem], .problems li').count()) > 0);
  });

  it('validates: passes, fails', async () => {
    assert.equal(await reportOn(await mintCanary('passes')), 'passes');
    assert.equal(await reportOn(await mintCanary('expired', { issuedSecAgo: 10_800, lifetimeSec: 3600 })), 'refuses');
  });

  it('copies header, payload and claim', async () => {
    const token = await mintCanary('copied');
    await runOn(vscode, DECODE, token);
    const panel = await panelShowing(vscode, token);
    await panel.frame.locator('details').evaluateAll((all) => {
      for (const one of all) (one as HTMLDetailsElement).open = true;
    });
    for (const [button, copied] of [
      ['Copy Header', 'RS256'],
      ['Copy Payload', token.mark],
      [`Copy ${MARK_CLAIM}`, token.mark],
    ] as const) {
      await vscode.setClipboard('');
      await panel.button(button).click();
      await until('the copy', async () => (await vscode.getClipboard()).includes(copied));
    }
    await vscode.setClipboard('');
  });

  it('shows an error: nothing to validate against, a fault in the settings', async () => {
    await set('why401.apis', undefined, 'user');
    await runOn(vscode, VALIDATE, await mintCanary('no settings'));
    await until('the error', async () => (await vscode.notifications()).length > 0);
    await vscode.closeNotifications();
    await set('why401.tenant', 'no tenant', 'user');
    await runOn(vscode, VALIDATE, await mintCanary('bad settings'));
    await until('the error', async () => (await vscode.notifications()).some((text) => text.includes('why401.tenant')));
    await vscode.closeNotifications();
    await set('why401.tenant', undefined, 'user');
    await set('why401.apis', practiceSettings(lab)['why401.apis'], 'user');
  });

  it('validates an authority that is refused', async () => {
    const refused = {
      mine: { cloud: 'https://127.0.0.3:1', tenant: lab.tenants[0]?.id, appId: lab.apps.ordersApi.id },
    };
    await set('why401.apis', undefined, 'user');
    await set('why401.apis', refused, 'workspace');
    const token = await mintCanary('refused authority');
    await runOn(vscode, VALIDATE, token);
    await (await vscode.dialog()).press('Cancel');
    await panelShowing(vscode, token, 'done');
    await set('why401.apis', undefined, 'workspace');
    await set('why401.apis', practiceSettings(lab)['why401.apis'], 'user');
  });

  it('validates while the keys cannot be reached, is cancelled, and is reloaded with the panel open', async () => {
    await vscode.reload();
    const silent = lab.faults.script({ path: '*', action: { do: 'silent' } });
    const cancelled = await mintCanary('cancelled');
    await cancelInTime(async () => {
      await runOn(vscode, VALIDATE, cancelled);
      return panelShowing(vscode, cancelled);
    });
    silent.remove();
    const down = lab.faults.script({ path: '*', action: { do: 'destroy' } });
    // With the last good keys, which are on disk by now.
    assert.equal(await reportOn(await mintCanary('keys unreachable')), 'passes');
    down.remove();
    await vscode.reload();
    const tabs = await vscode.probe.ask('tabs', {});
    assert.deepEqual(
      tabs.filter(({ viewType }) => viewType?.includes('tokenPanel')),
      [],
    );
  });

  it('is closed, and stopped: nothing is found', async () => {
    const token = await mintCanary('closed');
    await runOn(vscode, DECODE, token);
    await panelShowing(vscode, token);
    await vscode.probe.ask('executeCommand', { command: 'workbench.action.closeAllEditors', args: [] });
    await runOn(vscode, DECODE, await mintCanary('left open'));
    await assertNoTrace(vscode, { canaries, workspace: world.folder, logged: /refuses/ });
  });

  async function encrypt(token: string): Promise<string> {
    return new CompactEncrypt(Buffer.from(token))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', typ: 'JWT', cty: 'JWT' })
      .encrypt(lab.keys.shared.current.publicKey);
  }
});

function lastPart(token: string): string {
  return token.slice(token.lastIndexOf('.') + 1);
}
