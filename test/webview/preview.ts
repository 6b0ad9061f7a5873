import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { findViolations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { MOCK_NAMES, MOCK_STATES, type MockName, NOW_MS } from './mock-states.ts';
import { openPanel } from './panel-driver.ts';
import { servePanel, THEME_NAMES, type ThemeName } from './panel-server.ts';

/**
 * Takes pictures of the panel for the eye, and prints what axe-core finds:
 * `node test/webview/preview.ts [state,…] [theme,…] [width,…]`, everything without arguments.
 */
const [states, themes, widths] = process.argv.slice(2).map((list) => list.split(','));
const folder = fileURLToPath(new URL('../../test-output/webview/', import.meta.url));
await mkdir(folder, { recursive: true });
const server = await servePanel();
const browser = await launchBrowser();
try {
  for (const theme of (themes as ThemeName[] | undefined) ?? THEME_NAMES) {
    for (const width of widths?.map(Number) ?? [300, 600, 1200]) {
      const panel = await openPanel(browser, server, { theme, width, nowMs: NOW_MS });
      for (const name of (states as MockName[] | undefined) ?? MOCK_NAMES) {
        await panel.show(MOCK_STATES[name]);
        await panel.page.screenshot({ path: `${folder}${name}-${theme}-${width}.png`, fullPage: true });
        for (const violation of await findViolations(panel.page, theme)) {
          console.log(`${name} ${theme} ${width}: ${violation}`);
        }
      }
      for (const fault of await panel.faults()) console.log(`${theme} ${width}: ${fault}`);
      await panel.close();
    }
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(`Pictures in ${folder}`);
