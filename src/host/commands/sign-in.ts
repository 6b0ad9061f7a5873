import * as vscode from 'vscode';
import { credentialKey } from '../../auth/credential-key.ts';
import type { TokenResult, TokenSource } from '../../auth/token-source.ts';
import { AppError, Cancelled } from '../../core/app-error.ts';
import type { HostTrust } from '../host-trust.ts';
import {
  acquireToken,
  describeSignInFailure,
  listIdentities,
  type NamedIdentity,
  requireTrustedAuthority,
  signInWithBrowser,
  tokenRequestOf,
} from '../identities.ts';
import { plainHost, plainName } from '../plain-text.ts';
import { requireTrust } from '../workspace-trust.ts';

const OTHER_ACCOUNT = 'Use Another Account';
const STATUS_MS = 8_000;

/**
 * "Why401: Sign In". `id` is that of an identity; without it the user chooses. Who is signed in already gets no browser,
 * unless they want another account.
 */
export async function signIn(source: TokenSource, hostTrust: HostTrust, id: unknown): Promise<void> {
  requireTrust(vscode.workspace);
  const identity = await chooseIdentity(id);
  await requireTrustedAuthority(hostTrust, identity);
  let isAsked = false;
  const account = await withProgress(identity, (signal, onWaiting) =>
    acquireToken(source, identity, signal, () => {
      isAsked = true;
      onWaiting();
    }),
  );
  if (isAsked) return showStatus(`Signed in as ${account}`);
  const already = `Already signed in as ${account}.`;
  if ((await vscode.window.showInformationMessage(already, OTHER_ACCOUNT)) !== OTHER_ACCOUNT) return;
  const other = await withProgress(identity, (signal, onWaiting) =>
    signInWithBrowser(source, identity, signal, onWaiting),
  );
  showStatus(`Signed in as ${other}`);
}

/** "Why401: Sign Out": forgets the accounts and tokens of a client, for every identity that uses it. */
export async function signOut(source: TokenSource): Promise<void> {
  const signIns = await listSignIns(source);
  const [only, ...others] = signIns;
  if (!only) {
    void vscode.window.showInformationMessage('Nobody is signed in for the API profiles here.');
    return;
  }
  const picked =
    others.length === 0
      ? only
      : await vscode.window.showQuickPick(signIns, { title: 'Sign Out', placeHolder: 'Which account?' });
  if (!picked) throw new Cancelled();
  await source.signOut(tokenRequestOf(picked.identity));
  showStatus(`Signed out: ${picked.label}`);
}

/** The account that was signed in. */
async function withProgress(
  identity: NamedIdentity,
  acquire: (signal: AbortSignal, onWaiting: () => void) => Promise<TokenResult>,
): Promise<string> {
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Signing in for ${plainName(identity.id)}`,
      cancellable: true,
    },
    (progress, cancelled) => {
      const controller = new AbortController();
      cancelled.onCancellationRequested(() => controller.abort());
      return acquire(controller.signal, () =>
        progress.report({ message: 'go on in the browser. If an error stays there, cancel here.' }),
      );
    },
  );
  if (result.ok) return plainName(result.token.account);
  if (result.failure.kind === 'cancelled') throw new Cancelled();
  throw new AppError('signInFailed', await describeSignInFailure(result));
}

/** No notification: there is nothing to do about it. */
function showStatus(text: string): void {
  vscode.window.setStatusBarMessage(text, STATUS_MS);
}

interface SignInItem extends vscode.QuickPickItem {
  identity: NamedIdentity;
}

/** One entry a stored sign-in: identities of the same client and authority share it. */
async function listSignIns(source: TokenSource): Promise<SignInItem[]> {
  const byCredential = Map.groupBy(listIdentities(), (identity) => credentialKey(tokenRequestOf(identity)));
  const items: SignInItem[] = [];
  for (const identities of byCredential.values()) {
    const [identity] = identities;
    if (!identity) continue;
    const request = tokenRequestOf(identity);
    const { accounts } = await source.held(request);
    if (accounts.length === 0) continue;
    items.push({
      label: accounts.map(({ userName }) => plainName(userName)).join(', '),
      description: identities.map(({ id }) => plainName(id)).join(', '),
      detail: plainHost(request.authority),
      identity,
    });
  }
  return items;
}

async function chooseIdentity(id: unknown): Promise<NamedIdentity> {
  const identities = listIdentities();
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
  const picked = await vscode.window.showQuickPick(items, { title: 'Sign In', placeHolder: 'Which identity?' });
  if (!picked) throw new Cancelled();
  return picked.identity;
}
