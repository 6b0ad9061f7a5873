import type { Header } from './call.ts';
import { type DraftExchange, readHeaderLine } from './exchange-draft.ts';

const MOST_WORDS = 400;
const LONGEST_COMMAND = 64 * 1024;
const MOST_LINES = 200;
/** curl's options of one letter that take a value, and what they are called in full. */
const SHORT_WITH_VALUE: Readonly<Record<string, string>> = {
  ...{ A: 'user-agent', b: 'cookie', C: 'continue-at', c: 'cookie-jar', D: 'dump-header', d: 'data', E: 'cert' },
  ...{ e: 'referer', F: 'form', H: 'header', K: 'config', m: 'max-time', o: 'output', P: 'ftp-port', Q: 'quote' },
  ...{ r: 'range', T: 'upload-file', t: 'telnet-option', U: 'proxy-user', u: 'user', w: 'write-out', X: 'request' },
  ...{ x: 'proxy', Y: 'speed-limit', y: 'speed-time', z: 'time-cond' },
};

/** Every long option of curl that takes a value (7.1 to 8.17): what stands after one is no address. */
const WITH_VALUE: readonly string[] = (
  'abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to ' +
  'continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode ' +
  'delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine ' +
  'etag-compare etag-save expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port ' +
  'ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header hostpubmd5 hostpubsha256 hsts interface ip-tos ' +
  'ipfs-gateway json keepalive-cnt keepalive-time key key-type knownhosts krb krb4 libcurl limit-rate local-port ' +
  'login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output ' +
  'output-dir parallel-max parallel-max-host pass pinnedpubkey preproxy proto proto-default proto-redir proxy ' +
  'proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key ' +
  'proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype ' +
  'proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate referer request ' +
  'request-target resolve retry retry-delay retry-max-time sasl-authzid service-name sigalgs socks socks4 socks4a ' +
  'socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time ssl-sessions stderr telnet-option tftp-blksize ' +
  'time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket ' +
  'upload-file upload-flags url url-query user user-agent variable vlan-priority write-out'
).split(' ');
const withValue = new Set(WITH_VALUE);

/** Take none, although a longer one that begins like them does: curl takes any beginning of a name for it. */
const WITHOUT_VALUE = new Set(['crlf', 'ftp-ssl-ccc', 'get', 'head', 'netrc', 'parallel', 'socks5-gssapi', 'ssl']);

/** Options of one letter that say something without a value. */
const SHORT_FLAGS: Readonly<Record<string, string>> = { G: 'get', I: 'head', ':': 'next' };

/** The call a `curl` command line in these lines makes; its continuation lines (`\`, `^`, a back-tick) included. */
export function readCurlCommand(lines: readonly string[]): DraftExchange | undefined {
  const start = lines.findIndex((line) =>
    /^(?:[$#>%]\s*|PS [^>]{0,200}> ?|[\w@:~/.-]{1,100}[$#] )?curl(?:\.exe)?\s/.test(line),
  );
  if (start < 0) return undefined;
  const words = splitWords(joinContinued(lines, start));
  const request = readWords(words);
  return request.url === '' ? undefined : { request };
}

function joinContinued(lines: readonly string[], start: number): string {
  const parts: string[] = [];
  for (const line of lines.slice(start, start + MOST_LINES)) {
    const continues = /[\\^`][ \t]*$/.test(line);
    parts.push(continues ? line.replace(/[\\^`][ \t]*$/, ' ') : line);
    if (!continues && !isOpen(parts)) break;
  }
  return parts.join('\n').slice(0, LONGEST_COMMAND);
}

/** A body in quotes may run over lines. */
function isOpen(parts: readonly string[]): boolean {
  const text = parts.join('\n');
  return text.length < LONGEST_COMMAND && (text.match(/'/g)?.length ?? 0) % 2 === 1;
}

/** Words as a shell splits them, without expanding anything. */
function splitWords(command: string): string[] {
  const words: string[] = [];
  const pattern = /(?:"(?:[^"\\]|\\[\s\S])*"?|\$?'[^']*'?|\\[\s\S]|[^\s"'\\])+/g;
  for (const [word] of command.matchAll(pattern)) {
    words.push(unquoteWord(word));
    if (words.length === MOST_WORDS) break;
  }
  const start = words.findIndex((word) => /^curl(?:\.exe)?$/.test(word));
  const end = words.findIndex((word, index) => index > start && /^(?:\||;|&&|\|\||>|2>)/.test(word));
  return words.slice(start + 1, end < 0 ? undefined : end);
}

function unquoteWord(word: string): string {
  return word.replace(/"((?:[^"\\]|\\[\s\S])*)"?|\$?'([^']*)'?|\\([\s\S])/g, (_all, double, single, escaped) => {
    return double === undefined ? (single ?? escaped ?? '') : String(double).replace(/\\(["\\$`])/g, '$1');
  });
}

