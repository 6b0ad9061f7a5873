import type { Forgotten, TokenSource } from '../../auth/token-source.ts';
import { Cancelled } from '../../core/app-error.ts';
import type { Bindings } from '../binding.ts';
import { plainName } from '../plain-text.ts';
import { plainWindow } from '../plain-window.ts';
import type { AudienceConsents } from '../request/audience-consents.ts';
import type { StoredKeys } from '../request/stored-keys.ts';
import { sayForgotten } from '../sign-in/forgotten-words.ts';

/** "Why401: Forget Everything": every secret of this extension, and what was allowed to be sent where; says what it was. */
export async function forgetSecrets(
  tokens: TokenSource,
  keys: StoredKeys,
  { bindings, audiences }: { bindings: Bindings; audiences: AudienceConsents },
): Promise<void> {
  const forget = 'Forget';
  const detail =
    'Signed-in accounts, tokens, client secrets, keys and pasted tokens of this extension, and where you allowed them to be sent. Trusted hosts stay: “Forget Trusted Hosts” forgets those.';
  const picked = await plainWindow.showWarningMessage('Forget everything?', { modal: true, detail }, forget);
  if (picked !== forget) throw new Cancelled();
  const permissions = (await bindings.forgetAll()) + (await audiences.forgetAll());
  const signIns = namePlainly(await tokens.forgetAll());
  const kept = await keys.forgetAll();
  void plainWindow.showInformationMessage(sayForgotten({ signIns, keys: kept, permissions }));
}

function namePlainly(forgotten: readonly Forgotten[]): Forgotten[] {
  return forgotten.map((one) => ({ ...one, accounts: one.accounts.map(plainName) }));
}
