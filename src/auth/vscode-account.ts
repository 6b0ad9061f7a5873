import * as vscode from 'vscode';
import { aadstsCodeIn } from '../core/entra/aadsts-code.ts';
import { VSCODE_CLIENT_ID } from '../core/entra/identity.ts';
import { readToken } from '../core/token/read-token.ts';
import type { MemoryTokens } from './memory-tokens.ts';
import { NotReady } from './not-ready.ts';
import { plainDetail } from './plain-detail.ts';
import { failureHere } from './sign-in-failure.ts';
import { untilAborted } from './stopping.ts';
import type { AcquiredToken, TokenRequest, TokenResult, Way } from './token-source.ts';

/** VS Code's providers of Microsoft accounts: one for the public cloud, one for the cloud its settings name. */
const PUBLIC_PROVIDER = 'microsoft';
const SOVEREIGN_PROVIDER = 'microsoft-sovereign-cloud';
/** `microsoft-sovereign-cloud.environment`, by the cloud it stands for. */
const ENVIRONMENTS: Readonly<Record<string, string>> = { usgov: 'USGovernment', china: 'ChinaCloud' };
/** Signing in is choosing whose account, also when somebody is signed in. */
const ASK = { createIfNone: true, clearSessionPreference: true };
/** For a token that does not say when it ends: short, so that VS Code is asked again. */
const UNKNOWN_LIFE_SEC = 300;

/** Tokens of VS Code's own Microsoft account. It keeps, refreshes and signs out; nothing is stored here. */
export function createVsCodeAccount(memory: MemoryTokens): Way {
  async function acquire(
    request: TokenRequest,
    how: vscode.AuthenticationGetSessionOptions,
    signal: AbortSignal,
  ): Promise<TokenResult> {
    try {
      signal.throwIfAborted();
      const session = await untilAborted(signal, getSession(request, how));
      if (!session) return { ok: false, failure: { kind: 'interactionRequired', detail: 'nobody is signed in' } };
      const token = tokenOf(session);
      memory.set(request, token, 'access');
      return { ok: true, token };
    } catch (error) {
      return failureOf(error, signal);
    }
  }

  // Somebody may sign out there: what is told of as held must be there still.
  vscode.authentication.onDidChangeSessions(async ({ provider }) => {
    if (provider.id !== PUBLIC_PROVIDER && provider.id !== SOVEREIGN_PROVIDER) return;
    for (const request of memory.requests().filter(({ signIn }) => signIn === 'vscode')) {
      const result = await acquire(request, { silent: true }, new AbortController().signal);
      if (!result.ok) memory.forget(request);
    }
  });

  return {
    acquireSilently: (request, signal = new AbortController().signal) => acquire(request, { silent: true }, signal),
    signIn(request, signal = new AbortController().signal, onStep) {
      onStep?.({ step: 'vscode' });
      const isOtherWanted = request.forceRefresh === true;
      return acquire(request, isOtherWanted ? { forceNewSession: true } : ASK, signal);
    },
  };
}

/** What VS Code's provider rejects with is words alone. */
function failureOf(error: unknown, signal: AbortSignal): TokenResult {
  const said = error instanceof Error && !(error instanceof NotReady) && !signal.aborted ? error.message : '';
  if (/\b(cancel|did not consent)/i.test(said))
    return { ok: false, failure: { kind: 'cancelled', detail: 'cancelled' } };
  if (said === '') return failureHere(error, signal);
  const code = aadstsCodeIn(said);
  const detail = plainDetail(said, (text) => text);
  return { ok: false, failure: code ? { kind: 'refused', code, detail } : { kind: 'other', detail } };
}

function getSession(
  request: TokenRequest,
  how: vscode.AuthenticationGetSessionOptions,
): PromiseLike<vscode.AuthenticationSession | undefined> {
  const provider = providerFor(request);
  const scopes = scopesFor(request);
  if (request.claims === undefined) return vscode.authentication.getSession(provider, scopes, how);
  const claims = Buffer.from(request.claims).toString('base64');
  const challenge = { wwwAuthenticate: `Bearer claims="${claims}"`, fallbackScopes: scopes };
  return vscode.authentication.getSession(provider, challenge, how);
}

/** Client and tenant go as scopes that VS Code's provider takes out again: nobody else's may look like them. */
function scopesFor({ scopes, clientId, authority }: TokenRequest): string[] {
  if (scopes.some((scope) => /(?:^|\s)VSCODE_/i.test(scope))) throw new NotReady('notAScope');
  const [, tenant = ''] = new URL(authority).pathname.split('/');
  const ofClient = clientId === VSCODE_CLIENT_ID ? [] : [`VSCODE_CLIENT_ID:${clientId}`];
  return [...scopes, ...ofClient, ...(tenant === '' ? [] : [`VSCODE_TENANT:${tenant}`])];
}

function providerFor({ cloud, authority }: TokenRequest): string {
  if (cloud === 'public') return PUBLIC_PROVIDER;
  const settings = vscode.workspace.getConfiguration(SOVEREIGN_PROVIDER);
  const environment = settings.get<string>('environment');
  const own = settings.get<{ activeDirectoryEndpointUrl?: string }>('customEnvironment')?.activeDirectoryEndpointUrl;
  const isCustom =
    environment === 'custom' && URL.canParse(own ?? '') && new URL(own ?? '').origin === new URL(authority).origin;
  const isNamed = cloud !== undefined && environment === ENVIRONMENTS[cloud];
  if (!isCustom && !isNamed) throw new NotReady('vscodeCloud');
  return SOVEREIGN_PROVIDER;
}

function tokenOf({ accessToken, account }: vscode.AuthenticationSession): AcquiredToken {
  const { exp, tid } = readToken(accessToken).payload ?? {};
  return {
    accessToken,
    expiresAtSec: typeof exp === 'number' ? exp : Math.floor(Date.now() / 1000) + UNKNOWN_LIFE_SEC,
    account: account.label,
    accountId: account.id,
    ...(typeof tid === 'string' ? { tenantId: tid } : {}),
  };
}