interface ReadRequest {
  method: string;
  url: string;
  headers: Header[];
  headersComplete: boolean;
  body?: string;
}

function readWords(words: readonly string[]): ReadRequest {
  // A command line shows every header the caller chose; curl adds none that authorises.
  const request: ReadRequest = { method: '', url: '', headers: [], headersComplete: true };
  let wantsGet = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!/^-./.test(word)) {
      request.url ||= withScheme(word);
      continue;
    }
    const options = optionsIn(word);
    if (options.some(({ name }) => name === 'next')) break;
    for (const { name, takesValue, attached } of options) {
      const value = takesValue ? (attached ?? words[++index] ?? '') : '';
      if (takesValue) addOption(request, name, value);
      else if (name === 'head') request.method ||= 'HEAD';
      else wantsGet ||= name === 'get';
    }
  }
  request.method ||= request.body !== undefined && !wantsGet ? 'POST' : 'GET';
  return request;
}

/** What an option says about the call; most say nothing. */
function addOption(request: ReadRequest, name: string, value: string): void {
  if (name === 'request') request.method = value.toUpperCase();
  else if (name === 'header') addHeader(request, value);
  else if (name === 'user') addHeader(request, `Authorization: Basic ${value}`);
  else if (name === 'oauth2-bearer') addHeader(request, `Authorization: Bearer ${value}`);
  else if (name === 'cookie') addHeader(request, `Cookie: ${value}`);
  else if (name === 'user-agent') addHeader(request, `User-Agent: ${value}`);
  else if (/^(?:data(?:-raw|-binary|-urlencode|-ascii)?|json|form(?:-string)?)$/.test(name)) addBody(request, value);
  else if (name === 'url') request.url ||= withScheme(value);
}

interface CurlOption {
  name: string;
  takesValue: boolean;
  /** The rest of its word, when that is the value: `-XPOST`, `-H"…"`; and `--header=…`, which people write. */
  attached?: string;
}

/** The options of a word: a long one, or letters, of which the first that takes a value ends them (`-sSX POST`). */
function optionsIn(word: string): CurlOption[] {
  if (word.startsWith('--')) return [longOption(word.slice(2))];
  const options: CurlOption[] = [];
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] ?? '';
    const name = SHORT_WITH_VALUE[letter];
    if (name === undefined) {
      options.push({ name: SHORT_FLAGS[letter] ?? '', takesValue: false });
      continue;
    }
    const attached = word.slice(at + 1);
    return [...options, { name, takesValue: true, ...(attached === '' ? {} : { attached }) }];
  }
  return options;
}

function longOption(text: string): CurlOption {
  const equals = text.indexOf('=');
  const written = (equals < 0 ? text : text.slice(0, equals)).replace(/^expand-/, '');
  const name = fullName(written);
  return {
    name: name ?? written,
    takesValue: name !== undefined,
    ...(equals < 0 ? {} : { attached: text.slice(equals + 1) }),
  };
}

/** Of a long option that takes a value, be it written in full or only its beginning. */
function fullName(written: string): string | undefined {
  if (withValue.has(written)) return written;
  return written === '' || WITHOUT_VALUE.has(written) ? undefined : WITH_VALUE.find((name) => name.startsWith(written));
}

function addHeader(request: ReadRequest, text: string): void {
  const header = readHeaderLine(text);
  if (header) request.headers.push(header);
}

function addBody(request: ReadRequest, text: string): void {
  request.body = request.body === undefined ? text : `${request.body}&${text}`;
}

function withScheme(address: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(address) || /^(?:\{\{|\$)/.test(address) ? address : `http://${address}`;
}
