import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { APPS, CONTOSO } from '../lab/entra-tenant.ts';
import type { Lab } from '../lab/lab.ts';
import type { LoggedRequest } from '../lab/request-log.ts';
import { type HostileWorkspace, hostileWorkspaces, markOf, type Targets, USER_PROFILE } from './hostile-workspaces.ts';
import { type Practice, startPractice } from './practice.ts';
import { openOperation, type RequestPage, signInThroughBrowser } from './request-page.ts';
import { enterKey, pasteToken } from './request-typing.ts';
import { until, WAIT_MS } from './workbench.ts';

const APIS = 'why401.apis';
const OPERATION = 'Own call';
const SCOPES = [`${APPS.ordersApi.appIdUri}/Orders.Read`];
const FUNCTIONS_KEY = 'functions-key-of-the-user-0123456789';
const SUBSCRIPTION_KEY = 'subscription-key-of-the-user-0123456789';

/** The ways to authorise that are tried in each workspace: token and key of the form. */
const WAYS: [token: RegExp | undefined, key: RegExp][] = [
  [undefined, /^No key/],
  [/^Pasted token/, /^No key/],
  [/^No token/, /^Functions key \(header/],
  [/^No token/, /^Subscription key \(URL/],
];

describe('workspaces that want the user’s credentials sent elsewhere', () => {
  let practice: Practice;
  let targets: Targets;
  let pasted: string;

  before(async () => {
    practice = await startPractice({}, userSettings);
    const { lab, vscode } = practice;
    const { elsewhere, oddities } = lab.world;
    targets = {
      cloud: lab.origin,
      tenant: CONTOSO.domain,
      clientId: APPS.ordersWeb.id,
      scopes: SCOPES,
      goodOrigin: oddities.origin,
      evilOrigin: elsewhere.origin,
    };
    // Whoever calls it is told to come back with a token for Graph.
    elsewhere.routes.unshift(() => ({
      status: 401,
      headers: {
        'WWW-Authenticate': `Bearer authorization_uri="${lab.origin}/${CONTOSO.id}/oauth2/v2.0/authorize", resource_id="https://graph.microsoft.com", scope="https://graph.microsoft.com/.default"`,
        'Set-Cookie': 'session=evil',
      },
      body: '',
    }));
    pasted = await lab.mint.accessTokenV2();
    await vscode.setTheme('dark');
  });
  after(() => practice?.stop());

  it('finds a user who is signed in, and has a token and keys for the good origin', async () => {
    const { vscode, lab } = practice;
    const page = await openOperation(vscode, USER_PROFILE, OPERATION, /\/echo$/);
    await page.send();
    await (await vscode.dialog()).press('Allow');
    await signInThroughBrowser(vscode, /Megan/);
    assert.match(await page.outcome(), /^200/);
    await pasteToken(vscode, page, pasted);
    await enterKey(vscode, page, /^Functions key \(header/, FUNCTIONS_KEY);
    await enterKey(vscode, page, /^Subscription key \(header/, SUBSCRIPTION_KEY);
    const { requests } = lab.world.oddities;
    requests.clear();
    await settledAfterSend(page);
    assert.deepEqual(
      requests.all.map(
        ({ headers }) => headers.authorization === `Bearer ${pasted}` && headers['ocp-apim-subscription-key'],
      ),
      [SUBSCRIPTION_KEY],
    );
    assert.ok(requests.all.flatMap(credentialsIn).length >= 3);
  });

  it('are at least 20', () => {
    assert.ok(hostileWorkspaces(targets).length >= 20);
  });

  it('get no credential, whatever is sent, as long as the user says no', async (test) => {
    const { vscode } = practice;
    for (const workspace of hostileWorkspaces(targets)) {
      await test.test(workspace.name, async () => {
        await vscode.probe.ask('updateConfiguration', { key: APIS, value: workspace.apis, target: 'workspace' });
        await attack(workspace);
        await vscode.closeNotifications();
      });
    }
  });

  it('stored no binding: the user’s own call is not asked about, and the first hostile one still is', async () => {
    const { vscode } = practice;
    await vscode.probe.ask('updateConfiguration', { key: APIS, value: undefined, target: 'workspace' });
    const own = await openOperation(vscode, USER_PROFILE, OPERATION, /\/echo$/);
    assert.equal(await settledAfterSend(own), 'answered');
    const [first] = hostileWorkspaces(targets);
    await vscode.probe.ask('updateConfiguration', { key: APIS, value: first?.apis, target: 'workspace' });
    assert.ok(first);
    const page = await openHostile(first);
    assert.ok(page);
    assert.equal(await settledAfterSend(page), 'asked');
  });

  /** Sends in every way; afterwards nothing that is the user's has arrived, nor was a token asked for. */
  async function attack(workspace: HostileWorkspace): Promise<void> {
    const { lab } = practice;
    const { elsewhere } = lab.world;
    elsewhere.requests.clear();
    lab.requests.clear();
    const page = await openHostile(workspace);
    assert.equal(page !== undefined, workspace.isOffered, 'offered');
    if (!page) return;
    const isEvil = new URL(await page.url()).origin === targets.evilOrigin;
    for (const [token, key] of WAYS) {
      if (token) await page.chooseToken(token);
      await page.chooseKey(key);
      const end = await settledAfterSend(page);
      if (isEvil) assert.notEqual(end, 'answered');
      await practice.vscode.closeNotifications();
    }
    assert.deepEqual(elsewhere.requests.all.flatMap(credentialsIn), []);
    assert.deepEqual(
      lab.requests.matching(/token$/).map(({ path }) => path),
      [],
    );
  }

  /** Undefined where the tree does not offer the operation. */
  async function openHostile({ operation, isOffered }: HostileWorkspace): Promise<RequestPage | undefined> {
    const { vscode } = practice;
    await vscode.execute('why401.operations.focus');
    const rows = vscode.page.locator('.monaco-list[aria-label*="Operations"] .monaco-list-row');
    const cases = await until('the tree of these settings', async () => {
      const found = (await rows.allInnerTexts()).filter((text) => text.includes('Case '));
      return found.every((text) => text.includes(operation)) && (found.length > 0 || !isOffered) ? found : undefined;
    });
    if (cases.length === 0) return undefined;
    return openOperation(vscode, USER_PROFILE, operation, new RegExp(markOf(operation).replace('.', '\\.')));
  }

  /** Presses Send, and Cancel in every dialog; what became of it. */
  async function settledAfterSend(page: RequestPage): Promise<'asked' | 'told' | 'answered'> {
    const { vscode } = practice;
    const startOf = () =>
      page.frame.locator('[data-started]').evaluateAll((all) => all[0]?.getAttribute('data-started'));
    // What was told of the call before goes with the change that was made since.
    await page.frame.locator('[data-problem]').waitFor({ state: 'hidden', timeout: WAIT_MS });
    const before = await startOf();
    await page.send();
    let isAsked = false;
    return until('the end of the call', async () => {
      if (await vscode.page.locator('.monaco-dialog-box').isVisible()) {
        const dialog = await vscode.dialog();
        await page.underway();
        await dialog.press('Cancel');
        isAsked = true;
        return undefined;
      }
      if ((await page.frame.locator('[aria-busy="true"]').count()) > 0) return undefined;
      if (isAsked) return 'asked';
      if (await page.frame.locator('[data-problem]').isVisible()) return 'told';
      const started = await startOf();
      return started && started !== before ? 'answered' : undefined;
    });
  }

  /** What of the user's is in a request, beside what the workspace itself wrote there. */
  function credentialsIn({ path, query, headers }: LoggedRequest): string[] {
    const text = decodeURIComponent(`${path}${query}`) + JSON.stringify(headers);
    const secrets = [FUNCTIONS_KEY, SUBSCRIPTION_KEY, pasted].filter((secret) => text.includes(secret));
    const tokens = text.match(/eyJ[\w-]{10,}/g) ?? [];
    const named = [headers.authorization, headers.cookie].filter(
      (value) => value !== undefined && !/^\{\{/.test(value),
    );
    return [...secrets, ...tokens, ...named].map((value) => `${String(value).slice(0, 8)}…`);
  }

  function userSettings(lab: Lab): Record<string, unknown> {
    const { id, appIdUri } = APPS.ordersApi;
    const profile = {
      cloud: lab.origin,
      tenant: CONTOSO.domain,
      tokenVersions: [2],
      appId: id,
      appIdUri,
      identities: { me: { signIn: 'browser', clientId: APPS.ordersWeb.id, scopes: SCOPES } },
      baseUrl: lab.world.oddities.origin,
      operations: [{ name: OPERATION, method: 'GET', path: '/echo' }],
    };
    return { 'why401.signIn.redirect': 'localhost', [APIS]: { [USER_PROFILE]: profile } };
  }
});
