import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { APPS, CONTOSO } from '../lab/entra-tenant.ts';
import { practiceKeys } from '../lab/practice-workspace.ts';
import { makeOwnFiles, type OwnFiles, settingsOfAllKinds } from './all-kinds.ts';
import { type IdentitiesView, openIdentities } from './identities-view.ts';
import { takePicture } from './picture.ts';
import { type Practice, startPractice } from './practice.ts';
import { openOperation } from './request-page.ts';
import { assertSilent, startSignIn } from './sign-in-steps.ts';
import { lookInEveryTheme } from './token-panel-page.ts';
import { THEME_NAMES, until, WAIT_MS } from './workbench.ts';

const TOKEN = /\/oauth2\/v2\.0\/token$/;

describe('signing in otherwise than with the browser', () => {
  let practice: Practice;
  let view: IdentitiesView;
  let programs: OwnFiles;

  before(async () => {
    programs = await makeOwnFiles();
    practice = await startPractice({ env: programs.env }, (lab) => settingsOfAllKinds(lab, programs.certificatePath));
    practice.lab.signIn.deviceCodes.intervalSec = 1;
    await practice.vscode.setTheme('dark');
    view = await openIdentities(practice.vscode);
  });
  after(async () => {
    await practice?.stop();
    await programs?.remove();
  });
  afterEach(async () => {
    const { lab, vscode } = practice;
    lab.signIn.clear();
    lab.faults.clear();
    lab.requests.clear();
    lab.signIn.deviceCodes.lifetimeSec = 900;
    await vscode.closeNotifications();
    await vscode.execute('workbench.action.closeAllEditors');
  });

  /** The text of the card that says why; the code it is about. */
  async function failure(): Promise<{ text: string; code: string | null }> {
    const panel = await practice.vscode.webviewFrame('.trouble');
    const card = panel.locator('.trouble');
    return { text: await card.innerText(), code: await card.getAttribute('data-code') };
  }

  async function giveSecret(secret: string): Promise<void> {
    const { quickInput } = practice.vscode;
    await quickInput.waitFor('Client Secret');
    await quickInput.type(secret);
    await quickInput.accept();
  }

  describe('with a device code', () => {
    const IDENTITY = 'orders-dev · by code';

    async function start(): Promise<{ code: string; press(button: string): Promise<void> }> {
      await startSignIn(practice.vscode, IDENTITY);
      const panel = await practice.vscode.webviewFrame('.user-code');
      const where = await panel.locator('[data-code-page=own]').innerText();
      assert.ok(where.includes(new URL(practice.lab.origin).host), where);
      const code = await panel.locator('.user-code').innerText();
      return { code, press: (name) => panel.getByRole('button', { name, exact: true }).click({ timeout: WAIT_MS }) };
    }

    function pending(code: string) {
      const found = practice.lab.signIn.deviceCodes.find(code);
      assert.ok(found, code);
      return found;
    }

    it('is cancelled by the button, and by closing the page', async () => {
      const { vscode } = practice;
      await (await start()).press('Cancel');
      await assertSilent(vscode);
      await start();
      await vscode.execute('workbench.action.closeAllEditors');
      await assertSilent(vscode);
    });

    it('says that it was declined', async () => {
      const { code } = await start();
      practice.lab.signIn.deviceCodes.decline(pending(code));
      const { text } = await failure();
      assert.ok(text.length > 0);
      await practice.vscode.screenshot('kinds-code-declined');
    });

    it('says that the time is over', async () => {
      practice.lab.signIn.deviceCodes.lifetimeSec = 2;
      await startSignIn(practice.vscode, IDENTITY);
      await failure();
    });

    it('says that the network was lost', async () => {
      const { lab } = practice;
      await start();
      lab.faults.script({ path: TOKEN, action: { do: 'destroy' } });
      assert.match((await failure()).text, /ECONNRESET/);
    });

    it('shows no code with a page of Microsoft’s, which it would not be for', async () => {
      const { lab, vscode } = practice;
      const body = { user_code: 'REALCODE1', device_code: 'd', expires_in: 900, interval: 1 };
      const reply = { do: 'reply', body: { ...body, verification_uri: 'https://microsoft.com/devicelogin' } } as const;
      lab.faults.script({ path: '/*/oauth2/v2.0/devicecode', action: reply });
      await startSignIn(vscode, IDENTITY);
      const { text } = await failure();
      assert.ok(text.includes('microsoft.com') && !text.includes('REALCODE1'), text);
      await vscode.screenshot('kinds-code-elsewhere');
    });

    it('shows why the login host gives no code', async () => {
      practice.lab.signIn.next({ at: 'devicecode', error: 'AADSTS7000218' });
      await startSignIn(practice.vscode, IDENTITY);
      assert.equal((await failure()).code, 'AADSTS7000218');
      for (const theme of THEME_NAMES) {
        await practice.vscode.setTheme(theme);
        await practice.vscode.screenshot(`kinds-failure-${theme}`);
      }
      await practice.vscode.setTheme('dark');
      await takePicture(practice.vscode, 'readme/sign-in-failed.png');
    });

    it('shows the code to copy, and closes when it was entered', async () => {
      const { vscode, lab } = practice;
      const { code, press } = await start();
      await lookInEveryTheme(vscode, 'kinds-code', () => vscode.webviewFrame('.user-code'));
      await press('Copy Code');
      await until('the code', async () => (await vscode.getClipboard()) === code);
      const [account] = lab.signIn.accountsOf(CONTOSO);
      assert.ok(account);
      lab.signIn.deviceCodes.approve(pending(code), account);
      await view.row(new RegExp(account.user.userName));
      await until('the page to close', async () => (await vscode.probe.ask('tabs', {})).length === 0);
    });
  });

  describe('with a client secret', () => {
    const IDENTITY = 'orders-dev · nightly job';

    it('sends nothing when none is given', async () => {
      const { vscode, lab } = practice;
      await startSignIn(vscode, IDENTITY);
      await vscode.quickInput.waitFor('Client Secret');
      await vscode.quickInput.cancel();
      await until('the progress to go', async () => (await vscode.notifications()).length === 0);
      assert.equal(lab.requests.count(TOKEN), 0);
    });

    it('says that it is wrong, and does not keep it', async () => {
      await startSignIn(practice.vscode, IDENTITY);
      await giveSecret('not-the-secret');
      assert.equal((await failure()).code, 'AADSTS7000215');
    });

    it('is asked for once', async () => {
      const { vscode, lab } = practice;
      await startSignIn(vscode, IDENTITY);
      await giveSecret(practiceKeys(lab).jobSecret);
      await view.row(/App-only token.*left/s);
      await view.row(/Client secret/);
      lab.requests.clear();
      await view.act(/nightly job/, /Refresh/);
      await until('a fresh token', async () => lab.requests.count(TOKEN) > 0);
      await assertSilent(vscode);
    });
  });

  describe('with a certificate', () => {
    const IDENTITY = 'orders-dev · job certificate';

    it('says that it is not registered', async () => {
      await startSignIn(practice.vscode, IDENTITY);
      assert.equal((await failure()).code, 'AADSTS700027');
    });

    it('gets a token when it is', async () => {
      const { lab, vscode } = practice;
      lab.signIn.registerCertificate(APPS.nightlyJob, programs.certificatePem);
      lab.requests.clear();
      await startSignIn(vscode, IDENTITY);
      await until('the token', async () => lab.requests.count(TOKEN) > 0);
      await view.row(/job certificate/);
      await until('two app-only tokens', async () => (await view.rows(/App-only token/).count()) === 2);
    });
  });

  it('exchanges a user’s token, and shows both side by side', async () => {
    const { vscode, lab } = practice;
    // Signed in by code above: it is the same client.
    await startSignIn(vscode, 'orders-dev · stock for me');
    await giveSecret(practiceKeys(lab).apiSecret);
    await view.row(/On-behalf-of token/);
    await view.act(/stock for me/, /Decode/);
    const panel = await vscode.webviewFrame('.comparison');
    await panel.locator('[data-compared="payload:aud"][data-same="false"]').waitFor({ timeout: WAIT_MS });
    await vscode.screenshot('kinds-on-behalf-of');
  });

  it('takes a pasted token, and says what a managed identity is', async () => {
    const { vscode, lab } = practice;
    await startSignIn(vscode, 'orders-dev · managed identity');
    await vscode.quickInput.waitFor('Paste Token');
    await vscode.screenshot('kinds-pasted');
    await vscode.quickInput.type(await lab.mint.accessTokenV2({}));
    await vscode.quickInput.accept();
    await view.row(/Pasted token/);
  });

  describe('with the Azure CLI', () => {
    const IDENTITY = 'orders-dev · az';

    it('says how to sign in to it', async () => {
      await programs.installAz(`echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`);
      await startSignIn(practice.vscode, IDENTITY);
      assert.match((await failure()).text, /az login/);
    });

    it('takes its token', async () => {
      const { lab, vscode } = practice;
      const accessToken = await lab.mint.accessTokenV2({});
      const expires_on = Math.floor(Date.now() / 1000) + 3600;
      await programs.installAz(`echo '${JSON.stringify({ accessToken, expires_on, tokenType: 'Bearer' })}'`);
      await startSignIn(vscode, IDENTITY);
      await until('a token of az', async () => (await view.rows(/^az/).count()) > 0);
      const page = await openOperation(vscode, 'orders-dev', 'List orders', /orders$/);
      await page.chooseToken(/orders-dev · az/);
      await page.frame.getByText(/token expires in/).waitFor({ timeout: WAIT_MS });
    });
  });

  it('leaves no error behind', () => {
    assert.deepEqual(practice.vscode.extensionErrors(), []);
  });
});
