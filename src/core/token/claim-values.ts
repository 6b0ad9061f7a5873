import { issuerShapeOf } from './issuer-shape.ts';
import type { JsonObject, JsonValue } from './token.ts';
import type { TokenKind } from './token-kind.ts';
import { microsoftApiOf, wellKnownAppName } from './well-known-apps.ts';
import { PERSONAL_ACCOUNTS_TENANT, wellKnownTenantName } from './well-known-tenants.ts';

/** The token around a value, where the value means something only together with it. */
export interface ClaimSurroundings {
  payload: JsonObject;
  kind: TokenKind;
}

type Sayer = (value: JsonValue, surroundings: ClaimSurroundings) => string | undefined;

const CLIENT_PROOF = new Map([
  ['0', 'no client secret or certificate: a public client, such as a mobile, desktop or single-page app'],
  ['1', 'a client secret'],
  ['2', 'a client certificate'],
]);

/** Microsoft's access token claims reference, `amr`. */
const AUTHENTICATION_METHODS = new Map([
  ['pwd', 'password'],
  ['rsa', 'certificate or key, such as Authenticator'],
  ['otp', 'one-time passcode'],
  ['fed', 'federated sign-in'],
  ['wia', 'Windows Integrated Authentication'],
  ['mfa', 'multifactor authentication'],
  ['ngcmfa', 'multifactor authentication while setting up a credential'],
  ['wiaormfa', 'Windows Integrated Authentication or multifactor authentication'],
  ['none', 'no completed authentication'],
]);

const SUBJECT_TYPES = new Map([
  ['app', 'the application itself, no user'],
  ['user', 'a signed-in user'],
  ['device', 'a device'],
]);

const ASYMMETRIC_ALGORITHM = /^(?:RS|PS|ES)(?:256|384|512|256K)$|^EdDSA$|^Ed25519$/;

const payloadSayers = new Map<string, Sayer>([
  ['iss', (value) => (typeof value === 'string' ? sayIssuer(value) : undefined)],
  ['tid', sayTenant],
  ['ver', sayVersion],
  ['idp', (value) => (value === 'live.com' ? 'a personal Microsoft account' : undefined)],
  ['aud', sayAudience],
  ['azpacr', (value) => CLIENT_PROOF.get(textOf(value))],
  ['appidacr', (value) => CLIENT_PROOF.get(textOf(value))],
  ['acr', sayAuthenticationClass],
  ['amr', (value) => wordsFor(value, AUTHENTICATION_METHODS)],
  ['idtyp', (value) => SUBJECT_TYPES.get(textOf(value))],
  [
    'acct',
    (value) =>
      new Map([
        ['0', 'a member of the tenant'],
        ['1', 'a guest in the tenant'],
      ]).get(textOf(value)),
  ],
  ['xms_cc', sayCapabilities],
  ['groups', (value) => (Array.isArray(value) ? countOf(value.length, 'group') : undefined)],
  ['hasgroups', () => 'too many groups for the token; ask Microsoft Graph (getMemberObjects)'],
  ['_claim_names', sayOverage],
  ['scp', sayScopes],
  ['roles', sayRoles],
  ['in_corp', (value) => (value === true || value === 'true' ? 'from a trusted network' : undefined)],
  ['oid', (value, { payload }) => (value === payload.sub ? 'the same as sub, as seen with applications' : undefined)],
  ['exp', (value, surroundings) => sayMilliseconds(value) ?? sayLifetime(value, surroundings)],
  ['nbf', sayMilliseconds],
  ['iat', sayMilliseconds],
]);

const headerSayers = new Map<string, Sayer>([
  ['alg', sayAlgorithm],
  ['typ', (value) => (/^(?:application\/)?at\+jwt$/i.test(textOf(value)) ? 'an access token (RFC 9068)' : undefined)],
  [
    'crit',
    (value) =>
      Array.isArray(value) && value.length > 0 ? 'a validator that does not know these must refuse' : undefined,
  ],
]);

/** What the value of a claim means in this token, a phrase without full stop; undefined when the value speaks for itself. */
export function describeClaimValue(
  part: 'header' | 'payload',
  name: string,
  value: JsonValue,
  surroundings: ClaimSurroundings,
): string | undefined {
  return (part === 'header' ? headerSayers : payloadSayers).get(name)?.(value, surroundings);
}

/** Name of what an id in this claim stands for: a well-known application, API or tenant. */
export function nameOfClaimText(claim: string, text: string): string | undefined {
  switch (claim) {
    case 'aud':
      return microsoftApiOf(text) ?? wellKnownAppName(text);
    case 'azp':
    case 'appid':
    case 'client_id':
      return wellKnownAppName(text);
    case 'tid':
      return wellKnownTenantName(text);
    default:
      return undefined;
  }
}

