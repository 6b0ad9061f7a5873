import { readJsonText } from '../token/json-text.ts';
import type { JsonObject, JsonValue } from '../token/token.ts';
import { findApimMessages, isLastErrorReason } from './apim-messages.ts';
import { embeddedErrorIn } from './embedded-error.ts';
import type { Exchange } from './exchange.ts';
import { findHeader } from './exchange.ts';

export type CodeFamily =
  | 'aadsts' // Entra
  | 'idx' // Microsoft.IdentityModel
  | 'akv' // Key Vault
  | 'idw' // Microsoft.Identity.Web
  | 'oauth' // `error` of RFC 6749 §5.2 or RFC 6750 §3.1
  | 'errorCode' // `error.code` of Resource Manager, Graph, Key Vault and their like
  | 'apim'; // a LastError reason of API Management, or a message of its catalogue

/**
 * `oauthError`: beside the OAuth `error` of a token endpoint; `errorCode`: in an `error` object, the documented place of
 * Resource Manager, Graph and Key Vault; `body`, `header`, `text`: somewhere in there, so possibly passed on by an API.
 */
export type CodePlace = 'oauthError' | 'errorCode' | 'body' | 'header' | 'text';

export interface FoundCode {
  family: CodeFamily;
  /** As documented: `AADSTS7000215`, `IDX10214`, `invalid_client`, `AuthorizationFailed`, `SubscriptionKeyNotFound`. */
  code: string;
  where: CodePlace;
  /** The OAuth `error` it stood beside. */
  oauthError?: string;
  /** OAuth `suberror` of Entra: `consent_required`, `basic_action`. */
  subError?: string;
  /** `error.innererror.code`: `ForbiddenByRbac`. */
  innerCode?: string;
  /** The sentence it stood in, at most 2,000 characters: the server's words. */
  message?: string;
}

const NUMBERED = /(?<![A-Za-z0-9])(?:AADSTS(\d{4,7})|(IDX|AKV|IDW)(\d{5}))(?!\d)/g;
const PLACES: readonly CodePlace[] = ['oauthError', 'errorCode', 'header', 'body', 'text'];
const CODE_HEADERS = ['www-authenticate', 'location', 'errorreason', 'errormessage', 'x-ms-error-code'];
const MOST_CODES = 50;
const LONGEST_JSON = 1024 * 1024;
const LONGEST_MESSAGE = 2_000;
/** An OAuth error or an `error.code` is a word; a longer or odder text is somebody's sentence. */
const CODE_WORD = /^[A-Za-z][A-Za-z0-9_.-]{1,79}$/;

/**
 * The documented error codes of an exchange, at their best place each, best places first; at most 50.
 * Sources: Entra's reference-error-codes (`error_codes` is preferred to the text), Microsoft.IdentityModel LogMessages,
 * Key Vault and Resource Manager error bodies, API Management's error-handling policies. Linear; never throws.
 */
export function findErrorCodes(exchange: Exchange): readonly FoundCode[] {
  const known = FOUND.get(exchange);
  if (known) return known;
  const found = readErrorCodes(exchange);
  FOUND.set(exchange, found);
  return found;
}

/** Every gate asks for the codes of the same exchange, which nobody changes. */
const FOUND = new WeakMap<Exchange, readonly FoundCode[]>();

function readErrorCodes(exchange: Exchange): FoundCode[] {
  const { response, text } = exchange;
  const found: FoundCode[] = [];
  const bodyText = response?.body?.text ?? '';
  const json = readBodyObject(bodyText);
  const error = json ?? embeddedErrorIn(bodyText) ?? embeddedErrorIn(response?.trace ?? '');
  if (error) found.push(...codesInBody(error));
  if (response) found.push(...codesInHeaders(exchange));
  found.push(...numberedCodes(bodyText, 'body'), ...findApimMessages(messageIn(json) ?? bodyText, 'body'));
  for (const told of [text, response?.trace]) {
    if (told !== undefined) found.push(...numberedCodes(told, 'text'), ...findApimMessages(told, 'text'));
  }
  return bestOfEach(found).slice(0, MOST_CODES);
}

function codesInBody(json: JsonObject): FoundCode[] {
  if (typeof json.error === 'string') return codesOfTokenEndpoint(json, json.error);
  const error = asObject(json.error) ?? asObject(json['odata.error']) ?? asObject(json.Error);
  if (!error) return [];
  return codesOfErrorObject(error);
}

