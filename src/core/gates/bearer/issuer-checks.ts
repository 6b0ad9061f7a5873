import type { ApiProfile } from '../../entra/api-profile.ts';
import { type Authority, isManyTenants, type TokenVersion } from '../../entra/authority.ts';
import { cloudOfHost } from '../../entra/clouds.ts';
import {
  isIssuerOfEntra,
  isIssuerTemplate,
  issuerForTenant,
  readEntraIssuer,
  tenantIdOfIssuer,
} from '../../entra/issuer.ts';
import { isGuid, issuerShapeOf } from '../../token/issuer-shape.ts';
import { PERSONAL_ACCOUNTS_TENANT } from '../../token/well-known-tenants.ts';
import type { Check, FailedVerdict } from '../check.ts';
import { acceptedIssuers, isOfEntra, issuersInQuestion } from './accepted-issuers.ts';
import { absentClaim, sameGuid, showClaim, type TokenUnderCheck } from './token-under-check.ts';

/**
 * `iss`, compared exactly with what the metadata of the accepted versions says, `{tenantid}` replaced by the token's
 * `tid`, and with the issuer the key set ties the signing key to (Microsoft: access-tokens.md, "Validate the issuer").
 */
export function checkIssuer(token: TokenUnderCheck): Check {
  const { payload, profile, signature } = token;
  const base = { id: 'issuer' as const, claim: 'iss', member: memberForIssuer(token) };
  if (payload.iss === undefined)
    return absentClaim(token, { ...base, reason: 'issuerMissing', cause: 'issuer-not-accepted' });
  const seen = showClaim(payload.iss);
  const { forToken: issuers, complete, failure } = acceptedIssuers(token);
  if (issuers.includes(seen) && !isIssuerTemplate(seen)) {
    const keyIssuer = signature?.key?.issuer;
    if (keyIssuer !== undefined && !keyMayIssue(keyIssuer, seen, payload.tid)) {
      const expected = [issuerForTenant(keyIssuer, payload.tid) ?? keyIssuer];
      return { ...base, verdict: 'failed', reason: 'issuerNotTheKeys', seen, expected, cause: 'issuer-not-accepted' };
    }
    return { ...base, verdict: 'passed', reason: profile.issuers ? 'issuerListed' : 'issuerAccepted', seen };
  }
  if (!complete) {
    return { ...base, verdict: 'notChecked', reason: 'issuerNotKnown', seen, ...(failure ? { detail: failure } : {}) };
  }
  return { ...base, verdict: 'failed', seen, expected: issuers, ...whyIssuerDiffers(seen, issuers, profile.authority) };
}

function memberForIssuer({ profile }: TokenUnderCheck): 'issuers' | 'authority' | 'tenant' {
  if (profile.issuers) return 'issuers';
  return profile.authority.kind === 'entra' ? 'tenant' : 'authority';
}

/** The v1 and v2 issuers of one tenant share keys, so a key's issuer has to agree in the tenant only. */
function keyMayIssue(keyIssuer: string, issuer: string, tid: unknown): boolean {
  const expected = issuerForTenant(keyIssuer, tid);
  if (expected === undefined) return false;
  if (expected === issuer) return true;
  const tenant = tenantIdOfIssuer(expected);
  return tenant !== undefined && tenant === tenantIdOfIssuer(issuer);
}

function whyIssuerDiffers(
  seen: string,
  expected: readonly string[],
  authority: Authority,
): Pick<Check, 'reason'> & Pick<FailedVerdict, 'cause'> {
  const loginBase = authority.kind === 'entra' ? authority.loginBase : undefined;
  if (isOtherCustomerTenant(seen, expected)) return { reason: 'issuerOtherTenant', cause: 'issuer-wrong-tenant' };
  const issuer = readEntraIssuer(seen, loginBase);
  const wanted = expected.flatMap((text) => readEntraIssuer(text, loginBase) ?? []);
  // Nobody is issued tokens by `common`: a tenant's own never equals what stands there.
  if (issuer && expected.some(isOfManyTenants)) return { reason: 'issuerOtherTenant', cause: 'issuer-wrong-tenant' };
  if (!issuer || wanted.length === 0) return { reason: 'issuerOther', cause: 'issuer-not-accepted' };
  const sameTenant = wanted.filter(({ tenantId }) => tenantId === issuer.tenantId);
  if (sameTenant.some(({ version }) => version !== issuer.version)) {
    return { reason: 'issuerOtherVersion', cause: 'issuer-v1-v2-mismatch' };
  }
  if (authority.kind === 'entra' && issuer.cloud !== undefined && issuer.cloud !== authority.cloud) {
    return { reason: 'issuerOtherCloud', cause: 'token-from-other-cloud' };
  }
  if (sameTenant.length > 0) return { reason: 'issuerOther', cause: 'issuer-not-accepted' };
  return { reason: 'issuerOtherTenant', cause: 'issuer-wrong-tenant' };
}

/** `common` or `organizations` where a tenant's issuer belongs. */
function isOfManyTenants(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { host, pathname } = new URL(issuer);
  return cloudOfHost(host) !== undefined && isManyTenants((pathname.split('/')[1] ?? '').toLowerCase());
}

