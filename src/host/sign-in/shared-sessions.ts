import * as vscode from 'vscode';
import type { AcquiredToken } from '../../auth/token-source.ts';
import type { SignInKind } from '../../core/entra/identity.ts';
import { withSignInProgress } from '../commands/sign-in.ts';
import { listIdentities, type NamedIdentity, tokenRequestOf } from '../identities.ts';
import { plainHost } from '../plain-text.ts';
import type { SignInFlow } from './sign-in-flow.ts';

/** Only tokens of users, who were asked themselves; never what stands for an application or was exchanged. */
const SHARED_KINDS: ReadonlySet<SignInKind> = new Set(['browser', 'deviceCode', 'vscode', 'azureCli']);
const SCOPE = /^profile:(.+)$/s;

/** What other extensions may get: one session for each shared profile, with the account of its first identity. */
export class SharedSessions {
  readonly #flow: SignInFlow;

  constructor(flow: SignInFlow) {
    this.#flow = flow;
  }

  /** Those whose token is at hand: nobody is asked. Without scopes, of every shared profile. */
  async list(scopes: readonly string[] | undefined): Promise<vscode.AuthenticationSession[]> {
    const wanted = listShared().filter(({ profile }) => isWanted(profile.name ?? '', scopes));
    const sessions = await Promise.all(wanted.map((identity) => this.#silently(identity)));
    return sessions.filter((session) => session !== undefined);
  }

  /** Signs in for the profile that the scope names. Throws when there is none, or when the user backs out. */
  async create(scopes: readonly string[]): Promise<vscode.AuthenticationSession> {
    const [identity] =
      scopes.length === 1 ? listShared().filter(({ profile }) => isWanted(profile.name ?? '', scopes)) : [];
    if (!identity) {
      throw new Error('Ask for exactly one scope, profile:<name>, of an API profile that its user shares.');
    }
    const token = await withSignInProgress(this.#flow, identity, (work) => this.#flow.acquire(identity, work));
    return sessionOf(identity, token);
  }

  /** Signs the account out, everywhere; the session that is gone. */
  async remove(id: string): Promise<vscode.AuthenticationSession | undefined> {
    for (const identity of listShared()) {
      const session = await this.#silently(identity);
      if (session?.id !== id) continue;
      await this.#flow.source.signOut(tokenRequestOf(identity));
      return session;
    }
    return undefined;
  }

  async #silently(identity: NamedIdentity): Promise<vscode.AuthenticationSession | undefined> {
    const result = await this.#flow.source.acquireSilently(tokenRequestOf(identity));
    return result.ok ? sessionOf(identity, result.token) : undefined;
  }
}

/** The first identity of each shared profile that may be: in a folder nobody trusts, none. */
function listShared(): NamedIdentity[] {
  if (!vscode.workspace.isTrusted) return [];
  const shared = listIdentities().filter(
    ({ profile, identity }) =>
      profile.isShared === true && profile.origin === 'user' && SHARED_KINDS.has(identity.signIn),
  );
  const byProfile = Map.groupBy(shared, ({ profile }) => profile.name);
  return [...byProfile.values()].flatMap(([first]) => first ?? []);
}

function isWanted(name: string, scopes: readonly string[] | undefined): boolean {
  if (scopes === undefined || scopes.length === 0) return true;
  return scopes.every((scope) => SCOPE.exec(scope)?.[1] === name);
}

/** VS Code asks for its user's consent by account, so that each profile is one of its own. */
function sessionOf(
  { profile, id }: NamedIdentity,
  { accessToken, account }: AcquiredToken,
): vscode.AuthenticationSession {
  const name = profile.name ?? '';
  return {
    id,
    accessToken,
    account: { id: `${name} · ${account}`, label: plainHost(`${name} · ${account}`) },
    scopes: [`profile:${name}`],
  };
}
