import type { Frame } from 'playwright-core';

/** Under this name VS Code's outer frame takes what a page posts. */
const WAY_OUT = '__vscode_post_message__';

/** Posts a message to the extension as the page in this frame would, whether or not it offers it. */
export async function postAsPage(frame: Frame, message: { type: string }): Promise<void> {
  const outer = frame.parentFrame();
  if (!outer) throw new Error('not a webview');
  await outer.evaluate(
    ([way, posted]) =>
      (window as unknown as Record<string, (channel: string, data: object) => void>)[way]?.('onmessage', posted),
    [WAY_OUT, { message }] as const,
  );
}
