import { type IssuerShape, isAdfsIssuer, isGuid, issuerShapeOf } from './issuer-shape.ts';
import type { JsonObject, JsonValue } from './token.ts';
import type { KindEvidence } from './token-kind.ts';
import { PERSONAL_ACCOUNTS_TENANT } from './well-known-tenants.ts';

export interface TokenOrigin {
  /** `customers` are Azure AD B2C and External ID, whose `ver` does not mean Entra's versions. */
  id: 'entra' | 'customers' | 'adfs' | 'other';
  /** Entra's version, where `ver` and the issuer say the same. */
  version?: 1 | 2;
  evidence: KindEvidence[];
}

/** Who issued a token, by the form of `iss`, `tid`, `ver`, `tfp` and `acr`. No proof: anybody can write these. */
export function originOf(payload: JsonObject): TokenOrigin {
  const issuer = typeof payload.iss === 'string' ? payload.iss : '';
  const shape = issuerShapeOf(issuer);
  if (shape.id === 'externalId') return fromCustomers(payload, { id: 'externalId', claim: 'iss' });
  const b2cClaim = b2cClaimOf(payload, shape);
  if (b2cClaim) return fromCustomers(payload, { id: 'b2c', claim: b2cClaim });
  const isEntraShape = shape.id === 'entraV1' || shape.id === 'entraV2';
  if (isEntraShape && (shape.knownHost || sameText(payload.tid, shape.tenant))) {
    return fromEntra(payload, { id: 'issuer', claim: 'iss', value: shape.id }, shape.id);
  }
  if (isAdfsIssuer(issuer)) return { id: 'adfs', evidence: [{ id: 'adfs', claim: 'iss' }] };
  if (typeof payload.tid === 'string' && isGuid(payload.tid) && writtenVersion(payload)) {
    return fromEntra(payload, { id: 'tenantAndVersion', claim: 'tid' });
  }
  return { id: 'other', evidence: [{ id: 'notEntra' }] };
}

function fromEntra(payload: JsonObject, sign: KindEvidence, shape?: 'entraV1' | 'entraV2'): TokenOrigin {
  const evidence = [sign];
  const isPersonal = sameText(payload.tid, PERSONAL_ACCOUNTS_TENANT);
  if (isPersonal) evidence.push({ id: 'personalAccount', claim: 'tid' });
  const version = writtenVersion(payload);
  if (!version) return { id: 'entra', evidence };
  const value = version === 1 ? '1.0' : '2.0';
  if (shape && shape !== `entraV${version}`) {
    return { id: 'entra', evidence: [...evidence, { id: 'versionContradicts', claim: 'ver', value }] };
  }
  return { id: 'entra', version, evidence: [...evidence, { id: 'version', claim: 'ver', value }] };
}

function fromCustomers(payload: JsonObject, sign: KindEvidence): TokenOrigin {
  const version = writtenVersion(payload);
  if (version === 1) {
    return { id: 'customers', evidence: [sign, { id: 'versionNotEntra', claim: 'ver', value: '1.0' }] };
  }
  if (!version) return { id: 'customers', evidence: [sign] };
  return { id: 'customers', version, evidence: [sign, { id: 'version', claim: 'ver', value: '2.0' }] };
}

/** The claim that gives Azure AD B2C away: its issuer, `tfp`, or the policy in `acr`. */
function b2cClaimOf(payload: JsonObject, shape: IssuerShape): string | undefined {
  if (shape.id === 'b2c') return 'iss';
  if (typeof payload.tfp === 'string') return 'tfp';
  return typeof payload.acr === 'string' && /^b2c_1/i.test(payload.acr) ? 'acr' : undefined;
}

function writtenVersion({ ver }: JsonObject): 1 | 2 | undefined {
  if (ver === '1.0') return 1;
  return ver === '2.0' ? 2 : undefined;
}

function sameText(a: JsonValue | undefined, b: string): boolean {
  return typeof a === 'string' && a.toLowerCase() === b.toLowerCase();
}
