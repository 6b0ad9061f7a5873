import type { TokenRequest } from '../../auth/token-source.ts';
import { type ApiProfile, originsOf } from '../../core/entra/api-profile.ts';
import { nameClient, nameScope } from '../asked-words.ts';
import { plainValue } from '../plain-text.ts';
import { KIND_WORDS } from './held-words.ts';

/** What the user agrees to before the first sign-in at an authority that a workspace names: all that the key holds. */
export interface SignInConsent {
  /** The same for the same client, scopes, authority and destination: any change asks again. */
  key: string;
  /** Plain text, a fact a line. */
  detail: string;
}

export function consentFor(profile: ApiProfile, request: TokenRequest): SignInConsent {
  const origins = [...new Set(originsOf(profile))].sort();
  const requests = request.signIn === 'onBehalfOf' ? [request.from, request] : [request];
  const key = JSON.stringify([requests.map(partsOf), origins]);
  const detail = [
    ...requests.flatMap(linesOf),
    'The token will go to:',
    ...(origins.length === 0
      ? ['  nowhere yet: the profile names no address']
      : origins.map((origin) => `  ${plainValue(origin)}`)),
  ].join('\n');
  return { key, detail };
}

function partsOf({ signIn, authority, clientId, scopes }: TokenRequest): unknown[] {
  return [signIn, authority, clientId.toLowerCase(), [...new Set(scopes)].sort()];
}

function linesOf({ signIn, authority, clientId, scopes }: TokenRequest): string[] {
  return [
    `Authority: ${plainValue(authority)}`,
    `Client: ${clientId === '' ? 'none' : nameClient(clientId)} (${KIND_WORDS[signIn]})`,
    'It asks for:',
    ...(scopes.length === 0 ? ['  what the token says'] : scopes.map((scope) => `  ${nameScope(scope)}`)),
  ];
}
