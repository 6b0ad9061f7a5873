import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { ExplanationPanelState, FromExplanationPanel } from '../../src/protocol/explanation-panel.ts';
import { findViolations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { HOSTILE } from './explanation-mocks.ts';
import { EXPLANATION_STATE_NAMES, EXPLANATION_STATES } from './explanation-states.ts';
import { NOW_MS } from './mock-states.ts';
import { openPanel, type PanelOptions, type PanelPage } from './panel-driver.ts';
import { type PanelServer, servePanel, THEME_NAMES } from './panel-server.ts';

type ExplanationPage = PanelPage<ExplanationPanelState, FromExplanationPanel>;

let server: PanelServer;
let browser: Browser;

before(async () => {
  server = await servePanel('explanation');
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

const openExplanation = (options: Partial<PanelOptions> = {}): Promise<ExplanationPage> =>
  openPanel<ExplanationPanelState, FromExplanationPanel>(browser, server, { nowMs: NOW_MS, ...options });

async function withExplanation(
  state: ExplanationPanelState,
  body: (panel: ExplanationPage, page: Page) => Promise<void>,
): Promise<void> {
  const panel = await openExplanation();
  try {
    assert.deepEqual(await panel.takeSent(), [{ type: 'ready' }]);
    await panel.show(state);
    await body(panel, panel.page);
    assert.deepEqual(await panel.faults(), []);
    assert.equal(await panel.page.evaluate(() => window.setStateCalls), 0);
    assert.equal(await panel.page.locator('[style], a, img').count(), 0);
  } finally {
    await panel.close();
  }
}

for (const theme of THEME_NAMES) {
  test(`axe-core finds nothing in ${theme}, and nothing is wider than the page`, async () => {
    for (const width of [300, 1200]) {
      const panel = await openExplanation({ theme, width });
      for (const name of EXPLANATION_STATE_NAMES) {
        await panel.show(EXPLANATION_STATES[name]);
        if (width === 1200) await unfoldDetails(panel.page);
        assert.deepEqual(await findViolations(panel.page, theme), [], `${name} at ${width}`);
        const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${name} at ${width}: ${overflow}`);
      }
      assert.deepEqual(await panel.faults(), []);
      await panel.close();
    }
  });
}

test('the headline is announced and stands first; the text that was read is folded', async () => {
  await withExplanation(EXPLANATION_STATES.issuer, async (panel, page) => {
    const { headline } = EXPLANATION_STATES.issuer.explanation;
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), headline);
    assert.equal(await page.locator('#announcer').textContent(), headline);
    assert.equal(await page.locator('[data-part=source] pre').isVisible(), false);
    assert.equal(await page.locator('[data-gate]').count(), 5);
    await page.getByRole('button', { name: 'Copy Report' }).click();
    assert.deepEqual(await panel.takeSent(), [{ type: 'copyReport' }]);
    assert.notEqual(await page.locator('#announcer').textContent(), headline);
  });
});

test('settings and sources are opened by the host', async () => {
  await withExplanation(EXPLANATION_STATES.logLine, async (panel, page) => {
    await page.getByRole('button', { name: /^Open Setting why401.tenant/ }).click();
    assert.deepEqual(await panel.takeSent(), [{ type: 'openSettings', setting: 'why401.tenant' }]);
    assert.equal(await page.locator('.notes li').count(), 1);
  });
  await withExplanation(EXPLANATION_STATES.issuer, async (panel, page) => {
    await page
      .getByRole('button', { name: /^Read More/ })
      .first()
      .click();
    assert.equal((await panel.takeSent())[0]?.type, 'openSource');
  });
});

test('another text begins folded, the same text keeps its folds', async () => {
  await withExplanation(EXPLANATION_STATES.issuer, async (panel, page) => {
    const rejected = page.locator('[data-rejected]').first();
    await page.locator('.rejected > summary').first().click();
    await panel.show({ ...EXPLANATION_STATES.issuer, nowMs: NOW_MS + 1 });
    assert.equal(await rejected.isVisible(), true);
    await panel.show({ ...EXPLANATION_STATES.issuer, sourceText: 'another' });
    assert.equal(await rejected.isVisible(), false);
  });
});

test('hostile text stays text, and a long one is cut until asked for', async () => {
  await withExplanation(EXPLANATION_STATES.hostile, async (_, page) => {
    await unfoldDetails(page);
    const shown = (await page.locator('body').textContent()) ?? '';
    for (const text of Object.values(HOSTILE)) assert.ok(shown.includes(text), text);
    assert.equal(await page.evaluate(() => 'hacked' in window), false);
    assert.equal(await page.getByRole('button', { name: /^Read More/ }).count(), 0, 'only https is offered');
    const source = page.locator('[data-part=source] pre');
    assert.ok(((await source.textContent()) ?? '').length < 5000);
    await page.getByRole('button', { name: /^Show all/ }).click();
    assert.ok(((await source.textContent()) ?? '').length > 50_000);
  });
});

async function unfoldDetails(page: Page): Promise<void> {
  await page.locator('details').evaluateAll((folds) => {
    for (const fold of folds) (fold as HTMLDetailsElement).open = true;
  });
}
