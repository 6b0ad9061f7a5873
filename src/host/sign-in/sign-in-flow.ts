import type {
  AcquiredToken,
  SignInFailure,
  SignInStep,
  TokenRequest,
  TokenResult,
  TokenSource,
} from '../../auth/token-source.ts';
import { Cancelled } from '../../core/app-error.ts';
import { redirectToRegister } from '../../core/entra/redirect-uri.ts';
import type { Progress } from '../../protocol/request-view.ts';
import type { HostTrust } from '../host-trust.ts';
import { type NamedIdentity, requireTrustedAuthority, tokenRequestOf } from '../identities.ts';
import { plainName, plainValue } from '../plain-text.ts';
import { plainWindow } from '../plain-window.ts';
import { type LocalRedirect, redirectSetting } from './local-redirect.ts';
import type { SignInPanel } from './sign-in-panel.ts';
import { SignInFailed, troubleOf } from './sign-in-trouble.ts';

const WAITING: Record<SignInStep['step'], Progress> = {
  browser: { text: 'Waiting for you to sign in in the browser…' },
  deviceCode: { text: 'Waiting for you to enter the code from the tab Sign In…' },
  vscode: { text: 'Waiting for VS Code’s account…' },
  azureCli: { text: 'Asking Azure CLI…' },
};

/** What a token must bring beyond its scopes. */
export interface TokenWish {
  /** What a claims challenge demands, as JSON text. */
  claims?: string;
  /** A new one, though the old one is not expired yet. */
  forceRefresh?: true;
  /** Of this account; default: the one that signed in last. */
  accountId?: string;
}

export interface SignInWork {
  signal: AbortSignal;
  /** Called when the user has something to do. */
  onProgress: (progress: Progress) => void;
  wish?: TokenWish;
}

/** Getting a token for an identity of any kind: what the user sees on the way is here, and the same everywhere. */
export class SignInFlow {
  readonly source: TokenSource;
  readonly #hostTrust: HostTrust;
  readonly #panel: SignInPanel;
  readonly #redirect: LocalRedirect;

  constructor(source: TokenSource, hostTrust: HostTrust, panel: SignInPanel, redirect: LocalRedirect) {
    this.source = source;
    this.#hostTrust = hostTrust;
    this.#panel = panel;
    this.#redirect = redirect;
  }

  /** A token from the cache, else by signing in. Throws {@link Cancelled} when its authority is not trusted. */
  async acquire(identity: NamedIdentity, work: SignInWork): Promise<TokenResult> {
    await requireTrustedAuthority(this.#hostTrust, identity);
    const request = { ...tokenRequestOf(identity), ...work.wish };
    const silent = await this.source.acquireSilently(request, work.signal);
    if (silent.ok || silent.failure.kind !== 'interactionRequired') return silent;
    return this.#ask(identity, work, silent.failure.claims);
  }

  /** A token of whom the user chooses, signed in already or not. */
  async signIn(identity: NamedIdentity, work: SignInWork): Promise<TokenResult> {
    await requireTrustedAuthority(this.#hostTrust, identity);
    return this.#ask(identity, work, undefined);
  }

  /** Why it failed, in the panel. */
  showFailure({ identity, trouble }: SignInFailed, tryAgain: () => Promise<void>): void {
    this.#panel.showFailure(plainName(identity), trouble, tryAgain);
  }

  /** The token, for whoever cannot go on without. Throws {@link SignInFailed}, or {@link Cancelled} when the user backs out. */
  async tokenFor(identity: NamedIdentity, work: SignInWork): Promise<AcquiredToken> {
    const result = await this.acquire(identity, work);
    if (result.ok) return result.token;
    if (result.failure.kind === 'cancelled') throw new Cancelled();
    throw new SignInFailed(await troubleOf(result.failure, identity), identity.id);
  }

  /** A fresh token without asking anybody; undefined when there is none to be had. */
  async refreshSilently(identity: NamedIdentity, signal: AbortSignal): Promise<string | undefined> {
    const request = { ...tokenRequestOf(identity), forceRefresh: true };
    const result = await this.source.acquireSilently(request, signal);
    return result.ok ? result.token.accessToken : undefined;
  }

  async #ask(identity: NamedIdentity, work: SignInWork, demanded: string | undefined): Promise<TokenResult> {
    const claims = work.wish?.claims ?? demanded;
    const plain = tokenRequestOf(identity);
    const byCode = plain.signIn === 'browser' && redirectSetting() === 'deviceCode';
    const request = {
      ...plain,
      ...(byCode ? BY_CODE : {}),
      ...(claims === undefined ? {} : { claims }),
    } as TokenRequest;
    const result = await this.#run(identity, request, work);
    if (result.ok || !isWithoutRedirect(result.failure)) return result;
    if ((await chooseOtherWay()) === 'code')
      return this.#run(identity, { ...request, ...BY_CODE } as TokenRequest, work);
    this.#redirect.allowOnce();
    return this.#run(identity, request, work);
  }

  async #run(identity: NamedIdentity, request: TokenRequest, { signal, onProgress }: SignInWork): Promise<TokenResult> {
    const backedOut = new AbortController();
    const onStep = (step: SignInStep): void => {
      onProgress(step.step === 'browser' ? { ...WAITING.browser, hint: hintFor(request) } : WAITING[step.step]);
      if (step.step === 'deviceCode') this.#panel.showCode(plainName(identity.id), step, () => backedOut.abort());
    };
    try {
      return await this.source.signIn(request, AbortSignal.any([signal, backedOut.signal]), onStep);
    } finally {
      this.#panel.hideCode();
    }
  }
}

/** Some refusals never come back to us: Entra shows them in the browser, and nobody would know that Cancel is the way on. */
function hintFor({ authority }: TokenRequest): string {
  return `If the browser shows an error, cancel here. If it is about the redirect address (AADSTS50011), add this one to those of the client’s registration, at Entra under “Mobile and desktop applications”: ${plainValue(redirectToRegister(authority))}`;
}

const BY_CODE = { signIn: 'deviceCode' } as const;

function isWithoutRedirect({ kind, reason }: SignInFailure): boolean {
  return kind === 'notReady' && reason === 'noLocalRedirect';
}

/** The browser cannot come back to this machine by itself: with a code it need not. */
async function chooseOtherWay(): Promise<'code' | 'localhost'> {
  const [code, localhost] = ['Use a Code', 'Use localhost'];
  const picked = await plainWindow.showWarningMessage(
    'Your browser may be on another machine than this VS Code server.',
    {
      modal: true,
      detail:
        'With a code you sign in on any device, and nothing has to come back. localhost works where it leads to the machine VS Code runs on: the same one, or one whose ports are forwarded. Set why401.signIn.redirect to stop being asked.',
    },
    code,
    localhost,
  );
  if (picked === undefined) throw new Cancelled();
  return picked === code ? 'code' : 'localhost';
}
