import { customerLoginOf, isLoginHost } from '../azure/login-hosts.ts';

/** What an issuer looks like. A shape is no proof: anybody can write an issuer into a token. */
export type IssuerShape =
  | {
      id: 'entraV1' | 'entraV2';
      tenant: string;
      /** False for a host of no known cloud: an emulator, an air-gapped cloud. */
      knownHost: boolean;
    }
  | { id: 'b2c'; tenant: string; policy?: string }
  | { id: 'externalId'; tenant: string }
  | { id: 'other' };

const GUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const IS_GUID = new RegExp(`^${GUID}$`, 'i');
const V1_PATH = new RegExp(`^(${GUID})/$`, 'i');
const V2_PATH = new RegExp(`^(${GUID})/v2\\.0$`, 'i');
const B2C_PATH = new RegExp(`^(?:tfp/)?(${GUID})(?:/([^/]+))?/v2\\.0/$`, 'i');

/** True for a GUID in the usual 8-4-4-4-12 form. */
export function isGuid(text: string): boolean {
  return IS_GUID.test(text);
}

/**
 * Reads the form of an `iss` claim: Entra v1 (`https://sts.windows.net/{tid}/`), Entra v2 (`…/{tid}/v2.0`),
 * Azure AD B2C (`…/{tid}/v2.0/` on b2clogin.com, or with `/tfp/` and the policy on any host), External ID
 * (ciamlogin.com), or another. Only recognises; whether it is right is for the tenant's metadata to say.
 */
export function issuerShapeOf(issuer: string): IssuerShape {
  const match = /^https:\/\/([^/?#]+)\/([^?#]*)$/i.exec(issuer);
  const host = match?.[1]?.toLowerCase() ?? '';
  const path = match?.[2] ?? '';
  if (customerLoginOf(host) === 'externalId') return { id: 'externalId', tenant: path.split('/')[0] ?? '' };
  const b2c = B2C_PATH.exec(path);
  if (customerLoginOf(host) === 'b2c' || (b2c && /^tfp\//i.test(path))) {
    const shape = { id: 'b2c', tenant: b2c?.[1] ?? '' } as const;
    return b2c?.[2] === undefined ? shape : { ...shape, policy: b2c[2] };
  }
  const knownHost = isLoginHost(host);
  const v2 = V2_PATH.exec(path)?.[1];
  if (v2 !== undefined) return { id: 'entraV2', tenant: v2, knownHost };
  const v1 = V1_PATH.exec(path)?.[1];
  return v1 === undefined ? { id: 'other' } : { id: 'entraV1', tenant: v1, knownHost };
}

/** True for the form of an AD FS issuer: `https://{host}/adfs`, or `http://{host}/adfs/services/trust` in access tokens. */
export function isAdfsIssuer(issuer: string): boolean {
  return /^https?:\/\/[^/?#]+\/adfs(?:\/services\/trust)?$/i.test(issuer);
}
