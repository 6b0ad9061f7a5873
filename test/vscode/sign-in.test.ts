import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { APPS } from '../lab/entra-tenant.ts';
import type { Lab } from '../lab/lab.ts';
import { practiceKeys, practiceSettingsForSending } from '../lab/practice-workspace.ts';
import { DECODE, mintMarked, panelShowing, runOn } from './marked-token.ts';
import { type Practice, startPractice } from './practice.ts';
import { EXTENSION_ID, type RealVsCode } from './real-vscode.ts';
import { openOperation, openSignInPage, type RequestPage, signInThroughBrowser } from './request-page.ts';
import { enterKey } from './request-typing.ts';
import {
  assertSilent,
  cancelProgress,
  chooseOn,
  type RedirectPorts,
  signInEnded,
  startSignIn,
  watchRedirectPorts,
} from './sign-in-steps.ts';
import { until, WAIT_MS } from './workbench.ts';
import { SETTINGS_FILE, startWorld, type World } from './world.ts';

/** The chunk that the build names after its entry. */
const isMsal = (bundle: string): boolean => bundle.startsWith('msal-public-');

const SIGN_OUT = 'Why401: Sign Out';
const REDIRECT = 'why401.signIn.redirect';
const AUTHORIZE = /\/oauth2\/v2\.0\/authorize$/;
const TOKEN = /\/oauth2\/v2\.0\/token$/;

