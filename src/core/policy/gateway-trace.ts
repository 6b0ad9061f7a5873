import { readJsonText } from '../token/json-text.ts';
import type { JsonObject, JsonValue } from '../token/token.ts';

/** A section of the policy, as traces name it. */
export type TraceSection = 'inbound' | 'backend' | 'outbound' | 'on-error';

/** What one policy or built-in step of the gateway left in a trace. Texts are the server's and untrusted. */
export interface TraceEntry {
  section?: TraceSection;
  /** `validate-jwt`, `forward-request`, `api-inspector`, …: in lower case. */
  source: string;
  /** All it said, at most 2,000 characters; empty when it said nothing. */
  message: string;
  /** The status a backend answered with. */
  status?: number;
}

const LONGEST_TRACE = 5 * 1024 * 1024;
const MOST_ENTRIES = 500;
const LONGEST_MESSAGE = 2_000;
const SECTIONS: readonly TraceSection[] = ['inbound', 'backend', 'outbound', 'on-error'];
/** `validate-jwt (70 ms): JWT Validation Failed: …`, as the test console shows it and people paste it. */
const LINE = /^[ \t>*-]{0,10}([a-z][a-z-]{2,40})[ \t]{0,8}(?:\([^()\r\n]{1,40}\)[ \t]{0,8})?:(.*)$/is;
/** Names of policies and steps a line may begin with; any other word before a colon is prose. */
const SOURCES = new Set([
  ...['validate-jwt', 'validate-azure-ad-token', 'validate-client-certificate', 'check-header', 'ip-filter', 'cors'],
  ...['rate-limit', 'rate-limit-by-key', 'quota', 'quota-by-key', 'forward-request', 'set-header', 'choose'],
  ...['authentication-managed-identity', 'authentication-basic', 'authentication-certificate', 'authorization'],
  ...['get-authorization-context', 'set-backend-service', 'return-response', 'mock-response', 'api-inspector'],
  ...['configuration', 'subscription-key', 'request-forwarder', 'transfer-response', 'handler', 'mapper', 'backend'],
]);

/**
 * The entries of an API Management trace: the JSON of `listTrace` (2024-05-01), that of the retired trace file, or lines
 * `policy (time): message` as the test console shows them. Empty for any other text. Never throws; linear.
 */
export function readGatewayTrace(text: string): TraceEntry[] {
  if (text.length > LONGEST_TRACE) return [];
  const entries = /^\s*\{/.test(text) ? readJsonTrace(readJsonText(text).value) : readLines(text);
  return entries.slice(0, MOST_ENTRIES);
}

function readLines(text: string): TraceEntry[] {
  return text.split(/\r?\n/).flatMap((line) => {
    if (!line.includes(':')) return [];
    const [, word = '', message = ''] = LINE.exec(line.slice(0, LONGEST_MESSAGE)) ?? [];
    const source = word.toLowerCase();
    return SOURCES.has(source) ? [entryOf(source, message.trim())] : [];
  });
}

function readJsonTrace(value: JsonValue | undefined): TraceEntry[] {
  const root = asObject(value);
  const entries = asObject(root?.traceEntries) ?? asObject(asObject(root?.trace)?.traceEntries) ?? root;
  if (!entries) return [];
  return Object.entries(entries).flatMap(([name, list]) => {
    const section = SECTIONS.find((one) => one === name.toLowerCase());
    return section && Array.isArray(list) ? list.flatMap((entry) => readEntry(section, asObject(entry))) : [];
  });
}

function readEntry(section: TraceSection, entry: JsonObject | undefined): TraceEntry[] {
  if (typeof entry?.source !== 'string') return [];
  const { data } = entry;
  const details = asObject(data);
  const message = typeof data === 'string' ? data : textOf(details?.message);
  const status = statusOf(asObject(details?.response)) ?? statusOf(asObject(asObject(details?.response)?.status));
  return [{ section, ...entryOf(entry.source.toLowerCase(), message), ...(status === undefined ? {} : { status }) }];
}

/** "Response status code: 401", or whatever number of a status stands behind the word. */
function entryOf(source: string, message: string): TraceEntry {
  const told =
    /\bstatus(?:\s{0,8}code)?\s{0,8}(?:is|was|of|=|:)?\s{0,8}['"]?([1-5]\d\d)\b|\bHTTP\/[\d.]{1,8} ([1-5]\d\d)\b|\b(40[13])\b/i.exec(
      message,
    );
  const status = told?.[1] ?? told?.[2] ?? told?.[3];
  const text = message.slice(0, LONGEST_MESSAGE);
  return { source, message: text, ...(isAboutBackend(source) && status ? { status: Number(status) } : {}) };
}

function isAboutBackend(source: string): boolean {
  return source === 'forward-request' || source === 'request-forwarder' || source === 'backend';
}

function statusOf(response: JsonObject | undefined): number | undefined {
  const status = response?.statusCode ?? response?.code ?? response?.status;
  return typeof status === 'number' ? status : undefined;
}

function textOf(message: JsonValue | undefined): string {
  if (typeof message === 'string') return message;
  return Array.isArray(message) ? message.filter((line) => typeof line === 'string').join('\n') : '';
}

/** The entry of the policy that ended the call: the last of `on-error` that names one, or a line that says so. */
export function refusalIn(entries: readonly TraceEntry[]): TraceEntry | undefined {
  const isRefusal = ({ message }: TraceEntry) =>
    /\b(?:JWT Validation Failed|Access denied|not present|mismatch|is exceeded|Out of (?:call volume|bandwidth) quota)\b/i.test(
      message,
    );
  const own = entries.filter(
    ({ section, source, message }) => section === 'on-error' && message !== '' && SOURCES.has(source),
  );
  return own.find(isRefusal) ?? own.at(-1) ?? entries.find((entry) => entry.section === undefined && isRefusal(entry));
}

/** The status the backend answered with: then the gateway let the call pass. */
export function backendStatusIn(entries: readonly TraceEntry[]): number | undefined {
  return entries.find(
    ({ section, source, status }) => status !== undefined && (isAboutBackend(source) || section === 'backend'),
  )?.status;
}

function asObject(value: JsonValue | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}
