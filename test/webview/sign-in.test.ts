import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { FromSignInPanel, SignInPanelState } from '../../src/protocol/sign-in-panel.ts';
import { findViolations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { NOW_MS } from './mock-states.ts';
import { openPanel, type PanelOptions, type PanelPage } from './panel-driver.ts';
import { type PanelServer, servePanel, THEME_NAMES } from './panel-server.ts';
import { SIGN_IN_STATE_NAMES, SIGN_IN_STATES } from './sign-in-states.ts';

type SignInPage = PanelPage<SignInPanelState, FromSignInPanel>;

let server: PanelServer;
let browser: Browser;

before(async () => {
  server = await servePanel('sign-in');
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

const openSignIn = (options: Partial<PanelOptions> = {}): Promise<SignInPage> =>
  openPanel<SignInPanelState, FromSignInPanel>(browser, server, { nowMs: NOW_MS, ...options });

async function withSignIn(
  state: SignInPanelState,
  body: (panel: SignInPage, page: Page) => Promise<void>,
  options: Partial<PanelOptions> = {},
): Promise<void> {
  const panel = await openSignIn(options);
  try {
    assert.deepEqual(await panel.takeSent(), [{ type: 'ready' }]);
    await panel.show(state);
    await body(panel, panel.page);
    assert.deepEqual(await panel.faults(), []);
    assert.equal(await panel.page.evaluate(() => window.setStateCalls), 0);
    assert.equal(await panel.page.locator('[style], a, form, img').count(), 0);
  } finally {
    await panel.close();
  }
}

for (const theme of THEME_NAMES) {
  test(`axe-core finds nothing in ${theme}, and nothing is wider than the page`, async () => {
    for (const width of [300, 600, 1200]) {
      const panel = await openSignIn({ theme, width });
      for (const name of SIGN_IN_STATE_NAMES) {
        await panel.show(SIGN_IN_STATES[name]);
        await panel.page.evaluate(() => {
          for (const fold of document.querySelectorAll('details')) fold.open = true;
        });
        assert.deepEqual(await findViolations(panel.page, theme), [], `${name} at ${width}`);
        const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${name} at ${width}: ${overflow}`);
      }
      assert.deepEqual(await panel.faults(), []);
      await panel.close();
    }
  });
}

test('the code is read by letters, has the focus on what to do next, and counts down by itself', async () => {
  const { code } = SIGN_IN_STATES;
  await withSignIn(
    code,
    async (panel, page) => {
      assert.equal(await page.locator('.user-code').innerText(), code.userCode);
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'open-page');
      assert.match(await page.locator('#announcer').innerText(), /H Q 7/);
      const left = () => page.locator('[data-left-sec]').getAttribute('data-left-sec').then(Number);
      assert.equal(await left(), 892);
      await page.clock.runFor(5_000);
      assert.equal(await left(), 887);
      await page.clock.runFor(900_000);
      assert.equal(await left(), 0);
      for (const name of ['Copy and Open Page', 'Copy Code', 'Cancel'])
        await page.getByRole('button', { name }).click();
      assert.deepEqual(await panel.takeSent(), [{ type: 'openCodePage' }, { type: 'copyCode' }, { type: 'cancel' }]);
    },
    { stepped: true },
  );
});

test('a code says on which host to enter it, unless that is a page everybody knows', async () => {
  for (const name of ['code', 'codeOwn', 'codeUnfamiliar'] as const) {
    const { codePage } = SIGN_IN_STATES[name];
    await withSignIn(SIGN_IN_STATES[name], async (_panel, page) => {
      const where = page.locator('[data-code-page]');
      if (codePage.kind === 'familiar') return assert.equal(await where.count(), 0);
      assert.equal(await where.getAttribute('data-code-page'), codePage.kind);
      assert.equal(await where.locator('strong').innerText(), codePage.host);
    });
  }
});

test('only the ways to a client that there are can be chosen', async () => {
  await withSignIn(SIGN_IN_STATES.setUpElsewhere, async (_panel, page) => {
    assert.equal(await page.getByRole('radio').count(), 1);
    assert.equal(await page.locator('.command').count(), 0);
  });
});

test('a failure names code, cause, place and who; the command is copied as it stands', async () => {
  const { notConsented } = SIGN_IN_STATES;
  await withSignIn(notConsented, async (panel, page) => {
    assert.equal(await page.locator('.trouble').getAttribute('data-code'), notConsented.trouble.code);
    const { where, who } = notConsented.trouble;
    for (const text of [where?.portal, where?.property, who?.text])
      assert.ok((await page.locator('main').innerText()).includes(text ?? '?'), text);
    await page.getByRole('button', { name: 'Copy Command' }).click();
    await page.getByRole('button', { name: /^Look up/ }).click();
    await page.getByRole('button', { name: 'Try Again' }).click();
    assert.deepEqual(await panel.takeSent(), [
      { type: 'copyCommand', command: where?.command },
      { type: 'openLookUp' },
      { type: 'tryAgain' },
    ]);
  });
});

test('a choice is told at once, what is typed when it pauses, and before anything else is asked', async () => {
  const { setUp } = SIGN_IN_STATES;
  await withSignIn(
    setUp,
    async (panel, page) => {
      await page.getByRole('radio', { name: /^Azure CLI/ }).check();
      await page.clock.runFor(1);
      assert.deepEqual(await panel.takeSent(), [{ type: 'edit', fields: { ...setUp.fields, way: 'azureCli' } }]);
      await page.getByRole('textbox', { name: 'Scope' }).fill('api://orders/Orders.Write');
      await page.clock.runFor(100);
      assert.deepEqual(await panel.takeSent(), []);
      await page.getByRole('button', { name: 'Copy Command' }).first().click();
      await page.clock.runFor(1_000);
      const sent = await panel.takeSent();
      assert.deepEqual(sent.map(({ type }) => type).sort(), ['copyCommand', 'edit']);
    },
    { stepped: true },
  );
});

test('there is no first sign-in before there is a client', async () => {
  await withSignIn(SIGN_IN_STATES.setUp, async (panel, page) => {
    await page.getByRole('button', { name: 'Sign In and Check' }).click({ force: true });
    assert.deepEqual(await panel.takeSent(), []);
  });
  await withSignIn(SIGN_IN_STATES.setUpVsCode, async (panel, page) => {
    await page.getByRole('button', { name: 'Sign In and Check' }).click();
    assert.deepEqual(await panel.takeSent(), [{ type: 'check' }]);
  });
});

test('what came of the first sign-in is in sight, and the keyboard goes on there', async () => {
  const { setUpVsCode, setUpPassed } = SIGN_IN_STATES;
  await withSignIn(setUpVsCode, async (panel, page) => {
    await page.getByRole('button', { name: 'Sign In and Check' }).focus();
    await panel.show({ ...setUpPassed, revision: setUpVsCode.revision });
    const box = await page.locator('[data-check="passed"]').boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= 800, JSON.stringify(box));
    assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim()), 'Save as Identity');
  });
});
