/**
 * The one set of names under which credentials travel. A name counts by its last words, in whatever style it is written:
 * `client secret` is `client_secret`, `ClientSecret`, `AZURE_CLIENT_SECRET`, `AzureAd:ClientSecret` and `--client-secret`
 * alike, and what only says which of several it is does not count at the end (`key1`, `API_KEY_PROD`). What is masked where, and why, is told at the head of `mask-text.ts`.
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
  ...['user pass', 'db pass', 'smtp pass', 'mail pass', 'root pass', 'admin pass', 'store pass', 'key pass', 'my pass'],
  // Keys of Azure services
  ...['account key', 'shared access key', 'shared access signature', 'shared key', 'subscription key', 'api key'],
  ...['functions key', 'function key', 'host key', 'master key', 'system key', 'primary key', 'secondary key'],
  ...['access key', 'admin key', 'query key', 'storage key', 'sas token', 'sas key', 'authentication token'],
  ...['private key', 'private key pem', 'encryption key', 'signing key', 'personal access token'],
  ...['devops pat', 'ext pat', 'github pat', 'gh pat', 'git pat'],
  // Secrets by any other name
  ...['secret', 'secret text', 'secret value', 'secret key', 'secret string'],
  // Cookies that are a session
  ...['app service auth session', 'estsauth', 'estsauthpersistent', 'aspnet core cookies', 'asp net session id'],
  ...['jsessionid', 'phpsessid', 'connect sid'],
];

/** Also, as the whole name, in an address or form: there `code` is a Functions key or OAuth's code, in JSON an error's name. */
const IN_ADDRESSES: readonly string[] = [
  ...['code', 'key', 'sig', 'token', 'sas', 'jwt', 'auth', 'signature', 'bearer', 'ticket', 'hmac'],
];

/** Everywhere but in a header, where it may be a verdict. */
const OUTSIDE_HEADERS: readonly string[] = ['pass'];

/** Of these, names of parameters that as often hold a word or a number: `code=EUR`, `token=1`. */
const MANY_MEANINGS: readonly string[] = ['code', 'key', 'token', 'auth', 'signature', 'ticket'];

/** Names that end in these are more often those of data: `errorCode`, `sortKey`. */
const OF_DATA = new Set(['code', 'key', 'ticket', 'default', 'response', 'access', 'login']);

/** Whatever a header or parameter is renamed to (API Management allows it): most names of keys end like this. */
const ENDINGS: readonly string[] = ['key', 'secret', 'token', 'password', 'passwd', 'signature'];

/** In JSON, markup and settings a name of these, or that ends like a key's, may hold anything: a random value is a secret. */
const DOUBTFUL: readonly string[] = [
  ...['code', 'sig', 'sas', 'jwt', 'auth', 'pat', 'bearer', 'ticket', 'hmac', 'mac', 'credential'],
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
  ...['boarding pass', 'bus pass', 'day pass', 'rail pass', 'season pass', 'ski pass', 'by pass', 'single pass'],
  ...['first pass', 'second pass', 'third pass', 'last pass', 'next pass', 'final pass', 'render pass', 'multi pass'],
  ...['low pass', 'high pass', 'band pass', 'tests pass', 'checks pass', 'must pass', 'should pass'],
];

/** Words that end in the letters of a key, and have nothing to do with one. */
const NO_KEYS = new Set(
  (
    'monkey donkey turkey whiskey hockey jockey lackey pokey smokey malarkey flunkey hickey mickey mikey dickey rickey ' +
    'hokey cokey okey jokey flukey turnkey latchkey hotkey lowkey doohickey yankey huskey crikey blokey croakey betoken'
  ).split(' '),
);

/** At the end of a name these say which of several secrets it is, or how it is written: `API_KEY_PROD`, `secretBase64`. */
const QUALIFIERS = new Set(
  (
    'prod production dev test staging stage qa uat old new current previous next primary secondary backup confirm ' +
    'confirmation repeat again verify base enc plain value text string'
  ).split(' '),
);
/** These do with a number behind them: `v2`, `b64`. */
const NUMBERED_QUALIFIERS = /^[vb]$/i;

