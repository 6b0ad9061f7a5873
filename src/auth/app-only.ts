import type { ClientProofs } from './client-proof.ts';
import type { MemoryTokens } from './memory-tokens.ts';
import type { MsalOptions } from './msal-application.ts';
import { acquireAppOnly } from './msal-confidential.ts';
import type { TokenRequest, TokenResult, Way } from './token-source.ts';
import type { Turns } from './turns.ts';

/** What the ways of confidential clients share. */
export interface ConfidentialOptions extends MsalOptions {
  proofs: ClientProofs;
  memory: MemoryTokens;
  turns: Turns;
}

/** Tokens of an application itself, with a client secret or a certificate. Kept in memory: the secret gets another. */
export function createAppOnly(options: ConfidentialOptions): Way {
  const { proofs, memory, turns } = options;

  async function acquire(request: TokenRequest, mayAsk: boolean, signal: AbortSignal): Promise<TokenResult> {
    const certificatePath = request.signIn === 'clientCertificate' ? request.certificatePath : undefined;
    const found = await proofs.find(request, certificatePath, mayAsk, signal);
    if (!found.ok) return found;
    const result = await acquireAppOnly({ request, proof: found.proof, signal }, options);
    await proofs.learn(request, found, result.ok ? undefined : result.failure);
    if (result.ok) memory.set(request, result.token, 'appOnly');
    return result;
  }

  return {
    acquireSilently: (request, signal = new AbortController().signal) =>
      turns.take(request.clientId, async () => {
        const isFreshWanted = request.claims !== undefined || request.forceRefresh === true;
        const kept = isFreshWanted ? undefined : memory.get(request);
        return kept ? { ok: true, token: kept } : acquire(request, false, signal);
      }),
    // Not in turn: a question nobody answers holds up no other call.
    signIn: (request, signal = new AbortController().signal) => acquire(request, true, signal),
  };
}
