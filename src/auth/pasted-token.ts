import { readToken } from '../core/token/read-token.ts';
import type { MemoryTokens } from './memory-tokens.ts';
import { NotReady } from './not-ready.ts';
import { failureHere } from './sign-in-failure.ts';
import { untilAborted } from './stopping.ts';
import type { TokenRequest, Way } from './token-source.ts';

/** What the user is asked for a token with. */
export type TokenQuestion = Pick<Extract<TokenRequest, { signIn: 'pasted' }>, 'label' | 'goesTo' | 'expect'>;

export interface PastedOptions {
  memory: MemoryTokens;
  /** Asks the user to paste a token; undefined when they do not. */
  askToken: (question: TokenQuestion) => PromiseLike<string | undefined>;
}

/** A token got elsewhere, such as a managed identity's. Given out as it is, also when it has expired. */
export function createPasted({ memory, askToken }: PastedOptions): Way {
  return {
    async acquireSilently(request) {
      const token = memory.get(request);
      if (token) return { ok: true, token };
      return { ok: false, failure: { kind: 'interactionRequired', detail: 'no token is pasted' } };
    },
    async signIn(request, signal = new AbortController().signal) {
      try {
        signal.throwIfAborted();
        if (request.signIn !== 'pasted') throw new Error(`${request.signIn} is not pasted`);
        const { label, goesTo, expect } = request;
        const pasted = await untilAborted(signal, askToken({ label, goesTo, ...(expect ? { expect } : {}) }));
        const accessToken = pasted?.replace(/^\s*(authorization:\s*)?(bearer\s+)?/i, '').trim();
        if (!accessToken || /\s/.test(accessToken)) throw new NotReady('tokenNotGiven');
        const token = { accessToken, account: '', ...saidBy(accessToken) };
        memory.set(request, token, 'pasted');
        return { ok: true, token };
      } catch (error) {
        return failureHere(error, signal);
      }
    },
  };
}

function saidBy(accessToken: string): { expiresAtSec: number; tenantId?: string } {
  const { exp, tid } = readToken(accessToken).payload ?? {};
  return { expiresAtSec: typeof exp === 'number' ? exp : 0, ...(typeof tid === 'string' ? { tenantId: tid } : {}) };
}
