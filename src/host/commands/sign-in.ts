import * as vscode from 'vscode';
import type { TokenSource } from '../../auth/token-source.ts';
import { AppError, Cancelled } from '../../core/app-error.ts';
import type { HostTrust } from '../host-trust.ts';
import {
  describeSignInFailure,
  listIdentities,
  type NamedIdentity,
  requireLocalRedirect,
  requireTrustedAuthority,
  tokenRequestOf,
} from '../identities.ts';
import { plainHost, plainName } from '../plain-text.ts';
import { requireTrust } from '../validator.ts';

/** "Why401: Sign In". `id` is that of an identity; without it the user chooses. */
export async function signIn(source: TokenSource, hostTrust: HostTrust, id: unknown): Promise<void> {
  requireTrust(vscode.workspace);
  const identity = await chooseIdentity(id, 'Sign In');
  await requireTrustedAuthority(hostTrust, identity);
  await requireLocalRedirect();
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Sign in as ${plainName(identity.id)} in the browser`,
      cancellable: true,
    },
    (_progress, cancelled) => {
      const controller = new AbortController();
      cancelled.onCancellationRequested(() => controller.abort());
      return source.signIn(tokenRequestOf(identity), controller.signal);
    },
  );
  if (result.ok) return;
  if (result.failure.kind === 'cancelled') throw new Cancelled();
  throw new AppError('signInFailed', describeSignInFailure(result));
}

/** "Why401: Sign Out": forgets the accounts and tokens of an identity's client. */
export async function signOut(source: TokenSource): Promise<void> {
  const identity = await chooseIdentity(undefined, 'Sign Out');
  await source.signOut(tokenRequestOf(identity));
}

async function chooseIdentity(id: unknown, title: string): Promise<NamedIdentity> {
  const identities = listIdentities(vscode.window.activeTextEditor?.document.uri);
  const named = identities.find((identity) => identity.id === id);
  if (named) return named;
  const [only, ...others] = identities;
  if (!only)
    throw new AppError('noIdentity', 'No API profile has an identity to sign in with: give one under "identities".', {
      actions: ['openSettings'],
    });
  if (others.length === 0) return only;
  const items = identities.map((identity) => ({
    label: plainName(identity.id),
    description: plainHost(tokenRequestOf(identity).authority),
    identity,
  }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'Which identity?' });
  if (!picked) throw new Cancelled();
  return picked.identity;
}
