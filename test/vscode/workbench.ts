import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import axe from 'axe-core';
import type { Frame, Locator, Page } from 'playwright-core';
import { dumpBrowserStorage, type StoredItem } from './browser-storage.ts';
import type { HostProbe, SelectedRange } from './host-probe.ts';

/** Git-ignored. */
const OUTPUT_FOLDER = fileURLToPath(new URL('../../test-output', import.meta.url));
const POLL_MS = 100;
export const WAIT_MS = 30_000;
/** For what is tried again when it does not happen. */
export const TRY_MS = 2_000;
/** A list that opens for the first time loads what it lists. */
export const LIST_MS = 6_000;
/** A menu that has just opened takes no click: the release of the button could be the end of its own right-click. */
const MENU_DEAF_MS = 400;

/** The workbench has errors of its own here: no gallery, no telemetry. */
const EXTENSION_ERROR = /\/extensions\/why401\.|Content Security Policy/i;

export const THEMES = {
  dark: { name: 'Dark Modern', className: 'vs-dark' },
  light: { name: 'Light Modern', className: 'vs' },
  highContrastDark: { name: 'Default High Contrast', className: 'hc-black' },
  highContrastLight: { name: 'Default High Contrast Light', className: 'hc-light' },
} as const;
export type ThemeName = keyof typeof THEMES;
export const THEME_NAMES = Object.keys(THEMES) as ThemeName[];

/** The window of VS Code, as a user sees it. Every method waits for what it needs, at most {@link WAIT_MS}. */
export interface Workbench {
  page: Page;
  /** All errors on the consoles of workbench and webviews, and page errors, since the start. */
  consoleErrors: string[];
  /** Of those, the ones of our webviews, and everybody's breaches of a content security policy, since the start. */
  extensionErrors(): string[];
  /** Runs a command from the palette by its full title, such as `Why401: Decode Token`. */
  runCommand(title: string): Promise<void>;
  /** Runs a command by its id. */
  execute(command: string): Promise<void>;
  /** Palette entries whose label contains the text. */
  findCommands(text: string): Promise<string[]>;
  openFile(path: string): Promise<void>;
  /** Opens a read-only document that exists only in memory. */
  openDocument(name: string, text: string, language?: string): Promise<void>;
  /** Selects the nth occurrence (default: first) of a text in the active editor. */
  selectText(text: string, occurrence?: number): Promise<void>;
  selectAll(): Promise<void>;
  /** Right-clicks the selection and chooses an entry. */
  rightClickMenu(label: string): Promise<void>;
  /** Entries of the context menu on the selection; closes it again. */
  rightClickMenuEntries(): Promise<string[]>;
  setTheme(theme: ThemeName): Promise<void>;
  /** The document of our webview that holds an element of this selector (default: any body). */
  webviewFrame(selector?: string): Promise<Frame>;
  quickInput: QuickInput;
  /** Texts of the notifications on screen. */
  notifications(): Promise<string[]>;
  /** Waits until none is on screen: a progress goes by itself, an error stays and makes this fail. */
  noNotification(): Promise<void>;
  closeNotifications(): Promise<void>;
  /** Waits for a modal dialog. */
  dialog(): Promise<Dialog>;
  /** A picture of the window in test-output/. */
  screenshot(name: string): Promise<void>;
  /** Runs axe-core in a frame, such as that of {@link webviewFrame}. */
  axe(frame: Frame): Promise<AxeResults>;
  setClipboard(text: string): Promise<void>;
  getClipboard(): Promise<string>;
  dumpBrowserStorage(): Promise<StoredItem[]>;
  /** Reloads the window: a fresh extension host. */
  reload(): Promise<void>;
  /** Trusts the open folder, as the user does in the trust editor. */
  trustWorkspace(): Promise<void>;
}

