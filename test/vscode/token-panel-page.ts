import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { LIST_MS, succeeds, THEME_NAMES, THEMES, until, WAIT_MS, type Workbench } from './workbench.ts';

/** The token panel as a user reads it. */
export interface TokenPanelPage {
  frame: Frame;
  title(): Promise<string>;
  /** Names of the claims shown, `payload:aud`. */
  claims(): Promise<string[]>;
  claim(name: string): Locator;
  button(name: string): Locator;
  /** Verdict of the report, once there is one. */
  verdict(): Promise<string>;
  /** `passed`, `failed` or `notChecked` by check id. */
  checks(): Promise<Record<string, string>>;
  reasons(verdict: string): Promise<string[]>;
}

/** Waits for the panel to show a token whose claims satisfy the question. */
export async function tokenPanel(workbench: Workbench, selector = 'h1'): Promise<TokenPanelPage> {
  const frame = await workbench.webviewFrame(selector);
  const lines = () =>
    frame
      .locator('[data-check]')
      .evaluateAll((all) => all.map((line) => ({ ...(line as HTMLElement).dataset }) as Record<string, string>));
  return {
    frame,
    title: () => frame.locator('h1').innerText(),
    claims: () =>
      frame
        .locator('[data-claim]')
        .evaluateAll((claims) => claims.map((claim) => claim.getAttribute('data-claim') ?? '')),
    claim: (name) => frame.locator(`[data-claim="${name}"]`),
    button: (name) => frame.getByRole('button', { name, exact: true }),
    async verdict() {
      const card = frame.locator('.verdict[data-verdict]');
      await card.waitFor({ timeout: WAIT_MS });
      return (await card.getAttribute('data-verdict')) ?? '';
    },
    async checks() {
      return Object.fromEntries((await lines()).map(({ check, verdict }) => [check, verdict]));
    },
    async reasons(verdict) {
      return (await lines()).filter((line) => line.verdict === verdict).map(({ reason }) => reason ?? '');
    },
  };
}

/** For a validation that ended by itself: the next ones are judged with the keys at hand for 10 s. */
const CANCEL_MS = 90_000;

/** Cancels a validation that gets no answer. Begins again where the window was slower than that gave up by itself. */
export async function cancelInTime(start: () => Promise<TokenPanelPage>): Promise<TokenPanelPage> {
  return until(
    'a validation to be cancelled',
    async () => {
      const panel = await start();
      if (!(await succeeds(panel.button('Cancel').click({ timeout: LIST_MS })))) return undefined;
      return (await succeeds(panel.button('Validate').waitFor({ timeout: LIST_MS }))) ? panel : undefined;
    },
    CANCEL_MS,
  );
}

/** Presses Validate Again and waits for the report that comes of it. */
export async function validateAgain({ frame, button, verdict }: TokenPanelPage): Promise<string> {
  const before = await frame.locator('.verdict[data-verdict]').elementHandle({ timeout: WAIT_MS });
  await button('Validate Again').click({ timeout: WAIT_MS });
  await before?.waitForElementState('hidden', { timeout: WAIT_MS });
  return verdict();
}

/** Waits until the panel shows this title: the state of another token may still be on screen. */
export async function panelWithTitle(workbench: Workbench, pattern: RegExp): Promise<TokenPanelPage> {
  return until(`a token panel titled ${pattern}`, async () => {
    const panel = await tokenPanel(workbench);
    return pattern.test(await panel.title().catch(() => '')) ? panel : undefined;
  });
}

/** Takes a picture of the workbench and runs axe-core on the panel, in every theme; back to dark. */
export async function lookInEveryTheme<W extends Workbench>(
  workbench: W,
  name: string,
  frameOf: (workbench: W) => Promise<Frame> = async (window) => (await tokenPanel(window)).frame,
): Promise<void> {
  for (const theme of THEME_NAMES) {
    await workbench.setTheme(theme);
    const frame = await frameOf(workbench);
    await frame.locator(`body[data-vscode-theme-id="${THEMES[theme].name}"]`).waitFor({ timeout: WAIT_MS });
    const { violations } = await workbench.axe(frame);
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${theme}, ${id}: ${nodes[0]?.html}`),
      [],
    );
    await workbench.screenshot(`${name}-${theme}`);
  }
  await workbench.setTheme('dark');
}
