import { readTokenInput } from '../token-input.ts';
import type { TokenPanel } from '../views/token-panel.ts';

/** "Why401: Decode Token". No network call. */
export async function decodeToken(panel: TokenPanel): Promise<void> {
  panel.show(await readTokenInput('Decode Token'));
}
