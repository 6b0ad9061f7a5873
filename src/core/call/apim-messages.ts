import type { CodePlace, FoundCode } from './error-codes.ts';

/**
 * Reasons of `context.LastError` (API Management, "Error handling in policies"). They reach the caller only when an
 * on-error section sends them, or in a trace.
 */
const REASONS = new Set([
  ...['OperationNotFound', 'SubscriptionKeyNotFound', 'SubscriptionKeyInvalid', 'RateLimitExceeded', 'QuotaExceeded'],
  ...['CallerIpNotAllowed', 'CallerIpBlocked', 'FailedToParseCallerIP', 'HeaderNotFound', 'HeaderValueNotAllowed'],
  ...['TokenNotPresent', 'TokenSignatureInvalid', 'TokenAudienceNotAllowed', 'TokenIssuerNotAllowed', 'TokenExpired'],
  ...['TokenSignatureKeyNotFound', 'TokenClaimNotFound', 'TokenClaimValueNotAllowed', 'JwtInvalid'],
  ...['BackendConnectionFailure', 'Timeout', 'ClientConnectionFailure'],
]);

/** True for a documented reason; names are compared exactly. */
export function isLastErrorReason(word: string): boolean {
  return REASONS.has(word);
}

/** By how they begin: real answers say "to an API" where the documentation says "to this API". */
const MESSAGES: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/\bAccess denied due to missing subscription key/, 'SubscriptionKeyNotFound'],
  [/\bAccess denied due to invalid subscription key/, 'SubscriptionKeyInvalid'],
  [/\bJWT not present\./, 'TokenNotPresent'],
  [/\bInvalid JWT\./, 'JwtInvalid'],
  [/\bJWT token is missing the following claims: /, 'TokenClaimNotFound'],
  [/\bClaim [^\s]{1,100} value of .{1,300} is not allowed\. Access denied\./, 'TokenClaimValueNotAllowed'],
  [/\bRate limit is exceeded\. Try again in \d/, 'RateLimitExceeded'],
  [/\bOut of (?:call volume|bandwidth) quota\. /, 'QuotaExceeded'],
  [/\bCaller IP address [^\s]{1,64} is not allowed\. Access denied\./, 'CallerIpNotAllowed'],
  [/\bCaller IP address is blocked\. Access denied\./, 'CallerIpBlocked'],
  [/\bFailed to establish IP address for the caller\. Access denied\./, 'FailedToParseCallerIP'],
  [/\bHeader [^\s]{1,100} was not found in the request\. Access denied\./, 'HeaderNotFound'],
  [/\bHeader [^\s]{1,100} value of .{1,300} is not allowed\. Access denied\./, 'HeaderValueNotAllowed'],
];
/** Too short a sentence to look for inside others. */
const WHOLE_MESSAGES: readonly (readonly [message: string, reason: string])[] = [
  ['Resource not found', 'OperationNotFound'],
  ['Quota exceeded.', 'QuotaExceeded'],
];

/** Messages of API Management's catalogue in a text, as LastError reasons; and reasons written out in a log or trace. */
export function findApimMessages(text: string, where: CodePlace): FoundCode[] {
  const found: FoundCode[] = [];
  for (const [pattern, code] of MESSAGES) {
    const match = pattern.exec(text);
    if (match) found.push({ family: 'apim', code, where, message: sentenceAt(text, match.index) });
  }
  for (const [message, code] of WHOLE_MESSAGES) {
    if (text.trim() === message) found.push({ family: 'apim', code, where, message });
  }
  for (const [word] of text.matchAll(/\b(?:Token|Jwt|SubscriptionKey|CallerIp)[A-Z][A-Za-z]{2,30}\b/g)) {
    const isNew = isLastErrorReason(word) && !found.some(({ code }) => code === word);
    if (isNew) found.push({ family: 'apim', code: word, where });
  }
  return found;
}

const LONGEST_SENTENCE = 300;

function sentenceAt(text: string, start: number): string {
  const line = text.slice(start, start + LONGEST_SENTENCE);
  return /^[^\r\n"]*/.exec(line)?.[0] ?? line;
}
