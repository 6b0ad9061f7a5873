import type { AcquiredToken, TokenResult } from '../../auth/token-source.ts';
import { AppError, Cancelled } from '../../core/app-error.ts';
import type { Progress } from '../../protocol/request-view.ts';
import { acquireToken, describeSignInFailure, listIdentities, requireTrustedAuthority } from '../identities.ts';
import type { SendServices } from './request-session.ts';

/** Some refusals never come back to us: Entra shows them in the browser, and nobody would know that Cancel is the way on. */
export const WAITING_FOR_BROWSER: Progress = {
  text: 'Waiting for you to sign in in the browser…',
  hint: 'If the browser shows an error, cancel here. For AADSTS50011, add http://localhost to the redirect addresses of the client’s registration, under “Mobile and desktop applications”.',
};

/** Signs in for an identity of the view's list; nothing is sent to its API. Throws {@link Cancelled} when the user backs out. */
export async function signInForView(
  { tokens, hostTrust }: Pick<SendServices, 'tokens' | 'hostTrust'>,
  id: string,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const identity = listIdentities().find((one) => one.id === id);
  if (!identity) throw new AppError('noIdentity', 'This identity is no longer in the settings: choose another.');
  await requireTrustedAuthority(hostTrust, identity);
  await tokenOf(await acquireToken(tokens, identity, signal, () => onProgress(WAITING_FOR_BROWSER)));
}

/** The token, or the reason that there is none as what is thrown. */
export async function tokenOf(result: TokenResult): Promise<AcquiredToken> {
  if (result.ok) return result.token;
  if (result.failure.kind === 'cancelled') throw new Cancelled();
  throw new AppError('signInFailed', await describeSignInFailure(result));
}
