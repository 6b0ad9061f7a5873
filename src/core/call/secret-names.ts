/**
 * The one set of names under which credentials travel. A name counts by its last words, in whatever style it is written:
 * `client secret` is `client_secret`, `ClientSecret`, `AZURE_CLIENT_SECRET`, `AzureAd:ClientSecret` and `--client-secret`
 * alike, and digits at the end do not count (`key1`). What is masked where, and why, is told at the head of `mask-text.ts`.
 */

/** Where a name stands: of an HTTP header, of a parameter in an address or form, or of anything else that has a value. */
export type NamePlace = 'header' | 'parameter' | 'field';

/** What is masked under a name: any value, only one that looks made by a machine, or none. */
export type Masked = 'anyValue' | 'randomValue' | 'nothing';

/** Any value under these is masked, wherever they stand. */
const EVERYWHERE: readonly string[] = [
  // OAuth 2.0 and OpenID Connect (RFC 6749, 7521, 7523, 7636, 8628, 8693; OpenID Connect Core and RP-Initiated Logout)
  ...['access token', 'refresh token', 'id token', 'id token hint', 'subject token', 'actor token', 'session token'],
  ...['client secret', 'client assertion', 'assertion', 'code verifier', 'device code', 'authorization code'],
  ...['auth code', 'registration access token', 'bearer token', 'auth token', 'security token', 'user assertion'],
  // SAML and WS-Federation
  ...['saml response', 'saml art', 'wresult', 'signature value'],
  // Headers that carry a credential whole
  ...['authorization', 'authorization auxiliary', 'cookie', 'x auth', 'zumo auth', 'client principal', 'client cert'],
  ...['identity header', 'msi secret', 'site token', 'debug authorization', 'csrf token', 'xsrf token'],
  // Passwords
  ...['password', 'passwd', 'pwd', 'pw', 'passphrase', 'passcode', 'pass phrase', 'password value'],
  // Keys of Azure services
  ...['account key', 'shared access key', 'shared access signature', 'shared key', 'subscription key', 'api key'],
  ...['functions key', 'function key', 'host key', 'master key', 'system key', 'primary key', 'secondary key'],
  ...['access key', 'admin key', 'query key', 'storage key', 'sas token', 'sas key', 'authentication token'],
  ...['private key', 'private key pem', 'encryption key', 'signing key', 'personal access token'],
  // Secrets by any other name
  ...['secret', 'secret text', 'secret value', 'secret key', 'secret string'],
  // Cookies that are a session
  ...['app service auth session', 'estsauth', 'estsauthpersistent', 'aspnet core cookies', 'asp net session id'],
  ...['jsessionid', 'phpsessid', 'connect sid'],
];

/** Also, as the whole name, in an address or form: there `code` is a Functions key or OAuth's code, in JSON an error's name. */
const IN_ADDRESSES: readonly string[] = [
  ...['code', 'key', 'sig', 'token', 'sas', 'jwt', 'auth', 'signature', 'pass', 'bearer', 'ticket', 'hmac'],
];

/** Whatever a header or parameter is renamed to (API Management allows it): most names of keys end like this. */
const ENDINGS: readonly string[] = ['key', 'secret', 'token', 'password', 'passwd', 'signature'];

/** In JSON, markup and settings a name of these, or that ends like a key's, may hold anything: a random value is a secret. */
const DOUBTFUL: readonly string[] = [
  ...['code', 'sig', 'sas', 'jwt', 'auth', 'pass', 'pat', 'bearer', 'ticket', 'hmac', 'mac', 'credential'],
  ...['default', 'response', 'connection string', 'key value', 'token value', 'dpop'],
];

/** Under these, and under what is doubtful elsewhere, a header or parameter brings a credential more often than not. */
const LIKELY: readonly string[] = [
  ...['session', 'session id', 'sid', 'otp', 'otc', 'pin', 'authentication', 'credentials', 'licence', 'license'],
  ...['access', 'login', 'one time code'],
];

/** End like a key's, and are none. */
const ORDINARY: readonly string[] = [
  ...['public key', 'partition key', 'row key', 'sort key', 'range key', 'foreign key', 'object key', 'lookup key'],
  ...['idempotency key', 'web socket key', 'cache key', 'surrogate key', 'routing key', 'continuation token'],
  ...['page token', 'next token', 'skip token', 'delta token', 'sync token', 'cancellation token', 'public key token'],
  ...['instrumentation key'],
];

const LONGEST_NAME = 80;
const MOST_WORDS = 5;
const TAIL = 3;

