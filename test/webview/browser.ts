import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--font-render-hinting=none'];

/** Starts the Chromium that comes inside its npm package, or the one WHY401_CHROME names. Web security stays on. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.WHY401_CHROME ?? (await chromium.executablePath());
  return playwright.launch({ executablePath, args: FLAGS, headless: true });
}
