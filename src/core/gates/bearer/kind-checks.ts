import type { ApiProfile } from '../../entra/api-profile.ts';
import { titleOfKind } from '../../token/kind-text.ts';
import type { JsonObject, TokenProblem, TokenReading } from '../../token/token.ts';
import type { TokenKind } from '../../token/token-kind.ts';
import type { CauseId } from '../cause-id.ts';
import type { Check, ReasonId } from '../check.ts';
import { acceptsAudience } from './audience-check.ts';
import { verdictOn } from './differences.ts';
import type { TokenUnderCheck } from './token-under-check.ts';

/**
 * Whether the token can be read at all, and whether some validators would stumble over its text. Of several doubts the
 * one counts that the profile's validator refuses.
 */
export function checkStructure(reading: TokenReading, { validator }: ApiProfile): Check {
  const base = { id: 'structure' as const };
  const [problem] = reading.problems;
  if (reading.form === 'jwe') return { ...base, verdict: 'notChecked', reason: 'encrypted' };
  const isBroken = reading.problems.some(({ id, severity }) => severity === 'error' && id !== 'emptyPart');
  if (isBroken || reading.form === 'unreadable' || !reading.header || !reading.payload) {
    return {
      ...base,
      verdict: 'failed',
      reason: whyUnreadable(problem),
      cause: 'token-malformed',
      detail: problem?.id ?? 'notAToken',
    };
  }
  if (reading.problems.some(({ id }) => id === 'tooLarge')) {
    return {
      ...base,
      verdict: 'failed',
      reason: 'tooLarge',
      cause: 'token-malformed',
      detail: String(reading.raw.length),
    };
  }
  // A claim of the wrong type is the business of the check that reads it.
  const doubts = reading.problems.filter(({ id }) => id !== 'claimType');
  const reasons = doubts.map(doubtOf);
  const reason = reasons.find((doubt) => verdictOn(doubt, validator) === 'refuses') ?? worstDoubt(reasons);
  if (reason === undefined) return { ...base, verdict: 'passed', reason: 'readable' };
  const claim = reason === 'duplicateNames' ? doubts.find(({ id }) => id === 'duplicateClaim')?.claim : undefined;
  return { ...base, verdict: 'notChecked', reason, ...(claim === undefined ? {} : { claim }) };
}

function whyUnreadable(problem: TokenProblem | undefined): ReasonId {
  if (problem?.id === 'notUtf8') return 'notUtf8';
  const isStandardAlphabet = problem?.id === 'notBase64url' && (problem.found === '+' || problem.found === '/');
  return isStandardAlphabet ? 'standardBase64' : 'unreadable';
}

function doubtOf({ id, found }: TokenProblem): ReasonId {
  switch (id) {
    case 'base64NotCanonical':
      return found === '=' ? 'padded' : 'notCanonical';
    case 'duplicateClaim':
      return 'duplicateNames';
    case 'tooDeep':
      return 'nestedDeeply';
    case 'notJson':
      return 'byteOrderMark';
    default:
      return 'readableWithDoubts';
  }
}

/** Those that no validator's answer settles come first: a later, harmless one must not make the line pass. */
function worstDoubt(reasons: readonly ReasonId[]): ReasonId | undefined {
  const LASTING: readonly ReasonId[] = ['duplicateNames', 'padded', 'notCanonical', 'readableWithDoubts'];
  return reasons.find((reason) => LASTING.includes(reason)) ?? reasons[0];
}

/** An API takes access tokens meant for it: no ID token, no token for a Microsoft API. A guess refuses nothing. */
export function checkKind({ kind, header, payload, profile }: TokenUnderCheck): Check {
  const base = { id: 'kind' as const, seen: titleOfKind(kind) };
  const accessToken: Check = { ...base, verdict: 'passed', reason: 'kindAccessToken' };
  if (kind.id === 'accessToken') return accessToken;
  if (kind.id === 'microsoftApiToken' && acceptsAudience(profile, payload.aud)) return accessToken;
  if (!kind.sure) return { ...base, verdict: 'notChecked', reason: 'kindUnsure' };
  if (kind.id === 'idToken') {
    return { ...base, verdict: 'failed', reason: 'kindIdToken', cause: 'id-token-instead-of-access-token' };
  }
  if (kind.id !== 'microsoftApiToken') return { ...base, verdict: 'notChecked', reason: 'kindUnsure' };
  const detail = kind.api === undefined ? {} : { detail: kind.api };
  return {
    ...base,
    verdict: 'failed',
    reason: 'kindMicrosoftApi',
    ...detail,
    cause: causeOfMicrosoftToken(header, kind),
  };
}

function causeOfMicrosoftToken(header: JsonObject, { api }: TokenKind): CauseId {
  if (header.nonce !== undefined) return 'graph-nonce-token';
  return api === 'Microsoft Graph' ? 'aud-is-graph' : 'aud-mismatch';
}
