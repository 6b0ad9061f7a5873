import * as vscode from 'vscode';
import type { Held, HeldAccount, HeldToken, TokenSource } from '../../auth/token-source.ts';
import type { ApiProfile } from '../../core/entra/api-profile.ts';
import { authorityUrl } from '../../core/entra/authority.ts';
import type { SignInKind } from '../../core/entra/identity.ts';
import { listIdentities, type NamedIdentity, tokenRequestOf } from '../identities.ts';
import {
  currentToken,
  heldFor,
  isSendable,
  KIND_WORDS,
  nameToken,
  shortScopes,
  timeLeft,
} from '../sign-in/held-words.ts';
import { listProfiles } from '../workspace-profiles.ts';

const TICK_MS = 1_000;

const ICONS: Record<SignInKind, string> = {
  browser: 'account',
  deviceCode: 'device-mobile',
  vscode: 'vscode',
  clientSecret: 'lock',
  clientCertificate: 'verified',
  onBehalfOf: 'arrow-swap',
  azureCli: 'terminal',
  pasted: 'clippy',
};

/** Who can be signed in for which API, and what is kept for them: profiles, their identities, accounts and tokens. */
export class IdentitiesTree implements vscode.Disposable {
  readonly #source: TokenSource;
  readonly #changed: vscode.EventEmitter<vscode.TreeItem | undefined>;
  readonly #isVisible: () => boolean;
  readonly #timer: NodeJS.Timeout;
  /** Tokens on screen, whose time runs. */
  #ticking = new Set<TokenItem>();

