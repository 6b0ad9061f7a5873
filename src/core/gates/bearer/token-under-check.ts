import type { BearerToken } from '../../call/call.ts';
import type { ApiProfile } from '../../entra/api-profile.ts';
import type { TokenVersion } from '../../entra/authority.ts';
import type { KeySource } from '../../entra/metadata.ts';
import type { SignatureFinding } from '../../entra/signature.ts';
import { isGuid } from '../../token/issuer-shape.ts';
import type { JsonObject, TokenReading } from '../../token/token.ts';
import { nameKind, type TokenKind } from '../../token/token-kind.ts';
import type { CauseId } from '../cause-id.ts';
import type { Check, CheckFacts } from '../check.ts';

/** Everything the single checks look at, gathered once. */
export interface TokenUnderCheck {
  header: JsonObject;
  payload: JsonObject;
  /** True when claims may be missing from what is shown: an absent claim is then unknown. */
  partial: boolean;
  /** True when only the decoded claims are at hand, not the token itself. */
  decodedOnly: boolean;
  hasSignature: boolean;
  kind: TokenKind;
  version?: TokenVersion;
  profile: ApiProfile;
  /** Where this token's keys come from. */
  keySource?: KeySource;
  /** The metadata of every version the profile accepts, and of the token's own. */
  sourceOf: (version: TokenVersion) => KeySource | undefined;
  signature?: SignatureFinding;
  nowMs: number;
}

/** What the token says, whoever checks it; undefined when its claims are not at hand or it is no signed token. */
export function shownToken(
  { token, partial }: BearerToken,
  reading: TokenReading | undefined,
): Pick<TokenUnderCheck, 'header' | 'payload' | 'partial' | 'decodedOnly' | 'hasSignature' | 'kind'> | undefined {
  const { header, payload } = reading ?? token ?? {};
  if (!header || !payload || (reading && reading.form !== 'jws')) return undefined;
  return {
    header,
    payload,
    partial,
    decodedOnly: reading === undefined,
    hasSignature: reading === undefined || reading.signatureBytes !== 0,
    kind: nameKind(reading ?? { raw: '', form: 'jws', header, payload, problems: [] }),
  };
}

/** The check for an absent claim: failed, or unknown when the token is only partly shown. */
export function absentClaim(token: TokenUnderCheck, check: CheckFacts & { cause: CauseId }): Check {
  return token.partial
    ? { id: check.id, verdict: 'notChecked', reason: 'claimUnknown', ...(check.claim ? { claim: check.claim } : {}) }
    : { ...check, verdict: 'failed' };
}

/** A claim's value as text for a report: strings as they are, anything else as JSON. */
export function showClaim(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The strings of a claim that may be one string or a list of strings; undefined for anything else. */
export function readStrings(value: unknown): string[] | undefined {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return undefined;
  return value.every((entry) => typeof entry === 'string') ? value : undefined;
}

/** An id of a setting against a token's: exactly, GUIDs without regard to case (RFC 7519 §2, RFC 6749 §2.2). */
export function sameId(seen: string, wanted: string): boolean {
  return seen === wanted || (isGuid(wanted) && sameGuid(seen, wanted));
}

/** GUIDs compare without regard to case; everything else a token holds is compared exactly. */
export function sameGuid(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
