import type { BearerToken, Call } from '../call/call.ts';
import type { ApiProfile } from '../entra/api-profile.ts';
import { metadataUrl } from '../entra/authority.ts';
import { keySourceUrl, metadataUrlsFor, tokenVersion } from '../entra/token-source.ts';
import { readToken } from '../token/read-token.ts';
import type { TokenReading } from '../token/token.ts';
import { checkAudience } from './bearer/audience-check.ts';
import { findDisagreements, settle } from './bearer/differences.ts';
import { checkIssuer, checkTenant, checkVersion } from './bearer/issuer-checks.ts';
import { checkKind, checkStructure } from './bearer/kind-checks.ts';
import { checkExpiry, checkNotBefore } from './bearer/lifetime-checks.ts';
import { checkAllowedClients, checkPermissions } from './bearer/permission-checks.ts';
import { checkAlgorithm, checkKey, checkSignature } from './bearer/signature-checks.ts';
import { shownToken, type TokenUnderCheck } from './bearer/token-under-check.ts';
import type { Check, CheckId, ReasonId } from './check.ts';
import type { Knowledge } from './facts.ts';
import type { Gate } from './gate.ts';
import type { Finding, Judgement, Need } from './judgement.ts';

/** The checks in the order of a report. */
export const BEARER_CHECKS: readonly CheckId[] = [
  ...(['structure', 'algorithm', 'key', 'signature', 'issuer', 'tenant', 'audience', 'expiry', 'notBefore'] as const),
  ...(['kind', 'version', 'permissions', 'allowedClients'] as const),
];

/**
 * Whoever validates the bearer token of a call for the API it is meant for: all checks run, none stops the others.
 * Refuses when one check fails; unknown when none fails and one could not be made.
 */
export const bearerCheck: Pick<Gate, 'id' | 'judge'> = {
  id: 'bearerCheck',
  judge(_step, call, knowledge, nowMs) {
    const { authorization } = call;
    switch (authorization.type) {
      case 'none':
        return refuse(call, { cause: 'missing-token', check: 'structure' });
      case 'other':
        return refuse(call, { cause: 'bearer-prefix-missing', check: 'structure', seen: authorization.scheme });
      case 'unknown':
        return { verdict: 'unknown', checks: [], findings: [], needs: [{ fact: 'token' }], forwards: call };
      case 'bearer':
        return judgeBearer(call, authorization.bearer, knowledge, nowMs);
    }
  },
};

function refuse(call: Call, finding: Finding): Judgement {
  return { verdict: 'refuses', checks: [], findings: [finding], needs: [], forwards: call };
}

function judgeBearer(call: Call, bearer: BearerToken, knowledge: Knowledge, nowMs: number): Judgement {
  const profile = knowledge.profile?.value;
  if (!profile) return judgeWithoutProfile(call, bearer, knowledge, nowMs);
  const reading = readingOf(bearer);
  const checks = checkAll(bearer, reading, profile, knowledge, nowMs);
  return {
    verdict: verdictOf(checks),
    checks,
    findings: checks.flatMap(findingOf),
    needs: needsOf(bearer, reading, profile, knowledge),
    disagreements: findDisagreements(checks),
    forwards: call,
  };
}

/** What every API refuses, whoever it trusts. */
const REFUSED_BY_ALL: readonly ReasonId[] = [
  ...([
    'unreadable',
    'standardBase64',
    'notUtf8',
    'algorithmNone',
    'signatureMissing',
    'expired',
    'notYetValid',
    'timeNotANumber',
  ] as const),
  ...(['kindIdToken', 'kindMicrosoftApi'] as const),
];
const NOBODY: ApiProfile = { origin: 'user', authority: { kind: 'oidc', base: 'https://unknown.invalid' } };

function judgeWithoutProfile(call: Call, bearer: BearerToken, knowledge: Knowledge, nowMs: number): Judgement {
  const reading = readingOf(bearer);
  const checks = checkAll(bearer, reading, NOBODY, knowledge, nowMs);
  const findings = checks.filter(({ reason }) => REFUSED_BY_ALL.includes(reason)).flatMap(findingOf);
  return { verdict: 'unknown', checks: [], findings, needs: [{ fact: 'profile' }], forwards: call };
}

/** The token's text as read now, or what reading it found before its raw text was dropped. */
export function readingOf({ raw, token, problems }: BearerToken): TokenReading | undefined {
  if (raw !== undefined) return readToken(raw);
  if (token || !problems) return undefined;
  return { raw: '', form: 'unreadable', problems: [...problems] };
}

function checkAll(
  bearer: BearerToken,
  reading: TokenReading | undefined,
  profile: ApiProfile,
  knowledge: Knowledge,
  nowMs: number,
): Check[] {
  const structure: Check = reading
    ? checkStructure(reading, profile)
    : { id: 'structure', verdict: 'notChecked', reason: 'decodedOnly' };
  const token = gather(bearer, reading, profile, knowledge, nowMs);
  if (!token) return [settle(structure, profile), ...BEARER_CHECKS.slice(1).map(notReadable)];
  const checks = [
    structure,
    checkAlgorithm(token),
    checkKey(token),
    checkSignature(token),
    checkIssuer(token),
    ...checkTenant(token),
    checkAudience(token),
    checkExpiry(token),
    checkNotBefore(token),
    checkKind(token),
    ...checkVersion(token),
    checkPermissions(token),
    checkAllowedClients(token),
  ];
  return checks.map((check) => settle(check, profile));
}

function notReadable(id: CheckId): Check {
  return { id, verdict: 'notChecked', reason: 'notReadable' };
}

function gather(
  bearer: BearerToken,
  reading: TokenReading | undefined,
  profile: ApiProfile,
  knowledge: Knowledge,
  nowMs: number,
): TokenUnderCheck | undefined {
  const shown = shownToken(bearer, reading);
  if (!shown) return undefined;
  const { payload } = shown;
  const ownUrl = keySourceUrl(payload, profile);
  const keySource = knowledge.keySources[ownUrl];
  const signature = bearer.signatures[ownUrl];
  const version = tokenVersion(payload);
  return {
    ...shown,
    ...(version === undefined ? {} : { version }),
    profile,
    ...(keySource === undefined ? {} : { keySource }),
    sourceOf: (wanted) => knowledge.keySources[metadataUrl(profile.authority, wanted)],
    ...(signature === undefined ? {} : { signature }),
    nowMs,
  };
}

function verdictOf(checks: readonly Check[]): Judgement['verdict'] {
  if (checks.some(({ verdict }) => verdict === 'failed')) return 'refuses';
  return checks.some(({ verdict }) => verdict === 'notChecked') ? 'unknown' : 'passes';
}

/** The finding of a failed check. */
export function findingOf({ id, verdict, cause, seen, expected, place }: Check): Finding[] {
  if (verdict !== 'failed' || !cause) return [];
  const facts = {
    ...(seen === undefined ? {} : { seen }),
    ...(expected ? { expected } : {}),
    ...(place ? { place } : {}),
  };
  return [{ cause, check: id, ...facts }];
}

function needsOf(
  bearer: BearerToken,
  reading: TokenReading | undefined,
  profile: ApiProfile,
  { keySources }: Knowledge,
): Need[] {
  const payload = reading ? reading.payload : bearer.token?.payload;
  if (!payload) return [];
  const missing = metadataUrlsFor(payload, profile).filter((url) => !keySources[url]?.ok);
  return missing.map((url) => ({ fact: 'keys', metadataUrl: url }));
}
