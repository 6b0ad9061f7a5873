import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import type { Workbench } from './workbench.ts';

const MEDIA = new URL('../../media/', import.meta.url);

/** The upper part of the window, where a hover stands in a short file. */
const AROUND_HOVER = { x: 0, y: 0, width: 1280, height: 340 };

/** Activity bar and sidebar. */
const SIDEBAR = { x: 0, y: 36, width: 350, height: 734 };

const CLIPS = { hover: AROUND_HOVER, sidebar: SIDEBAR };

/** In the title bar: an editor has hovers of its own. */
const NOTHING_THERE = [200, 18] as const;

/**
 * A picture of the window, of the webview alone, of the sidebar, or of the hover on screen and what is around it, for
 * README and walkthrough. Taken in every run; kept below media/ when `WHY401_PICTURES` is set.
 * The VSIX carries them: reduce them to a palette (pngquant) before they are committed.
 */
export async function takePicture(
  { page }: Workbench,
  file: string,
  part: 'window' | 'panel' | 'hover' | 'sidebar' = 'window',
): Promise<void> {
  if (part !== 'hover') {
    await page.mouse.move(...NOTHING_THERE);
    await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
  }
  const image =
    part === 'panel'
      ? await page.locator('iframe.webview.ready:visible').first().screenshot()
      : await page.screenshot({ animations: 'disabled', ...(part === 'window' ? {} : { clip: CLIPS[part] }) });
  assert.ok(image.length > 5_000);
  if (process.env.WHY401_PICTURES) await writeFile(new URL(file, MEDIA), image);
}