/** RFC 6749 §5.2, with Entra's `error_codes`, `suberror` and the code in `error_description`. */
function codesOfTokenEndpoint(json: JsonObject, error: string): FoundCode[] {
  if (!CODE_WORD.test(error)) return [];
  const description = asText(json.error_description);
  const subError = asText(json.suberror);
  const extra = {
    oauthError: error,
    ...(subError ? { subError } : {}),
    ...(description ? { message: description.slice(0, LONGEST_MESSAGE) } : {}),
  };
  const listed = Array.isArray(json.error_codes) ? json.error_codes.filter(isEntraNumber) : [];
  const described = numberedCodes(description ?? '', 'oauthError').map(({ family, code }) => ({ family, code }));
  const numbered = listed.map((number) => ({ family: 'aadsts' as const, code: `AADSTS${number}` }));
  const codes =
    numbered.length > 0 ? [...numbered, ...described.filter(({ family }) => family !== 'aadsts')] : described;
  const oauth: FoundCode = { family: 'oauth', code: error, where: 'oauthError', ...extra };
  return [...codes.slice(0, MOST_CODES).map((code): FoundCode => ({ ...code, where: 'oauthError', ...extra })), oauth];
}

function isEntraNumber(value: JsonValue): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1_000 && value <= 9_999_999;
}

/** `{"error":{"code","message","innererror":{"code"}}}`; OData v2 has the message in `message.value`. */
function codesOfErrorObject(error: JsonObject): FoundCode[] {
  const code = asText(error.code);
  const message = asText(error.message) ?? asText(asObject(error.message)?.value);
  const inner = asText((asObject(error.innererror) ?? asObject(error.innerError))?.code);
  const extra = message ? { message: message.slice(0, LONGEST_MESSAGE) } : {};
  const found: FoundCode[] = numberedCodes(message ?? '', 'body').map((numbered) => ({
    ...numbered,
    // Key Vault's own place for its codes is the beginning of `error.message`.
    where: numbered.family === 'akv' && message?.startsWith(numbered.code) ? 'errorCode' : 'body',
    ...extra,
  }));
  if (!code || !CODE_WORD.test(code)) return found;
  return [
    { family: 'errorCode', code, where: 'errorCode', ...(inner ? { innerCode: inner } : {}), ...extra },
    ...found,
  ];
}

function codesInHeaders({ response }: Exchange): FoundCode[] {
  const headers = response?.headers ?? [];
  const found: FoundCode[] = [];
  for (const { name, value } of headers) {
    if (CODE_HEADERS.includes(name.toLowerCase())) found.push(...numberedCodes(decodePlus(value), 'header'));
  }
  // The names the error-handling documentation uses when it shows how to return LastError.
  const reason = findHeader(headers, 'ErrorReason')?.value.trim();
  if (reason !== undefined && isLastErrorReason(reason)) {
    const message = findHeader(headers, 'ErrorMessage')?.value.slice(0, LONGEST_MESSAGE);
    found.push({ family: 'apim', code: reason, where: 'header', ...(message ? { message } : {}) });
  }
  return found;
}

/** A code that is told by its form alone, and where it stands in the text. */
export interface NumberedCode {
  family: 'aadsts' | 'idx' | 'akv' | 'idw';
  code: string;
  start: number;
  end: number;
}

/** The numbered codes of a text (`AADSTS50011`, `IDX10214`, `AKV10000`, `IDW10201`), in order, each as often as it stands there. */
export function* numberedCodesIn(text: string): Generator<NumberedCode> {
  for (const match of text.matchAll(NUMBERED)) {
    const [code, , prefix] = match;
    const family = prefix === undefined ? 'aadsts' : (prefix.toLowerCase() as 'idx' | 'akv' | 'idw');
    yield { family, code, start: match.index, end: match.index + code.length };
  }
}

/** Codes of the families that are told by their form alone. */
function numberedCodes(text: string, where: CodePlace): FoundCode[] {
  const found: FoundCode[] = [];
  const seen = new Set<string>();
  for (const { family, code } of numberedCodesIn(text)) {
    if (seen.has(code)) continue;
    seen.add(code);
    found.push({ family, code, where });
    if (found.length === MOST_CODES) break;
  }
  return found;
}

function bestOfEach(found: readonly FoundCode[]): FoundCode[] {
  const best = new Map<string, FoundCode>();
  for (const code of PLACES.flatMap((place) => found.filter(({ where }) => where === place))) {
    const key = `${code.family} ${code.code}`;
    if (!best.has(key)) best.set(key, code);
  }
  return [...best.values()];
}

function readBodyObject(text: string): JsonObject | undefined {
  if (text.length > LONGEST_JSON || !/^\s*\{/.test(text)) return undefined;
  return asObject(readJsonText(text).value);
}

/** The `message` of API Management's envelope; for other JSON nothing but the text as a whole counts. */
function messageIn(json: JsonObject | undefined): string | undefined {
  return json && (asText(json.message) ?? '');
}

function asObject(value: JsonValue | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function asText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A code in a Location's query may be glued to the next word by `+` or `%3a`, which never hides it. */
function decodePlus(value: string): string {
  return value.replaceAll('+', ' ').replaceAll(/%[0-9A-Fa-f]{2}/g, ' ');
}
