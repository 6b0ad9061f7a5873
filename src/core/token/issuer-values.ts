import { type ClaimSurroundings, textOf } from './claim-value.ts';
import { issuerShapeOf } from './issuer-shape.ts';
import type { JsonValue } from './token.ts';
import { PERSONAL_ACCOUNTS_TENANT } from './well-known-tenants.ts';

/** What kind of issuer an `iss` is, by its form. */
export function sayIssuer(value: JsonValue): string | undefined {
  const shape = issuerShapeOf(textOf(value));
  switch (shape.id) {
    case 'entraV1':
      return `Entra v1 issuer${ofTenant(shape.tenant)}`;
    case 'entraV2':
      return `Entra v2 issuer${ofTenant(shape.tenant)}`;
    case 'b2c':
      return shape.policy === undefined ? 'Azure AD B2C' : 'Azure AD B2C, with the policy in the issuer';
    case 'externalId':
      return 'Microsoft Entra External ID';
    case 'other':
      return undefined;
  }
}

function ofTenant(tenant: string): string {
  return tenant.toLowerCase() === PERSONAL_ACCOUNTS_TENANT ? ', of personal Microsoft accounts' : '';
}

/** Whether `tid` is the tenant of personal accounts, or another one than the issuer names. */
export function sayTenant(value: JsonValue, { payload }: ClaimSurroundings): string | undefined {
  const tenant = textOf(value).toLowerCase();
  if (tenant === PERSONAL_ACCOUNTS_TENANT) return 'the user signed in with a personal Microsoft account';
  const shape = issuerShapeOf(textOf(payload.iss));
  const isOther = shape.id !== 'other' && shape.tenant !== '' && shape.tenant.toLowerCase() !== tenant;
  // External ID may have the tenant's name instead of its id in the issuer.
  return isOther && shape.id !== 'externalId' ? 'not the tenant the issuer names' : undefined;
}

/** Where `ver` comes from, and where it does not mean what it seems to. */
export function sayVersion(value: JsonValue, { kind }: ClaimSurroundings): string | undefined {
  const evidence = kind.evidence.map(({ id }) => id);
  if (evidence.includes('versionContradicts')) return 'not the version the issuer has the form of';
  if (evidence.includes('versionNotEntra')) return 'does not mean Entra v1: Azure AD B2C and External ID write it too';
  if (kind.version === undefined) return undefined;
  if (kind.id === 'idToken') return `v${kind.version}, decided by the endpoint the client signed in at`;
  if (kind.id === 'microsoftApiToken') return `v${kind.version}`;
  return textOf(value) && 'decided by the API’s registration (requestedAccessTokenVersion), not by the client';
}

/** Who signed the user in, where it was not the tenant itself: Microsoft's claims references, `idp`. */
export function sayIdentityProvider(value: JsonValue, { payload }: ClaimSurroundings): string | undefined {
  if (value === 'live.com') return 'a personal Microsoft account';
  const provider = issuerShapeOf(textOf(value));
  if (provider.id !== 'entraV1' && provider.id !== 'entraV2') return undefined;
  if (provider.tenant.toLowerCase() === PERSONAL_ACCOUNTS_TENANT) return 'a personal Microsoft account';
  const isOther = provider.tenant.toLowerCase() !== textOf(payload.tid).toLowerCase();
  return isOther && payload.tid !== undefined ? 'another tenant: the user is a guest' : undefined;
}

/** Azure AD B2C prefixes the names of user flows with `B2C_1_` and those of custom policies with `B2C_1A_`. */
export function sayPolicy(value: JsonValue): string {
  const name = textOf(value);
  if (/^b2c_1a_/i.test(name)) return 'a custom policy';
  return /^b2c_1_/i.test(name) ? 'a user flow' : 'the policy';
}
