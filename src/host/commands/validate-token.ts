import { readTokenInput } from '../token-input.ts';
import type { TokenPanel } from '../views/token-panel.ts';

/** "Why401: Validate Token". */
export async function validateToken(panel: TokenPanel, argument: unknown): Promise<void> {
  panel.show(await readTokenInput('Validate Token', argument));
  await panel.validateSelected();
}
