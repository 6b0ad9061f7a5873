import type { TokenRequest } from '../auth/token-source.ts';
import type { SignInKind } from '../core/entra/identity.ts';
import { nameClient, nameScopes, unknownApis } from './asked-words.ts';
import { type Fact, linesOf } from './facts.ts';
import { plainValue } from './plain-text.ts';
import { KIND_WORDS } from './sign-in/held-words.ts';

type Member<Request = TokenRequest> = Request extends Request ? keyof Request : never;

/** What each member of a request has to do with which token comes. A new member does not compile until it is said here. */
const FACTS: Record<Member, ((request: TokenRequest) => Fact[]) | 'does not decide'> = {
  authority: ({ signIn, authority }) => [
    { label: 'Issued by', values: [plainUrl(authority)], ...(signIn === 'pasted' ? { show: nameSupposedIssuer } : {}) },
  ],
  signIn: ({ signIn }) => [{ label: 'Got by', values: [signIn], show: () => [WAYS[signIn]] }],
  clientId: ({ clientId }) => [
    {
      label: 'Client',
      values: present([clientId.toLowerCase()]),
      show: (ids) => ids.map(nameClient),
      none: SAID_BY_TOKEN,
    },
  ],
  scopes: ({ clientId, scopes }) => [...factsOfUnknownApis(unknownApis(clientId, scopes)), factOfScopes(scopes)],
  from: (request) => (request.signIn === 'onBehalfOf' ? factsOfSource(request.from, request.authority) : []),
  // The authority says both.
  cloud: 'does not decide',
  isCustomAuthority: 'does not decide',
  // Whoever it is signs in, and sees as whom.
  accountId: 'does not decide',
  loginHint: 'does not decide',
  // The same token, newer or with more in it; claims are shown by whoever adds them.
  claims: 'does not decide',
  forceRefresh: 'does not decide',
  // How the client proves that it is the one; only the user names files.
  certificatePath: 'does not decide',
  // What is checked here of a token before it is used or sent.
  audiences: 'does not decide',
  expect: 'does not decide',
  // What a pasted token is for: the authority and where it goes stand above.
  purpose: 'does not decide',
  goesTo: 'does not decide',
  label: 'does not decide',
};

/** MSAL asks for these beside the scopes that are given. */
const WITH_OPENID = '(adds openid, profile and offline_access: who you are, and staying signed in)';
const WAYS: Record<SignInKind, string> = {
  ...KIND_WORDS,
  browser: `${KIND_WORDS.browser} ${WITH_OPENID}`,
  deviceCode: `${KIND_WORDS.deviceCode} ${WITH_OPENID}`,
};
const SAID_BY_TOKEN = 'what the token says';
const UNKNOWN_API =
  'Nobody here knows whose API that id is. Microsoft’s clients get tokens for Microsoft’s own APIs without anybody’s consent: continue only if it is your API, and the id its application id in the portal.';

/** All that decides which token comes, and every origin it goes to. No two of different keys are shown in the same lines. */
export function bindingFacts(request: TokenRequest, origins: readonly string[]): Fact[] {
  return [{ label: 'Sent to', values: sorted(origins.map(plainUrl)), none: 'nowhere yet' }, ...factsOfRequest(request)];
}

/** Equal for what the user need not tell apart. What the key holds is shown, whole. */
export function keyOfFacts(facts: readonly Fact[]): string {
  return JSON.stringify(facts.map(({ label, values }) => [label, ...values]));
}

/** Scopes whole, Microsoft's own by name. */
export function scopeLines(scopes: readonly string[]): string[] {
  return linesOf(factOfScopes(scopes));
}

function factsOfRequest(request: TokenRequest): Fact[] {
  return Object.values(FACTS).flatMap((factsFrom) => (typeof factsFrom === 'string' ? [] : factsFrom(request)));
}

/** Of the token that is exchanged: the token that comes is another one for another user's way to sign in. */
function factsOfSource(from: TokenRequest, exchangedAt: string): Fact[] {
  const handedTo: Fact = { label: 'Which is handed to', values: [new URL(exchangedAt).origin] };
  return [handedTo, ...factsOfRequest(from)].map((fact) => ({
    ...fact,
    label: `In exchange for a token, ${fact.label.charAt(0).toLowerCase()}${fact.label.slice(1)}`,
  }));
}

function factOfScopes(scopes: readonly string[]): Fact {
  return { label: 'For', values: sorted(scopes), show: nameScopes, none: SAID_BY_TOKEN, isLong: true };
}

function factsOfUnknownApis(ids: readonly string[]): Fact[] {
  return ids.length === 0 ? [] : [{ label: 'Of an API that nobody knows', values: ids, caution: UNKNOWN_API }];
}

/** Whoever issued what is pasted: only the token could say, and nobody has seen it yet. */
function nameSupposedIssuer(authorities: readonly string[]): string[] {
  return authorities.map((authority) => `nobody knows, it is pasted. The profile says: ${plainValue(authority)}`);
}

function sorted(values: readonly string[]): string[] {
  return present([...new Set(values)]).toSorted();
}

function present(values: readonly string[]): string[] {
  return values.filter((value) => value !== '');
}

/** As it is asked for: the host in ASCII, so that no letter of another script looks like one of it. */
function plainUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const { href, search, hash } = new URL(url);
  return search === '' && hash === '' ? href.replace(/\/$/, '') : href;
}
