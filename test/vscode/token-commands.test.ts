import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { APPS } from '../lab/entra-tenant.ts';
import { mintFaulty } from '../lab/token-faults.ts';
import { type Practice, startPractice } from './practice.ts';
import { lookInEveryTheme, panelWithTitle, tokenPanel } from './token-panel-page.ts';
import { until, WAIT_MS } from './workbench.ts';

const COMPARE = 'Why401: Compare Token With…';
const VALIDATE_ALL = 'Why401: Validate Tokens in This File';

describe('commands on tokens in a real VS Code', () => {
  let practice: Practice;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'why401-commands-'));
    practice = await startPractice();
    await practice.vscode.setClipboard('');
  });
  after(async () => {
    await practice?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const closeAll = () =>
    practice.vscode.probe.ask('executeCommand', { command: 'workbench.action.closeAllEditors', args: [] });

  it('decodes the clipboard whatever is in the editor, and says when there is none', async () => {
    const { vscode, lab } = practice;
    await vscode.openDocument('other.txt', await lab.mint.accessTokenV2());
    await vscode.selectAll();
    await vscode.setClipboard(`id_token=${await lab.mint.idToken()}&state=1`);
    await vscode.runCommand('Why401: Decode Token from Clipboard');
    await panelWithTitle(vscode, /ID token/);
    await vscode.setClipboard('no token');
    await vscode.runCommand('Why401: Decode Token from Clipboard');
    await until('the message', async () => (await vscode.notifications()).length === 1);
    await vscode.closeNotifications();
  });

  it('shows a .jwt file decoded beside it, unless that is switched off', async () => {
    const { vscode, lab } = practice;
    await closeAll();
    const path = join(folder, 'token.jwt');
    await writeFile(path, `${await lab.mint.appOnlyToken()}\n`);
    await vscode.openFile(path);
    await panelWithTitle(vscode, /application itself/);
    assert.equal((await vscode.probe.ask('activeDocument', {}))?.languageId, 'why401-jwt');
    await closeAll();
    await vscode.probe.ask('updateConfiguration', { key: 'why401.openJwtFiles', value: false });
    const other = join(folder, 'other.jwt');
    await writeFile(other, await lab.mint.accessTokenV2());
    await vscode.openFile(other);
    await until('its lens', async () => (await vscode.page.locator('.codelens-decoration:visible').count()) > 0);
    const tabs = await vscode.probe.ask('tabs', {});
    assert.equal(tabs.filter(({ viewType }) => viewType?.includes('tokenPanel')).length, 0);
    await vscode.probe.ask('updateConfiguration', { key: 'why401.openJwtFiles', value: undefined });
  });

  it('copies a token redacted: from the palette and from the panel', async () => {
    const { vscode, lab } = practice;
    const token = await lab.mint.accessTokenV2();
    const [, payload = '', signature = ''] = token.split('.');
    const { name, oid } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    await vscode.openDocument('redact.txt', token);
    await vscode.selectAll();
    const check = async () => {
      const text = await until('a copy', () => vscode.getClipboard());
      assert.match(text, /^eyJ…\[/);
      assert.ok(text.includes(APPS.ordersApi.id) || text.includes('"aud"'));
      for (const secret of [signature.slice(0, 24), payload.slice(0, 24), name, oid]) {
        assert.ok(!text.includes(secret), secret);
      }
      await vscode.setClipboard('');
    };
    await vscode.setClipboard('');
    await vscode.runCommand('Why401: Copy Token Redacted');
    await check();
    await vscode.runCommand('Why401: Decode Token');
    const panel = await panelWithTitle(vscode, /Access token v2/);
    await panel.button('Copy Redacted').click();
    await check();
  });

  it('compares two selected tokens, what matters first, and goes back', async () => {
    const { vscode, lab } = practice;
    await closeAll();
    const tokens = [await lab.mint.accessTokenV2(), await lab.mint.accessTokenV1()];
    await vscode.openDocument('two.txt', tokens.join('\n'));
    await vscode.selectAll();
    await vscode.runCommand(COMPARE);
    const { frame } = await tokenPanel(vscode, '[data-compared]');
    const differing = await frame
      .locator('[data-same="false"][data-matters="true"]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-compared')));
    assert.deepEqual(differing.slice(0, 4), ['payload:iss', 'payload:aud', 'payload:ver', 'payload:azp']);
    const same = await frame
      .locator('[data-same="true"]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-compared')));
    assert.ok(same.includes('payload:tid') && same.includes('payload:scp'), same.join());
    await lookInEveryTheme(vscode, 'comparison');
    await frame.getByRole('button', { name: 'Back to the Token' }).click();
    const panel = await panelWithTitle(vscode, /Access token v2/);
    assert.equal(await panel.frame.locator('#token-switcher option').count(), 2);
  });

  it('compares the token of the panel with one chosen from a list, or pasted', async () => {
    const { vscode, lab } = practice;
    await closeAll();
    await vscode.openDocument('list.txt', `${await lab.mint.accessTokenV2()}\nother ${await lab.mint.graphToken()}\n`);
    await vscode.setClipboard(await lab.mint.idToken());
    await vscode.selectText('eyJ');
    await vscode.page.keyboard.press('ArrowRight');
    await vscode.runCommand('Why401: Decode Token');
    const panel = await panelWithTitle(vscode, /Access token v2/);
    await panel.button('Compare With…').click();
    await vscode.quickInput.waitFor('With which token?');
    const labels = await vscode.quickInput.listed();
    assert.equal(labels.length, 3, labels.join());
    await vscode.quickInput.pick(/Graph/);
    const { frame } = await tokenPanel(vscode, '[data-compared="header:nonce"]');
    assert.equal(await frame.locator('[data-compared="payload:aud"]').getAttribute('data-same'), 'false');
    await vscode.runCommand(COMPARE);
    await vscode.quickInput.pick('Paste Another Token…');
    await vscode.quickInput.waitFor('Paste a token');
    await vscode.quickInput.type(await lab.mint.appOnlyToken());
    await vscode.quickInput.accept();
    await tokenPanel(vscode, '[data-compared="payload:roles"]');
  });

  it('validates all tokens of a file into a table, and opens the report of one', async () => {
    const { vscode, lab } = practice;
    await closeAll();
    const good = await lab.mint.accessTokenV2();
    const lines = [
      `GET /orders`,
      `Authorization: Bearer ${good}`,
      `Authorization: Bearer ${await mintFaulty(lab.mint, 'expired')}`,
      `Authorization: Bearer ${await mintFaulty(lab.mint, 'tamperedSignature')}`,
      `Authorization: Bearer ${await mintFaulty(lab.mint, 'encrypted')}`,
      `again ${good}`,
    ];
    await vscode.openDocument('requests.txt', lines.join('\n'));
    await vscode.runCommand(VALIDATE_ALL);
    const { frame } = await tokenPanel(vscode, '.tokens');
    const rows = frame.locator('.tokens tbody tr');
    const verdicts = () => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-verdict')));
    // Before the first one runs, none is said to wait.
    const seen = await until('the verdicts', async () => {
      const all = await verdicts();
      return all.includes('passes') && !all.some((verdict) => /waiting|running/.test(verdict ?? '')) ? all : undefined;
    });
    assert.deepEqual(seen, ['passes', 'refuses', 'refuses', 'notChecked']);
    assert.deepEqual(
      await rows.locator('.number').evaluateAll((cells) => cells.map((cell) => /\d+/.exec(cell.textContent)?.[0])),
      ['2', '3', '4', '5'],
    );
    assert.equal(await frame.locator('.notes li').count(), 1, 'one is listed once');
    await lookInEveryTheme(vscode, 'validate-all');
    await rows.nth(1).click();
    const panel = await tokenPanel(vscode, '.verdict[data-verdict]');
    assert.deepEqual(await panel.reasons('failed'), ['expired']);
    await panel.button('All Tokens').click();
    await tokenPanel(vscode, '.tokens');
  });

  it('copies a token that passed as settings or code, and offers it for no other', async () => {
    const { vscode, lab } = practice;
    await closeAll();
    await vscode.openDocument('pass.txt', await lab.mint.accessTokenV2());
    await vscode.selectAll();
    await vscode.runCommand('Why401: Validate Token');
    const panel = await tokenPanel(vscode, '.verdict[data-verdict="passes"]');
    await vscode.setClipboard('');
    await panel.button('Copy As…').click();
    await vscode.quickInput.waitFor('What validates the tokens?');
    assert.equal((await vscode.quickInput.listed()).length, 6);
    await vscode.screenshot('copy-as');
    await vscode.quickInput.pick(/validate-jwt/);
    const policy = await until('the policy', () => vscode.getClipboard());
    assert.ok(policy.includes(`<audience>${APPS.ordersApi.id}</audience>`) && policy.includes(lab.origin), policy);
    await vscode.runCommand('Why401: Copy Token As…');
    await vscode.quickInput.pick(/PyJWT/);
    await until('the code', async () => (await vscode.getClipboard()).includes('import jwt'));
    await vscode.openDocument('fail.txt', await mintFaulty(lab.mint, 'expired'));
    await vscode.selectAll();
    await vscode.runCommand('Why401: Validate Token');
    const refused = await tokenPanel(vscode, '.verdict[data-verdict="refuses"]');
    assert.equal(await refused.button('Copy As…').count(), 0);
  });

  it('lists a hundred tokens at most, and says so', async () => {
    const { vscode, lab } = practice;
    await closeAll();
    const tokens = await Promise.all(Array.from({ length: 103 }, () => lab.mint.accessTokenV2()));
    await vscode.openDocument('many.log', tokens.join('\n'));
    await vscode.runCommand(VALIDATE_ALL);
    const { frame } = await tokenPanel(vscode, '.tokens');
    const passed = frame.locator('tr[data-verdict="passes"]');
    await until('a hundred verdicts', async () => (await passed.count()) === 100, 4 * WAIT_MS);
    assert.match((await frame.locator('.notes').innerText()) ?? '', /100 of 103/);
  });

  it('left no error in the console', () => {
    assert.deepEqual(practice.vscode.extensionErrors(), []);
  });
});

describe('tokens in a folder nobody trusts', () => {
  let practice: Practice;

  before(async () => {
    practice = await startPractice({ trust: 'untrusted' });
  });
  after(() => practice?.stop());

  it('decodes by lens and offers no validation, in lens, hover and palette', async () => {
    const { vscode, lab } = practice;
    await vscode.openDocument('untrusted.json', JSON.stringify({ token: await lab.mint.accessTokenV2() }), 'json');
    const lens = vscode.page.locator('.codelens-decoration:visible a');
    const seen = await until('the lens', async () => {
      const texts = await lens.allInnerTexts();
      return texts.length > 0 ? texts : undefined;
    });
    assert.deepEqual(seen, ['Decode']);
    assert.ok(!(await vscode.findCommands('Why401: ')).includes(VALIDATE_ALL));
    await lens.first().click();
    await panelWithTitle(vscode, /Access token v2/);
    assert.equal(lab.requests.all.length, 0);
  });
});
