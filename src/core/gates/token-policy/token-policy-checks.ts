import { literalOf } from '../../policy/policy-value.ts';
import type { TokenPolicy } from '../../policy/token-policy.ts';
import { microsoftApiOf } from '../../token/well-known-apps.ts';
import { checkAudience } from '../bearer/audience-check.ts';
import { checkExpiry, checkNotBefore } from '../bearer/lifetime-checks.ts';
import { checkAlgorithm, checkKey, checkSignature } from '../bearer/signature-checks.ts';
import { readStrings, sameId, showClaim, type TokenUnderCheck } from '../bearer/token-under-check.ts';
import type { Check } from '../check.ts';
import type { Knowledge } from '../facts.ts';
import { decided, type MadeCheck, open } from './made-check.ts';
import { checkPolicyIssuer } from './policy-issuer-check.ts';
import { checkRequiredClaim } from './required-claims.ts';

/** The algorithms the page of the policy lists for published keys. */
const DOCUMENTED_ALGORITHMS = ['RS256', 'RS512', 'PS256'];

/** The checks a token policy makes of a readable token, in their order; what it does not check has no line. */
export function checksOfPolicy(token: TokenUnderCheck, policy: TokenPolicy, { keySources }: Knowledge): MadeCheck[] {
  return [
    ...checkSigning(token, policy),
    checkPolicyIssuer(token, policy, keySources),
    ...checkListedAudiences(token, policy),
    ...checkLifetime(token, policy),
    ...checkClients(token, policy),
    ...policy.requiredClaims.map((claim) => decided(checkRequiredClaim(token, claim))),
  ];
}

function checkSigning(token: TokenUnderCheck, policy: TokenPolicy): MadeCheck[] {
  const { header, payload } = token;
  const api = (readStrings(payload.aud) ?? []).map(microsoftApiOf).find((name) => name !== undefined);
  // Its signature covers another header than the one it carries: no standard validator can verify it.
  if (header.nonce !== undefined && api !== undefined && token.signature === undefined) {
    const facts = { id: 'signature', reason: 'signatureNotMeantForYou', claim: 'nonce', seen: api } as const;
    return [decided({ ...facts, verdict: 'failed', cause: 'graph-nonce-token' })];
  }
  const isListed = DOCUMENTED_ALGORITHMS.includes(String(header.alg));
  const isSecretAllowed = policy.signingKeys > 0 || literalOf(policy.requireSignedTokens) !== true;
  const checks = [checkAlgorithm(token), checkKey(token), checkSignature(token)];
  return checks.map((check) => {
    const isDoubtful = check.verdict === 'failed' ? isSecretAllowed : check.id === 'algorithm' && !isListed;
    if (isDoubtful) return open(check);
    if (check.reason !== 'signatureNotMeantForYou') return decided(check);
    return decided({ ...check, verdict: 'failed', cause: 'graph-nonce-token' } as Check);
  });
}

function checkListedAudiences(token: TokenUnderCheck, policy: TokenPolicy): MadeCheck[] {
  const { audiences } = policy;
  if (!audiences) return [];
  const check = checkAudience(token);
  if (audiences.length === 0)
    return [decided({ id: 'audience', claim: 'aud', verdict: 'notChecked', reason: 'audienceNotSaid' })];
  const hasUnknown = audiences.some(({ type }) => type === 'unknown');
  return [check.verdict === 'failed' && hasUnknown ? open(check) : decided(check)];
}

function checkLifetime(token: TokenUnderCheck, policy: TokenPolicy): MadeCheck[] {
  const { iat: _iat, ...withoutIat } = token.payload;
  const isSkewUnknown = policy.clockSkewSec?.type === 'unknown';
  const checks = [checkExpiry(token), checkNotBefore({ ...token, payload: withoutIat })];
  return checks.flatMap((check) => {
    if (check.reason === 'expiryMissing' && literalOf(policy.requireExpirationTime) === false) return [];
    const isUnknown =
      check.reason === 'expiryMissing' ? policy.requireExpirationTime.type === 'unknown' : isSkewUnknown;
    const isOpen = check.verdict === 'failed' && (isUnknown || check.reason === 'expiredThisSecond');
    return [isOpen ? open(check) : decided(check)];
  });
}

/** `client-application-ids`: the caller by `azp` in v2, by `appid` in v1 tokens; one of the list is enough. */
function checkClients(token: TokenUnderCheck, { clientIds }: TokenPolicy): MadeCheck[] {
  if (!clientIds) return [];
  const { payload } = token;
  const claim = payload.azp === undefined && payload.appid !== undefined ? 'appid' : 'azp';
  const base = { id: 'allowedClients' as const, claim };
  const client = payload[claim];
  const expected = clientIds.flatMap((id) => literalOf(id) ?? []);
  if (client === undefined) {
    if (token.partial) return [decided({ ...base, verdict: 'notChecked', reason: 'claimUnknown' })];
    const missing = { ...base, reason: 'clientMissing', expected, cause: 'apim-required-claim-mismatch' } as const;
    return [decided({ ...missing, verdict: 'failed' })];
  }
  const seen = showClaim(client);
  if (expected.some((id) => sameId(seen, id)))
    return [decided({ ...base, verdict: 'passed', reason: 'clientAllowed', seen })];
  const failed: Check = {
    ...{ ...base, reason: 'clientOther', seen, expected },
    verdict: 'failed',
    cause: 'apim-required-claim-mismatch',
  };
  return [expected.length < clientIds.length || clientIds.length === 0 ? open(failed) : decided(failed)];
}