const everywhere = new Set(EVERYWHERE.map(joined));
const inAddresses = new Set(IN_ADDRESSES.map(joined));
const doubtful = new Set(DOUBTFUL.map(joined));
const likely = new Set([...IN_ADDRESSES, ...DOUBTFUL, ...LIKELY].map(joined));
const ordinary = new Set(ORDINARY.map(joined));

/** True for a header whose value is a credential, whatever it is; without regard to case or style. */
export function isSecretHeader(name: string): boolean {
  return maskedUnder(name, 'header') === 'anyValue';
}

/** True for a query or form parameter whose value is a credential, whatever it is; without regard to case or style. */
export function isSecretParameter(name: string): boolean {
  return maskedUnder(name, 'parameter') === 'anyValue';
}

/** True for a header or parameter that likely brings a credential: told by its last words, whatever else it is called. */
export function meansCredential(name: string): boolean {
  const endings = endingsOf(name);
  return !endings.some((ending) => ordinary.has(ending)) && endings.some((ending) => likely.has(ending));
}

/**
 * True for a member whose object or list holds secrets: `password`, `adminPassword`, `secrets`. Not `authorization`,
 * which logs describe by objects.
 */
export function isSecretContainer(name: string): boolean {
  if (name === '') return false;
  const isSecret = (one: string) => maskedUnder(one, 'field') === 'anyValue' && !isAuthorizationName(one);
  return isSecret(name) || isSecret(singularOf(name));
}

/** True for a member whose object has secrets by their names: `secrets`, `passwords`. */
export function isSecretMap(name: string): boolean {
  return singularOf(name) !== name && isSecretContainer(name);
}

function singularOf(name: string): string {
  return name.replace(/([a-z])s$/i, '$1');
}

const tails = new Set(
  [...EVERYWHERE, ...IN_ADDRESSES, ...ENDINGS, ...DOUBTFUL].map((phrase) => phrase.slice(-TAIL).toLowerCase()),
);

/** False where no name of a secret can end: after most words of a text, at little cost. */
export function mayEndSecretName(text: string, end: number): boolean {
  let at = end;
  while (at > end - LONGEST_NAME && /[\d._$-]/.test(text[at - 1] ?? '')) at--;
  return tails.has(text.slice(Math.max(0, at - TAIL), at).toLowerCase());
}

/** What is masked of a value under this name in this place. Only the name's last 80 characters count. */
export function maskedUnder(name: string, place: NamePlace): Masked {
  if (name === '') return 'nothing';
  const words = wordsOf(name);
  const endings = endingsOf(name);
  const whole = endings[0];
  const last = words.at(-1);
  if (whole === undefined || last === undefined) return 'nothing';
  if (endings.some((ending) => ordinary.has(ending))) return 'nothing';
  if (last === 'authorization' ? isAuthorizationName(name) : endings.some((ending) => everywhere.has(ending)))
    return 'anyValue';
  const endsLikeKey = ENDINGS.some((ending) => last.endsWith(ending));
  if (place === 'field')
    return endsLikeKey || endings.some((ending) => doubtful.has(ending)) ? 'randomValue' : 'nothing';
  if (endsLikeKey) return 'anyValue';
  return place === 'parameter' && inAddresses.has(whole) ? 'anyValue' : 'nothing';
}

/**
 * True for a name whose value has a scheme before the credential: `Authorization`, `Proxy-Authorization`,
 * `X-Forwarded-Authorization`. Codes of errors end like that, too, and have more words.
 */
export function isAuthorizationName(name: string): boolean {
  const words = wordsOf(name);
  return words.at(-1) === 'authorization' && words.length < MOST_WORDS;
}

/** True for a name whose value is pairs of a cookie: `Cookie`, `Set-Cookie`. */
export function isCookieName(name: string): boolean {
  return wordsOf(name).at(-1) === 'cookie';
}

function endingsOf(name: string): string[] {
  const words = wordsOf(name);
  return words.map((_, index) => words.slice(index).join(''));
}

/** The last words of a name, in lower case: at separators, and where a capital begins one. */
function wordsOf(name: string): string[] {
  const words = name.slice(-LONGEST_NAME).match(/[A-Z]{1,80}(?![a-z])|[A-Z]?[a-z]{1,80}|\d{1,80}/g) ?? [];
  while (/^\d/.test(words.at(-1) ?? '')) words.pop();
  return words.slice(-MOST_WORDS).map((word) => word.toLowerCase());
}

function joined(phrase: string): string {
  return phrase.replaceAll(' ', '');
}
