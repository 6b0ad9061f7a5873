import type { Exchange } from '../../call/exchange.ts';
import type { CauseId } from '../cause-id.ts';

const LONGEST = 4096;

/**
 * What libraries that validate tokens say of the check that failed: jsonwebtoken and passport-azure-ad, PyJWT, jose,
 * Nimbus and Spring Security, golang-jwt. Their words reach the answer or the log when the app passes them on.
 */
const WORDS: readonly (readonly [words: RegExp, causes: readonly CauseId[]])[] = [
  [
    /\bjwt (?:is )?expired\b|\bSignature has expired\b|\bERR_JWT_EXPIRED\b|\btoken is expired\b|\bJwt expired at\b|"exp" claim timestamp check failed/i,
    ['token-expired'],
  ],
  [/\bjwt (?:is )?not active\b|\bnot yet valid\b|\bJwt used before\b/i, ['token-not-yet-valid']],
  [
    /\bjwt audience\b|\bAudience doesn't match\b|\bInvalid (?:token )?audience\b|\bunexpected \\?"aud\\?" claim\b|\baud claim is not valid\b/i,
    ['aud-mismatch', 'aud-clientid-vs-appiduri', 'aud-is-graph', 'id-token-instead-of-access-token'],
  ],
  [
    /\bjwt issuer\b|\bInvalid (?:token )?issuer\b|\bunexpected \\?"iss\\?" claim\b|\biss claim is not valid\b/i,
    ['issuer-v1-v2-mismatch', 'issuer-wrong-tenant', 'issuer-not-accepted'],
  ],
  [
    /\bno applicable key found\b|\bERR_JWKS_NO_MATCHING_KEY\b|\bSigningKeyNotFoundError\b|\bUnable to find a signing key\b|\bno matching key\(s\) found\b/i,
    ['signing-key-not-found', 'graph-nonce-token'],
  ],
  [
    /\binvalid signature\b|\bsignature verification failed\b|\btoken signature is invalid\b/i,
    ['graph-nonce-token', 'signature-tampered'],
  ],
  [/\bjwt malformed\b|\bNot enough segments\b|\bInvalid Compact JWS\b/i, ['token-malformed']],
];

/** The words of a validator in an answer or its log, and the causes they allow; undefined when it has none. */
export function libraryWordsIn({ response }: Exchange): { words: string; causes: readonly CauseId[] } | undefined {
  const told = `${response?.body?.text?.slice(0, LONGEST) ?? ''}\n${response?.trace?.slice(0, LONGEST) ?? ''}`;
  for (const [pattern, causes] of WORDS) {
    const words = pattern.exec(told)?.[0];
    if (words !== undefined) return { words, causes };
  }
  return undefined;
}
