import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { FromTokenPanel, PanelState } from '../../src/protocol/token-panel.ts';
import type { PanelServer, ThemeName } from './panel-server.ts';

declare global {
  interface Window {
    sent: { type: string }[];
    violations: string[];
    setStateCalls: number;
    acquireCalls: number;
  }
}

export interface PanelPage<State = PanelState, Sent extends { type: string } = FromTokenPanel> {
  page: Page;
  show(state: State): Promise<void>;
  /** What the panel posted, in order, since this was last called. */
  takeSent(): Promise<Sent[]>;
  /** Policy violations, console errors and exceptions so far. */
  faults(): Promise<string[]>;
  close(): Promise<void>;
}

export interface PanelOptions {
  theme?: ThemeName;
  width?: number;
  height?: number;
  bodyClass?: string;
  /** The browser's clock, which stands still. */
  nowMs: number;
  /** Timers stand still too, until `page.clock.runFor` moves them. */
  stepped?: boolean;
  reducedMotion?: BrowserContextOptions['reducedMotion'];
}

/** Opens a view in a page of its own and plays its host. */
export async function openPanel<State = PanelState, Sent extends { type: string } = FromTokenPanel>(
  browser: Browser,
  server: PanelServer,
  options: PanelOptions,
): Promise<PanelPage<State, Sent>> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 600, height: options.height ?? 800 },
    timezoneId: 'Europe/Berlin',
    reducedMotion: options.reducedMotion ?? 'no-preference',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  if (options.stepped) {
    await page.clock.install({ time: options.nowMs });
    await page.clock.pauseAt(options.nowMs);
  } else await page.clock.setFixedTime(options.nowMs);
  await page.goto(server.urlOf(options.theme ?? 'dark-modern', options.bodyClass), { waitUntil: 'load' });
  await page.waitForFunction(() => window.sent.some(({ type }) => type === 'ready'));
  return {
    page,
    show: (state) =>
      page.evaluate(async (shown) => {
        const drawn = new Promise<void>((resolve) => {
          window.addEventListener('message', () => resolve(), { once: true });
        });
        window.postMessage({ type: 'state', state: shown }, window.origin);
        await drawn;
      }, state as unknown),
    takeSent: async () => (await page.evaluate(() => window.sent.splice(0))) as Sent[],
    faults: async () => [...errors, ...(await page.evaluate(() => window.violations))],
    close: () => context.close(),
  };
}
