import { titleOfKind } from '../../token/kind-text.ts';
import type { TokenReading } from '../../token/token.ts';
import type { Check } from '../gate.ts';
import { acceptedAudiences } from './audience-check.ts';
import { readStrings, type TokenUnderCheck } from './token-under-check.ts';

/** Whether the token can be read at all, and whether some validators would stumble over its text. */
export function checkStructure(reading: TokenReading): Check {
  const base = { id: 'structure' as const };
  const [problem] = reading.problems;
  if (reading.form === 'jwe') return { ...base, verdict: 'notChecked', reason: 'encrypted' };
  if (reading.form === 'unreadable' || !reading.header || !reading.payload) {
    return {
      ...base,
      verdict: 'failed',
      reason: 'unreadable',
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
  if (problem) return { ...base, verdict: 'passed', reason: 'readableWithDoubts', detail: problem.id };
  return { ...base, verdict: 'passed', reason: 'readable' };
}

/** An API takes access tokens meant for it: no ID token, no token for a Microsoft API. */
export function checkKind(token: TokenUnderCheck): Check {
  const { kind, header, payload, profile } = token;
  const base = { id: 'kind' as const, seen: titleOfKind(kind) };
  switch (kind.id) {
    case 'accessToken':
      return { ...base, verdict: 'passed', reason: 'kindAccessToken' };
    case 'idToken':
      return { ...base, verdict: 'failed', reason: 'kindIdToken', cause: 'id-token-instead-of-access-token' };
    case 'microsoftApiToken': {
      const accepted = acceptedAudiences(profile);
      if (readStrings(payload.aud)?.some((audience) => accepted.includes(audience))) {
        return { ...base, verdict: 'passed', reason: 'kindAccessToken' };
      }
      const detail = kind.api === undefined ? {} : { detail: kind.api };
      const cause = header.nonce === undefined ? 'aud-mismatch' : 'graph-nonce-token';
      return {
        ...base,
        verdict: 'failed',
        reason: 'kindMicrosoftApi',
        ...detail,
        cause: kind.api === 'Microsoft Graph' && cause === 'aud-mismatch' ? 'aud-is-graph' : cause,
      };
    }
    default:
      return { ...base, verdict: 'notChecked', reason: 'kindUnsure' };
  }
}
