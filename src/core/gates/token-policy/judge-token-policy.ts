import type { BearerToken, Call } from '../../call/call.ts';
import type { ApiProfile } from '../../entra/api-profile.ts';
import type { SignatureFinding } from '../../entra/signature.ts';
import type { PolicyStatement } from '../../policy/effective-policy.ts';
import { literalOf } from '../../policy/policy-value.ts';
import type { TokenPolicy } from '../../policy/token-policy.ts';
import type { TokenReading } from '../../token/token.ts';
import { checkStructure } from '../bearer/kind-checks.ts';
import { shownToken, type TokenUnderCheck } from '../bearer/token-under-check.ts';
import { findingOf, readingOf } from '../bearer-check.ts';
import type { Check } from '../check.ts';
import type { Knowledge } from '../facts.ts';
import type { Finding, Judgement, Need } from '../judgement.ts';
import { headerOf, openJudgement, passing, queryValue, refusing } from '../recognition.ts';
import { keyUrlsOf, metadataOf } from './metadata-urls.ts';
import { checksOfPolicy } from './token-policy-checks.ts';

/**
 * Judges a call by the literal text of a `validate-jwt` or `validate-azure-ad-token`. What an expression or named value
 * decides is unknown; a policy that may not run, or that API Management would not take, never refuses for sure.
 */
export function judgeTokenPolicy(
  statement: PolicyStatement,
  policy: TokenPolicy,
  call: Call,
  knowledge: Knowledge,
  nowMs: number,
): Judgement {
  const judged = judgeAsRun(policy, call, knowledge, nowMs);
  const isSure = !statement.isConditional && !statement.isUnsound;
  return judged.verdict === 'refuses' && !isSure ? { ...judged, verdict: 'unknown' } : judged;
}

function judgeAsRun(policy: TokenPolicy, call: Call, knowledge: Knowledge, nowMs: number): Judgement {
  const { token } = policy;
  if (!token || token.from === 'value') return openJudgement(call);
  const name = literalOf(token.name);
  if (name === undefined) return openJudgement(call);
  const isAuthorization = token.from === 'header' && name.toLowerCase() === 'authorization';
  if (isAuthorization) return judgeAuthorization(policy, call, knowledge, nowMs);
  const isSent = token.from === 'header' ? headerOf(call, name) !== undefined : queryValue(call, name) !== undefined;
  return isSent
    ? openJudgement(call, [], [{ fact: 'token' }])
    : refusing(call, { cause: 'missing-token', check: 'structure', expected: [name] });
}

function judgeAuthorization(policy: TokenPolicy, call: Call, knowledge: Knowledge, nowMs: number): Judgement {
  const { authorization } = call;
  const isReplaced = authorization.setBy === 'step';
  const scheme = literalOf(policy.requireScheme);
  switch (authorization.type) {
    case 'none':
      return refusing(call, {
        cause: isReplaced ? 'apim-policy-overwrites-authorization' : 'missing-token',
        check: 'structure',
      });
    case 'unknown':
      return isReplaced
        ? openJudgement(call, [{ cause: 'apim-policy-overwrites-authorization' }])
        : openJudgement(call, [], [{ fact: 'token' }]);
    case 'other': {
      const cause = isReplaced ? 'apim-policy-overwrites-authorization' : 'bearer-prefix-missing';
      const finding: Finding = { cause, check: 'structure', seen: authorization.scheme };
      const isRefused = scheme !== undefined && !isSameScheme(scheme, authorization.scheme);
      return isRefused || authorization.fault === 'schemeTwice'
        ? refusing(call, { ...finding, expected: [scheme ?? 'Bearer'] })
        : openJudgement(call, [finding]);
    }
    case 'bearer':
      if (scheme !== undefined && !isSameScheme(scheme, 'Bearer')) {
        return refusing(call, {
          cause: 'bearer-prefix-missing',
          check: 'structure',
          seen: 'Bearer',
          expected: [scheme],
        });
      }
      return judgeBearer(policy, call, authorization.bearer, knowledge, nowMs);
  }
}

function isSameScheme(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.toLowerCase();
}

function judgeBearer(
  policy: TokenPolicy,
  call: Call,
  bearer: BearerToken,
  knowledge: Knowledge,
  nowMs: number,
): Judgement {
  const reading = readingOf(bearer);
  const profile = profileFor(policy, knowledge);
  const structure: Check = reading
    ? checkStructure(reading, profile)
    : { id: 'structure', verdict: 'notChecked', reason: 'decodedOnly' };
  const token = gather(policy, bearer, reading, profile, knowledge, nowMs);
  const made = token ? checksOfPolicy(token, policy, knowledge) : [];
  const placed = [structure, ...made.map(({ check }) => check)].map((check) => withPlace(check, policy));
  const failed = placed.filter(({ verdict }) => verdict === 'failed');
  if (failed.length > 0) {
    const findings = [...findIdToken(token, failed), ...rootFirst(failed).flatMap(findingOf)];
    return { verdict: 'refuses', checks: placed, findings, needs: [], forwards: call };
  }
  const isOpen = placed.some(({ verdict }) => verdict === 'notChecked') || policy.unknownParts.length > 0;
  const needs = isOpen ? needsOf(policy, knowledge) : [];
  const doubts = made.flatMap(({ doubt }) => (doubt ? findingOf(withPlace(doubt, policy)) : []));
  return isOpen ? { ...openJudgement(call, doubts, needs), checks: placed } : { ...passing(call), checks: placed };
}

