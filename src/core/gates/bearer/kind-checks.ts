import { titleOfKind } from '../../token/kind-text.ts';
import type { JsonObject, TokenReading } from '../../token/token.ts';
import type { TokenKind } from '../../token/token-kind.ts';
import type { CauseId, Check } from '../gate.ts';
import { acceptsAudience } from './audience-check.ts';
import type { TokenUnderCheck } from './token-under-check.ts';

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
  // A claim of the wrong type is the business of the check that reads it.
  const doubt = reading.problems.find(({ id }) => id !== 'claimType');
  if (doubt) return { ...base, verdict: 'notChecked', reason: 'readableWithDoubts', detail: doubt.id };
  return { ...base, verdict: 'passed', reason: 'readable' };
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
