import { type AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';
import type { SignAssertion } from './client-certificate.ts';
import { acquiredTokenOf, configurationOf, type MsalOptions, openNetwork } from './msal-application.ts';
import { type FailedCall, signInFailureOf } from './sign-in-failure.ts';
import { endingSoonAfter } from './stopping.ts';
import type { Credential, TokenRequest, TokenResult } from './token-source.ts';

/** What proves that a confidential client is who it says. */
export type ClientProof = { secret: string } | { signAssertion: SignAssertion };

/** Everything one request to the token endpoint needs; nothing is taken from a cache. */
export interface ConfidentialCall {
  request: TokenRequest;
  proof: ClientProof;
  /** Default: that of the request. */
  authority?: string;
  signal: AbortSignal;
}

/** A token of the application itself: client credentials (RFC 6749 §4.4). */
export function acquireAppOnly(call: ConfidentialCall, options: MsalOptions): Promise<TokenResult> {
  const { scopes, claims } = call.request;
  return acquire(call, options, (application) =>
    application.acquireTokenByClientCredential({
      scopes: [...scopes],
      skipCache: true,
      ...(claims === undefined ? {} : { claims }),
    }),
  );
}

/** Exchanges a user's token for one of another API, as the API it was meant for (RFC 7523, on-behalf-of). */
export function exchangeOnBehalfOf(
  call: ConfidentialCall,
  oboAssertion: string,
  options: MsalOptions,
): Promise<TokenResult> {
  const { scopes, claims } = call.request;
  return acquire(call, options, (application) =>
    application.acquireTokenOnBehalfOf({
      oboAssertion,
      scopes: [...scopes],
      skipCache: true,
      ...(claims === undefined ? {} : { claims }),
    }),
  );
}

function acquire(
  { request, proof, authority = request.authority, signal }: ConfidentialCall,
  options: MsalOptions,
  ask: (application: ConfidentialClientApplication) => Promise<AuthenticationResult | null>,
): Promise<TokenResult> {
  const credential: Credential = { ...request, authority };
  const network = openNetwork(credential, options);
  network.begin(signal);
  const { auth, ...rest } = configurationOf(credential, network, options);
  const call = (async (): Promise<TokenResult> => {
    try {
      signal.throwIfAborted();
      const application = new ConfidentialClientApplication({ ...rest, auth: { ...auth, ...provedBy(proof) } });
      return { ok: true, token: acquiredTokenOf(await ask(application)) };
    } catch (error) {
      return { ok: false, failure: signInFailureOf(error, failedCall()) };
    }
  })();
  return endingSoonAfter(signal, call, () => ({ ok: false, failure: signInFailureOf(undefined, failedCall()) }));

  function failedCall(): FailedCall {
    return { network, isInteractive: true, ...(signal.aborted ? { stopped: 'cancelled' } : {}) };
  }
}

function provedBy(proof: ClientProof) {
  if ('secret' in proof) return { clientSecret: proof.secret };
  const { signAssertion } = proof;
  // MSAL's own certificate part would bring a library that signs what Node signs.
  return {
    clientAssertion: async ({ clientId, tokenEndpoint }: { clientId: string; tokenEndpoint?: string }) =>
      signAssertion(clientId, tokenEndpoint ?? ''),
  };
}
