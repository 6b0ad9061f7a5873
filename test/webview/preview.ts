import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { findViolations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { EXPLANATION_STATES } from './explanation-states.ts';
import { MOCK_STATES, NOW_MS } from './mock-states.ts';
import { openPanel } from './panel-driver.ts';
import { servePanel, THEME_NAMES, type ThemeName, type ViewName } from './panel-server.ts';
import { REQUEST_STATES } from './request-states.ts';
import { SIGN_IN_STATES } from './sign-in-states.ts';

const STATES: Record<ViewName, Record<string, unknown>> = {
  'token-panel': MOCK_STATES,
  request: REQUEST_STATES,
  explanation: EXPLANATION_STATES,
  'sign-in': SIGN_IN_STATES,
};

/**
 * Takes pictures of the views for the eye, and prints what axe-core finds:
 * `node test/webview/preview.ts [view,…] [state,…] [theme,…] [width,…]`, everything without arguments; `all` skips one.
 */
const [views, states, themes, widths] = process.argv
  .slice(2)
  .map((list) => (list === 'all' ? undefined : list.split(',')));
const folder = fileURLToPath(new URL('../../test-output/webview/', import.meta.url));
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
try {
  for (const view of (views as ViewName[] | undefined) ?? (Object.keys(STATES) as ViewName[])) await takePictures(view);
} finally {
  await browser.close();
}
console.log(`Pictures in ${folder}`);

async function takePictures(view: ViewName): Promise<void> {
  const server = await servePanel(view);
  try {
    for (const theme of (themes as ThemeName[] | undefined) ?? THEME_NAMES) {
      for (const width of widths?.map(Number) ?? [300, 372, 600, 1200]) {
        const panel = await openPanel<unknown>(browser, server, { theme, width, nowMs: NOW_MS });
        for (const name of states ?? Object.keys(STATES[view])) {
          await panel.show(STATES[view][name]);
          await panel.page.screenshot({ path: `${folder}${view}-${name}-${theme}-${width}.png`, fullPage: true });
          for (const violation of await findViolations(panel.page, theme)) {
            console.log(`${view} ${name} ${theme} ${width}: ${violation}`);
          }
        }
        for (const fault of await panel.faults()) console.log(`${view} ${theme} ${width}: ${fault}`);
        await panel.close();
      }
    }
  } finally {
    await server.close();
  }
}
