import type { ApiProfile } from '../../entra/api-profile.ts';
import { isGuid } from '../../token/issuer-shape.ts';
import { microsoftApiOf } from '../../token/well-known-apps.ts';
import type { Check } from '../check.ts';
import { absentClaim, readStrings, sameId, showClaim, type TokenUnderCheck } from './token-under-check.ts';

/**
 * The audiences that follow from what the profile says: those given, else the API's application id, and its App ID
 * URI where v1 tokens are accepted. A v2 token's `aud` is always the id; a v1 token's is the URI or the id, as the
 * client asked (Microsoft: access-token-claims-reference.md, `aud`). Empty when the profile says nothing.
 */
export function acceptedAudiences(profile: ApiProfile): string[] {
  const { audiences, appId, appIdUri } = profile;
  if (audiences) return audiences;
  return [...(appId ? [appId] : []), ...(appIdUri && acceptsV1(profile) ? [appIdUri] : [])];
}

/** True when `aud` names an audience the profile accepts: compared exactly, GUIDs without regard to case. */
export function acceptsAudience(profile: ApiProfile, aud: unknown): boolean {
  const accepted = acceptedAudiences(profile);
  return (readStrings(aud) ?? []).some((audience) => accepted.some((wanted) => sameId(audience, wanted)));
}

/** `aud` against the accepted audiences, with why it differs. */
export function checkAudience(token: TokenUnderCheck): Check {
  const { payload, profile } = token;
  const member = profile.audiences ? 'audiences' : 'appId';
  const base = { id: 'audience' as const, claim: 'aud', member } as const;
  if (payload.aud === undefined)
    return absentClaim(token, { ...base, reason: 'audienceMissing', cause: 'aud-mismatch' });
  const seen = showClaim(payload.aud);
  const audiences = readStrings(payload.aud) ?? [];
  const expected = acceptedAudiences(profile);
  const anyAudience = (test: (audience: string) => boolean) => audiences.some(test);
  if (acceptsAudience(profile, payload.aud)) {
    return { ...base, verdict: 'passed', reason: 'audienceAccepted', seen, expected };
  }
  if (Array.isArray(payload.aud) && payload.aud.some((one) => acceptsAudience(profile, one))) {
    return { ...base, verdict: 'notChecked', reason: 'audienceNotAllText', seen, expected };
  }
  const failed = { ...base, verdict: 'failed' as const, seen, expected };
  const api = audiences.map(microsoftApiOf).find((name) => name !== undefined);
  if (api !== undefined) {
    const cause = api === 'Microsoft Graph' ? 'aud-is-graph' : 'aud-mismatch';
    return { ...failed, reason: 'audienceMicrosoftApi', detail: api, cause };
  }
  const missing = audiences.map((audience) => missingMember(audience, profile)).find((name) => name !== undefined);
  if (missing) return { ...base, verdict: 'notChecked', reason: 'audienceNotSaid', member: missing, seen, expected };
  if (anyAudience((audience) => expected.some((wanted) => stripSlash(audience) === stripSlash(wanted)))) {
    return { ...base, verdict: 'notChecked', reason: 'audienceTrailingSlash', seen, expected };
  }
  if (anyAudience((audience) => expected.some((wanted) => audience.toLowerCase() === wanted.toLowerCase()))) {
    return { ...failed, reason: 'audienceOtherCase', cause: 'aud-clientid-vs-appiduri' };
  }
  if (anyAudience((audience) => namesSameApi(audience, profile) && mayBeOneApi(audience, expected))) {
    const canMendByVersion = token.version === 1 && (profile.tokenVersions?.includes(2) ?? true);
    const detail = canMendByVersion ? { detail: 'v1' } : {};
    return { ...failed, reason: 'audienceOtherForm', cause: 'aud-clientid-vs-appiduri', ...detail };
  }
  return { ...failed, reason: 'audienceOther', cause: 'aud-mismatch' };
}

/** What the profile would have to say for this audience to be decided: the id for a GUID, the URI for anything else. */
function missingMember(audience: string, profile: ApiProfile): 'appId' | 'appIdUri' | undefined {
  const { audiences, appId, appIdUri } = profile;
  if (audiences) return undefined;
  if (appId === undefined && (isGuid(audience) || appIdUri === undefined)) return 'appId';
  return appIdUri === undefined && !isGuid(audience) && acceptsV1(profile) ? 'appIdUri' : undefined;
}

function acceptsV1({ tokenVersions }: ApiProfile): boolean {
  return tokenVersions?.includes(1) ?? true;
}

/** The right API under another spelling: its id with or without `api://` or `spn:`, or its App ID URI. */
export function namesSameApi(audience: string, { appId, appIdUri, audiences = [] }: ApiProfile): boolean {
  const names = [appId, appIdUri, ...audiences].flatMap((name) => (name === undefined ? [] : [bareId(name)]));
  return names.includes(bareId(audience));
}

/** False where every name that is expected is the id of another API: an id has no second spelling that is an id. */
function mayBeOneApi(audience: string, expected: readonly string[]): boolean {
  const seen = bareId(audience);
  return !isGuid(seen) || expected.map(bareId).some((wanted) => !isGuid(wanted) || wanted === seen);
}

/** No name of an API is longer: such a text is the same as itself only. */
const LONGEST_NAME = 1_000;

function bareId(name: string): string {
  if (name.length > LONGEST_NAME) return name;
  return stripSlash(name)
    .replace(/^(api:\/\/|spn:)/i, '')
    .toLowerCase();
}

function stripSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text;
}