/** What an ID token lacks: the policies do not look at the kind, but it explains why this does not fit. */
const LACKED_BY_ID_TOKENS: readonly Check['id'][] = ['audience', 'requiredClaim', 'allowedClients'];

function findIdToken(token: TokenUnderCheck | undefined, failed: readonly Check[]): Finding[] {
  const isIdToken = token?.kind.id === 'idToken' && token.kind.sure;
  const isWhy = isIdToken && failed.some(({ id }) => LACKED_BY_ID_TOKENS.includes(id));
  return isWhy ? [{ cause: 'id-token-instead-of-access-token', check: 'kind' }] : [];
}

/**
 * A signature that was found not to verify comes first, since it is looked at first; a token for another API explains what
 * else does not fit; then the version.
 */
function rootFirst(failed: readonly Check[]): Check[] {
  const ranks: readonly ((check: Check) => boolean)[] = [
    ({ reason, claim }) => reason === 'signatureNotMeantForYou' && claim !== 'nonce',
    ({ reason }) => reason === 'audienceMicrosoftApi',
    ({ reason }) => reason === 'signatureNotMeantForYou',
    ({ reason }) => reason === 'issuerOtherVersion',
  ];
  const rankOf = (check: Check) => {
    const rank = ranks.findIndex((isOf) => isOf(check));
    return rank < 0 ? ranks.length : rank;
  };
  return [...failed].sort((a, b) => rankOf(a) - rankOf(b));
}

/** The policy in the shape the checks of a bearer token take. */
function profileFor(policy: TokenPolicy, { profile }: Knowledge): ApiProfile {
  const { appId, appIdUri } = profile?.value ?? {};
  const skew = literalOf(policy.clockSkewSec);
  return {
    origin: 'user',
    authority: profile?.value.authority ?? { kind: 'oidc', base: 'https://unknown.invalid' },
    ...(appId ? { appId } : {}),
    ...(appIdUri ? { appIdUri } : {}),
    ...(policy.audiences ? { audiences: policy.audiences.flatMap((audience) => literalOf(audience) ?? []) } : {}),
    ...(skew === undefined ? {} : { clockSkewSec: skew }),
  };
}

function gather(
  policy: TokenPolicy,
  bearer: BearerToken,
  reading: TokenReading | undefined,
  profile: ApiProfile,
  { keySources }: Knowledge,
  nowMs: number,
): TokenUnderCheck | undefined {
  const shown = shownToken(bearer, reading);
  if (!shown) return undefined;
  const urls = metadataOf(policy, loginBaseOf(profile)).documents.flatMap(keyUrlsOf);
  const url = urls.find((one) => keySources[one]?.ok) ?? urls[0];
  const keySource = url === undefined ? undefined : keySources[url];
  const signature = signatureOf(policy, bearer, loginBaseOf(profile));
  return {
    ...shown,
    profile,
    ...(keySource ? { keySource } : {}),
    sourceOf: () => undefined,
    ...(signature ? { signature } : {}),
    nowMs,
  };
}

/** What verifying with the policy's keys gave: one that verifies is enough, and all have to be known for a refusal. */
function signatureOf(
  policy: TokenPolicy,
  { signatures }: BearerToken,
  loginBase: string | undefined,
): SignatureFinding | undefined {
  const { documents, isComplete } = metadataOf(policy, loginBase);
  const found = documents.map((document) => {
    const known = keyUrlsOf(document).flatMap((url) => signatures[url] ?? []);
    return known.find(isGood) ?? known[0];
  });
  const good = found.find((finding) => finding && isGood(finding));
  if (good) return good;
  const isWhole = isComplete && documents.length > 0 && policy.signingKeys === 0 && !found.includes(undefined);
  if (!isWhole) return undefined;
  return (
    found.find((finding) => finding?.state === 'notChecked') ??
    found.find((finding) => finding?.state === 'invalid') ??
    found[0]
  );
}

function isGood({ state }: SignatureFinding): boolean {
  return state === 'valid' || state === 'assumed';
}

const PARTS: Partial<Record<Check['id'], readonly string[]>> = {
  issuer: ['issuers', 'openid-config', 'tenant-id'],
  audience: ['audiences'],
  expiry: ['clock-skew'],
  notBefore: ['clock-skew'],
  key: ['openid-config', 'issuer-signing-keys'],
  signature: ['openid-config', 'issuer-signing-keys'],
  allowedClients: ['client-application-ids'],
};

/** Where in the policy stands what a check compares with; a profile has no say here. */
function withPlace(check: Check, { lines }: TokenPolicy): Check {
  const { member: _member, ...facts } = check;
  const line = PARTS[check.id]?.map((part) => lines[part]).find((known) => known !== undefined);
  return line === undefined || check.place ? (facts as Check) : ({ ...facts, place: { line } } as Check);
}

function loginBaseOf({ authority }: ApiProfile): string | undefined {
  return authority.kind === 'entra' ? authority.loginBase : undefined;
}

function needsOf(policy: TokenPolicy, { keySources, profile }: Knowledge): Need[] {
  const { documents } = metadataOf(policy, profile && loginBaseOf(profile.value));
  const missing = documents.filter((document) => !keyUrlsOf(document).some((url) => keySources[url]?.ok));
  return missing.slice(0, 1).map(({ url }) => ({ fact: 'keys', metadataUrl: url }));
}
