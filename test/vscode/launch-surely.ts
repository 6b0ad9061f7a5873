import { setTimeout as sleep } from 'node:timers/promises';

const MOST_LAUNCHES = 5;
const PAUSE_MS = 500;

/**
 * Starts a browser, up to five times: Chromium crashes now and then while it starts (SIGSEGV in libc, before any page),
 * and that says nothing of us. Rejects with the last failure.
 */
export async function launchSurely<T>(launch: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch();
    } catch (error) {
      if (attempt === MOST_LAUNCHES) throw error;
      await sleep(attempt * PAUSE_MS);
    }
  }
}
