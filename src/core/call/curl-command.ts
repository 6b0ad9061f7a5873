import type { Header } from './call.ts';
import { type DraftExchange, readHeaderLine } from './exchange-draft.ts';

const MOST_WORDS = 400;
const LONGEST_COMMAND = 64 * 1024;
const MOST_LINES = 200;
/** Options followed by a value that says nothing about the call. Of others, only those read below take a value. */
const WITH_VALUE = new Set([
  ...['-o', '--output', '-w', '--write-out', '-m', '--max-time', '--connect-timeout', '-x', '--proxy', '--cacert'],
  ...['--cert', '-E', '--key', '--retry', '--resolve', '--interface', '-c', '--cookie-jar', '-D', '--dump-header'],
  ...['--max-redirs', '-T', '--upload-file', '-K', '--config', '-C', '--ciphers', '--cert-type', '--key-type'],
]);

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
    const [option, attached] = splitOption(words[index] ?? '');
    const value = () => attached ?? words[++index] ?? '';
    if (option === '-X' || option === '--request') request.method = value().toUpperCase();
    else if (option === '-H' || option === '--header') addHeader(request, value());
    else if (option === '-u' || option === '--user') addHeader(request, `Authorization: Basic ${value()}`);
    else if (option === '--oauth2-bearer') addHeader(request, `Authorization: Bearer ${value()}`);
    else if (option === '-b' || option === '--cookie') addHeader(request, `Cookie: ${value()}`);
    else if (option === '-A' || option === '--user-agent') addHeader(request, `User-Agent: ${value()}`);
    else if (/^(?:-d|--data(?:-raw|-binary|-urlencode|-ascii)?|--json)$/.test(option)) addBody(request, value());
    else if (/^(?:-F|--form)$/.test(option)) addBody(request, value());
    else if (option === '-I' || option === '--head') request.method ||= 'HEAD';
    else if (option === '-G' || option === '--get') wantsGet = true;
    else if (option === '--url') request.url ||= value();
    else if (WITH_VALUE.has(option)) value();
    else if (!option.startsWith('-')) request.url ||= withScheme(option);
  }
  request.method ||= request.body !== undefined && !wantsGet ? 'POST' : 'GET';
  return request;
}

/** `-XPOST`, `-H"…"` and `--header=…` have their value attached. */
function splitOption(word: string): [option: string, attached?: string] {
  const long = /^(--[\w-]+)=([\s\S]*)$/.exec(word);
  if (long?.[1]) return [long[1], long[2] ?? ''];
  const short = /^(-[A-Za-z]*?[XHudbAFomwx])([\s\S]+)$/.exec(word);
  const takesValue = short?.[1] && /^-[XHudbAF]$/.test(short[1]);
  if (takesValue && short?.[1]) return [short[1], short[2] ?? ''];
  // Joined flags such as `-sSX POST`: the last letter is the option with the value.
  const joined = /^-[A-Za-z]+([XHudbAFomwx])$/.exec(word);
  return joined?.[1] && !word.startsWith('--') ? [`-${joined[1]}`] : [word];
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
