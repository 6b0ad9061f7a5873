import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { APPS, CONTOSO, GRAPH_APP_ID, SERVICES } from '../lab/entra-tenant.ts';
import type { Lab } from '../lab/lab.ts';
import type { RequestLog } from '../lab/request-log.ts';
import { openIdentities } from './identities-view.ts';
import { type Practice, startPractice } from './practice.ts';
import { openOperation, type RequestPage } from './request-page.ts';
import { enterKey, pasteToken, typeHeader, typeUrl } from './request-typing.ts';
import { tokenPanel } from './token-panel-page.ts';
import { until } from './workbench.ts';

const APIS = 'why401.apis';
const PROFILE = 'orders';
const OPERATION = 'Echo';
const KEY = 'key-of-the-user-0123456789abcdef';
const SCOPES = [`${APPS.ordersApi.appIdUri}/Orders.Read`];

const LONG_SCOPE = `${APPS.ordersApi.appIdUri}/Orders.${'Of.Everybody.'.repeat(12)}Read`;

/** Identities of a profile that sends to an origin of its own, and asks for tokens of Microsoft's. */
const MICROSOFT_SCOPES: Record<string, string[]> = {
  graph: ['https://graph.microsoft.com/.default'],
  'graph-by-id': ['00000003-0000-0000-c000-000000000000/User.Read'],
  'graph-without-resource': ['Mail.Read'],
  'graph-behind-another': [...SCOPES, 'https://graph.microsoft.com/Mail.Read'],
  'graph-in-one-text': ['openid https://graph.microsoft.com/.default'],
  arm: ['https://management.azure.com//user_impersonation'],
  'key-vault': ['https://vault.azure.net/.default'],
};