  constructor(
    source: TokenSource,
    changed: vscode.EventEmitter<vscode.TreeItem | undefined>,
    isVisible: () => boolean,
  ) {
    this.#source = source;
    this.#changed = changed;
    this.#isVisible = isVisible;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  async getChildren(parent?: vscode.TreeItem): Promise<vscode.TreeItem[]> {
    if (!vscode.workspace.isTrusted) return [];
    if (parent === undefined) {
      this.#ticking = new Set();
      return listProfiles()
        .filter(({ identities }) => identities && Object.keys(identities).length > 0)
        .map((profile) => new ProfileItem(profile));
    }
    if (parent instanceof ProfileItem) {
      const own = listIdentities().filter(({ profile }) => profile.name === parent.profile.name);
      return Promise.all(own.map(async (identity) => new IdentityItem(identity, await this.#heldBy(identity))));
    }
    if (parent instanceof IdentityItem) return this.#itemsOf(parent.identity, parent.held);
    if (parent instanceof AccountItem) return parent.tokens.map((token) => this.#tokenItem(parent.identity, token));
    return [];
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  async #heldBy({ identity, ...named }: NamedIdentity): Promise<Held> {
    return heldFor(identity, await this.#source.held(tokenRequestOf({ identity, ...named })));
  }

  #itemsOf(identity: NamedIdentity, { accounts, tokens }: Held): vscode.TreeItem[] {
    const ids = new Set(accounts.map(({ id }) => id));
    const ofNobody = tokens.filter(({ accountId }) => accountId === undefined || !ids.has(accountId));
    return [
      ...accounts.map(
        (account) =>
          new AccountItem(
            identity,
            account,
            tokens.filter(({ accountId }) => accountId === account.id),
          ),
      ),
      ...ofNobody.map((token) => this.#tokenItem(identity, token)),
    ];
  }

  #tokenItem(identity: NamedIdentity, token: HeldToken): TokenItem {
    const item = new TokenItem(identity, token);
    if (token.expiresAtSec !== undefined) this.#ticking.add(item);
    return item;
  }

  /** Only an item whose words have changed is drawn again: the tree keeps its focus, and nothing flickers. */
  #tick(): void {
    if (!this.#isVisible()) return;
    for (const item of this.#ticking) if (item.describe(Date.now())) this.#changed.fire(item);
  }
}

class ProfileItem extends vscode.TreeItem {
  readonly profile: ApiProfile;

  constructor(profile: ApiProfile) {
    super(profile.name ?? '', vscode.TreeItemCollapsibleState.Expanded);
    const { authority } = profile;
    this.profile = profile;
    this.id = `profile:${profile.name}`;
    this.description = authority.kind === 'entra' ? authority.tenant : new URL(authorityUrl(authority)).host;
    this.tooltip = authorityUrl(authority);
    this.iconPath = new vscode.ThemeIcon('globe');
    this.contextValue = 'why401.profile';
  }
}

/** `contextValue` says what can be done with it, for the menus. */
export class IdentityItem extends vscode.TreeItem {
  readonly identity: NamedIdentity;
  readonly held: Held;

  constructor(identity: NamedIdentity, held: Held) {
    const isHeld = held.accounts.length + held.tokens.length > 0;
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    super(identity.name, isHeld ? Expanded : None);
    const { signIn } = identity.identity;
    this.identity = identity;
    this.held = held;
    // VS Code keeps an item folded by its id: one that gets children is another item.
    this.id = `identity:${isHeld}:${identity.id}`;
    this.description = isHeld
      ? KIND_WORDS[signIn]
      : `${KIND_WORDS[signIn]} · ${signIn === 'pasted' ? 'none pasted' : 'signed out'}`;
    this.tooltip = `${KIND_WORDS[signIn]}: ${tooltipOf(identity)}`;
    this.iconPath = new vscode.ThemeIcon(ICONS[signIn]);
    const canSend = currentToken(held) !== undefined;
    this.contextValue = `why401.identity${isHeld ? '.held' : '.signedOut'}${canSend ? '.token' : ''}`;
  }
}

export class AccountItem extends vscode.TreeItem {
  readonly identity: NamedIdentity;
  readonly account: HeldAccount;
  readonly tokens: HeldToken[];

  constructor(identity: NamedIdentity, account: HeldAccount, tokens: HeldToken[]) {
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    super(account.userName, tokens.length > 0 ? Expanded : None);
    const isGuest = account.homeTenantId !== account.tenantId;
    this.identity = identity;
    this.account = account;
    this.tokens = tokens;
    this.id = `account:${tokens.length > 0}:${identity.id}:${account.id}:${account.tenantId}`;
    this.description = isGuest ? `guest in ${account.tenantId}` : account.tenantId;
    this.tooltip = isGuest
      ? `A guest in tenant ${account.tenantId}, at home in ${account.homeTenantId}`
      : `Tenant ${account.tenantId}`;
    this.iconPath = new vscode.ThemeIcon('person');
    this.contextValue = 'why401.account';
  }
}

export class TokenItem extends vscode.TreeItem {
  readonly identity: NamedIdentity;
  readonly token: HeldToken;

  constructor(identity: NamedIdentity, token: HeldToken) {
    super(nameToken(token), vscode.TreeItemCollapsibleState.None);
    this.identity = identity;
    this.token = token;
    this.id = `token:${identity.id}:${token.kind}:${token.accountId ?? ''}:${token.scopes.join(' ')}`;
    this.tooltip = token.scopes.join('\n');
    this.contextValue = isSendable(token) ? 'why401.token' : 'why401.keptSecret';
    this.describe(Date.now());
  }

  /** Says how long it is good; true when the words are other ones than before. */
  describe(nowMs: number): boolean {
    const { expiresAtSec } = this.token;
    const time = expiresAtSec === undefined ? undefined : timeLeft(expiresAtSec, nowMs);
    const isExpired = expiresAtSec !== undefined && expiresAtSec * 1000 <= nowMs;
    const description = [time, shortScopes(this.token)].filter(Boolean).join(' · ');
    if (description === this.description) return false;
    this.description = description;
    this.iconPath = isExpired
      ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon(isSendable(this.token) ? 'key' : 'lock');
    return true;
  }
}

function tooltipOf({ identity }: NamedIdentity): string {
  return identity.signIn === 'pasted' ? 'kept in memory until VS Code is closed' : identity.scopes.join(' ');
}
