import { judgeAssertion } from '../core/entra/judge-assertion.ts';
import { isGuid } from '../core/token/issuer-shape.ts';
import { readToken } from '../core/token/read-token.ts';
import type { ConfidentialOptions } from './app-only.ts';
import { exchangeOnBehalfOf } from './msal-confidential.ts';
import { notReady } from './not-ready.ts';
import type { AcquiredToken, SignInFailure, SignInStep, TokenRequest, TokenResult, Way } from './token-source.ts';

interface OnBehalfOfOptions extends ConfidentialOptions {
  /** Gets the user's token that is exchanged. */
  source: Way;
}

type OnBehalfOfRequest = Extract<TokenRequest, { signIn: 'onBehalfOf' }>;

/** Exchanges a user's token for one of another API, as the API in between does. What comes of it stays in memory. */
export function createOnBehalfOf(options: OnBehalfOfOptions): Way {
  const { proofs, memory, source, turns } = options;

  async function exchange(
    request: OnBehalfOfRequest,
    { accessToken, expiresAtSec }: AcquiredToken,
    mayAsk: boolean,
    signal: AbortSignal,
  ): Promise<TokenResult> {
    const { clientId, audiences: names, certificatePath } = request;
    const fault = judgeAssertion(accessToken, { clientId, names, tenant: tenantOf(request.authority) }, Date.now());
    if (fault) return notReady(fault.reason, fault.seen === undefined ? undefined : `It says: ${fault.seen}.`);
    const found = await proofs.find(request, certificatePath, mayAsk, signal);
    if (!found.ok) return found;
    const authority = authorityFor(accessToken, request.authority);
    const result = await exchangeOnBehalfOf({ request, proof: found.proof, authority, signal }, accessToken, options);
    await proofs.learn(request, found, result.ok ? undefined : result.failure);
    if (!result.ok) return { ok: false, failure: mayAsk ? result.failure : askingIfItHelps(result.failure) };
    const token = { ...result.token, assertion: { accessToken, expiresAtSec } };
    memory.set(request, token, 'onBehalfOf');
    return { ok: true, token };
  }

  async function acquireSilently(asked: TokenRequest, signal = new AbortController().signal): Promise<TokenResult> {
    const request = onBehalfOf(asked);
    const isFreshWanted = request.claims !== undefined || request.forceRefresh === true;
    const from = await source.acquireSilently(fromOf(request, false), signal);
    if (!from.ok) return from;
    return turns.take(request.clientId, async () => {
      const kept = isFreshWanted ? undefined : memory.get(request);
      if (kept?.assertion?.accessToken === from.token.accessToken) return { ok: true, token: kept };
      return exchange(request, from.token, false, signal);
    });
  }

  async function signIn(
    asked: TokenRequest,
    signal = new AbortController().signal,
    onStep?: (step: SignInStep) => void,
  ): Promise<TokenResult> {
    const request = onBehalfOf(asked);
    // What the API behind demands of the user can only be met where the user signs in.
    const kept =
      request.claims === undefined ? await source.acquireSilently(fromOf(request, false), signal) : undefined;
    const from = kept?.ok ? kept : await source.signIn(fromOf(request, true), signal, onStep);
    return from.ok ? exchange(request, from.token, true, signal) : from;
  }

  return { acquireSilently, signIn };
}

function onBehalfOf(request: TokenRequest): OnBehalfOfRequest {
  if (request.signIn !== 'onBehalfOf') throw new Error(`${request.signIn} exchanges nothing`);
  return request;
}

function fromOf({ from, claims, forceRefresh, accountId }: OnBehalfOfRequest, withClaims: boolean): TokenRequest {
  return {
    ...from,
    ...(withClaims && claims !== undefined ? { claims } : {}),
    ...(forceRefresh === undefined ? {} : { forceRefresh }),
    ...(accountId === undefined ? {} : { accountId }),
  };
}

/** What the API behind demands of the user is met where they sign in; anything else a sign-in would not mend. */
function askingIfItHelps(failure: SignInFailure): SignInFailure {
  const helps = failure.kind === 'refused' && failure.claims !== undefined && failure.suberror !== 'message_only';
  return helps ? { ...failure, kind: 'interactionRequired' } : failure;
}

function tenantOf(authority: string): string | undefined {
  const [, tenant = ''] = new URL(authority).pathname.split('/');
  return isGuid(tenant) ? tenant : undefined;
}

/** An exchange is asked of the user's own tenant: `common` and `organizations` are none. */
function authorityFor(accessToken: string, authority: string): string {
  const { tid } = readToken(accessToken).payload ?? {};
  const [, tenant = ''] = new URL(authority).pathname.split('/');
  const isMany = tenant === 'common' || tenant === 'organizations';
  return isMany && typeof tid === 'string' && isGuid(tid) ? `${new URL(authority).origin}/${tid}` : authority;
}
