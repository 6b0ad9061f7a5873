import * as vscode from 'vscode';
import { tokenRequestFor } from '../auth/token-request.ts';
import type { TokenRequest, TokenResult, TokenSource } from '../auth/token-source.ts';
import { SETTINGS, SETTINGS_SECTION } from '../contract.ts';
import { Cancelled } from '../core/app-error.ts';
import type { ApiProfile } from '../core/entra/api-profile.ts';
import { authorityUrl } from '../core/entra/authority.ts';
import type { Identity } from '../core/entra/identity.ts';
import type { HostTrust } from './host-trust.ts';
import { listProfiles } from './workspace-profiles.ts';

/** A profile's identity, as it is shown and chosen. */
export interface NamedIdentity {
  /** `orders-dev · me`: only a label; credentials are keyed by what they are. */
  id: string;
  /** Its name in the profile. */
  name: string;
  profile: ApiProfile;
  identity: Identity;
}

/** Every identity of every profile. */
export function listIdentities(): NamedIdentity[] {
  return listProfiles().flatMap((profile) =>
    Object.entries(profile.identities ?? {}).map(([name, identity]) => ({
      id: `${profile.name} · ${name}`,
      name,
      profile,
      identity,
    })),
  );
}

export function tokenRequestOf({ profile, name }: NamedIdentity): TokenRequest {
  return tokenRequestFor(profile, name);
}

/** An authority that a workspace names is asked about before anything is fetched from it or a browser opened on it. */
export async function requireTrustedAuthority(hostTrust: HostTrust, { profile }: NamedIdentity): Promise<void> {
  if (!(await hostTrust.guardFor(profile)(authorityUrl(profile.authority)))) throw new Cancelled();
}

/** A token from the cache, else by signing in. `onWaiting` is called when the browser is needed. */
export async function acquireToken(
  source: TokenSource,
  identity: NamedIdentity,
  signal: AbortSignal,
  onWaiting: () => void,
): Promise<TokenResult> {
  const request = tokenRequestOf(identity);
  const silent = await source.acquireSilently(request, signal);
  if (silent.ok || silent.failure.kind !== 'interactionRequired') return silent;
  return signInWithBrowser(source, identity, signal, onWaiting);
}

/** A token of whom the user chooses in the browser, signed in already or not. */
export async function signInWithBrowser(
  source: TokenSource,
  identity: NamedIdentity,
  signal: AbortSignal,
  onWaiting: () => void,
): Promise<TokenResult> {
  await requireLocalRedirect();
  onWaiting();
  return source.signIn(tokenRequestOf(identity), signal);
}

/** The browser must come back to this machine: on a remote one that is for the user to say. */
async function requireLocalRedirect(): Promise<void> {
  const redirect = vscode.workspace.getConfiguration(SETTINGS_SECTION).get<string>(SETTINGS.redirect, 'auto');
  if (redirect === 'localhost' || vscode.env.remoteName === undefined) return;
  const use = 'Use localhost';
  const picked = await vscode.window.showWarningMessage(
    'Your browser may be on another machine than this VS Code server.',
    {
      modal: true,
      detail:
        'After signing in, the browser is sent back to localhost, which must be the machine VS Code runs on: the same one, or one whose ports are forwarded. Set why401.signIn.redirect to localhost to stop asking.',
    },
    use,
  );
  if (picked !== use) throw new Cancelled();
}

/** What a failed sign-in means and what to do, in one or two sentences. */
export async function describeSignInFailure({ failure }: Extract<TokenResult, { ok: false }>): Promise<string> {
  const { explainAadsts } = await import('../core/entra/aadsts.ts');
  const known = failure.code === undefined ? undefined : explainAadsts(failure.code);
  if (known) return `${known.code}: ${known.meaning} ${known.remedy}`;
  const texts: Record<typeof failure.kind, string> = {
    cancelled: 'Signing in was cancelled.',
    timeout: 'Nobody signed in within the time. Try again.',
    refused: `The sign-in was refused: ${failure.detail}`,
    portTaken: 'Another program has the port the browser would come back to. Try again: another one is taken then.',
    network: `No usable answer from the login host: ${failure.detail}. Check network, proxy and certificates, then try again.`,
    interactionRequired: 'You have to sign in again.',
    notReady: failure.detail,
    other: `Signing in failed: ${failure.detail}`,
  };
  return texts[failure.kind];
}