export interface QuickInput {
  /** Waits until the quick input is open, optionally with this text in its title or placeholder. */
  waitFor(text?: string): Promise<void>;
  /** Replaces what is typed. */
  type(text: string): Promise<void>;
  labels(): Promise<string[]>;
  /** Labels of a list that is not empty: VS Code shows its title before its entries, which come all at once. */
  listed(): Promise<string[]>;
  /** Chooses the entry of this label (text, or a pattern on the whole label). */
  pick(label: string | RegExp, listedWithinMs?: number): Promise<void>;
  accept(): Promise<void>;
  cancel(): Promise<void>;
  /** The validation fault under the input box; empty when there is none. */
  message(): Promise<string>;
}

export interface Dialog {
  text: string;
  buttons: string[];
  press(button: string): Promise<void>;
}

export function openWorkbench(page: Page, probe: HostProbe, extensionId: string): Workbench {
  const consoleErrors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => consoleErrors.push(error.stack ?? String(error)));

  const root = page.locator('.monaco-workbench');
  const widget = page.locator('.quick-input-widget');
  const input = widget.locator('.quick-input-box input');
  const rows = widget.locator('.quick-input-list .monaco-list-row');
  const menu = page.locator('.context-view .monaco-menu');
  const menuEntries = menu.locator('.action-item:not(.disabled) .action-label:not(.separator)');

  /**
   * Not by F1: where the focus is in a webview, the key has to come back to the workbench first. One that is open does not
   * list what has become available meanwhile (as what needs trust does, shortly after a window has opened).
   */
  async function notifications(): Promise<string[]> {
    return (await page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts()).map(trim);
  }

  async function openPalette(text: string): Promise<void> {
    await probe.ask('executeCommand', { command: 'workbench.action.closeQuickOpen', args: [] });
    await probe.ask('executeCommand', { command: 'workbench.action.quickOpen', args: [`>${text}`] });
    await input.waitFor({ timeout: TRY_MS }).catch(() => {}); // the caller asks again
  }

  /** None when the quick input is closed: its rows stay in the page, out of sight. */
  async function labelsOfRows(): Promise<string[]> {
    if (!(await widget.isVisible())) return [];
    const names = rows.locator('.quick-input-list-row:first-child .label-name');
    return (await names.allInnerTexts()).map((name) => name.replaceAll(' ', ' '));
  }

  /** Under a heavy load the palette takes its time; opened again meanwhile it would begin anew. */
  async function isListed(title: string): Promise<boolean> {
    const seen = until(
      title,
      async () => {
        if ((await labelsOfRows()).includes(title)) return 'listed';
        return (await widget.isVisible()) ? undefined : 'closed';
      },
      LIST_MS,
    );
    return (await seen.catch(() => 'missing')) === 'listed';
  }

  /** False when something else has taken the focus, as what opens late does. */
  async function takesFocus(): Promise<boolean> {
    await probe.ask('executeCommand', { command: 'workbench.action.focusActiveEditorGroup', args: [] });
    return succeeds(page.locator('.monaco-editor.focused').waitFor({ timeout: TRY_MS }));
  }

  async function focusEditor(): Promise<void> {
    await until('the editor to have the focus', takesFocus);
  }

  const selectedRange = () => until('a selection', () => probe.ask('selectedRange', {}));

  async function openContextMenu(range: SelectedRange): Promise<void> {
    const selection = page.locator('.monaco-editor.focused .view-overlays .selected-text').first();
    await until('the context menu', async () => {
      if (await menu.isVisible()) return true;
      if (!(await takesFocus())) return false;
      // A lens that comes above the selection moves it away under the mouse, and a click beside it takes it away.
      await probe.ask('selectRange', { range });
      const box = await selection.boundingBox({ timeout: TRY_MS }).catch(() => null);
      if (!box) return false;
      await page.mouse.click(box.x + Math.min(box.width / 2, 40), box.y + box.height / 2, { button: 'right' });
      return settles(() => menu.isVisible(), LIST_MS);
    });
  }

  /** False when the menu is gone, or does not have it. What is pressed twice runs twice: only an open menu is pressed again. */
  async function chooseFromContextMenu(label: string): Promise<boolean> {
    const entry = menuEntries.getByText(label, { exact: true });
    if (!(await settles(() => entry.isVisible()))) return false;
    await page.waitForTimeout(MENU_DEAF_MS);
    while (await succeeds(entry.click({ timeout: LIST_MS }))) {
      if (await settles(async () => !(await menu.isVisible()), LIST_MS)) return true;
    }
    return false;
  }

  const quickInput: QuickInput = {
    async waitFor(text) {
      await input.waitFor({ timeout: WAIT_MS });
      if (text === undefined) return;
      await until(`the quick input "${text}"`, async () => {
        const placeholder = (await input.getAttribute('placeholder')) ?? '';
        return `${await widget.innerText()}\n${placeholder}`.includes(text);
      });
    },
    async type(text) {
      await input.waitFor({ timeout: WAIT_MS });
      await input.fill(text);
    },
    labels: labelsOfRows,
    listed: () =>
      until('the entries', async () => {
        const labels = await labelsOfRows();
        return labels.length > 0 ? labels : undefined;
      }),
    async pick(label, listedWithinMs = WAIT_MS) {
      const matches = (seen: string): boolean => (typeof label === 'string' ? seen === label : label.test(seen));
      const index = await until(
        `the entry ${label}`,
        async () => {
          const at = (await labelsOfRows()).findIndex(matches);
          return at >= 0 ? { at } : undefined;
        },
        listedWithinMs,
      );
      await rows.nth(index.at).click({ timeout: listedWithinMs });
    },
    accept: () => input.press('Enter', { timeout: WAIT_MS }),
    async cancel() {
      await until('the quick input to close', async () => {
        await succeeds(input.press('Escape', { timeout: TRY_MS }));
        return settles(async () => !(await widget.isVisible()));
      });
    },
    async message() {
      // Without a fault the prompt stands there.
      if ((await widget.locator('.quick-input-box .monaco-inputbox.error').count()) === 0) return '';
      return trim(await widget.locator('.quick-input-message').innerText());
    },
  };

  async function waitUntilReady(): Promise<void> {
    await root.waitFor({ timeout: WAIT_MS });
    await probe.connected();
  }

  const workbench: Workbench = {
    page,
    consoleErrors,
    extensionErrors: () => consoleErrors.filter((error) => EXTENSION_ERROR.test(error)),
    quickInput,
    async runCommand(title) {
      // The palette knows a contributed command only when the extension host has reported it, and closes when
      // something else takes the focus: ask until it takes the click.
      await until(`the command ${title}`, async () => {
        await openPalette(title);
        if (!(await isListed(title))) return false;
        const at = (await labelsOfRows()).indexOf(title);
        return at >= 0 && succeeds(rows.nth(at).click({ timeout: LIST_MS }));
      });
    },
    async execute(command) {
      await probe.ask('executeCommand', { command, args: [] });
    },
    async findCommands(text) {
      await openPalette(text);
      const labels = await until('palette entries', async () => {
        if (!(await widget.isVisible())) await openPalette(text);
        const listed = await labelsOfRows();
        return listed.length > 0 ? listed : undefined;
      });
      await quickInput.cancel();
      return labels.filter((label) => label.includes(text));
    },
    async openFile(path) {
      await probe.ask('openFile', { path });
      await focusEditor();
    },
    async openDocument(name, text, language) {
      await probe.ask('openDocument', { name, text, ...(language === undefined ? {} : { language }) });
      await focusEditor();
    },
    async selectText(text, occurrence = 1) {
      await probe.ask('select', { text, occurrence });
      await focusEditor();
    },
    async selectAll() {
      await focusEditor();
      await probe.ask('executeCommand', { command: 'editor.action.selectAll', args: [] });
    },
    async rightClickMenu(label) {
      const range = await selectedRange();
      await until(`the context menu to take ${label}`, async () => {
        await openContextMenu(range);
        if (await chooseFromContextMenu(label)) return true;
        await page.keyboard.press('Escape'); // it was opened where nothing is selected, or before trust was known
        return false;
      });
    },
    async rightClickMenuEntries() {
      await openContextMenu(await selectedRange());
      const entries = await menuEntries.allInnerTexts();
      await until('the menu to close', async () => {
        await page.keyboard.press('Escape');
        return settles(async () => !(await menu.isVisible()));
      });
      return entries.map((entry) => entry.trim());
    },
    async setTheme(theme) {
      const { name, className } = THEMES[theme];
      await probe.ask('updateConfiguration', { key: 'workbench.colorTheme', value: name });
      await page.locator(`.monaco-workbench.${className}`).waitFor({ timeout: WAIT_MS });
    },
    webviewFrame: (selector = 'body') =>
      until(`a webview of ${extensionId} with ${selector}`, async () => {
        for (const frame of page.frames()) {
          if (await isShownWebview(frame, extensionId, selector)) return frame;
        }
        return undefined;
      }),
    notifications,
    async noNotification() {
      await until('no notification', async () => (await notifications()).length === 0);
    },
    async closeNotifications() {
      await probe.ask('executeCommand', { command: 'notifications.clearAll', args: [] });
    },
    dialog: async () => readDialog(page.locator('.monaco-dialog-box')),
    async screenshot(name) {
      await mkdir(OUTPUT_FOLDER, { recursive: true });
      await page.screenshot({ path: join(OUTPUT_FOLDER, `${name}.png`) });
    },
    async axe(frame) {
      await frame.evaluate(axe.source);
      return frame.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
    },
    setClipboard: (text) => page.evaluate((value) => navigator.clipboard.writeText(value), text),
    getClipboard: () => page.evaluate(() => navigator.clipboard.readText()),
    dumpBrowserStorage: () => dumpBrowserStorage(page),
    async reload() {
      probe.expectNewHost();
      await page.reload();
      await waitUntilReady();
    },
    async trustWorkspace() {
      await workbench.runCommand('Workspaces: Manage Workspace Trust');
      await page
        .locator('.workspace-trust-editor')
        .getByRole('button', { name: 'Trust', exact: true })
        .click({ timeout: WAIT_MS });
      await until('the workspace to be trusted', () => probe.ask('isTrusted', {}));
    },
  };
  return workbench;
}

