import { AppError } from '../../core/app-error.ts';
import { readClipboard, readTokenInput } from '../token-input.ts';
import type { TokenPanel } from '../views/token-panel.ts';

/** "Why401: Decode Token". No network call. */
export async function decodeToken(panel: TokenPanel, argument: unknown): Promise<void> {
  panel.show(await readTokenInput('Decode Token', argument));
}

/** "Why401: Decode Token from Clipboard". */
export async function decodeClipboard(panel: TokenPanel): Promise<void> {
  const raws = await readClipboard();
  if (!raws) throw new AppError('noToken', 'There is no token in the clipboard. Copy one and try again.');
  panel.show({ raws });
}
