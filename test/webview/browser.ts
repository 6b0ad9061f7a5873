import { type Browser, chromium } from 'playwright-core';
import { launchSurely } from '../vscode/launch-surely.ts';

/** Starts the browser of the test run (see test/run/test.mjs), without a window. Web security stays on. */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env.WHY401_CHROMIUM;
  if (!given) throw new Error('WHY401_CHROMIUM is not set: run these tests with npm test -- webview');
  const { executablePath, args, env } = JSON.parse(given) as {
    executablePath: string;
    args: string[];
    env: Record<string, string>;
  };
  return launchSurely(() =>
    chromium.launch({
      executablePath,
      args,
      env: { ...process.env, ...env } as Record<string, string>,
      headless: true,
    }),
  );
}