/** Azure AD B2C and External ID: the same kind of issuer, of another tenant. */
function isOtherCustomerTenant(seen: string, expected: readonly string[]): boolean {
  const issuer = issuerShapeOf(seen);
  if ((issuer.id !== 'b2c' && issuer.id !== 'externalId') || !isGuid(issuer.tenant)) return false;
  const wanted = expected.map(issuerShapeOf).flatMap((shape) => (shape.id === issuer.id ? [shape.tenant] : []));
  return wanted.length > 0 && wanted.every((tenant) => !sameGuid(tenant, issuer.tenant));
}

/**
 * `tid` against the allowed tenants, else the tenant the profile names, else the tenants of the accepted issuers. An issuer
 * made from `{tenantid}` lets every tenant in: who may call is then not said, however the authority is written. No line
 * for an issuer that knows no tenants.
 */
export function checkTenant(token: TokenUnderCheck): Check[] {
  const { payload, profile } = token;
  const expected = expectedTenants(token);
  if (expected === 'noTenants') return [];
  const base = { id: 'tenant' as const, claim: 'tid', member: memberForTenant(profile) } as const;
  const { tid } = payload;
  if (tid === undefined)
    return [absentClaim(token, { ...base, reason: 'tenantMissing', cause: 'issuer-wrong-tenant' })];
  const seen = showClaim(tid);
  if (expected === 'notSaid') {
    if (isPersonalAccountRefused(token, seen))
      return [{ ...base, verdict: 'failed', reason: 'tenantOther', seen, cause: 'issuer-wrong-tenant' }];
    return [{ ...base, member: 'allowedTenants', verdict: 'notChecked', reason: 'tenantNotSaid', seen }];
  }
  if (expected === 'notKnown') return [{ ...base, verdict: 'notChecked', reason: 'tenantNotKnown', seen }];
  if (expected.some((tenant) => sameGuid(tenant, seen)))
    return [{ ...base, verdict: 'passed', reason: 'tenantAccepted', seen }];
  return [{ ...base, verdict: 'failed', reason: 'tenantOther', seen, expected, cause: 'issuer-wrong-tenant' }];
}

function memberForTenant({ allowedTenants, authority }: ApiProfile): 'allowedTenants' | 'tenant' | 'authority' {
  if (allowedTenants) return 'allowedTenants';
  return authority.kind === 'entra' ? 'tenant' : 'authority';
}

function isPersonalAccountRefused({ profile }: TokenUnderCheck, tid: string): boolean {
  const { authority } = profile;
  return authority.kind === 'entra' && authority.tenant === 'organizations' && sameGuid(tid, PERSONAL_ACCOUNTS_TENANT);
}

/** `notSaid`: any tenant. `notKnown`: one tenant, whose id nobody has read. */
type ExpectedTenants = string[] | 'notSaid' | 'notKnown' | 'noTenants';

function expectedTenants(token: TokenUnderCheck): ExpectedTenants {
  const { authority, allowedTenants } = token.profile;
  if (allowedTenants) return allowedTenants;
  if (authority.kind !== 'entra' || isManyTenants(authority.tenant)) return tenantsOfIssuers(token);
  if (authority.tenant === 'consumers') return [PERSONAL_ACCOUNTS_TENANT];
  if (isGuid(authority.tenant)) return [authority.tenant];
  return tenantsOfMetadata(token);
}

function tenantsOfIssuers(token: TokenUnderCheck): ExpectedTenants {
  const issuers = issuersInQuestion(token);
  if (issuers.some(isIssuerTemplate)) return 'notSaid';
  const tenants = issuers.filter(isIssuerOfEntra).flatMap((issuer) => tenantIdOfIssuer(issuer) ?? []);
  if (tenants.length > 0) return [...new Set(tenants)];
  return token.profile.authority.kind === 'entra' ? 'notSaid' : 'noTenants';
}

/** The GUID behind a domain: only the tenant's own metadata knows it. */
function tenantsOfMetadata(token: TokenUnderCheck): string[] | 'notKnown' {
  const versions: TokenVersion[] = [1, 2];
  const tenants = versions.flatMap((version) => {
    const source = token.sourceOf(version);
    if (!source?.ok || isIssuerTemplate(source.issuer)) return [];
    return tenantIdOfIssuer(source.issuer) ?? [];
  });
  return tenants.length > 0 ? [...new Set(tenants)] : 'notKnown';
}

/** `ver` against the versions the profile accepts. No line for an issuer other than Entra: its `ver` means nothing here. */
export function checkVersion(token: TokenUnderCheck): Check[] {
  const { payload, profile, version } = token;
  if (!isOfEntra(token)) return [];
  const base = { id: 'version' as const, claim: 'ver', member: 'tokenVersions' } as const;
  if (payload.ver === undefined) return [{ ...base, verdict: 'notChecked', reason: 'versionMissing' }];
  const seen = showClaim(payload.ver);
  if (!profile.tokenVersions) return [{ ...base, verdict: 'notChecked', reason: 'versionNotSaid', seen }];
  if (version !== undefined && profile.tokenVersions.includes(version)) {
    return [{ ...base, verdict: 'passed', reason: 'versionAccepted', seen }];
  }
  const expected = profile.tokenVersions.map((accepted) => `${accepted}.0`);
  return [{ ...base, verdict: 'failed', reason: 'versionOther', seen, expected, cause: 'issuer-v1-v2-mismatch' }];
}
