import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { HOSTILE_TEXTS, mintFaulty } from '../lab/token-faults.ts';
import { type Practice, startPractice } from './practice.ts';
import { lookInEveryTheme, panelWithTitle, tokenPanel } from './token-panel-page.ts';
import { until } from './workbench.ts';

const DECODE = 'Why401: Decode Token';

describe('Decode Token in a real VS Code', () => {
  let practice: Practice;
  let token: string;

  before(async () => {
    practice = await startPractice();
    token = await practice.lab.mint.accessTokenV2();
  });
  after(() => practice?.stop());

  async function decode(text: string, name = 'log.txt') {
    const { vscode } = practice;
    await vscode.openDocument(name, text);
    await vscode.selectAll();
    await vscode.runCommand(DECODE);
  }

  it('decodes the selection from the palette, beside the editor, in every theme', async () => {
    const { vscode, lab } = practice;
    await decode(`Authorization: Bearer ${token},\n`);
    const panel = await panelWithTitle(vscode, /Access token v2/);
    assert.ok((await panel.claims()).includes('payload:aud'));
    const tabs = await vscode.probe.ask('tabs', {});
    assert.deepEqual(
      tabs.filter(({ viewType }) => viewType?.includes('tokenPanel')).map(({ label }) => label),
      ['Token'],
    );
    await lookInEveryTheme(vscode, 'decode');
    assert.equal(lab.requests.all.length, 0);
  });

  it('takes the token under the cursor when nothing is selected', async () => {
    const { vscode, lab } = practice;
    const appOnly = await lab.mint.appOnlyToken();
    await vscode.openDocument('cursor.txt', `${token}\nsecond: ${appOnly}\n`);
    await vscode.selectText('second: eyJ');
    await vscode.page.keyboard.press('ArrowRight');
    await vscode.runCommand(DECODE);
    await panelWithTitle(vscode, /application itself/);
  });

  it('else takes the clipboard, else asks', async () => {
    const { vscode, lab } = practice;
    await vscode.openDocument('nothing.txt', 'nothing here');
    await vscode.setClipboard(`"${await lab.mint.idToken()}"`);
    await vscode.runCommand(DECODE);
    await panelWithTitle(vscode, /ID token/);
    await vscode.setClipboard('no token');
    await vscode.openDocument('nothing-2.txt', 'nothing here');
    await vscode.runCommand(DECODE);
    await vscode.quickInput.waitFor('Paste a token');
    await vscode.quickInput.type(token);
    await vscode.quickInput.accept();
    await panelWithTitle(vscode, /Access token v2/);
  });

  it('lists several tokens and switches between them', async () => {
    const { vscode, lab } = practice;
    await decode(`a ${token}\nb "${await lab.mint.graphToken()}"\n`, 'two.txt');
    const panel = await panelWithTitle(vscode, /Access token v2/);
    const switcher = panel.frame.locator('#token-switcher');
    // The panel may still show the token before, which has the same title.
    await until('both tokens', async () => (await switcher.locator('option').count()) === 2);
    await switcher.selectOption('1');
    await panelWithTitle(vscode, /Microsoft Graph/);
  });

  it('reads a token that was wrapped over lines', async () => {
    const wrapped = token.match(/.{1,76}/g)?.join('\n  ') ?? '';
    await decode(`> token:\n  ${wrapped}\nnext line\n`, 'wrapped.txt');
    const panel = await panelWithTitle(practice.vscode, /Access token v2/);
    assert.equal(await panel.frame.locator('.problems').count(), 0);
  });

  it('copies header, payload and one claim', async () => {
    const { vscode } = practice;
    await decode(token, 'copy.txt');
    const panel = await panelWithTitle(vscode, /Access token v2/);
    await panel.frame.locator('[data-section=json] > summary').click();
    const copied = async (button: string) => {
      await vscode.setClipboard('');
      await panel.button(button).click();
      return until('a copy', () => vscode.getClipboard());
    };
    assert.equal(JSON.parse(await copied('Copy Header')).alg, 'RS256');
    const payload = JSON.parse(await copied('Copy Payload'));
    assert.equal(await copied('Copy tid'), payload.tid);
    assert.equal(await copied('Copy exp'), String(payload.exp));
  });

  for (const [name, problem, spoil] of [
    ['one part', 'partCount', () => token.split('.')[0]],
    ['two parts', 'partCount', () => token.split('.').slice(0, 2).join('.')],
    ['four parts', 'partCount', () => `${token}.eHh4`],
    ['a character that base64url does not have', 'notBase64url', () => token.replace('.', '.*')],
    ['binary garbage', 'notAToken', () => '\u0000\u0001\u0002\ufffd\u0007.\u001b[31m.\u0000'],
  ] as const) {
    it(`says what is wrong with ${name}`, async () => {
      const { vscode } = practice;
      await vscode.probe.ask('executeCommand', { command: 'workbench.action.closeAllEditors', args: [] });
      await decode(spoil() ?? '', `${name}.txt`);
      const panel = await tokenPanel(vscode, `[data-problem="${problem}"]`);
      assert.equal(await panel.button('Validate').count(), 0);
    });
  }

  it('shows an encrypted token as that, and one of 300 KB whole', async () => {
    const { vscode, lab } = practice;
    await decode(await mintFaulty(lab.mint, 'encrypted'), 'jwe.txt');
    await panelWithTitle(vscode, /[Ee]ncrypted/);
    await decode(await mintFaulty(lab.mint, 'oversized'), 'large.txt');
    const panel = await panelWithTitle(vscode, /Access token v2/);
    assert.equal(await panel.frame.locator('.problems li').count(), 1);
    assert.equal(await panel.claim('payload:padding').count(), 1);
  });

  it('renders nothing that a token brings: no markup, no command link', async () => {
    const { vscode, lab } = practice;
    await decode(await lab.mint.accessTokenV2({ payload: { ...HOSTILE_TEXTS } }), 'hostile.txt');
    const panel = await panelWithTitle(vscode, /Access token v2/);
    await panel.claim('payload:quoted').waitFor();
    const foreign = panel.frame.locator('img, iframe, object, b, a[href], svg[onload], [onerror]');
    assert.equal(await foreign.count(), 0);
    assert.ok((await panel.frame.locator('body').innerText()).includes(HOSTILE_TEXTS.name));
  });

  it('counts down to expiry by the clock of the host', async () => {
    // Short-lived, so that the countdown shows seconds.
    await decode(await practice.lab.mint.accessTokenV2({ lifetimeSec: 600 }), 'countdown.txt');
    const panel = await panelWithTitle(practice.vscode, /Access token v2/);
    const timer = panel.frame.getByRole('timer');
    const first = await timer.innerText();
    await until('the countdown to move', async () => (await timer.innerText()) !== first);
  });

  it('keeps one panel, and shows its token again after it was hidden', async () => {
    const { vscode } = practice;
    const tabs = await vscode.probe.ask('tabs', {});
    assert.equal(tabs.filter(({ viewType }) => viewType?.includes('tokenPanel')).length, 1);
  });

  it('left no error in the console, and no trouble with the content security policy', () => {
    const ours = practice.vscode.consoleErrors.filter((text) =>
      /why401|Content Security Policy|token-panel/i.test(text),
    );
    assert.deepEqual(ours, []);
  });
});
