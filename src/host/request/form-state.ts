import type { TokenSource } from '../../auth/token-source.ts';
import type { ApiProfile } from '../../core/entra/api-profile.ts';
import type { RequestForm, RequestViewState } from '../../protocol/request-view.ts';
import { listIdentities, tokenRequestOf } from '../identities.ts';
import { currentToken, heldFor, nameHeld } from '../sign-in/held-words.ts';
import { keyName } from './request-draft.ts';
import type { StoredKeys } from './stored-keys.ts';

/** The form as the view shows it: with the key's name, and whether a token and a key are kept for its origin. */
export async function describeForm(
  form: RequestForm,
  profile: ApiProfile | undefined,
  keys: StoredKeys,
): Promise<RequestForm> {
  const { url, authorize } = form;
  const origin = URL.canParse(url) ? new URL(url).origin : undefined;
  return {
    ...form,
    authorize: {
      ...authorize,
      ...keyName(profile, authorize.key),
      hasPastedToken: origin !== undefined && keys.pastedToken(origin) !== undefined,
      hasKey: origin !== undefined && (await keys.hasKey(origin, authorize.key)),
    },
  };
}

/** Every identity to choose from, with the account that is signed in. */
export function describeIdentities(tokens: TokenSource): Promise<RequestViewState['identities']> {
  return Promise.all(
    listIdentities().map(async (identity) => {
      const held = heldFor(identity.identity, await tokens.held(tokenRequestOf(identity)));
      const account = nameHeld(held);
      const expiresAtSec = currentToken(held)?.expiresAtSec;
      return {
        id: identity.id,
        label: identity.id,
        ...(account === undefined ? {} : { account }),
        ...(expiresAtSec === undefined ? {} : { expiresAtSec }),
      };
    }),
  );
}
