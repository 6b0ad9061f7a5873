import { V1_ISSUER } from '../../azure/login-hosts.ts';
import { isManyTenants } from '../../entra/authority.ts';
import { isIssuerTemplate, issuerForTenant, readEntraIssuer } from '../../entra/issuer.ts';
import type { KeySource } from '../../entra/metadata.ts';
import { literalOf } from '../../policy/policy-value.ts';
import type { TokenPolicy } from '../../policy/token-policy.ts';
import { isGuid, issuerShapeOf } from '../../token/issuer-shape.ts';
import { checkIssuer } from '../bearer/issuer-checks.ts';
import { absentClaim, sameGuid, showClaim, type TokenUnderCheck } from '../bearer/token-under-check.ts';
import type { Check } from '../check.ts';
import { decided, type MadeCheck, open } from './made-check.ts';
import { documentedIssuerOf, metadataOf, type PolicyMetadata } from './metadata-urls.ts';

type Match = 'yes' | 'no' | 'maybe';

/** An issuer a metadata document stands for. */
interface ExpectedIssuer {
  /** As it can be shown. */
  text: string;
  /** What it would be for the token at hand. */
  forToken: string;
  match: Match;
}

/**
 * `iss` against the issuers a token policy lists and those its metadata names. Whether the metadata's own still counts
 * beside a list is not documented, nor whether a template of many tenants is filled in: then it is not decided.
 */
export function checkPolicyIssuer(
  token: TokenUnderCheck,
  policy: TokenPolicy,
  keySources: Readonly<Record<string, KeySource>>,
): MadeCheck {
  const { payload } = token;
  const base = { id: 'issuer' as const, claim: 'iss' };
  if (payload.iss === undefined) {
    return decided(absentClaim(token, { ...base, reason: 'issuerMissing', cause: 'issuer-not-accepted' }));
  }
  if (policy.policy === 'validate-azure-ad-token') return decided(checkTenantOfPolicy(token, policy));
  const seen = showClaim(payload.iss);
  const listed = policy.issuers?.map(literalOf);
  if (listed?.includes(seen)) return decided({ ...base, verdict: 'passed', reason: 'issuerListed', seen });
  const { documents, isComplete } = metadataOf(policy);
  const expected = documents.map((document) => expectedOf(document, token, keySources));
  const best = bestMatch(expected);
  if (best === 'yes' && !listed) return decided({ ...base, verdict: 'passed', reason: 'issuerAccepted', seen });
  const hasUnknown = !isComplete || listed?.includes(undefined) || (documents.length === 0 && !listed);
  const isTemplate = expected.some(({ text }) => isIssuerTemplate(text));
  if (best === 'no' && !hasUnknown) return decided(failedIssuer(token, listed ?? [], expected));
  if (listed && best === 'yes') return open(failedIssuer(token, listed, []));
  if (isTemplate && best === 'maybe') return open(refusedByTemplate(seen, expected));
  return decided({ ...base, verdict: 'notChecked', reason: 'issuerNotKnown', seen });
}

function failedIssuer(
  token: TokenUnderCheck,
  listed: readonly (string | undefined)[],
  expected: readonly ExpectedIssuer[],
): Check {
  // A gateway compares what is listed as it stands: no issuer equals a template.
  const isIssuer = (issuer: string | undefined): issuer is string => issuer !== undefined && !isIssuerTemplate(issuer);
  const issuers = [...listed, ...expected.map(({ forToken }) => forToken)].filter(isIssuer);
  const { member: _member, ...failed } = checkIssuer({ ...token, profile: { ...token.profile, issuers } });
  const shown = [...listed, ...expected.map(({ text }) => text)].flatMap((issuer) => issuer ?? []);
  return { ...failed, expected: [...new Set(shown)] } as Check;
}

/** No issuer equals a template that nobody fills in. */
function refusedByTemplate(seen: string, expected: readonly ExpectedIssuer[]): Check {
  return {
    ...{ id: 'issuer', claim: 'iss', reason: 'issuerOtherTenant', seen, expected: expected.map(({ text }) => text) },
    verdict: 'failed',
    cause: 'issuer-wrong-tenant',
  } as Check;
}

function bestMatch(expected: readonly ExpectedIssuer[]): Match {
  const matches = expected.map(({ match }) => match);
  return matches.includes('yes') ? 'yes' : matches.includes('maybe') ? 'maybe' : 'no';
}

function expectedOf(
  document: PolicyMetadata,
  { payload }: TokenUnderCheck,
  keySources: Readonly<Record<string, KeySource>>,
): ExpectedIssuer {
  const seen = showClaim(payload.iss);
  const source = keySources[document.url];
  const exact = source?.ok ? source.issuer : documentedIssuerOf(document);
  if (exact !== undefined && !isIssuerTemplate(exact)) {
    const named = [exact, ...(source?.ok && source.accessTokenIssuer ? [source.accessTokenIssuer] : [])];
    return { text: exact, forToken: exact, match: named.includes(seen) ? 'yes' : 'no' };
  }
  const { entra } = document;
  if (!entra) return { text: document.url, forToken: document.url, match: 'maybe' };
  const issuer = readEntraIssuer(seen, entra.loginBase);
  const match = issuer && issuer.version === entra.version ? 'maybe' : 'no';
  const tenant = isManyTenants(entra.tenant) ? '{tenantid}' : entra.tenant;
  const text = exact ?? issuerTextOf(entra.version, entra.loginBase, tenant);
  const template = exact ?? issuerTextOf(entra.version, entra.loginBase, '{tenantid}');
  return { text, forToken: issuerForTenant(template, payload.tid) ?? text, match };
}

function issuerTextOf(version: 1 | 2, loginBase: string, tenant: string): string {
  return version === 1 ? `${V1_ISSUER}/${tenant}/` : `${loginBase}/${tenant}/v2.0`;
}

/** `tenant-id`: the token's issuer is of that tenant, in either version; a domain's tenant is not known here. */
function checkTenantOfPolicy(token: TokenUnderCheck, policy: TokenPolicy): Check {
  const seen = showClaim(token.payload.iss);
  const base = { id: 'issuer' as const, claim: 'iss', seen };
  const tenant = literalOf(policy.tenant)?.toLowerCase();
  if (tenant === undefined || policy.authenticationEndpoint) {
    return { ...base, verdict: 'notChecked', reason: 'issuerNotKnown' };
  }
  const shape = issuerShapeOf(seen);
  const isEntra = (shape.id === 'entraV1' || shape.id === 'entraV2') && (shape.knownHost || isOwnEntra(token, seen));
  const failed = { ...base, verdict: 'failed' as const, expected: [tenant] };
  if (!isEntra) return { ...failed, reason: 'issuerOther', cause: 'issuer-not-accepted' };
  if (!isGuid(tenant)) return { ...base, verdict: 'notChecked', reason: 'issuerNotKnown' };
  if (sameGuid(shape.tenant, tenant)) return { ...base, verdict: 'passed', reason: 'issuerAccepted' };
  return { ...failed, reason: 'issuerOtherTenant', cause: 'issuer-wrong-tenant' };
}

/** An Entra of no known cloud is the gateway's when the profile names it. */
function isOwnEntra({ profile: { authority } }: TokenUnderCheck, issuer: string): boolean {
  return authority.kind === 'entra' && URL.canParse(issuer) && new URL(issuer).origin === authority.loginBase;
}
