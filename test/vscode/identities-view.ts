import type { Locator } from 'playwright-core';
import type { RealVsCode } from './real-vscode.ts';
import { LIST_MS, succeeds, TRY_MS, until, WAIT_MS } from './workbench.ts';

/** The view "Identities" as a user reads it. */
export interface IdentitiesView {
  /** The rows whose words match, top to bottom. */
  rows(words: RegExp): Locator;
  /** Waits until the first such row is there. */
  row(words: RegExp): Promise<Locator>;
  /** Presses an action on the first such row. */
  act(words: RegExp, action: RegExp): Promise<void>;
}

export async function openIdentities(vscode: RealVsCode): Promise<IdentitiesView> {
  await vscode.execute('why401.identities.focus');
  // A list draws only the rows there is room for.
  for (const other of [/^Operations/, /^Request/]) {
    const header = vscode.page.getByRole('button', { name: other, expanded: true });
    if ((await header.count()) > 0) await header.first().click();
  }
  const pane = vscode.page.locator('.pane').filter({ has: vscode.page.getByRole('button', { name: /^Identities/ }) });
  const rows = (words: RegExp) => pane.locator('.monaco-list-row').filter({ hasText: words });
  const row = async (words: RegExp) => {
    const first = rows(words).first();
    await first.waitFor({ timeout: WAIT_MS });
    return first;
  };
  return {
    rows,
    row,
    async act(words, action) {
      const first = await row(words);
      // Only the row under the mouse shows its actions, and the tree draws rows anew while tokens come.
      await until(`${action} on ${words}`, async () => {
        if (!(await succeeds(first.hover({ timeout: TRY_MS })))) return false;
        const button = first.getByRole('button', { name: action });
        // What is pressed twice asks twice: the try has its time, the press has more.
        if (!(await succeeds(button.click({ trial: true, timeout: TRY_MS })))) return false;
        return succeeds(button.click({ timeout: LIST_MS }));
      });
    },
  };
}
