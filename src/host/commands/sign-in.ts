import * as vscode from 'vscode';
import { credentialKey } from '../../auth/credential-key.ts';
import type { AcquiredToken, TokenResult, TokenSource } from '../../auth/token-source.ts';
import { AppError, Cancelled } from '../../core/app-error.ts';
import { listIdentities, type NamedIdentity, tokenRequestOf } from '../identities.ts';
import { plainHost, plainName } from '../plain-text.ts';
import { plainWindow } from '../plain-window.ts';
import { KIND_WORDS } from '../sign-in/held-words.ts';
import type { SignInFlow, SignInWork } from '../sign-in/sign-in-flow.ts';
import { SignInFailed, troubleOf } from '../sign-in/sign-in-trouble.ts';
import { AccountItem, IdentityItem, TokenItem } from '../views/identities-tree.ts';

const OTHER_ACCOUNT = 'Use Another Account';
const STATUS_MS = 8_000;
/** What is done sooner needs no progress. */
const UNSEEN_MS = 300;

/**
 * "Why401: Sign In". The argument is an identity's id or its item in the view; without it the user chooses. Who is signed in
 * already is not asked again, unless they want another account. Resolves with the identity's id.
 */
export async function signIn(flow: SignInFlow, argument: unknown): Promise<string> {
  const { identity } = await chooseIdentity(argument);
  let isAsked = false;
  const token = await withSignInProgress(flow, identity, (work) =>
    flow.acquire(identity, {
      ...work,
      onProgress: (progress) => {
        isAsked = true;
        work.onProgress(progress);
      },
    }),
  );
  const isUser = token.account !== '';
  if (isAsked || !isUser) {
    showStatus(isUser ? `Signed in as ${plainName(token.account)}` : `Token for ${plainName(identity.id)}`);
    return identity.id;
  }
  const already = `Already signed in as: ${plainName(token.account)}`;
  if ((await plainWindow.showInformationMessage(already, OTHER_ACCOUNT)) !== OTHER_ACCOUNT) return identity.id;
  const other = await withSignInProgress(flow, identity, (work) => flow.signIn(identity, work));
  showStatus(`Signed in as ${plainName(other.account)}`);
  return identity.id;
}

/** "Why401: Sign Out": forgets an account, or all that is kept for a client, for every identity that uses it. */
export async function signOut(source: TokenSource, argument: unknown): Promise<void> {
  if (argument instanceof AccountItem) {
    await source.signOut(tokenRequestOf(argument.identity), argument.account.id);
    return showStatus(`Signed out: ${plainName(argument.account.userName)}`);
  }
  if (argument instanceof IdentityItem) {
    await source.signOut(tokenRequestOf(argument.identity));
    return showStatus(`Forgotten: ${plainName(argument.identity.id)}`);
  }
  const signIns = await listSignIns(source);
  const [only, ...others] = signIns;
  if (!only) {
    void plainWindow.showInformationMessage('Nobody is signed in for the API profiles here.');
    return;
  }
  const picked =
    others.length === 0
      ? only
      : await plainWindow.showQuickPick(signIns, { title: 'Sign Out', placeHolder: 'Which account?' });
  if (!picked) throw new Cancelled();
  await source.signOut(tokenRequestOf(picked.identity));
  showStatus(`Signed out: ${picked.label}`);
}

/**
 * Runs it, with a progress that can be cancelled as soon as it takes a while or the user has something to do. Throws
 * {@link SignInFailed} with what is wrong, which the panel shows.
 */
export async function withSignInProgress(
  flow: SignInFlow,
  identity: NamedIdentity,
  acquire: (work: SignInWork) => Promise<TokenResult>,
): Promise<AcquiredToken> {
  const controller = new AbortController();
  let message = '';
  let isShown = false;
  let report = (): void => undefined;
  const acquired = acquire({
    signal: controller.signal,
    onProgress: ({ text, hint }) => {
      message = [text, hint].filter(Boolean).join(' ');
      show();
    },
  });
  const timer = setTimeout(show, UNSEEN_MS);
  function show(): void {
    report();
    if (isShown) return;
    isShown = true;
    const title = `Signing in for ${plainName(identity.id)}`;
    const where = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void plainWindow.withProgress(where, async (say, cancelled) => {
      cancelled.onCancellationRequested(() => controller.abort());
      report = () => say(message);
      report();
      await acquired.catch(() => undefined);
    });
  }
  try {
    const result = await acquired;
    if (result.ok) return result.token;
    if (result.failure.kind === 'cancelled') throw new Cancelled();
    const failed = new SignInFailed(await troubleOf(result.failure, identity), identity.id);
    flow.showFailure(failed, async () => void (await withSignInProgress(flow, identity, acquire)));
    throw failed;
  } finally {
    clearTimeout(timer);
  }
}

/** No notification: there is nothing to do about it. */
function showStatus(text: string): void {
  plainWindow.setStatusBarMessage(text, STATUS_MS);
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

/** What an item of the view, an id or the user means. */
export async function chooseIdentity(argument: unknown): Promise<{ identity: NamedIdentity; accountId?: string }> {
  if (argument instanceof IdentityItem) return { identity: argument.identity };
  if (argument instanceof AccountItem) return ofAccount(argument.identity, argument.account.id);
  if (argument instanceof TokenItem) return ofAccount(argument.identity, argument.token.accountId);
  const identities = listIdentities();
  const named = identities.find((identity) => identity.id === argument);
  if (named) return { identity: named };
  const [only, ...others] = identities;
  if (!only)
    throw new AppError('noIdentity', 'No API profile has an identity to sign in with: give one under "identities".', {
      actions: ['setUpSignIn', 'openSettings'],
    });
  if (others.length === 0) return { identity: only };
  const items = identities.map((identity) => ({
    label: plainName(identity.id),
    description: KIND_WORDS[identity.identity.signIn],
    detail: plainHost(tokenRequestOf(identity).authority),
    identity,
  }));
  const picked = await plainWindow.showQuickPick(items, { title: 'Sign In', placeHolder: 'Which identity?' });
  if (!picked) throw new Cancelled();
  return { identity: picked.identity };
}

/** Only where several accounts may be signed in is one of them chosen: elsewhere there is the one. */
function ofAccount(identity: NamedIdentity, accountId: string | undefined) {
  const { signIn } = identity.identity;
  const isChosen = accountId !== undefined && (signIn === 'browser' || signIn === 'deviceCode');
  return { identity, ...(isChosen ? { accountId } : {}) };
}
