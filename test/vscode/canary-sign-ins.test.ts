import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { APPS, CONTOSO } from '../lab/entra-tenant.ts';
import type { Lab } from '../lab/lab.ts';
import { practiceKeys } from '../lab/practice-workspace.ts';
import { makeOwnFiles, type OwnFiles, settingsOfAllKinds } from './all-kinds.ts';
import { assertNoTrace } from './canary-hunt.ts';
import type { Canary } from './canary-search.ts';
import { type IdentitiesView, openIdentities } from './identities-view.ts';
import { MARK_CLAIM, marksOf, mintMarked } from './marked-token.ts';
import type { RealVsCode } from './real-vscode.ts';
import { signInThroughBrowser } from './request-page.ts';
import { signInEnded, startSignIn } from './sign-in-steps.ts';
import { LIST_MS, succeeds, until } from './workbench.ts';
import { startWorld, type World } from './world.ts';

/** Rule 1 of the safety rules, for every way to sign in: secrets, keys, refresh tokens and what is exchanged for them. */
describe('canaries of every way to sign in leave no trace on disk', () => {
  let own: OwnFiles;
  let world: World;
  let lab: Lab;
  let vscode: RealVsCode;
  let view: IdentitiesView;
  const canaries: Canary[] = [];
  const issued = new Map<string, number>();

  before(async () => {
    own = await makeOwnFiles();
    world = await startWorld((started) => ({
      userSettings: settingsOfAllKinds(started, own.certificatePath),
      env: own.env,
    }));
    ({ lab, vscode } = world);
    lab.signIn.addedClaims = () => ({ [MARK_CLAIM]: randomBytes(24).toString('hex') });
    lab.signIn.onIssued = (tokens) => {
      for (const [name, token] of Object.entries(tokens) as [string, string][]) {
        issued.set(name, (issued.get(name) ?? 0) + 1);
        canaries.push({ name: `${name} ${issued.get(name)}`, text: token, marks: marksOf(token) });
      }
    };
    lab.signIn.registerCertificate(APPS.nightlyJob, own.certificatePem);
    lab.signIn.deviceCodes.intervalSec = 1;
    const key = own.privateKeyPem.replace(/-----[^-]+-----|\s/g, '');
    canaries.push({ name: 'private key', text: key, marks: [key] });
    await vscode.setClipboard('');
    view = await openIdentities(vscode);
  });
  after(async () => {
    await world?.stop();
    await own?.remove();
  });

  function addSecret(name: string, text: string): string {
    canaries.push({ name, text, marks: [text] });
    return text;
  }

  async function give(title: string, secret: string): Promise<void> {
    await vscode.quickInput.waitFor(title);
    await vscode.quickInput.type(secret);
    await vscode.quickInput.accept();
  }

  it('signs in with the browser, and with a code', async () => {
    await startSignIn(vscode);
    await signInThroughBrowser(vscode, /Megan/);
    await view.row(/Access token/);
    await view.act(/^me/, /Refresh/);
    await until('a fresh token', async () => (issued.get('accessToken') ?? 0) > 1);
    await signInEnded(vscode);
    await vscode.runCommand('Why401: Sign Out');
    await view.row(/^me.*signed out/s);
    await startSignIn(vscode, 'orders-dev · by code');
    const page = await vscode.webviewFrame('.user-code');
    const waiting = lab.signIn.deviceCodes.find(await page.locator('.user-code').innerText());
    const [account] = lab.signIn.accountsOf(CONTOSO);
    assert.ok(waiting && account);
    lab.signIn.deviceCodes.approve(waiting, account);
    await view.row(/Refresh token/);
  });

  it('gives a wrong secret, then the right one', async () => {
    await startSignIn(vscode, 'orders-dev · nightly job');
    await give('Client Secret', addSecret('wrong secret', randomBytes(24).toString('hex')));
    await vscode.webviewFrame('.trouble');
    await startSignIn(vscode, 'orders-dev · nightly job');
    await give('Client Secret', addSecret('job secret', practiceKeys(lab).jobSecret));
    await view.row(/App-only token/);
    await view.act(/^nightly job/, /Decode/);
    await vscode.webviewFrame('[data-claim]');
  });

  it('signs with a certificate', async () => {
    const before = issued.get('accessToken') ?? 0;
    await startSignIn(vscode, 'orders-dev · job certificate');
    await until('the token', async () => (issued.get('accessToken') ?? 0) > before);
  });

  it('exchanges a token, and shows both', async () => {
    await startSignIn(vscode, 'orders-dev · stock for me');
    await give('Client Secret', addSecret('API secret', practiceKeys(lab).apiSecret));
    await view.row(/On-behalf-of token/);
    await view.act(/^stock for me/, /Decode/);
    await vscode.webviewFrame('.comparison');
  });

  it('takes a pasted token, and one of az', async () => {
    const pasted = await mintMarked(lab.mint);
    canaries.push({ name: 'pasted', text: pasted.token, marks: marksOf(pasted.token) });
    await startSignIn(vscode, 'orders-dev · managed identity');
    await give('Paste Token', pasted.token);
    await view.row(/Pasted token/);
    const ofAz = await mintMarked(lab.mint);
    canaries.push({ name: 'az', text: ofAz.token, marks: marksOf(ofAz.token) });
    const expires_on = Math.floor(Date.now() / 1000) + 3600;
    await own.installAz(`echo '${JSON.stringify({ accessToken: ofAz.token, expires_on, tokenType: 'Bearer' })}'`);
    await startSignIn(vscode, 'orders-dev · az');
    await view.row(/^az(?!.*signed out)/s);
  });

  it('copies a token, on purpose', async () => {
    await vscode.closeNotifications();
    // The tree draws itself anew while tokens come: a click on a row that goes is lost.
    const question = vscode.page.locator('.monaco-dialog-box');
    await until('the question', async () => {
      if (!(await question.isVisible())) await view.act(/Pasted token/, /Copy/);
      return succeeds(question.waitFor({ timeout: LIST_MS }));
    });
    await (await vscode.dialog()).press('Copy');
    await until('the token', async () => (await vscode.getClipboard()).startsWith('eyJ'));
    await vscode.setClipboard('');
  });

  it('is stopped: nothing is found, and the requests for tokens were logged', async () => {
    assert.ok((issued.get('refreshToken') ?? 0) > 1 && canaries.length > 10);
    await assertNoTrace(vscode, { canaries, workspace: world.folder, logged: /oauth2\/v2\.0\/token/ });
  });
});
