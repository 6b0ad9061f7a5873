import { type Base64urlCheck, checkBase64url, decodeBase64urlText } from './base64url.ts';
import { findClaimTypeProblems } from './claim-types.ts';
import { type JsonFault, readJsonText } from './json-text.ts';
import type { JsonObject, TokenPart, TokenProblem, TokenReading } from './token.ts';

/** Characters above which .NET's handlers refuse a token (Microsoft.IdentityModel, `DefaultMaximumTokenSizeInBytes`). */
export const USUAL_TOKEN_LIMIT = 250 * 1024;
/** Characters above which nothing is decoded. */
export const GREATEST_TOKEN_LENGTH = 2 * 1024 * 1024;

const JWE_PARTS: TokenPart[] = ['header', 'encryptedKey', 'iv', 'ciphertext', 'tag'];
const LONGEST_CLAIM_NAME = 60;

/**
 * Reads the compact serialisation of a JWS (RFC 7515 §7.1) or JWE (RFC 7516 §7.1; only its header can be read) and names
 * every fault with its place. Whatever half is readable is kept, so a token with a wrong number of parts is `unreadable`
 * in form and may have header and payload all the same. Never throws; over 2 MB nothing is decoded.
 */
export function readToken(raw: string): TokenReading {
  const reading: TokenReading = { raw, form: 'unreadable', problems: [] };
  if (raw === '') {
    reading.problems.push({ id: 'empty', severity: 'error', part: 'token' });
    return reading;
  }
  if (raw.length > USUAL_TOKEN_LIMIT) {
    const severity = raw.length > GREATEST_TOKEN_LENGTH ? 'error' : 'warning';
    reading.problems.push({ id: 'tooLarge', severity, part: 'token', found: String(raw.length) });
    if (severity === 'error') return reading;
  }
  readParts(reading);
  reading.problems.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
  return reading;
}

function readParts(reading: TokenReading): void {
  const parts = reading.raw.split('.');
  const header = readObject('header', parts[0] ?? '');
  const isEncrypted = parts.length === 5 || (header.object !== undefined && Object.hasOwn(header.object, 'enc'));
  const hasRightCount = parts.length === (isEncrypted ? 5 : 3);

  const mayBeToken =
    header.object || looksLikeJson(parts[0] ?? '') || (parts.length === 3 && looksLikeJson(parts[1] ?? ''));
  if (!mayBeToken) {
    reading.problems.push({ id: 'notAToken', severity: 'error', part: 'token', found: String(parts.length) });
    return;
  }
  if (!hasRightCount) {
    reading.problems.push({ id: 'partCount', severity: 'error', part: 'token', found: String(parts.length) });
  } else {
    reading.form = isEncrypted ? 'jwe' : 'jws';
  }
  if (header.object) reading.header = header.object;
  reading.problems.push(...header.problems);

  if (isEncrypted) readEncryptedParts(reading, parts);
  else readSignedParts(reading, parts);
}

function readSignedParts(reading: TokenReading, parts: string[]): void {
  const [, payloadText, signatureText] = parts;
  if (payloadText !== undefined) {
    const payload = readObject('payload', payloadText);
    if (payload.object) reading.payload = payload.object;
    reading.problems.push(...payload.problems);
  }
  if (signatureText === undefined) return;
  const isUnsigned = reading.header?.alg === 'none';
  if (signatureText === '' && !isUnsigned) reading.problems.push(emptyPart('signature'));
  const signature = checkBase64url(signatureText);
  if (!signature.fault) reading.signatureBytes = signature.byteLength;
  reading.problems.push(...base64urlProblems('signature', signatureText, signature));
}

function readEncryptedParts(reading: TokenReading, parts: string[]): void {
  for (const [index, part] of JWE_PARTS.entries()) {
    const text = parts[index];
    if (index === 0 || text === undefined) continue;
    // RFC 7516 §5.1: the encrypted key is empty for direct encryption and direct key agreement.
    if (text === '' && part !== 'encryptedKey') reading.problems.push(emptyPart(part));
    else reading.problems.push(...base64urlProblems(part, text, checkBase64url(text)));
  }
}

function readObject(part: 'header' | 'payload', text: string): { object?: JsonObject; problems: TokenProblem[] } {
  if (text === '') return { problems: [emptyPart(part)] };
  const check = checkBase64url(text);
  const problems = base64urlProblems(part, text, check);
  if (check.fault) return { problems };
  const decoded = decodeBase64urlText(text);
  if (!('text' in decoded)) {
    problems.push({ id: 'notUtf8', severity: 'error', part, in: 'json', at: decoded.notUtf8At });
    return { problems };
  }
  const hasMark = decoded.text.startsWith(BYTE_ORDER_MARK);
  if (hasMark) problems.push(byteOrderMark(part));

  const json = readJsonText(hasMark ? decoded.text.slice(1) : decoded.text);
  for (const { name, at } of json.duplicates) {
    const claim = name.length > LONGEST_CLAIM_NAME ? `${name.slice(0, LONGEST_CLAIM_NAME)}…` : name;
    problems.push({ id: 'duplicateClaim', severity: 'warning', part, claim, in: 'json', at });
  }
  if (json.deepNesting) {
    problems.push({ id: 'tooDeep', severity: 'warning', part, in: 'json', at: json.deepNesting.at });
  }
  if (json.fault) return { problems: [...problems, jsonProblem(part, json.fault)] };
  const value = json.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    return { problems: [...problems, { id: 'notAnObject', severity: 'error', part, found }] };
  }
  return { object: value, problems: [...problems, ...findClaimTypeProblems(part, value)] };
}

function base64urlProblems(part: TokenPart, text: string, check: Base64urlCheck): TokenProblem[] {
  if (check.fault) {
    const { kind, at, found } = check.fault;
    const id = kind === 'character' ? 'notBase64url' : 'base64Length';
    return [{ id, severity: 'error', part, in: 'base64url', at, found }];
  }
  const problems: TokenProblem[] = [];
  const notCanonical = { id: 'base64NotCanonical', severity: 'warning', part, in: 'base64url' } as const;
  if (check.padded) problems.push({ ...notCanonical, at: text.indexOf('=') + 1, found: '=' });
  if (!check.canonical) {
    const at = check.padded ? text.indexOf('=') : text.length;
    problems.push({ ...notCanonical, at, found: text[at - 1] ?? '' });
  }
  return problems;
}

const BYTE_ORDER_MARK = '\ufeff';

/** RFC 8259 §8.1: a reader may ignore it; .NET's does not. */
function byteOrderMark(part: TokenPart): TokenProblem {
  return { id: 'notJson', severity: 'warning', part, in: 'json', at: 1, found: BYTE_ORDER_MARK };
}

function jsonProblem(part: TokenPart, fault: JsonFault): TokenProblem {
  const id = fault.kind === 'tooDeep' ? 'tooDeep' : 'notJson';
  const problem: TokenProblem = { id, severity: 'error', part, in: 'json' };
  if (fault.at !== undefined) problem.at = fault.at;
  if (fault.found !== undefined) problem.found = fault.found;
  return problem;
}

function emptyPart(part: TokenPart): TokenProblem {
  return { id: 'emptyPart', severity: 'error', part };
}

/** `{"`, `{` and white space, or `{}` in base64url. */
function looksLikeJson(part: string): boolean {
  return /^e(?:yJ|yA|wo|w0|wk|30)/.test(part);
}
