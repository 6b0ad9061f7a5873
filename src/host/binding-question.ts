import type { TokenRequest } from '../auth/token-source.ts';
import { nameClient, nameScope } from './asked-words.ts';
import { plainValue } from './plain-text.ts';
import { KIND_WORDS } from './sign-in/held-words.ts';

/** How a token is got, from whom and for what, and where it goes: any change is another binding, and asks again. */
export interface Binding {
  request: TokenRequest;
  /** The one origin that would receive the token. */
  origin: string;
}

/** One thing a binding holds. Key and question are made of the same terms: what the key holds is shown, whole. */
interface Term {
  name: string;
  values: readonly string[];
  show: (value: string) => string;
}

type Member<Request = TokenRequest> = Request extends Request ? keyof Request : never;

/** What each member of a request has to do with which token comes. A new member does not compile until it is said here. */
const TERMS: Record<Member, ((request: TokenRequest) => Term[]) | 'does not decide'> = {
  authority: ({ authority }) => [term('Issued by', [plainUrl(authority)])],
  signIn: ({ signIn }) => [term('Got by', [signIn], () => KIND_WORDS[signIn])],
  clientId: ({ clientId }) => [term('Client', [clientId.toLowerCase()], nameClient)],
  scopes: ({ scopes }) => [term('For', scopes.toSorted(), nameScope)],
  from: (request) => (request.signIn === 'onBehalfOf' ? termsOfSource(request.from) : []),
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
  label: 'does not decide',
};

/** Equal for bindings that the user need not tell apart. */
export function bindingKey(binding: Binding): string {
  return JSON.stringify(termsOf(binding).map(({ name, values }) => [name, ...values]));
}

/** What a binding holds, a line for each value. No two bindings of different keys have the same lines. */
export function bindingLines(binding: Binding): string[] {
  return termsOf(binding).flatMap(linesOf);
}

/** Scopes whole, a line for each, Microsoft's own by name. */
export function scopeLines(scopes: readonly string[]): string[] {
  return linesOf(term('For', scopes, nameScope));
}

function termsOf({ request, origin }: Binding): Term[] {
  return [term('Sent to', [plainUrl(origin)]), ...termsOfRequest(request)];
}

function termsOfRequest(request: TokenRequest): Term[] {
  return Object.values(TERMS).flatMap((termsFrom) => (typeof termsFrom === 'string' ? [] : termsFrom(request)));
}

/** Of the token that is exchanged: the token that comes is another one for another user's way to sign in. */
function termsOfSource(from: TokenRequest): Term[] {
  return termsOfRequest(from).map((one) => ({ ...one, name: `In exchange for a token, ${one.name.toLowerCase()}` }));
}

function term(name: string, values: readonly string[], show = plainValue): Term {
  return { name, values: values.filter((value) => value !== ''), show };
}

/** Before a value of several; what is long wraps behind it, not below it. */
const BULLET = '•\u00a0';

function linesOf({ name, values, show }: Term): string[] {
  const [only, ...others] = values;
  if (only === undefined) return [`${name}: what the token says`];
  return others.length === 0
    ? [`${name}: ${show(only)}`]
    : [`${name}:`, ...values.map((value) => `${BULLET}${show(value)}`)];
}

/** As it is asked for: the host in ASCII, so that no letter of another script looks like one of it. */
function plainUrl(url: string): string {
  return URL.canParse(url) ? new URL(url).href.replace(/\/$/, '') : url;
}