describe('signing in from the palette', () => {
  let practice: Practice;
  let ports: RedirectPorts;

  before(async () => {
    practice = await startPractice({}, practiceSettingsForSending);
    await practice.vscode.setTheme('dark');
    ports = await watchRedirectPorts(practice.vscode);
  });
  after(() => practice?.stop());
  afterEach(async () => {
    const { lab, vscode } = practice;
    lab.signIn.clear();
    lab.faults.clear();
    lab.requests.clear();
    await vscode.closeNotifications();
  });

  it('loads MSAL for nothing that needs no sign-in', async () => {
    const { vscode, lab } = practice;
    const token = await mintMarked(lab.mint);
    await runOn(vscode, DECODE, token);
    await panelShowing(vscode, token);
    await vscode.openDocument('answer.txt', 'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer\n\n');
    await vscode.selectAll();
    await vscode.runCommand('Why401: Explain…');
    await vscode.webviewFrame('[data-part="source"]');
    const page = await openOperation(vscode, 'orders-functions', 'List orders', /\/api\/orders$/);
    await page.chooseToken(/^No token/);
    await page.chooseKey(/^No key/);
    assert.match(await page.sendAndWait(), /^401/);
    const bundles = await vscode.probe.ask('loadedBundles', { id: EXTENSION_ID });
    assert.ok(bundles.includes('main.js') && bundles.includes('engine.js'), bundles.join(', '));
    assert.ok(!bundles.some(isMsal), bundles.join(', '));
  });

  it('offers a code on a remote machine, or localhost where that leads back', async (test) => {
    const { vscode, lab } = practice;
    const setRedirect = (value: string) => vscode.probe.ask('updateConfiguration', { key: REDIRECT, value });
    test.after(() => setRedirect('localhost'));
    await setRedirect('auto');
    await startSignIn(vscode);
    const refused = await vscode.dialog();
    await vscode.screenshot('sign-in-remote');
    assert.ok(refused.text.includes(REDIRECT), refused.text);
    await refused.press('Cancel');
    await startSignIn(vscode);
    const otherWay = await vscode.dialog();
    assert.ok(otherWay.buttons.includes('Use a Code'), otherWay.buttons.join(', '));
    await otherWay.press('Use localhost');
    const external = await until('the question of the browser', async () => {
      const dialog = await vscode.dialog();
      return dialog.buttons.includes('Open') ? dialog : undefined;
    });
    const port = await ports.open();
    await external.press('Cancel');
    await ports.assertClosed(port);
    assert.equal(lab.requests.count(AUTHORIZE), 0);
  });

  describe('that is cancelled says nothing and leaves no port open', () => {
    it('before the sign-in page is known', async () => {
      const { vscode, lab } = practice;
      const metadata = lab.faults.script({ path: '*/.well-known/openid-configuration', action: { do: 'silent' } });
      await startSignIn(vscode);
      await until('the metadata to be asked for', async () => metadata.hits > 0);
      const port = await ports.open();
      await cancelProgress(vscode);
      await ports.assertClosed(port);
      await assertSilent(vscode);
      assert.equal(lab.requests.count(AUTHORIZE), 0);
    });

    it('when the browser page was closed', async () => {
      const { vscode } = practice;
      await startSignIn(vscode);
      const browser = await openSignInPage(vscode);
      const port = await ports.open();
      await browser.close();
      await vscode.screenshot('sign-in-progress');
      await cancelProgress(vscode);
      await ports.assertClosed(port);
      await assertSilent(vscode);
    });

    it('while the code is redeemed', async () => {
      const { vscode, lab } = practice;
      lab.signIn.next({ at: 'token', hang: true });
      await startSignIn(vscode);
      const browser = await openSignInPage(vscode);
      const port = await ports.open();
      await chooseOn(browser, /Megan/);
      await until('the token request', async () => lab.requests.count(TOKEN) > 0);
      await cancelProgress(vscode);
      await ports.assertClosed(port);
      await assertSilent(vscode);
      await browser.close();
    });

    it('from the Request view, by its own Cancel', async () => {
      const { vscode } = practice;
      const page = await openOrders(vscode);
      await page.send();
      await (await vscode.dialog()).press('Allow');
      const browser = await openSignInPage(vscode);
      const port = await ports.open();
      await browser.close();
      await page.button('Cancel').click();
      await ports.assertClosed(port);
      await assertSilent(vscode);
    });
  });

  describe('that fails says why and leaves no port open', () => {
    const failures: [what: string, prepare: (lab: Lab) => void, account: RegExp | undefined, told: RegExp][] = [
      ['the user refuses', () => undefined, /Cancel/, /AADSTS65004/],
      [
        'the login host refuses on its page',
        ({ signIn }) => signIn.next({ at: 'authorize', error: 'AADSTS50105' }),
        undefined,
        /AADSTS50105/,
      ],
      [
        'the token endpoint refuses',
        ({ signIn }) => signIn.next({ at: 'token', error: 'AADSTS65001', oauthError: 'invalid_grant' }),
        /Megan/,
        /AADSTS65001/,
      ],
      [
        'the token endpoint answers with a code nobody knows',
        ({ signIn }) => signIn.next({ at: 'token', error: 'AADSTS999999' }),
        /Megan/,
        /AADSTS999999/,
      ],
      [
        'the network is lost between redirect and token',
        ({ faults }) => faults.script({ path: TOKEN, action: { do: 'destroy' } }),
        /Megan/,
        /ECONNRESET/,
      ],
      [
        'a captive portal answers for the token endpoint',
        ({ faults }) => faults.script({ path: TOKEN, action: { do: 'html', html: '<h1>Wi-Fi</h1>' } }),
        /Megan/,
        /HTTP 200/,
      ],
    ];
    for (const [what, prepare, account, told] of failures) {
      it(what, async () => {
        const { vscode, lab } = practice;
        prepare(lab);
        await startSignIn(vscode);
        await vscode.dialog();
        const port = await ports.open();
        const browser = await openSignInPage(vscode);
        if (account) await chooseOn(browser, account);
        const panel = await vscode.webviewFrame('.trouble');
        assert.match(await panel.locator('.trouble').innerText(), told);
        await panel.getByRole('button', { name: 'Try Again' }).waitFor({ timeout: WAIT_MS });
        await vscode.noNotification();
        await vscode.screenshot(`sign-in-failed-${told.source.replaceAll(' ', '-')}`);
        await ports.assertClosed(port);
        await browser.close();
        await vscode.execute('workbench.action.closeAllEditors');
      });
    }
  });

  it('works, once: what comes after is silent, in a new window too', async () => {
    const { vscode, lab } = practice;
    await startSignIn(vscode);
    await signInThroughBrowser(vscode, /Megan/);
    const page = await openOrders(vscode);
    await page.frame.getByText('signed out').waitFor({ state: 'detached', timeout: WAIT_MS });
    const bundles = await vscode.probe.ask('loadedBundles', { id: EXTENSION_ID });
    assert.ok(bundles.some(isMsal), bundles.join(', '));
    lab.requests.clear();

    await startSignIn(vscode);
    await signedInAlready(0);
    await vscode.screenshot('sign-in-already');
    assert.match(await page.sendAndWait(), /^200/);
    await vscode.reload();
    assert.match(await (await openOrders(vscode)).sendAndWait(), /^200/);
    assert.equal(lab.requests.count(AUTHORIZE), 0);
    assert.equal(lab.requests.count(TOKEN), 0);
  });

  it('lets another account sign in', async () => {
    const { vscode } = practice;
    await startSignIn(vscode);
    await vscode.page.getByRole('button', { name: 'Use Another Account' }).click({ timeout: WAIT_MS });
    await signInThroughBrowser(vscode, /Alex/);
    await signInEnded(vscode);
    await startSignIn(vscode);
    await signedInAlready(1);
  });

  it('is forgotten by signing out, also by a new window', async () => {
    const { vscode, lab } = practice;
    const signedIn = await sealedSecretsSize(vscode);
    await vscode.runCommand(SIGN_OUT);
    await until('less to be stored', async () => (await sealedSecretsSize(vscode)) < signedIn / 4);
    await assertAskedToSignIn();
    await vscode.reload();
    await assertAskedToSignIn();
    assert.equal(lab.requests.count(TOKEN), 0);
    await vscode.runCommand(SIGN_OUT);
    await until('that nobody is signed in', async () => (await vscode.notifications()).length > 0);
  });

  async function assertAskedToSignIn(): Promise<void> {
    const { vscode } = practice;
    const page = await openOrders(vscode);
    await page.send();
    const external = await vscode.dialog();
    assert.ok(external.buttons.includes('Open'), external.text);
    await external.press('Cancel');
  }

  async function openOrders(vscode: RealVsCode): Promise<RequestPage> {
    const page = await openOperation(vscode, 'orders-dev', 'List orders', /orders$/);
    await page.chooseToken(/orders-dev · me/);
    await page.chooseKey(/^Subscription key \(header/);
    if ((await page.button('Enter Key…').count()) > 0) {
      await enterKey(vscode, page, /^Subscription key \(header/, practiceKeys(practice.lab).subscriptionKey);
    }
    return page;
  }

  /** Waits until the message names this account of the tenant. */
  async function signedInAlready(user: 0 | 1): Promise<void> {
    const { lab, vscode } = practice;
    const name = lab.tenants[0]?.users[user]?.userName;
    assert.ok(name);
    await until(name, async () => (await vscode.notifications()).some((text) => text.includes(name)));
  }
});

describe('a workspace that brings its own authority', () => {
  let world: World;

  before(async () => {
    world = await startWorld((lab) => ({ files: { [SETTINGS_FILE]: practiceSettingsForSending(lab) } }));
  });
  after(() => world?.stop());

  it('is asked about before signing in, with all that the token is for; no asks nothing of it, yes is remembered', async () => {
    const { vscode, lab } = world;
    const { host } = new URL(lab.origin);
    for (const answer of ['Cancel', 'Allow']) {
      assert.equal(lab.requests.all.length, 0);
      await startSignIn(vscode);
      const question = await vscode.dialog();
      const { appIdUri } = APPS.ordersApi;
      for (const fact of [host, APPS.ordersWeb.id, `${appIdUri}/Orders.Read`, lab.gateway.origin])
        assert.ok(question.text.includes(fact), `${fact} in ${question.text}`);
      await vscode.screenshot('sign-in-authority');
      await question.press(answer);
    }
    await signInThroughBrowser(vscode, /Megan/);
    await until('the token request', async () => lab.requests.count(TOKEN) > 0);
    const [page] = lab.requests.matching(AUTHORIZE);
    const redirect = new URL(new URLSearchParams(page?.query).get('redirect_uri') ?? '');
    assert.equal(redirect.pathname, `/why401/${host}/${lab.tenants[0]?.domain}`);
  });

  it('is asked about again when it asks for more', async () => {
    const { vscode, lab } = world;
    const settings = practiceSettingsForSending(lab)['why401.apis'];
    const more = {
      signIn: 'browser',
      clientId: APPS.ordersWeb.id,
      scopes: ['api://orders/Orders.Read', 'api://payroll/Pay'],
    };
    const value = { ...settings, 'orders-dev': { ...settings['orders-dev'], identities: { me: more } } };
    await vscode.probe.ask('updateConfiguration', { key: 'why401.apis', value, target: 'workspace' });
    await startSignIn(vscode);
    const question = await vscode.dialog();
    assert.ok(question.text.includes('api://payroll/Pay'), question.text);
    await question.press('Cancel');
  });
});

/** Secrets are kept as one sealed text, whose length grows with what it holds. */
async function sealedSecretsSize({ page }: RealVsCode): Promise<number> {
  return page.evaluate(() => localStorage.getItem('secrets.provider')?.length ?? 0);
}
