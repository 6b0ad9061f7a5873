import type { SignInFailure } from '../../auth/token-source.ts';
import { AppError } from '../../core/app-error.ts';
import { clientIdOf, scopesOf } from '../../core/entra/identity.ts';
import { redirectToRegister } from '../../core/entra/redirect-uri.ts';
import type { IdentityFacts } from '../../core/entra/sign-in-diagnosis.ts';
import type { SignInTrouble } from '../../protocol/sign-in-panel.ts';
import { type NamedIdentity, tokenRequestOf } from '../identities.ts';

/** What is wrong is known on this side: no server said it, and no code stands for it. */
const OWN_WORDS: Partial<Record<SignInFailure['kind'], (failure: SignInFailure) => [cause: string, action: string]>> = {
  timeout: () => ['Nobody signed in within the time.', 'Sign in again.'],
  portTaken: () => [
    'Another program has the port the browser would come back to.',
    'Sign in again: another port is taken then.',
  ],
  network: ({ detail }) => [
    `No usable answer from the login host: ${detail}.`,
    'Check network, proxy and certificates, then try again.',
  ],
};

/** A sign-in that failed, in words for this identity. The texts of the codes are a bundle of their own. */
export async function troubleOf(failure: SignInFailure, identity: NamedIdentity): Promise<SignInTrouble> {
  const own = failure.code === undefined ? OWN_WORDS[failure.kind]?.(failure) : undefined;
  if (own) return { cause: own[0], action: own[1], isCertain: true, atFault: [] };
  if (failure.kind === 'notReady') return { cause: failure.detail, isCertain: true, atFault: [] };
  if (failure.kind === 'interactionRequired' && failure.code === undefined) {
    return {
      cause: 'Nobody is signed in, or the sign-in is no longer good.',
      action: 'Sign in.',
      isCertain: true,
      atFault: [],
    };
  }
  const { diagnoseSignIn } = await import('../../core/entra/aadsts.ts');
  const said = diagnoseSignIn(failure, factsOf(identity));
  return {
    ...(said.code === undefined ? {} : { code: said.code }),
    cause: said.cause,
    isCertain: said.certainty === 'documented' || !said.isKnown,
    atFault: said.atFault,
    action: said.action,
    where: said.where,
    who: { needsAdministrator: said.who === 'administrator', text: said.whoText },
    retryText: said.retryText,
    ...(said.serverText === '' ? {} : { serverText: said.serverText }),
    ...(said.lookUp === undefined ? {} : { lookUp: said.lookUp }),
  };
}

/** In one line, for a notification. */
export function troubleInOneLine({ code, cause, action }: SignInTrouble): string {
  const said = code === undefined ? cause : `${code}: ${cause}`;
  return action === undefined ? said : `${said} ${action}`;
}

/** Thrown where a token was needed and none could be had. */
export class SignInFailed extends AppError {
  readonly trouble: SignInTrouble;
  readonly identity: string;

  constructor(trouble: SignInTrouble, identity: string) {
    super('signInFailed', troubleInOneLine(trouble));
    this.trouble = trouble;
    this.identity = identity;
  }
}

function factsOf(named: NamedIdentity): IdentityFacts {
  const { profile, identity } = named;
  const { authority } = tokenRequestOf(named);
  const clientId = clientIdOf(identity);
  const { origin, pathname } = new URL(authority);
  return {
    signIn: identity.signIn,
    tenant: pathname.split('/')[1] ?? '',
    loginBase: origin,
    scopes: scopesOf(identity),
    ...(identity.signIn === 'vscode' ? {} : { redirectUri: redirectToRegister(authority) }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(profile.appId === undefined ? {} : { appId: profile.appId }),
    ...(profile.appIdUri === undefined ? {} : { appIdUri: profile.appIdUri }),
  };
}
