import type { CallResponse } from '../../call/exchange.ts';
import { readChallenges } from '../../call/www-authenticate.ts';
import { checkBase64url, decodeBase64urlText } from '../../token/base64url.ts';
import { readJsonText } from '../../token/json-text.ts';
import { withoutEnd } from '../../without-end.ts';
import type { Candidate } from '../evidence.ts';

const LONGEST_CLAIMS = 8_192;

/**
 * The claims of a challenge with `error="insufficient_claims"`, as the JSON text to ask for a token with: the server's
 * words. Undefined when there is no such challenge; empty when its claims cannot be read. Source: claims-challenge.
 */
export function readClaimsChallenge(response: CallResponse | undefined): string | undefined {
  const challenge = readChallenges(response?.headers ?? []).find(
    ({ scheme, parameters }) => /^(?:Bearer|PoP)$/i.test(scheme) && parameters.error === 'insufficient_claims',
  );
  if (!challenge) return undefined;
  const { claims = '' } = challenge.parameters;
  return claims.length > LONGEST_CLAIMS ? '' : (objectText(claims) ?? objectText(decodeClaims(claims)) ?? '');
}

/** Entra's services send base64, with or without padding, in either alphabet. */
function decodeClaims(text: string): string {
  const unpadded = withoutEnd(text, '=').replaceAll('+', '-').replaceAll('/', '_');
  if (checkBase64url(unpadded).fault) return '';
  const reading = decodeBase64urlText(unpadded);
  return 'text' in reading ? reading.text : '';
}

function objectText(text: string): string | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  const { value } = readJsonText(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : undefined;
}

/** What services name in their text as the reason of a claims challenge (concept-continuous-access-evaluation). */
const REASONS =
  /\b(?:TokenIssuedBeforeRevocationTimestamp|TokenCreatedWithOutdatedPolicies|LocationConditionEvaluationSatisfied)\b|\bcontinuous access evaluation\b/i;

/** True for a message of a refusal by Continuous Access Evaluation: its challenge may not have been recorded. */
export function isAboutContinuousAccess(message: string): boolean {
  return REASONS.test(message);
}

/** Continuous Access Evaluation or a step-up: the code has this one cause, wherever it stands in a challenge of a 401. */
export function claimsCandidate(response: CallResponse | undefined): Candidate | undefined {
  const claims = response?.status === 401 ? readClaimsChallenge(response) : undefined;
  if (claims === undefined) return undefined;
  return { cause: 'cae-claims-challenge', confidence: 'certain', evidence: [{ id: 'claimsChallenge', value: claims }] };
}
