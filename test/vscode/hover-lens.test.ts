import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { HOSTILE_TEXTS } from '../lab/token-faults.ts';
import { takePicture } from './picture.ts';
import { type Practice, startPractice } from './practice.ts';
import { panelWithTitle, tokenPanel } from './token-panel-page.ts';
import { LIST_MS, succeeds, TRY_MS, until, WAIT_MS } from './workbench.ts';

const HOUR_SEC = 3600;

describe('hovers and lenses on tokens in a real VS Code', () => {
  let practice: Practice;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'why401-lens-'));
    // By itself VS Code asks before it opens a large file, and shows no lens at all in one of more than 20 MB.
    const userSettings = {
      'workbench.editorLargeFileConfirmation': 1024,
      'editor.largeFileOptimizations': false,
      'editor.minimap.enabled': false,
    };
    practice = await startPractice({ userSettings });
    await practice.vscode.execute('workbench.action.closeSidebar');
    await practice.vscode.setTheme('dark');
  });
  after(async () => {
    await practice?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The hover on a text of the active editor. */
  async function hoverOn(text: string): Promise<Locator> {
    const { vscode } = practice;
    await vscode.selectText(text);
    const hover = vscode.page.locator('.monaco-hover:visible .hover-contents').filter({ hasText: /\S/ });
    await until('the hover', async () => {
      await vscode.execute('editor.action.showHover');
      return succeeds(hover.first().waitFor({ timeout: TRY_MS }));
    });
    return vscode.page.locator('.monaco-hover:visible');
  }

  /** Waits for an explanation that names the code. */
  const explanationOf = (code: string) =>
    until(`the explanation of ${code}`, async () => {
      const frame = await practice.vscode.webviewFrame('main');
      const text = await frame
        .locator('body')
        .textContent()
        .catch(() => '');
      return text?.includes(code);
    });

  const linksIn = (hover: Locator) =>
    hover.locator('a[data-href]').evaluateAll((links) => links.map((link) => link.getAttribute('data-href') ?? ''));

  /** Words of the lenses on screen. */
  async function lenses(): Promise<string[]> {
    const all = await practice.vscode.page.locator('.codelens-decoration:visible').allInnerTexts();
    return all.flatMap((text) => text.split('|')).map((text) => text.replaceAll('\u00a0', ' ').trim());
  }
  const lens = (text: string) => practice.vscode.page.locator('.codelens-decoration:visible a', { hasText: text });

  it('shows what a token is on hover, with links that carry a place and no token', async () => {
    const { vscode, lab } = practice;
    const token = await lab.mint.accessTokenV2({ scopes: ['Orders.Read', 'Orders.Write'] });
    const request = `GET https://api.contoso.example/orders\nAuthorization: Bearer ${token}\n`;
    await vscode.openDocument('orders.http', request, 'plaintext');
    await until('the lens', async () => (await lenses()).length === 3);
    const hover = await hoverOn(token.slice(0, 20));
    const text = await hover.innerText();
    for (const part of ['Access token v2', 'Orders.Read', 'Orders.Write', `${lab.origin}`]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    const links = await linksIn(hover);
    assert.deepEqual(
      links.map((link) => link.split('?')[0]),
      ['command:why401.decodeToken', 'command:why401.validateToken', 'command:why401.copyRedacted'],
    );
    const place = JSON.parse(decodeURIComponent(links[0]?.split('?')[1] ?? ''))[0];
    assert.deepEqual(place.range, [1, 22, 1, 22 + token.length]);
    for (const link of links) assert.ok(!token.split('.').some((part) => link.includes(part)), link);
    await takePicture(vscode, 'readme/hover.png', 'hover');
    await hover.locator('a', { hasText: 'Decode' }).click();
    await panelWithTitle(vscode, /Access token v2/);
  });

  it('renders nothing that a token brings into its hover', async () => {
    const { vscode, lab } = practice;
    const scopes = [
      '[x](command:workbench.action.closeWindow)',
      'https://evil.example/x',
      '`a`https://evil.example/y',
      '<img src=x>',
    ];
    const token = await lab.mint.accessTokenV2({
      payload: { iss: 'https://evil.example/](command:x)', aud: HOSTILE_TEXTS.name, scp: undefined, roles: scopes },
    });
    await vscode.openDocument('hostile-hover.txt', token, 'plaintext');
    const hover = await hoverOn(token.slice(0, 20));
    assert.ok((await hover.innerText()).includes('[x](command:workbench.action.closeWindow)'));
    assert.deepEqual(
      [...new Set((await linksIn(hover)).map((link) => link.split('?')[0]?.replace(/\.\w+$/, '')))],
      ['command:why401'],
    );
    assert.equal(await hover.locator('.hover-contents img').count(), 0);
  });

  for (const [code, text] of [
    ['AADSTS700016', 'error: AADSTS700016: Application was not found'],
    ['IDX10214', 'Bearer error="invalid_token", IDX10214: Audience validation failed'],
    ['AKV10032', 'AKV10032: Invalid issuer. Expected one of'],
  ] as const) {
    it(`knows ${code} on hover, and explains it by its link`, async () => {
      const { vscode } = practice;
      await vscode.openDocument(`${code}.txt`, `before\n\n${text}\n`, 'plaintext');
      const hover = await hoverOn(code);
      assert.ok((await hover.locator('li').count()) > 0, 'a meaning');
      const links = await linksIn(hover);
      assert.deepEqual(
        links.map((link) => link.split('?')[0]),
        ['command:why401.explain'],
      );
      await hover.locator('a', { hasText: 'Explain' }).click();
      await explanationOf(code);
    });
  }

  it('offers to explain a code as a code action', async () => {
    const { vscode } = practice;
    // Only where the document can be changed does VS Code offer code actions.
    const path = join(folder, 'action.txt');
    await writeFile(path, 'AADSTS50011: The redirect URI does not match\n');
    await vscode.openFile(path);
    const offer = vscode.page.locator('.action-widget .monaco-list-row', { hasText: 'Explain AADSTS50011' });
    await until('the offer', async () => {
      await vscode.selectText('AADSTS50011');
      await vscode.page.keyboard.press('ArrowLeft');
      await vscode.page.keyboard.press('Control+.');
      if (await succeeds(offer.click({ timeout: LIST_MS }))) return true;
      await vscode.page.keyboard.press('Escape');
      return false;
    });
    await explanationOf('AADSTS50011');
  });

  it('puts Decode, Validate and the time left above a token', async () => {
    const { vscode, lab } = practice;
    const token = await lab.mint.accessTokenV2({ lifetimeSec: 12 * 60 + 55 });
    const expired = await lab.mint.appOnlyToken({ issuedSecAgo: 4 * HOUR_SEC, lifetimeSec: HOUR_SEC });
    const text = JSON.stringify({ token, name: 'x', expired }, null, 2);
    await vscode.openDocument('lens.json', text, 'json');
    const six = await until('six lenses', async () => {
      const seen = await lenses();
      return seen.length === 6 ? seen : undefined;
    });
    assert.deepEqual(six, ['Decode', 'Validate', 'expires in 12 min', 'Decode', 'Validate', 'expired 3 h ago']);
    await vscode.screenshot('lens-dark');
    await lens('Decode').nth(1).click();
    await panelWithTitle(vscode, /application itself/);
    await lens('Validate').first().click();
    const panel = await tokenPanel(vscode);
    assert.equal(await panel.verdict(), 'passes');
  });

  it('gives a line of several tokens one lens', async () => {
    const { vscode, lab } = practice;
    const tokens = [await lab.mint.accessTokenV2(), await lab.mint.idToken()];
    await vscode.openDocument('line.yaml', `both: ${tokens.join(' ')}\n`, 'yaml');
    await until('the lens', async () => (await lenses()).join() === 'Decode 2 Tokens');
    await lens('Decode 2 Tokens').click();
    const panel = await tokenPanel(vscode, '#token-switcher');
    assert.equal(await panel.frame.locator('#token-switcher option').count(), 2);
  });

  it('leaves files of other languages alone, and goes when it is switched off', async () => {
    const { vscode, lab } = practice;
    const token = await lab.mint.accessTokenV2();
    await vscode.openDocument('code.py', `token = "${token}"\n`, 'python');
    await vscode.openDocument('readme.md', `\`${token}\`\n`, 'markdown');
    await until('lenses', async () => (await lenses()).length === 3);
    await vscode.probe.ask('updateConfiguration', { key: 'why401.codeLens.enabled', value: false });
    await until('no lenses', async () => (await lenses()).length === 0);
    await vscode.probe.ask('updateConfiguration', { key: 'why401.codeLens.enabled', value: undefined });
    await until('lenses again', async () => (await lenses()).length === 3);
  });

  it('serves the lines on screen of a 40 MB log, wherever it is scrolled to', async () => {
    const { vscode, lab } = practice;
    const token = await lab.mint.accessTokenV2();
    const filler = `2026-11-21T13:15:02Z GET /orders 200 ${'x'.repeat(60)} took 12 ms\n`;
    const half = filler.repeat(Math.floor((20 * 1024 * 1024) / filler.length));
    const path = join(folder, 'large.log');
    await writeFile(path, `first ${token}\n${half}middle ${token}\n${half}last ${token}\n`);
    await vscode.openFile(path);
    await until('a lens at the top', async () => (await lenses()).includes('Decode'));
    await vscode.selectText('last eyJ');
    await until('a lens at the end', async () => (await lenses()).includes('Decode'));
    await vscode.selectText('middle eyJ');
    await until('a lens in the middle', async () => (await lenses()).includes('Decode'), WAIT_MS);
    const hover = await hoverOn('eyJ');
    assert.ok((await hover.innerText()).includes('Access token v2'));
  });

  it('left no error in the console', () => {
    assert.deepEqual(practice.vscode.extensionErrors(), []);
  });
});