const LONGEST_NAME = 80;
const MOST_WORDS = 5;
const TAIL = 3;
const SHORTEST_TAIL = 2;

const everywhere = new Set(EVERYWHERE.map(joined));
const inAddresses = new Set(IN_ADDRESSES.map(joined));
const outsideHeaders = new Set(OUTSIDE_HEADERS.map(joined));
const manyMeanings = new Set(MANY_MEANINGS.map(joined));
const doubtful = new Set(DOUBTFUL.map(joined));
const likely = new Set([...IN_ADDRESSES, ...OUTSIDE_HEADERS, ...DOUBTFUL, ...LIKELY].map(joined));
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
  const endings = endingsOf(wordsOf(name));
  return !endings.some((ending) => ordinary.has(ending)) && endings.some((ending) => likely.has(ending));
}

/** True for the name of a parameter that may bring a credential, and as often a word or a number. */
export function hasManyMeanings(name: string): boolean {
  return manyMeanings.has(wordsOf(name).join(''));
}

/** True for a name that speaks of credentials, and more often of data. */
export function endsLikeData(name: string): boolean {
  return OF_DATA.has(wordsOf(name).at(-1) ?? '');
}

/** True for a name whose value may say how a check went, too: `pass`. */
export function mayBeVerdict(name: string): boolean {
  return outsideHeaders.has(wordsOf(name).at(-1) ?? '');
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

/** Of hosts: a secret may be that of one. */
const ENDS_OF_HOSTS = ['com', 'net', '.cn', '.us'];

const tails = new Set(
  [
    ...[...EVERYWHERE, ...IN_ADDRESSES, ...OUTSIDE_HEADERS, ...ENDINGS, ...DOUBTFUL, ...QUALIFIERS, ...ENDS_OF_HOSTS],
  ].map((phrase) => phrase.slice(-TAIL).toLowerCase()),
);

/** False where no name of a secret can end: after most words of a text, at little cost. */
export function mayEndSecretName(text: string, end: number): boolean {
  let at = end;
  while (at > end - LONGEST_NAME && /[\d._$-]/.test(text[at - 1] ?? '')) at--;
  const tail = text.slice(Math.max(0, at - TAIL), at).toLowerCase();
  if (tail === 'ass' && isVerdict(text, end)) return false;
  if (tails.has(tail) || tails.has(tail.slice(-SHORTEST_TAIL))) return true;
  return (at < end && NUMBERED_QUALIFIERS.test(tail.slice(-1))) || endsPrompt(text, end);
}

const VERDICT =
  /["'`]{0,2}[ \t]{0,4}[:=][ \t]{0,4}(?:\d{1,3}|["']?(?:pass|passed|fail|failed|skip|skipped|ok|on|off)["']?)(?=[\s,;&}\])]|$)/iy;

/** `pass: 12` and `"pass": "fail"` say how a check went. */
function isVerdict(text: string, end: number): boolean {
  VERDICT.lastIndex = end;
  return VERDICT.test(text);
}

/** What is masked of a value under this name in this place. Only the name's last 80 characters count. */
export function maskedUnder(name: string, place: NamePlace): Masked {
  if (name === '') return 'nothing';
  const words = wordsOf(withoutOwner(name));
  const endings = endingsOf(words);
  const whole = endings[0];
  const last = words.at(-1);
  if (whole === undefined || last === undefined) return 'nothing';
  if (endings.some((ending) => ordinary.has(ending))) return 'nothing';
  if (last === 'authorization' ? isAuthorizationName(name) : endings.some((ending) => everywhere.has(ending)))
    return 'anyValue';
  if (place !== 'header' && endings.some((ending) => outsideHeaders.has(ending))) return 'anyValue';
  if (place === 'field')
    return endsLikeKey(last) || endings.some((ending) => doubtful.has(ending)) ? 'randomValue' : 'nothing';
  if (endsLikeKey(last)) return 'anyValue';
  return place === 'parameter' && inAddresses.has(whole) ? 'anyValue' : 'nothing';
}

