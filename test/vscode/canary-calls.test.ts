import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { APPS, CONTOSO } from '../lab/entra-tenant.ts';
import type { Lab } from '../lab/lab.ts';
import { assertNoTrace } from './canary-hunt.ts';
import type { Canary } from './canary-search.ts';
import { createLeakyApi } from './leaky-api.ts';
import { MARK_CLAIM, type MarkedToken, marksOf, mintMarked } from './marked-token.ts';
import type { RealVsCode } from './real-vscode.ts';
import { openOperation, type RequestPage, signInThroughBrowser } from './request-page.ts';
import { enterKey, pasteToken, sendMarked, typeHeader, typeUrl } from './request-typing.ts';
import { until } from './workbench.ts';
import { startWorld, type World } from './world.ts';

const EXPLAIN = 'Why401: Explain…';

/**
 * Rule 1 of the safety rules, for what is sent and what comes back: tokens got by signing in, keys, pasted tokens, what
 * is typed into the form, and answers that give all of it away. Left out is the authorization code: it is good once,
 * and on its way from page to page the browser has it, not Why401.
 */
describe('canaries that are sent and answered leave no trace on disk', () => {
  let world: World;
  let lab: Lab;
  let vscode: RealVsCode;
  let page: RequestPage;
  let calls = 0;
  const api = createLeakyApi();
  const canaries: Canary[] = [...api.canaries];
  const issued = { accessToken: 0, refreshToken: 0, idToken: 0 };

  before(async () => {
    world = await startWorld((lab) => ({ userSettings: settingsFor(lab) }));
    ({ lab, vscode } = world);
    lab.world.oddities.routes.unshift(api.route);
    lab.signIn.addedClaims = () => ({ [MARK_CLAIM]: randomBytes(24).toString('hex') });
    lab.signIn.onIssued = (tokens) => {
      for (const [name, token] of Object.entries(tokens) as [keyof typeof issued, string][]) {
        issued[name] += 1;
        canaries.push({ name: `${name} ${issued[name]}`, text: token, marks: marksOf(token) });
      }
    };
    // MSAL renews what is good for less than five minutes: every call gets tokens of its own.
    lab.signIn.accessTokenLifetimeSec = 60;
    await vscode.setClipboard('');
  });
  after(() => world?.stop());

  function createSecret(name: string): string {
    const secret = randomBytes(24).toString('hex');
    canaries.push({ name, text: secret, marks: [secret] });
    return secret;
  }

  async function mintCanary(name: string): Promise<MarkedToken> {
    const marked = await mintMarked(lab.mint);
    canaries.push({ name, text: marked.token, marks: marksOf(marked.token) });
    return marked;
  }

  /** Sends to the leaky API and waits for its answer. */
  async function leak(status: number, query = ''): Promise<void> {
    calls += 1;
    const mark = `call=${calls}-`;
    await typeUrl(page, `${lab.world.oddities.origin}/leak?status=${status}&${mark}${query}`);
    await sendMarked(page, mark);
    assert.match(await page.outcome(), new RegExp(`^${status}`));
  }

  /** Opens the answer in an editor, where its secrets are to be read. */
  async function openAnswer(): Promise<void> {
    const before = (await vscode.probe.ask('activeDocument', {}))?.uri;
    await page.frame.locator('[data-part="response-body"]').evaluate((part: HTMLDetailsElement) => {
      part.open = true;
    });
    await page.frame.getByRole('button', { name: /^Open in Editor/ }).click();
    const document = await until('the answer in an editor', async () => {
      const active = await vscode.probe.ask('activeDocument', {});
      return active?.uri.startsWith('why401:') && active.uri !== before ? active : undefined;
    });
    assert.ok(document.text.includes(api.noteInBody));
  }

  it('gets tokens by signing in and by renewing them, and sends them', async () => {
    page = await openOperation(vscode, 'leaky', 'Leak', /\/leak$/);
    await page.send();
    await (await vscode.dialog()).press('Allow');
    await signInThroughBrowser(vscode, /Megan/);
    await until('the answer', async () => /^200/.test(await page.outcome()));
    assert.deepEqual(issued, { accessToken: 1, refreshToken: 1, idToken: 1 });
    await leak(200);
    assert.ok(issued.accessToken > 1 && issued.refreshToken > 1);
    await openAnswer();
    await leak(401);
    await vscode.execute('workbench.action.closeAllEditors');
  });

  it('sends a pasted token, and is refused', async () => {
    const { token } = await mintCanary('pasted');
    await pasteToken(vscode, page, `Authorization: Bearer ${token}`);
    await leak(401);
    await openAnswer();
  });

  it('sends stored keys, in a header and in the address', async () => {
    await page.chooseToken(/^No token/);
    await enterKey(vscode, page, /^Functions key \(header/, createSecret('Functions key'));
    await leak(401);
    await page.chooseKey(/^Functions key \(URL/);
    await leak(200);
    await enterKey(vscode, page, /^Subscription key \(header/, createSecret('subscription key'));
    await leak(401);
    await page.chooseKey(/^Subscription key \(URL/);
    await leak(403);
  });

  it('sends what is typed: headers, address, body', async () => {
    await page.chooseKey(/^No key/);
    const { token } = await mintCanary('typed');
    const { frame } = page;
    await typeHeader(page, 'Authorization', `Bearer ${token}`);
    await typeHeader(page, 'X-Api-Key', createSecret('typed header'));
    await frame.getByLabel('Method', { exact: true }).selectOption('POST');
    await frame.getByLabel('Body', { exact: true }).fill(`{ "password": "${createSecret('typed body')}" }`);
    await leak(401, `&code=${createSecret('typed address')}`);
    await openAnswer();
  });

  it('is told of an error, which is logged', async () => {
    await page.chooseToken(/^Pasted token/);
    await typeUrl(page, `${lab.world.elsewhere.origin}/leak?code=${createSecret('address of an error')}`);
    await page.send();
    assert.equal(await page.problem(), 'noSecret');
  });

  it('explains what curl printed: selected, in the clipboard, typed', async () => {
    await vscode.openDocument('curl.txt', await curlOutput('selected.example'));
    await vscode.selectAll();
    await explain('selected.example');
    await vscode.openDocument('empty.txt', '');
    await vscode.setClipboard(await curlOutput('clipboard.example'));
    await explain('clipboard.example');
    await (await vscode.webviewFrame('[data-part="source"]')).getByRole('button', { name: 'Copy Report' }).click();
    await until('the report', async () => !(await vscode.getClipboard()).includes('clipboard.example'));
    await vscode.setClipboard('');
    await vscode.runCommand(EXPLAIN);
    await vscode.quickInput.waitFor('Explain');
    await vscode.quickInput.type((await curlOutput('typed.example')).replaceAll('\n', ' '));
    await vscode.quickInput.accept();
    await panelShows('typed.example');
  });

  it('keeps no answer over a reload: no editor comes back', async () => {
    const answers = async () =>
      (await vscode.probe.ask('tabs', {})).filter(({ label }) => label.startsWith('response'));
    assert.ok((await answers()).length > 0);
    await vscode.reload();
    assert.deepEqual(await answers(), []);
  });

  it('is stopped: nothing is found, though tokens and keys are kept', async () => {
    const hunt = { canaries, workspace: world.folder, logged: /AppError/ };
    const stored = await assertNoTrace(vscode, hunt);
    const secrets = stored.find(({ where }) => where === 'localStorage secrets.provider');
    assert.ok(secrets && secrets.bytes.length > 2000, 'SecretStorage was read, as it is stored');
  });

  async function explain(host: string): Promise<void> {
    await vscode.runCommand(EXPLAIN);
    await panelShows(host);
  }

  function panelShows(host: string): Promise<boolean> {
    return until(`the explanation of ${host}`, async () => {
      const frame = await vscode.webviewFrame('[data-part="source"]');
      return (await frame.locator('body').textContent())?.includes(host) ?? false;
    });
  }

  async function curlOutput(host: string): Promise<string> {
    const { token } = await mintCanary(`token of ${host}`);
    return [
      '> GET /api/orders HTTP/1.1',
      `> Host: ${host}`,
      `> Authorization: Bearer ${token}`,
      `> x-functions-key: ${createSecret(`key of ${host}`)}`,
      '>',
      '< HTTP/1.1 401 Unauthorized',
      '< Content-Type: application/json',
      `< Set-Cookie: session=${createSecret(`cookie of ${host}`)}`,
      '<',
      `{"message":"no","client_secret":"${createSecret(`body of ${host}`)}"}`,
    ].join('\n');
  }
});

function settingsFor(lab: Lab): Record<string, unknown> {
  const { id, appIdUri } = APPS.ordersApi;
  const leaky = {
    cloud: lab.origin,
    tenant: CONTOSO.domain,
    appId: id,
    appIdUri,
    identities: { me: { signIn: 'browser', clientId: APPS.ordersWeb.id, scopes: [`${appIdUri}/Orders.Read`] } },
    baseUrl: lab.world.oddities.origin,
    operations: [{ name: 'Leak', method: 'GET', path: '/leak' }],
  };
  return { 'why401.signIn.redirect': 'localhost', 'why401.apis': { leaky } };
}
