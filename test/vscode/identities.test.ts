import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { APPS, CONTOSO } from '../lab/entra-tenant.ts';
import { practiceSettingsForSending } from '../lab/practice-workspace.ts';
import { type IdentitiesView, openIdentities } from './identities-view.ts';
import { takePicture } from './picture.ts';
import { type Practice, startPractice } from './practice.ts';
import { openOperation, signInThroughBrowser } from './request-page.ts';
import { assertSilent, startSignIn } from './sign-in-steps.ts';
import { THEME_NAMES, until, WAIT_MS } from './workbench.ts';

const TOKEN = /\/oauth2\/v2\.0\/token$/;

describe('the view Identities', () => {
  let practice: Practice;
  let view: IdentitiesView;

  before(async () => {
    practice = await startPractice({}, practiceSettingsForSending);
    await practice.vscode.setTheme('dark');
    view = await openIdentities(practice.vscode);
  });
  after(() => practice?.stop());

  const row = (words: RegExp) => view.rows(words);
  const act = (words: RegExp, action: RegExp) => view.act(words, action);
  const statusItem = () => practice.vscode.page.locator('.statusbar-item').filter({ hasText: 'orders-dev' });

  it('lists who can be signed in for which API, and no status while there is no token', async () => {
    const { vscode } = practice;
    await row(/orders-dev/)
      .first()
      .waitFor({ timeout: WAIT_MS });
    await row(/me.*browser.*signed out/s)
      .first()
      .waitFor({ timeout: WAIT_MS });
    assert.equal(await statusItem().count(), 0);
    await vscode.screenshot('identities-signed-out');
  });

  it('shows account, tenant and tokens after signing in, and the time left in the status bar', async () => {
    const { vscode, lab } = practice;
    await startSignIn(vscode);
    await signInThroughBrowser(vscode, /Megan/);
    const name = lab.tenants[0]?.users[0]?.userName ?? '?';
    await row(new RegExp(name)).first().waitFor({ timeout: WAIT_MS });
    await row(/Access token.*min left.*Orders\.Read/s)
      .first()
      .waitFor({ timeout: WAIT_MS });
    await row(/Refresh token/)
      .first()
      .waitFor({ timeout: WAIT_MS });
    await until('the status item', async () =>
      /orders-dev.*left/.test(
        await statusItem()
          .innerText()
          .catch(() => ''),
      ),
    );
    for (const theme of THEME_NAMES) {
      await vscode.setTheme(theme);
      await vscode.screenshot(`identities-${theme}`);
    }
    await vscode.setTheme('dark');
    await takePicture(vscode, 'readme/identities.png', 'sidebar');
  });

  it('goes to the view from the status bar', async () => {
    const { vscode } = practice;
    await vscode.execute('workbench.view.explorer');
    await statusItem().click();
    await row(/orders-dev/)
      .first()
      .waitFor({ timeout: WAIT_MS });
  });

  it('decodes the token in the panel; the view itself holds none', async () => {
    const { vscode } = practice;
    await act(/Access token/, /Decode/);
    const panel = await vscode.webviewFrame('[data-claim]');
    assert.match(await panel.locator('h1').innerText(), /^Access token v2/);
    await vscode.execute('workbench.action.closeAllEditors');
  });

  it('copies the token only after saying what that means', async () => {
    const { vscode } = practice;
    await vscode.setClipboard('before');
    await act(/Access token/, /Copy/);
    const refused = await vscode.dialog();
    await vscode.screenshot('identities-copy');
    await refused.press('Cancel');
    assert.equal(await vscode.getClipboard(), 'before');
    await act(/Access token/, /Copy/);
    await (await vscode.dialog()).press('Copy');
    await until('the token', async () => (await vscode.getClipboard()).startsWith('eyJ'));
    await vscode.setClipboard('');
  });

  it('gets a fresh token without asking', async () => {
    const { vscode, lab } = practice;
    lab.requests.clear();
    await row(/^me/).first().hover();
    await act(/me.*browser/s, /Refresh/);
    await until('the token request', async () => lab.requests.count(TOKEN) > 0);
    await assertSilent(vscode);
  });

  it('shows in the Request view how long the token is good', async () => {
    const { vscode } = practice;
    const page = await openOperation(vscode, 'orders-dev', 'List orders', /orders$/);
    await page.chooseToken(/orders-dev · me/);
    await page.frame.getByText(/token expires in/).waitFor({ timeout: WAIT_MS });
    await vscode.execute('why401.identities.focus');
  });

  it('forgets an account where it stands', async () => {
    await act(/@/, /Sign Out/);
    await row(/me.*browser.*signed out/s)
      .first()
      .waitFor({ timeout: WAIT_MS });
    await until('no status item', async () => (await statusItem().count()) === 0);
  });

  it('forgets everything and says what', async () => {
    const { vscode, lab } = practice;
    await startSignIn(vscode);
    await signInThroughBrowser(vscode, /Megan/);
    await row(/Access token/)
      .first()
      .waitFor({ timeout: WAIT_MS });
    await vscode.closeNotifications();
    await vscode.runCommand('Why401: Forget Everything');
    await (await vscode.dialog()).press('Forget');
    const name = lab.tenants[0]?.users[0]?.userName ?? '?';
    await until('what was deleted', async () => (await vscode.notifications()).some((text) => text.includes(name)));
    await vscode.screenshot('identities-forgotten');
    await row(/me.*browser.*signed out/s)
      .first()
      .waitFor({ timeout: WAIT_MS });
    assert.deepEqual(vscode.extensionErrors(), []);
  });

  it('guides to a first sign-in, which checks the steps', async () => {
    const { vscode } = practice;
    await vscode.closeNotifications();
    await vscode.runCommand('Why401: Set Up Sign-In');
    const page: Frame = await vscode.webviewFrame('#scope');
    assert.match(await page.locator('#scope').inputValue(), /Orders\.Read$/);
    const register = page.locator('[data-step=register]');
    const redirect = `http://localhost/why401/${new URL(practice.lab.origin).host}/${CONTOSO.domain}`;
    assert.ok((await register.innerText()).includes(redirect));
    await vscode.screenshot('set-up');
    assert.deepEqual(
      (await vscode.axe(page)).violations.map(({ id }) => id),
      [],
    );
    await page.getByLabel('Client ID').fill(APPS.ordersWeb.id);
    await page.getByRole('button', { name: 'Sign In and Check' }).click();
    await signInThroughBrowser(vscode, /Megan/);
    await page.locator('[data-check="passed"]').waitFor({ timeout: WAIT_MS });
    for (const theme of THEME_NAMES) {
      await vscode.setTheme(theme);
      await vscode.screenshot(`set-up-passed-${theme}`);
    }
    await page.getByRole('button', { name: 'Save as Identity' }).click();
    await page.getByText('Saved in the settings').waitFor({ timeout: WAIT_MS });
    const apis = (await vscode.probe.ask('getConfiguration', { key: 'why401.apis' })) as Record<string, SavedProfile>;
    const saved = Object.values(apis['orders-dev']?.identities ?? {}).at(-1);
    assert.deepEqual(saved, { signIn: 'browser', clientId: APPS.ordersWeb.id, scopes: ['api://orders/Orders.Read'] });
    assert.deepEqual(vscode.extensionErrors(), []);
  });
});

interface SavedProfile {
  identities?: Record<string, unknown>;
}