function sayIssuer(issuer: string): string | undefined {
  const shape = issuerShapeOf(issuer);
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

function sayTenant(value: JsonValue, { payload }: ClaimSurroundings): string | undefined {
  const tenant = textOf(value).toLowerCase();
  if (tenant === PERSONAL_ACCOUNTS_TENANT) return 'the user signed in with a personal Microsoft account';
  const shape = issuerShapeOf(textOf(payload.iss));
  const isOther = shape.id !== 'other' && shape.tenant !== '' && shape.tenant.toLowerCase() !== tenant;
  // External ID may have the tenant's name instead of its id in the issuer.
  return isOther && shape.id !== 'externalId' ? 'not the tenant the issuer names' : undefined;
}

function sayVersion(value: JsonValue, { kind }: ClaimSurroundings): string | undefined {
  if (kind.id === 'otherJwt') return undefined;
  if (kind.evidence.some((evidence) => evidence.id === 'versionNotEntra')) {
    return 'does not mean Entra v1: Azure AD B2C and External ID write it too';
  }
  if (kind.version === undefined) return undefined;
  if (kind.id === 'idToken') return `v${kind.version}, decided by the endpoint the client signed in at`;
  if (kind.id === 'microsoftApiToken') return `v${kind.version}`;
  return textOf(value) && 'decided by the API’s registration (requestedAccessTokenVersion), not by the client';
}

function sayAudience(_value: JsonValue, { kind }: ClaimSurroundings): string | undefined {
  switch (kind.id) {
    case 'microsoftApiToken':
      return kind.api && 'an API of Microsoft, not yours';
    case 'idToken':
      return kind.sure ? 'the client application itself' : undefined;
    default:
      return undefined;
  }
}

function sayAuthenticationClass(value: JsonValue, { kind }: ClaimSurroundings): string | undefined {
  if (kind.evidence.some((evidence) => evidence.id === 'b2c' && evidence.claim === 'acr')) return 'the policy';
  if (kind.id === 'otherJwt') return undefined;
  if (value === '0') return 'the sign-in did not meet ISO/IEC 29115';
  return value === '1' ? 'the sign-in met ISO/IEC 29115' : undefined;
}

function sayCapabilities(value: JsonValue): string | undefined {
  const capabilities = (Array.isArray(value) ? value : [value]).map((item) => textOf(item).toLowerCase());
  return capabilities.includes('cp1') ? 'cp1: the client can answer claims challenges' : undefined;
}

function sayOverage(value: JsonValue): string | undefined {
  const isOverage = typeof value === 'object' && value !== null && Object.hasOwn(value, 'groups');
  return isOverage ? 'the user is in too many groups to list: ask Microsoft Graph for them' : undefined;
}

function sayScopes(value: JsonValue, { kind }: ClaimSurroundings): string | undefined {
  if (Array.isArray(value)) return 'a list, where Entra writes one string';
  return kind.actor === 'user' ? 'granted to the client, on behalf of the signed-in user' : undefined;
}

function sayRoles(_value: JsonValue, { kind, payload }: ClaimSurroundings): string | undefined {
  if (kind.id === 'otherJwt') return undefined;
  if (kind.actor === 'user') return 'roles of the user';
  return kind.actor === 'app' && !Object.hasOwn(payload, 'scp') && kind.sure ? 'roles of the application' : undefined;
}

/** RFC 7519 §2: NumericDate counts seconds. The year 5138 begins where milliseconds of 1973 do. */
function sayMilliseconds(value: JsonValue): string | undefined {
  const looksLikeMilliseconds = typeof value === 'number' && value >= 1e11 && value < 1e14;
  return looksLikeMilliseconds ? 'looks like milliseconds; it must be seconds' : undefined;
}

function sayLifetime(value: JsonValue, { payload }: ClaimSurroundings): string | undefined {
  const start = payload.nbf ?? payload.iat;
  if (typeof value !== 'number' || typeof start !== 'number') return undefined;
  const minutes = Math.floor((value - start) / 60);
  if (!Number.isFinite(minutes)) return undefined;
  if (minutes < 0) return 'before the token becomes valid';
  if (minutes < 120) return `valid for ${countOf(minutes, 'minute')}`;
  const hours = Math.floor(minutes / 60);
  return hours < 100_000 ? `valid for ${countOf(hours, 'hour')}` : 'valid for more than ten years';
}

function sayAlgorithm(value: JsonValue, { kind }: ClaimSurroundings): string | undefined {
  const alg = textOf(value);
  if (kind.id === 'encrypted') return undefined;
  if (alg.toLowerCase() === 'none') return 'not signed: anybody could have written this token';
  if (/^HS(?:256|384|512)$/.test(alg)) return 'signed with a shared secret, which Entra never does';
  return ASYMMETRIC_ALGORITHM.test(alg)
    ? 'signed with a private key, verified with the issuer’s public key'
    : undefined;
}

function wordsFor(value: JsonValue, words: Map<string, string>): string | undefined {
  const items = Array.isArray(value) ? value : [value];
  const known = items.flatMap((item) => words.get(textOf(item)) ?? []);
  return known.length > 0 ? [...new Set(known)].join(', ') : undefined;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
