import type { CallResponse } from '../../core/call/exchange.ts';
import { findTokens } from '../../core/token/find-tokens.ts';
import { readToken } from '../../core/token/read-token.ts';
import { summarizeToken } from '../../core/token/token-summary.ts';
import type { AnsweredToken } from '../../protocol/request-view.ts';

const MOST_TOKENS = 20;
/** Characters of a body that are searched. */
const LONGEST_SEARCH = 5 * 1024 * 1024;

/** The tokens of an answer, headers first, each once; at most 20. The raw tokens stay in the host. */
export function tokensInResponse(response: CallResponse | undefined): (AnsweredToken & { raw: string })[] {
  const found = new Map<string, AnsweredToken>();
  const keep = (text: string, where: AnsweredToken['where']) => {
    for (const { raw } of findTokens(text)) {
      if (found.size === MOST_TOKENS) return;
      if (!found.has(raw)) found.set(raw, { where, title: summarizeToken(readToken(raw)).title });
    }
  };
  for (const { name, value } of response?.headers ?? []) keep(value, { part: 'header', name });
  keep(response?.body?.text?.slice(0, LONGEST_SEARCH) ?? '', { part: 'body' });
  return [...found].map(([raw, token]) => ({ raw, ...token }));
}
