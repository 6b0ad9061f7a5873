import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { isListening } from '../unit/auth/scripted-browser.ts';
import type { RealVsCode } from './real-vscode.ts';
import { signInThroughBrowser } from './request-page.ts';
import { LIST_MS, until, WAIT_MS } from './workbench.ts';

/** The identity of the practice workspace that signs in. */
const IDENTITY = 'orders-dev · me';
const PROGRESS = 'orders-dev · ';

/** The ports on which the extension host waits for the browser to come back. */
export interface RedirectPorts {
  /** The one of the sign-in that is going on. */
  open(): Promise<number>;
  /** Waits until nobody answers there, and nothing else is left open. */
  assertClosed(port: number): Promise<void>;
}

/** Call it before anybody signs in: what the extension host listens on then is its own. */
export async function watchRedirectPorts({ probe }: RealVsCode): Promise<RedirectPorts> {
  const own = await probe.ask('listeningPorts', {});
  // One port, listened on for IPv4 and for IPv6.
  const others = async () => [
    ...new Set((await probe.ask('listeningPorts', {})).filter((port) => !own.includes(port))),
  ];
  return {
    async open() {
      const [port, ...more] = await others();
      assert.ok(port !== undefined && more.length === 0, `ports: ${port}, ${more.join(', ')}`);
      assert.equal(await isListening(port), true);
      return port;
    },
    async assertClosed(port) {
      await until('the port to close', async () => !(await isListening(port)));
      assert.deepEqual(await others(), []);
    },
  };
}

/** Runs the command from the palette and chooses the identity. */
export async function startSignIn(vscode: RealVsCode, identity = IDENTITY): Promise<void> {
  // What still opens from before takes the focus, and closes the list.
  await until(`the identity ${identity} to be chosen`, async () => {
    await vscode.runCommand('Why401: Sign In');
    const isChosen = vscode.quickInput.pick(identity, LIST_MS).then(() => true);
    return isChosen.catch(() => isSigningIn(vscode));
  });
}

/** Signs somebody in through the browser, whoever is signed in already. */
export async function signInAs(vscode: RealVsCode, person: RegExp): Promise<void> {
  const another = vscode.page.getByRole('button', { name: 'Use Another Account' });
  await startSignIn(vscode);
  await another.or(vscode.page.locator('.monaco-dialog-box')).first().waitFor({ timeout: WAIT_MS });
  if (await another.isVisible()) await another.click({ timeout: WAIT_MS });
  await signInThroughBrowser(vscode, person);
  await signInEnded(vscode);
}

/** It waits for the browser, for a question to be answered, or for the server. */
async function isSigningIn(vscode: RealVsCode): Promise<boolean> {
  return (await vscode.page.locator('.monaco-dialog-box').count()) + (await progressOf(vscode).count()) > 0;
}

/** Presses an account, or Cancel, on the lab's page. */
export async function chooseOn(browser: Page, name: RegExp): Promise<void> {
  await browser.getByRole('button', { name }).click({ timeout: WAIT_MS });
}

export async function cancelProgress(vscode: RealVsCode): Promise<void> {
  await progressOf(vscode).getByRole('button', { name: 'Cancel' }).click({ timeout: WAIT_MS });
}

/** Backing out is no failure: the progress goes, and nothing takes its place. */
export async function assertSilent(vscode: RealVsCode): Promise<void> {
  const { others } = await until('the progress to go', async () => {
    const all = await vscode.notifications();
    return all.some((text) => text.includes(PROGRESS)) ? undefined : { others: all };
  });
  assert.deepEqual(others, []);
}

/** Waits until the tokens are there: the browser says that somebody is signed in before its code is redeemed. */
export async function signInEnded(vscode: RealVsCode): Promise<void> {
  await until('the progress to go', async () => (await progressOf(vscode).count()) === 0);
}

function progressOf({ page }: RealVsCode): Locator {
  return page.locator('.notifications-toasts .notification-list-item').filter({ hasText: PROGRESS });
}
