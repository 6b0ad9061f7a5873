import { request } from 'node:http';
import type { Frame } from 'playwright-core';
import { practiceSettingsForSending } from '../lab/practice-workspace.ts';
import { within } from '../vscode/host-probe.ts';
import { startPractice } from '../vscode/practice.ts';
import { openOperation } from '../vscode/request-page.ts';
import { WAIT_MS } from '../vscode/workbench.ts';
import { startFreshHost } from './extension-host.ts';

const LATER_SENDS = 5;

/** A call from the Request view beside the same call made with bare `node:http`. */
export interface SendPair {
  sendMs: number;
  bareMs: number;
}

export interface SendFigures {
  /** The first send of each extension host. */
  first: SendPair[];
  later: SendPair[];
  /** What VS Code takes alone for a message from a page to an extension and back. */
  roundTripMs: number[];
}

/** Sends a call that is refused and explained, in `count` fresh extension hosts, {@link LATER_SENDS} times more in each. */
export async function measureSends(count: number, onRound: (round: number) => void): Promise<SendFigures> {
  const figures: SendFigures = { first: [], later: [], roundTripMs: [] };
  const { vscode, lab, stop } = await startPractice({}, practiceSettingsForSending);
  const url = `${lab.functions.origin}/api/orders`;
  try {
    await timeBare(url); // the server's own first time is nobody's share
    for (let round = 1; round <= count; round++) {
      await startFreshHost(vscode);
      const page = await openOperation(vscode, 'orders-functions', 'List orders', /orders$/);
      await page.chooseKey(/^No key/);
      const press = () => page.send();
      figures.first.push({ bareMs: await timeBare(url), sendMs: await timeSend(page.frame, press) });
      for (let send = 0; send < LATER_SENDS; send++) {
        figures.later.push({ bareMs: await timeBare(url), sendMs: await timeSend(page.frame, press) });
      }
      figures.roundTripMs.push(...(await vscode.probe.ask('roundTrips', { count: LATER_SENDS + 1 })).slice(1));
      onRound(round);
    }
  } finally {
    await stop();
  }
  return figures;
}

/** From the click to the outcome in the page, laid out: measured in the page, so that driving it does not count. */
async function timeSend(frame: Frame, press: () => Promise<void>): Promise<number> {
  const watching = await frame.evaluateHandle(watchOutcome);
  try {
    await press();
    return await within(
      WAIT_MS,
      'the outcome',
      watching.evaluate(({ shownAfterMs }) => shownAfterMs),
    );
  } finally {
    await watching.dispose();
  }
}

/** Runs in the view. */
function watchOutcome(): { shownAfterMs: Promise<number> } {
  const startOf = () => document.querySelector<HTMLElement>('.outcome')?.dataset.started;
  const before = startOf();
  let clickedAt = 0;
  document.addEventListener('click', ({ timeStamp }) => (clickedAt = timeStamp), { capture: true, once: true });
  const shownAfterMs = new Promise<number>((resolve) => {
    const observer = new MutationObserver(() => {
      if (startOf() === undefined || startOf() === before) return;
      observer.disconnect();
      document.body.getBoundingClientRect();
      resolve(performance.now() - clickedAt);
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  return { shownAfterMs };
}

/** From asking to the last byte of the answer. */
async function timeBare(url: string): Promise<number> {
  const startedAt = performance.now();
  await new Promise<void>((resolve, reject) => {
    const sent = request(url, (response) => response.resume().on('end', resolve));
    sent.on('error', reject).end();
  });
  return performance.now() - startedAt;
}
