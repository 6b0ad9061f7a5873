import { isTenantName } from './authority.ts';
import { isScopeToken, scopesIn } from './scope-token.ts';

/** What a server, a token or an answer would have the user sign in for. */
export interface ProposedSignIn {
  /** Each may hold several with spaces between them, as a challenge's `scope` does. */
  scopes?: readonly string[];
  tenant?: string;
}

/**
 * A proposal as it may be shown and asked for: scopes one by one, and a tenant that is no more than one. Undefined where a
 * scope has a character that no scope has (RFC 6749 §3.3), or the tenant is neither a GUID nor a domain: what a user
 * agreed to would not be what they read.
 */
export function readProposal({ scopes, tenant }: ProposedSignIn): { scopes?: string[]; tenant?: string } | undefined {
  const words = scopes?.flatMap(scopesIn);
  if (words && !words.every(isScopeToken)) return undefined;
  if (tenant !== undefined && !isTenantName(tenant)) return undefined;
  return { ...(words && words.length > 0 ? { scopes: words } : {}), ...(tenant === undefined ? {} : { tenant }) };
}