async function readDialog(box: Locator): Promise<Dialog> {
  await box.waitFor({ timeout: WAIT_MS });
  const buttons = box.locator('.dialog-buttons .monaco-button');
  const text = trim(await box.locator('.dialog-message-row').innerText());
  return {
    text,
    buttons: (await buttons.allInnerTexts()).map(trim),
    async press(button) {
      await buttons.getByText(button, { exact: true }).click({ timeout: WAIT_MS });
      // The next dialog may take its place at once.
      await until('the dialog to close', async () => {
        if (!(await box.isVisible())) return true;
        return (
          trim(
            await box
              .locator('.dialog-message-row')
              .innerText()
              .catch(() => ''),
          ) !== text
        );
      });
    },
  };
}

/** Webview content stands in a frame in a frame; the outer one names the extension. Hidden ones are older states. */
async function isShownWebview(frame: Frame, extensionId: string, selector: string): Promise<boolean> {
  const outer = frame.parentFrame();
  if (!outer?.url().includes(`extensionId=${extensionId}`)) return false;
  try {
    const isActive = await (await frame.frameElement()).evaluate(
      (element) => (element as Element).id === 'active-frame',
    );
    const isVisible = await (await outer.frameElement()).isVisible();
    return isActive && isVisible && (await frame.locator(selector).count()) > 0;
  } catch {
    return false; // the frame was replaced meanwhile
  }
}

/** Asks again until the answer is truthy. */
export async function until<T>(what: string, ask: () => Promise<T>, timeoutMs = WAIT_MS): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** False instead of a failure: for what is tried again. */
export function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  return attempt.then(
    () => true,
    () => false,
  );
}

/** True as soon as the question is answered with yes, false when it is not in time. */
function settles(ask: () => Promise<boolean>, timeoutMs = 1_000): Promise<boolean> {
  return succeeds(until('it', ask, timeoutMs));
}

function trim(text: string): string {
  return text.replaceAll('\u00a0', ' ').trim();
}
