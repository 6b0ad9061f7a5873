import { serviceIdAt } from '../azure/service-table.ts';
import { type ClaimSurroundings, countOf, textOf, textsOf } from './claim-value.ts';
import type { JsonObject, JsonValue } from './token.ts';

/** OpenID Connect Core §5.4 and §11: they say what the client learns about the user, not what an API lets it do. */
const SIGN_IN_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Microsoft's access token claims reference, `amr`. */
export const AUTHENTICATION_METHODS = new Map([
  ['pwd', 'password'],
  ['rsa', 'certificate or key, such as Authenticator'],
  ['otp', 'one-time passcode'],
  ['fed', 'federated sign-in'],
  ['wia', 'Windows Integrated Authentication'],
  ['mfa', 'multifactor authentication'],
  ['ngcmfa', 'multifactor authentication while setting up a credential'],
  ['wiaormfa', 'Windows Integrated Authentication or multifactor authentication'],
  ['none', 'no completed authentication'],
  // RFC 8176 §2
  ['face', 'face recognition'],
  ['fpt', 'fingerprint'],
  ['hwk', 'key in hardware'],
  ['swk', 'key in software'],
  ['kba', 'knowledge-based questions'],
  ['mca', 'a second channel'],
  ['pin', 'PIN'],
  ['sc', 'smart card'],
  ['sms', 'text message'],
  ['tel', 'telephone call'],
  ['user', 'presence of a person'],
]);

/** OpenID Connect Core's `acr` is free text; Entra's v1 tokens say 0 or 1, older Azure AD B2C ones the policy. */
export function sayAuthenticationClass(value: JsonValue, { kind }: ClaimSurroundings): string | undefined {
  if (kind.evidence.some(({ id }) => id === 'issuer' || id === 'tenantAndVersion')) {
    if (value === '0') return 'the sign-in did not meet ISO/IEC 29115';
    return value === '1' ? 'the sign-in met ISO/IEC 29115' : undefined;
  }
  return undefined;
}

/** Microsoft's page on claims challenges: values are not case-sensitive. */
export function sayCapabilities(value: JsonValue): string | undefined {
  const capabilities = textsOf(value).map((text) => text.toLowerCase());
  return capabilities.includes('cp1') ? 'cp1: the client can answer claims challenges' : undefined;
}

/** Conditional Access authentication contexts are `c1` to `c99`; what they stand for, each tenant decides. */
export function sayContexts(value: JsonValue): string | undefined {
  const contexts = textsOf(value).filter((text) => /^c[1-9][0-9]?$/i.test(text));
  return contexts.length > 0
    ? `${countOf(contexts.length, 'authentication context')}; the tenant’s Conditional Access says what they stand for`
    : undefined;
}

/** Of `_claim_names`: more than 200 groups do not fit into a JWT. */
export function sayOverage(value: JsonValue): string | undefined {
  const isOverage = isObject(value) && Object.hasOwn(value, 'groups');
  return isOverage ? 'the user is in too many groups to list: ask Microsoft Graph for them' : undefined;
}

/** Of `_claim_sources`: the retired Azure AD Graph still stands there. */
export function sayClaimSources(value: JsonValue): string | undefined {
  if (!isObject(value)) return undefined;
  const endpoints = Object.values(value).map((source) => (isObject(source) ? textOf(source.endpoint) : ''));
  return endpoints.some((endpoint) => serviceIdAt(endpoint) === 'aadGraph')
    ? 'of the retired Azure AD Graph: ask Microsoft Graph (getMemberObjects) instead'
    : undefined;
}

/** Scopes are of a client that acts for a user. */
export function sayScopes(value: JsonValue, { kind }: ClaimSurroundings): string | undefined {
  if (Array.isArray(value)) return 'a list, where Entra writes one string';
  const scopes = textOf(value).split(' ').filter(Boolean);
  if (scopes.length > 0 && scopes.every((scope) => SIGN_IN_SCOPES.has(scope)))
    return 'only for signing in: none is of an API';
  return kind.actor === 'user' ? 'granted to the client, on behalf of the signed-in user' : undefined;
}

/** Whose roles they are. */
export function sayRoles(_value: JsonValue, { kind }: ClaimSurroundings): string | undefined {
  if (kind.id === 'otherJwt') return undefined;
  if (kind.actor === 'user') return 'roles of the user';
  return kind.actor === 'app' && kind.actorSure ? 'roles of the application' : undefined;
}

/** RFC 7800 §3: the key the token is bound to, by the member that names it. */
export function sayConfirmation(value: JsonValue): string | undefined {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, 'jkt')) return 'bound to a key by DPoP (RFC 9449)';
  if (Object.hasOwn(value, 'x5t#S256')) return 'bound to a client certificate by mutual TLS (RFC 8705)';
  const isBound = ['jwk', 'jwe', 'kid', 'jku'].some((member) => Object.hasOwn(value, member));
  return isBound ? 'bound to a key (RFC 7800)' : undefined;
}

/** RFC 8693 §4.1: the outermost acts now, those inside acted before. */
export function sayActor(value: JsonValue): string | undefined {
  if (!isObject(value)) return undefined;
  return isObject(value.act)
    ? 'one party acts for the subject, and others did before'
    : 'one party acts for the subject';
}

/** Of `xms_mirid`, by the type in the Azure resource id; as seen, since Microsoft does not document the claim. */
export function sayManagedIdentity(value: JsonValue): string | undefined {
  const id = textOf(value);
  if (!/^\/subscriptions\/[^/]+\//i.test(id)) return undefined;
  return /\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+$/i.test(id)
    ? 'probably a user-assigned managed identity'
    : 'probably the system-assigned managed identity of this resource';
}

/** AD FS writes the Windows security id into `sid`, Entra the id of the session. */
export function saySessionId(value: JsonValue): string | undefined {
  return /^S-1-\d/.test(textOf(value)) ? 'a Windows security id, not a session' : undefined;
}

/** RFC 1918, RFC 4193 and loopback. */
export function sayAddress(value: JsonValue): string | undefined {
  const isPrivate = /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:)/i.test(
    textOf(value),
  );
  return isPrivate ? 'an address of a private network' : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
