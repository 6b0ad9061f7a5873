import { type AzureServiceId, SERVICES } from '../../azure/service-table.ts';
import type { BearerToken, Call } from '../../call/call.ts';
import { isGuid } from '../../token/issuer-shape.ts';
import type { JsonObject } from '../../token/token.ts';
import { readStrings, sameGuid } from '../bearer/token-under-check.ts';
import type { CauseId } from '../cause-id.ts';
import type { Finding, Judgement, Need } from '../judgement.ts';
import { openJudgement, presenceCause } from '../recognition.ts';
import { areOfTwoClouds } from './service-hosts.ts';

/** What a Microsoft service takes. */
export interface ServiceExpectation {
  /** Accepted audiences, compared exactly. */
  audiences: readonly string[];
  /** Application id of the service, which a v2 token has as audience. */
  appId?: string;
  /** Tenant the resource belongs to: a GUID; absent: not known, or any. */
  tenant?: string;
  audienceCause: CauseId;
  tenantCause: CauseId;
}

/** The application id that v2 tokens for a service have as audience, as a member of what it takes. */
export function appIdOf(service: AzureServiceId): Pick<ServiceExpectation, 'appId'> {
  const [appId] = SERVICES[service].appIds ?? [];
  return appId === undefined ? {} : { appId };
}

/** Tolerance nobody exceeds: .NET's default. What lies within it is no finding (entra-tokens §9). */
const SKEW_MS = 300_000;

/** What a service would refuse a token for, in the order it looks. Empty too when the token's claims are not known. */
export function findServiceFaults(bearer: BearerToken, expected: ServiceExpectation, nowMs: number): Finding[] {
  const payload = bearer.token?.payload;
  if (!payload) return isUnreadable(bearer) ? [{ cause: 'token-malformed', check: 'structure' }] : [];
  return [...timeFaults(payload, nowMs), ...audienceFaults(payload, expected), ...tenantFaults(payload, expected)];
}

function isUnreadable({ problems, raw }: BearerToken): boolean {
  const hasFault = problems?.some(({ severity }) => severity === 'error') ?? false;
  return hasFault || (raw !== undefined && !raw.includes('.'));
}

function timeFaults({ exp, nbf }: JsonObject, nowMs: number): Finding[] {
  if (typeof exp === 'number' && exp * 1000 < nowMs - SKEW_MS)
    return [{ cause: 'token-expired', check: 'expiry', seen: String(exp) }];
  if (typeof nbf === 'number' && nbf * 1000 > nowMs + SKEW_MS)
    return [{ cause: 'token-not-yet-valid', check: 'notBefore', seen: String(nbf) }];
  return [];
}

function audienceFaults({ aud }: JsonObject, { audiences, appId, audienceCause }: ServiceExpectation): Finding[] {
  const seen = readStrings(aud)?.[0];
  if (seen === undefined || audiences.length === 0) return [];
  if (audiences.includes(seen) || (appId !== undefined && sameGuid(seen, appId))) return [];
  const isOtherCloud = audiences.every((audience) => areOfTwoClouds(audience, seen));
  const cause = isOtherCloud ? 'token-from-other-cloud' : audienceCause;
  return [{ cause, check: 'audience', seen, expected: audiences.slice(0, 1) }];
}

function tenantFaults({ tid }: JsonObject, { tenant, tenantCause }: ServiceExpectation): Finding[] {
  if (typeof tid !== 'string' || !isGuid(tid) || tenant === undefined || sameGuid(tid, tenant)) return [];
  return [{ cause: tenantCause, check: 'tenant', seen: tid, expected: [tenant] }];
}

/**
 * The judgement of a service that always wants a token: refuses for what is seen wrong; else unknown, since what the
 * caller may do there is not known.
 */
export function judgeServiceCall(
  call: Call,
  expected: ServiceExpectation,
  nowMs: number,
  needs: Need[] = [],
): Judgement {
  const presence = presenceCause(call);
  const bearer = call.authorization.type === 'bearer' ? call.authorization.bearer : undefined;
  const findings: Finding[] = presence
    ? [{ cause: presence.cause, check: 'structure' }]
    : bearer
      ? findServiceFaults(bearer, expected, nowMs)
      : [];
  const hasClaims = bearer?.token !== undefined;
  const missing: Need[] = presence || hasClaims ? needs : [{ fact: 'token' }, ...needs];
  return findings.length > 0
    ? { verdict: 'refuses', checks: [], findings, needs: missing, forwards: call }
    : openJudgement(call, [], missing);
}

/** An ID token by its claims: for the client itself, with no permission and nobody it was issued to (entra-tokens.md). */
export function looksLikeIdToken({
  aud,
  scp,
  roles,
  appid,
  azp,
  nonce,
  preferred_username: name,
}: JsonObject): boolean {
  const isAccess = scp !== undefined || roles !== undefined || appid !== undefined || azp !== undefined;
  return !isAccess && typeof aud === 'string' && isGuid(aud) && (nonce !== undefined || name !== undefined);
}

/** The decoded claims of the token of a call, as far as they are known. */
export function claimsOf(call: Call | undefined): JsonObject | undefined {
  return call?.authorization.type === 'bearer' ? call.authorization.bearer.token?.payload : undefined;
}