/** `gatewaykey` does; a word of English with the same letters does not. */
function endsLikeKey(word: string): boolean {
  return ENDINGS.some((ending) => word.endsWith(ending)) && !NO_KEYS.has(word);
}

const PROMPT = /^(pass(?:word|phrase|code)) for [\w.$-]{1,40}$/i;
const LONGEST_PROMPT = 60;

/** `Password for ada`, as programs ask for it. */
function endsPrompt(text: string, end: number): boolean {
  const before = text.slice(Math.max(0, end - LONGEST_PROMPT), end);
  const at = before.lastIndexOf(' for ');
  return at >= 0 && /pass(?:word|phrase|code)$/i.test(before.slice(0, at));
}

const MOST_LABELS = 12;
const FEWEST_LABELS_OF_HOST = 4;

/** Whose secret it is may follow: `fs.azure.account.key.orders.dfs.example.net`, `Password for ada`. */
function withoutOwner(name: string): string {
  const [, asked] = PROMPT.exec(name) ?? [];
  if (asked !== undefined) return asked;
  const labels = name.slice(-LONGEST_NAME).split('.');
  if (labels.length > MOST_LABELS || !ENDS_OF_HOSTS.some((ending) => name.endsWith(ending))) return name;
  for (let end = labels.length - FEWEST_LABELS_OF_HOST; end > 1; end--) {
    const words = wordsOf(labels.slice(0, end).join('.'));
    // A word alone may be a label of a host's.
    if (
      endingsOf(words)
        .slice(0, -1)
        .some((ending) => everywhere.has(ending))
    )
      return words.join('.');
  }
  return name;
}

/**
 * True for a name whose value has a scheme before the credential: `Authorization`, `Proxy-Authorization`,
 * `X-Forwarded-Authorization`. Codes of errors end like that, too, and
 * have more words and no hyphens.
 */
export function isAuthorizationName(name: string): boolean {
  const words = wordsOf(name);
  return words.at(-1) === 'authorization' && (words.length < MOST_WORDS || name.includes('-'));
}

/** True for a name whose value is pairs of a cookie: `Cookie`, `Set-Cookie`. */
export function isCookieName(name: string): boolean {
  return wordsOf(name).at(-1) === 'cookie';
}

function endingsOf(words: readonly string[]): string[] {
  return words.map((_, index) => words.slice(index).join(''));
}

/**
 * The last words of a name, in lower case: at separators, and where a capital begins one. Without numbers at the end, and
 * without words that only say which secret it is.
 */
function wordsOf(name: string): string[] {
  const words = name.slice(-LONGEST_NAME).match(/[A-Z]{1,80}(?![a-z])|[A-Z]?[a-z]{1,80}|\d{1,80}/g) ?? [];
  const plain = lastWords(words, isNumber);
  const qualified = lastWords(words, isQualifier);
  const isKnown = endingsOf(plain).some((ending) => everywhere.has(ending));
  return !isKnown && endInSecret(qualified) ? qualified : plain;
}

function lastWords(words: readonly string[], isLeftOut: (words: readonly string[], at: number) => boolean): string[] {
  let end = words.length;
  while (end > 0 && isLeftOut(words, end - 1)) end--;
  return words.slice(Math.max(0, end - MOST_WORDS), end).map((word) => word.toLowerCase());
}

function isNumber(words: readonly string[], at: number): boolean {
  return /^\d/.test(words[at] ?? '');
}

function isQualifier(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  return (
    isNumber(words, at) ||
    QUALIFIERS.has(word.toLowerCase()) ||
    (NUMBERED_QUALIFIERS.test(word) && isNumber(words, at + 1))
  );
}

function endInSecret(words: readonly string[]): boolean {
  return endsLikeKey(words.at(-1) ?? '') || endingsOf(words).some((ending) => everywhere.has(ending));
}

function joined(phrase: string): string {
  return phrase.replaceAll(' ', '');
}
