import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import type { Workbench } from './workbench.ts';

const MEDIA = new URL('../../media/', import.meta.url);

/**
 * A picture of the window, or of the webview alone, for README and walkthrough. Taken in every run; kept below media/
 * when `WHY401_PICTURES` is set.
 */
export async function takePicture(
  { page }: Workbench,
  file: string,
  part: 'window' | 'panel' = 'window',
): Promise<void> {
  await page.mouse.move(400, 700);
  await page.locator('.monaco-hover:visible').waitFor({ state: 'hidden' });
  const target = part === 'window' ? page : page.locator('iframe.webview.ready:visible').first();
  const image = await target.screenshot();
  assert.ok(image.length > 5_000);
  if (process.env.WHY401_PICTURES) await writeFile(new URL(file, MEDIA), image);
}