/** Guards between Send and the network; each is asked to let something through. */
describe('what keeps credentials where they belong, from the sidebar', () => {
  let practice: Practice;
  let arrived: RequestLog;
  let token: string;

  before(async () => {
    practice = await startPractice({}, userSettings);
    arrived = practice.lab.world.oddities.requests;
    token = await practice.lab.mint.accessTokenV2();
    await practice.vscode.setTheme('dark');
  });
  after(() => practice?.stop());

  /** A form with nothing typed into it. */
  async function openForm(url?: string): Promise<RequestPage> {
    const page = await openOperation(practice.vscode, PROFILE, OPERATION, /\/echo$/);
    await page.chooseToken(/^No token/);
    await page.chooseKey(/^No key/);
    if (url !== undefined) await typeUrl(page, url);
    arrived.clear();
    practice.lab.requests.clear();
    return page;
  }

  /** Presses Send, and this button in the dialog that comes. */
  async function answer(page: RequestPage, button: string): Promise<string> {
    await page.send();
    const dialog = await practice.vscode.dialog();
    await page.underway();
    await dialog.press(button);
    return dialog.text;
  }

  async function idle({ frame }: RequestPage): Promise<void> {
    await until('the end of the call', async () => (await frame.locator('[aria-busy="true"]').count()) === 0);
    assert.equal(await practice.vscode.page.locator('.monaco-dialog-box').count(), 0);
  }

  const signInsAsked = () => practice.lab.requests.matching(/oauth2/).map(({ path }) => path);

  for (const name of Object.keys(MICROSOFT_SCOPES)) {
    it(`refuses a profile that wants a token of Microsoft’s sent to its own origin: ${name}`, async () => {
      const page = await openForm();
      await page.chooseToken(new RegExp(`· ${name}$`));
      await page.send();
      assert.equal(await page.problem(), 'badSettings');
      await idle(page);
      assert.deepEqual([signInsAsked(), arrived.all.length], [[], 0]);
    });
  }

  it('asks about everything that a token would be for, whole, and each API on a line', async () => {
    const { vscode } = practice;
    const page = await openForm();
    await page.chooseToken(/· many$/);
    await page.send();
    const dialog = await vscode.dialog();
    await vscode.screenshot('binding-dialog');
    const lines = dialog.text.split('\n').map((line) => line.replaceAll('\u00a0', ' ').trim());
    const api = `${APPS.ordersApi.appIdUri}/`;
    const names = [...SCOPES, LONG_SCOPE].map((scope) => scope.slice(api.length)).toSorted();
    for (const line of ['openid', `${api.slice(0, -1)}: ${names.join(' ')}`])
      assert.ok(lines.includes(`• ${line}`), dialog.text);
    for (const part of [origin(), practice.lab.origin, APPS.ordersWeb.id]) assert.ok(dialog.text.includes(part), part);
    await dialog.press('Cancel');
    await idle(page);
    assert.deepEqual([signInsAsked(), arrived.all.length], [[], 0]);
  });

  it('shows a name that looks like an icon as text', async () => {
    const { vscode } = practice;
    await vscode.runCommand('Why401: Sign In');
    await vscode.quickInput.waitFor();
    const labels = await vscode.quickInput.listed();
    assert.ok(
      labels.some((label) => label.includes('(verified)')),
      labels.join(', '),
    );
    assert.equal(await vscode.page.locator('.quick-input-widget .codicon-verified').count(), 0);
    await vscode.screenshot('icon-name-list');
    await vscode.quickInput.cancel();
  });

  it('refuses to send a profile’s token to an origin the profile does not name', async () => {
    const { elsewhere } = practice.lab.world;
    const page = await openForm(`${elsewhere.origin}/echo`);
    elsewhere.requests.clear();
    await page.chooseToken(/· me/);
    await page.send();
    assert.equal(await page.problem(), 'badSettings');
    await idle(page);
    assert.deepEqual([signInsAsked(), elsewhere.requests.all.length], [[], 0]);
  });

  describe('a token of Graph’s for another host', () => {
    const SETTING = 'why401.sendServiceTokensTo';
    const setForUser = (value: unknown) =>
      practice.vscode.probe.ask('updateConfiguration', { key: SETTING, value, target: 'user' });

    /** Presses Send; the code of the problem that is told in place of an answer. */
    async function problemOf(page: RequestPage): Promise<string> {
      await page.frame.locator('[data-problem]').waitFor({ state: 'detached' });
      await page.send();
      const code = await page.problem();
      await idle(page);
      assert.deepEqual(arrived.all, []);
      return code;
    }

    it('is refused when it is pasted, with the entry that would let it go', async () => {
      const page = await openForm();
      await pasteToken(practice.vscode, page, await practice.lab.mint.graphToken());
      assert.equal(await problemOf(page), 'badSettings');
      const text = await page.frame.locator('[data-problem]').innerText();
      for (const part of ['Microsoft Graph', new URL(origin()).host, SETTING, GRAPH_APP_ID])
        assert.ok(text.includes(part), `${part} in ${text}`);
    });

    it('is refused when it is typed: under any header’s name, in the address, in the body', async () => {
      const graph = await practice.lab.mint.graphToken();
      for (const [name, value] of [
        ['Authorization', `Bearer ${graph}`],
        ['X-Session', graph],
        ['Authorization', `Basic ${Buffer.from(`user:${graph}`).toString('base64')}`],
        ['Cookie', `session=${graph}`],
      ] as const) {
        const page = await openForm();
        await typeHeader(page, name, value);
        assert.equal(await problemOf(page), 'badSettings', name);
      }
      const page = await openForm(`${origin()}/echo?ticket=${graph}`);
      assert.equal(await problemOf(page), 'badSettings');
      const withBody = await openForm();
      await typeBody(withBody, JSON.stringify({ token: graph }));
      assert.equal(await problemOf(withBody), 'badSettings', 'the body');
    });

    it('is refused whatever the workspace’s settings say', async () => {
      const file = join(practice.folder, '.vscode', 'settings.json');
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify({ [SETTING]: [{ audience: GRAPH_APP_ID, origin: origin() }] }));
      const page = await openForm();
      await pasteToken(practice.vscode, page, await practice.lab.mint.graphToken());
      assert.equal(await problemOf(page), 'badSettings');
      await rm(file);
    });

    it('goes where the user’s settings name audience and origin, and no other token does', async () => {
      const { lab, vscode } = practice;
      await setForUser([{ audience: GRAPH_APP_ID, origin: origin() }]);
      const page = await openForm();
      await pasteToken(vscode, page, await lab.mint.graphToken());
      assert.match(await page.sendAndWait(), /^200/);
      assert.equal(arrived.all.length, 1);
      arrived.clear();
      await pasteToken(vscode, page, await lab.mint.accessTokenV1({ api: SERVICES.resourceManager }));
      assert.equal(await problemOf(page), 'badSettings');
      await setForUser([{ audience: GRAPH_APP_ID, origin: practice.lab.world.elsewhere.origin }]);
      await pasteToken(vscode, page, await lab.mint.graphToken());
      assert.equal(await problemOf(page), 'badSettings');
      await setForUser([{ audience: GRAPH_APP_ID, origin: `${origin()}/echo` }]);
      await pasteToken(vscode, page, await lab.mint.graphToken());
      assert.equal(await problemOf(page), 'badSettings');
      assert.ok((await page.frame.locator('[data-problem]').innerText()).includes(`${SETTING}.0.origin`));
      await setForUser(undefined);
    });

    it('has a button that opens the user’s settings at the entry', async () => {
      const { vscode } = practice;
      const page = await openForm();
      await pasteToken(vscode, page, await practice.lab.mint.graphToken());
      assert.equal(await problemOf(page), 'badSettings');
      await page.button('Open User Settings').click();
      await until('the user’s settings', async () =>
        (await vscode.probe.ask('activeDocument', {}))?.uri.endsWith('User/settings.json'),
      );
      await vscode.execute('workbench.action.revertAndCloseActiveEditor');
      await vscode.page.locator('.monaco-modal-editor-block').waitFor({ state: 'detached' });
    });
  });

  it('asks before a token for an API nobody knows goes, and once for each origin', async () => {
    const page = await openForm();
    const unknown = await practice.lab.mint.accessTokenV2({ api: APPS.invoicesApi });
    await pasteToken(practice.vscode, page, unknown);
    const question = await answer(page, 'Cancel');
    assert.ok(question.includes(APPS.invoicesApi.id) && question.includes(new URL(origin()).host), question);
    await idle(page);
    assert.equal(arrived.all.length, 0);
    await answer(page, 'Send');
    await until('the request', async () => arrived.all.length > 0);
    await idle(page);
    assert.match(await page.sendAndWait(), /^200/);
    assert.equal(arrived.all.length, 2);
  });

  const credentials: [name: string, give: (page: RequestPage, url: string) => Promise<void>][] = [
    ['a pasted token', (page) => pasteToken(practice.vscode, page, token)],
    ['a stored key in a header', (page) => enterKey(practice.vscode, page, /^Functions key \(header/, KEY)],
    ['a stored key in the address', (page) => enterKey(practice.vscode, page, /^Subscription key \(URL/, KEY)],
    ['a typed Authorization', (page) => typeHeader(page, 'Authorization', `Bearer ${token}`)],
    ['a typed key header', (page) => typeHeader(page, 'Ocp-Apim-Subscription-Key', KEY)],
    ['a typed cookie', (page) => typeHeader(page, 'Cookie', `session=${KEY}`)],
    ['a typed code', (page, url) => typeUrl(page, `${url}?code=${KEY}`)],
    ['a token under a name nobody knows', (page) => typeHeader(page, 'X-Whatever', `Bearer ${token}`)],
    ['a secret in the body', (page) => typeBody(page, JSON.stringify({ client_secret: KEY }))],
  ];
  for (const [name, give] of credentials) {
    it(`asks before ${name} goes over plain http to another machine, and sends nothing on Cancel`, async () => {
      const page = await openForm(notLoopback());
      await give(page, notLoopback());
      const question = await answer(page, 'Cancel');
      assert.ok(question.includes('0.0.0.0'), question);
      await idle(page);
      assert.equal(arrived.all.length, 0);
      await answer(page, 'Send Anyway');
      await until('the request', async () => arrived.all.length > 0);
      assert.equal(arrived.all.length, 1);
      await idle(page);
    });
  }

  it('asks nothing where no credential is sent, nor where plain http stays on this machine', async () => {
    const bare = await openForm(notLoopback());
    assert.match(await bare.sendAndWait(), /^200/);
    const local = await openForm();
    await pasteToken(practice.vscode, local, token);
    assert.match(await local.sendAndWait(), /^200/);
    assert.equal(arrived.all.length, 1);
  });

  it('masks the secrets an answer echoes, whether kept or typed', async () => {
    const { vscode } = practice;
    const page = await openForm();
    await pasteToken(vscode, page, token);
    await enterKey(vscode, page, /^Subscription key \(header/, KEY);
    const typed = 'typed-secret-0123456789abcdef';
    await typeHeader(page, 'X-Api-Key', typed);
    assert.match(await page.sendAndWait(), /^200/);
    assert.equal(arrived.all[0]?.headers.authorization, `Bearer ${token}`);
    const preview = (await page.frame.locator('[data-part="response-body"] pre').textContent()) ?? '';
    assert.ok(preview.includes('"authorization"') && preview.includes('••••'), preview);
    const html = await page.frame.evaluate(() => document.documentElement.outerHTML);
    for (const secret of [token, KEY, typed]) assert.ok(!html.includes(secret), secret.slice(0, 5));

    await page.frame.getByRole('button', { name: /^Open in Editor/ }).click();
    const opened = await until('the answer in an editor', async () => {
      const active = await vscode.probe.ask('activeDocument', {});
      return active?.uri.startsWith('why401:') ? active : undefined;
    });
    assert.ok(opened.text.includes('"authorization"') && opened.text.includes('••••'));
    for (const secret of [token, KEY, typed]) assert.ok(!opened.text.includes(secret), secret.slice(0, 5));
    await vscode.execute('workbench.action.closeAllEditors');
  });

  it('leaves typed credentials and a secret in the body behind when a button calls another address, and says so', async () => {
    const { elsewhere } = practice.lab.world;
    const bodies: string[] = [];
    elsewhere.routes.unshift(async (request) => {
      bodies.push((await request.readBody()).toString());
      return { status: 401, headers: { 'WWW-Authenticate': 'Bearer' }, body: '' };
    });
    const unknownKey = '0123456789abcdef'.repeat(2);
    const page = await openForm(`${origin()}/redirect/other?status=303`);
    await typeHeader(page, 'Authorization', `Bearer ${token}`);
    await typeHeader(page, 'X-Whatever', `Bearer ${token}`);
    await typeHeader(page, 'Contoso-Thing', unknownKey);
    await typeHeader(page, 'Accept-Language', 'nl');
    await typeBody(page, `client_secret=${KEY}`);
    assert.match(await page.sendAndWait(), /^401/);
    assert.equal(await page.bestCause(), 'authorization-dropped-on-redirect');
    elsewhere.requests.clear();
    bodies.length = 0;
    await page.fix('Call the Final Address').click();
    const dialog = await practice.vscode.dialog();
    const stayed = ['Authorization', 'X-Whatever', 'Contoso-Thing', 'the body'];
    for (const part of [new URL(elsewhere.origin).host, ...stayed]) assert.ok(dialog.text.includes(part), dialog.text);
    await dialog.press('Call');
    await until('the request', async () => elsewhere.requests.all.length > 0);
    await idle(page);
    assert.equal(elsewhere.requests.all[0]?.headers['accept-language'], 'nl');
    const arrivedThere = JSON.stringify([elsewhere.requests.all, bodies]);
    for (const secret of [token, unknownKey, KEY]) assert.ok(!arrivedThere.includes(secret), arrivedThere);
    await until('a note of what stayed behind', async () => {
      const notes = (await page.frame.locator('.notes').allInnerTexts()).join();
      return [origin(), elsewhere.origin, ...stayed].every((part) => notes.includes(part));
    });
    await practice.vscode.screenshot('send-stayed-behind');
    elsewhere.routes.shift();
  });

  it('opens a token of the answer in the token panel', async () => {
    const { vscode } = practice;
    const page = await openForm();
    await pasteToken(vscode, page, token);
    assert.match(await page.sendAndWait(), /^200/);
    await page.frame.locator('.answered-tokens').getByRole('button').first().click();
    const panel = await tokenPanel(vscode, '[data-claim="payload:aud"]');
    assert.match(await panel.title(), /Access token v2/);
  });

  it('asks about an authority that the workspace brought, before anything is asked of it or sent', async () => {
    const { vscode, lab } = practice;
    const set = (value: unknown) => vscode.probe.ask('updateConfiguration', { key: APIS, value, target: 'workspace' });
    await set({ brought: { ...profileOf(lab), identities: { me: identityFor(SCOPES) } } });
    const page = await openOperation(vscode, 'brought', OPERATION, /\/echo$/);
    await page.chooseToken(/^brought · me/);
    arrived.clear();
    lab.requests.clear();
    const question = await answer(page, 'Cancel');
    assert.ok(question.includes(new URL(lab.origin).host), question);
    await idle(page);
    assert.deepEqual([lab.requests.all.length, arrived.all.length], [0, 0]);

    await answer(page, 'Allow');
    const binding = await vscode.dialog();
    for (const part of [APPS.ordersWeb.id, lab.origin, ...SCOPES, origin()]) {
      assert.ok(binding.text.includes(part), `${part} in ${binding.text}`);
    }
    await binding.press('Cancel');
    await idle(page);
    assert.deepEqual([signInsAsked(), arrived.all.length], [[], 0]);
    await set(undefined);
    assert.deepEqual(vscode.extensionErrors(), []);
  });

  it('shows such a name as it is in the view Identities, which makes no icons', async () => {
    const identities = await openIdentities(practice.vscode);
    const row = await identities.row(/\$\(verified\) Microsoft/);
    assert.equal(await row.locator('.codicon-verified').count(), 0);
  });

  function origin(): string {
    return practice.lab.world.oddities.origin;
  }

  function notLoopback(): string {
    return `${elsewhereOnThisMachine(practice.lab)}/echo`;
  }
});

const OWN_SCOPES: Record<string, string[]> = {
  me: SCOPES,
  many: [`openid    ${SCOPES.join(' ')}`, LONG_SCOPE],
  '$(verified) Microsoft': SCOPES,
};

async function typeBody({ frame }: RequestPage, body: string): Promise<void> {
  await frame.getByLabel('Method', { exact: true }).selectOption('POST');
  await frame.getByLabel('Body', { exact: true }).fill(body);
}

/** Leads to this machine too, but no address says so: 0.0.0.0 is no loopback address. */
function elsewhereOnThisMachine({ world }: Lab): string {
  return world.oddities.origin.replace('127.0.0.1', '0.0.0.0');
}

function profileOf(lab: Lab): Record<string, unknown> {
  return {
    cloud: lab.origin,
    tenant: CONTOSO.domain,
    appId: APPS.ordersApi.id,
    appIdUri: APPS.ordersApi.appIdUri,
    baseUrl: lab.world.oddities.origin,
    origins: [lab.world.oddities.origin, elsewhereOnThisMachine(lab)],
    operations: [{ name: OPERATION, method: 'GET', path: '/echo' }],
  };
}

function identityFor(scopes: readonly string[]): Record<string, unknown> {
  return { signIn: 'browser', clientId: APPS.ordersWeb.id, scopes };
}

function userSettings(lab: Lab): Record<string, unknown> {
  const identities = Object.entries({ ...OWN_SCOPES, ...MICROSOFT_SCOPES }).map(([name, scopes]) => [
    name,
    identityFor(scopes),
  ]);
  return {
    'why401.signIn.redirect': 'localhost',
    [APIS]: { [PROFILE]: { ...profileOf(lab), identities: Object.fromEntries(identities) } },
  };
}
