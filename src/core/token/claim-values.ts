import {
  type ClaimSayer,
  type ClaimSurroundings,
  countOf,
  sayEachFrom,
  sayFrom,
  textOf,
  textsOf,
} from './claim-value.ts';
import { directoryRoleName } from './directory-roles.ts';
import { isGuid } from './issuer-shape.ts';
import { sayIdentityProvider, sayIssuer, sayPolicy, sayTenant, sayVersion } from './issuer-values.ts';
import {
  AUTHENTICATION_METHODS,
  sayActor,
  sayAddress,
  sayAuthenticationClass,
  sayCapabilities,
  sayClaimSources,
  sayConfirmation,
  sayContexts,
  sayManagedIdentity,
  sayOverage,
  sayRoles,
  sayScopes,
  saySessionId,
} from './subject-values.ts';
import { sayExpiry, sayMilliseconds, saySignIn } from './time-values.ts';
import type { JsonValue } from './token.ts';
import { microsoftApiOf, wellKnownAppName } from './well-known-apps.ts';
import { wellKnownTenantName } from './well-known-tenants.ts';

/** Microsoft's access token claims reference, `azpacr` and `appidacr`. */
const sayClientProof = sayFrom(
  new Map([
    ['0', 'no client secret or certificate: a public client, such as a mobile, desktop or single-page app'],
    ['1', 'a client secret'],
    ['2', 'a client certificate'],
  ]),
);
const saySubjectType = sayFrom(
  new Map([
    ['app', 'the application itself, no user'],
    ['user', 'a signed-in user'],
    ['device', 'a device'],
  ]),
);
const sayAccountStatus = sayFrom(
  new Map([
    ['0', 'a member of the tenant'],
    ['1', 'a guest in the tenant'],
  ]),
);
const sayDomainOwner: ClaimSayer = (value) => {
  if (value === true || value === 'true' || textOf(value) === '1') return 'the owner of the domain was verified';
  return value === false || value === 'false' || textOf(value) === '0'
    ? 'the owner of the domain was not verified'
    : undefined;
};

const ASYMMETRIC_ALGORITHM = /^(?:RS|PS|ES)(?:256|384|512|256K)$|^EdDSA$|^Ed25519$/;

const payloadSayers = new Map<string, ClaimSayer>([
  ['iss', sayIssuer],
  ['tid', sayTenant],
  ['ver', sayVersion],
  ['idp', sayIdentityProvider],
  ['tfp', sayPolicy],
  ['aud', sayAudience],
  ['azp', sayClient],
  ['appid', sayClient],
  ['azpacr', sayClientProof],
  ['appidacr', sayClientProof],
  ['cnf', sayConfirmation],
  ['acr', (value, around) => (isPolicy(around) ? sayPolicy(value) : sayAuthenticationClass(value, around))],
  ['amr', sayEachFrom(AUTHENTICATION_METHODS)],
  ['acrs', sayContexts],
  ['idtyp', saySubjectType],
  ['acct', sayAccountStatus],
  ['xms_cc', sayCapabilities],
  ['xms_edov', sayDomainOwner],
  ['groups', (value) => (Array.isArray(value) ? countOf(value.length, 'group') : undefined)],
  ['hasgroups', () => 'too many groups for the token; ask Microsoft Graph (getMemberObjects)'],
  ['_claim_names', sayOverage],
  ['_claim_sources', sayClaimSources],
  ['wids', sayDirectoryRoles],
  ['scp', sayScopes],
  ['scope', sayScopes],
  ['roles', sayRoles],
  ['act', sayActor],
  ['may_act', (value) => (sayActor(value) ? 'only this party may act for the subject' : undefined)],
  ['in_corp', (value) => (value === true || value === 'true' ? 'from a trusted network' : undefined)],
  ['ipaddr', sayAddress],
  ['fwd', sayAddress],
  ['oid', (value, { payload }) => (value === payload.sub ? 'the same as sub, as seen with applications' : undefined)],
  ['xms_mirid', sayManagedIdentity],
  ['sid', saySessionId],
  ['exp', sayExpiry],
  ['nbf', sayMilliseconds],
  ['iat', sayMilliseconds],
  ['auth_time', saySignIn],
]);

const headerSayers = new Map<string, ClaimSayer>([
  ['alg', sayAlgorithm],
  ['typ', sayType],
  ['cty', (value) => (/^(?:application\/)?jwt$/i.test(textOf(value)) ? 'another token is inside' : undefined)],
  ['b64', (value) => (value === false ? 'the payload is not base64url, which a JWT’s must be' : undefined)],
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

/** Name of what an id in this claim stands for: a well-known application, API, tenant or directory role. */
export function nameOfClaimText(claim: string, text: string): string | undefined {
  switch (claim) {
    case 'aud':
      return microsoftApiOf(text) ?? wellKnownAppName(text);
    case 'azp':
    case 'appid':
    case 'client_id':
    case 'xms_par_app_azp':
      return wellKnownAppName(text);
    case 'tid':
      return wellKnownTenantName(text);
    case 'wids':
      return directoryRoleName(text);
    default:
      return undefined;
  }
}

function sayAudience(value: JsonValue, { kind }: ClaimSurroundings): string | undefined {
  const isOfCustomers = kind.evidence.some(({ id }) => id === 'b2c' || id === 'externalId');
  switch (kind.id) {
    case 'microsoftApiToken':
      return kind.api && 'an API of Microsoft, not yours';
    case 'idToken':
      return kind.sure ? 'the client application itself' : undefined;
    case 'federatedToken':
      return 'for exchange at Entra, not for an API';
    case 'accessToken':
      if (!kind.sure || isOfCustomers || typeof value !== 'string') return undefined;
      if (kind.version === 2 && !isGuid(value)) return 'not an application id, which v2 tokens always have here';
      return kind.version === 1
        ? 'as the client asked for it: v1 tokens have the application id or any URI of the API'
        : undefined;
    default:
      return undefined;
  }
}

function sayClient(value: JsonValue, { payload, kind }: ClaimSurroundings): string | undefined {
  const isApi = kind.id === 'accessToken' && textOf(value) !== '' && textsOf(payload.aud).includes(textOf(value));
  return isApi ? 'the API itself: client and API are one application' : undefined;
}

function isPolicy({ kind }: ClaimSurroundings): boolean {
  return kind.evidence.some(({ id, claim }) => id === 'b2c' && claim === 'acr');
}

function sayDirectoryRoles(value: JsonValue): string | undefined {
  const unknown = textsOf(value).filter((id) => directoryRoleName(id) === undefined).length;
  return unknown > 0 ? `${unknown} not among Microsoft’s built-in roles` : undefined;
}

function sayAlgorithm(value: JsonValue, { kind }: ClaimSurroundings): string | undefined {
  const alg = textOf(value);
  if (kind.id === 'encrypted') return undefined;
  if (alg.toLowerCase() === 'none') return 'not signed: anybody could have written this token';
  if (/^HS(?:256|384|512)$/.test(alg)) {
    return kind.id === 'sessionToken'
      ? 'signed with a secret only the app has'
      : 'signed with a shared secret, which Entra never does';
  }
  return ASYMMETRIC_ALGORITHM.test(alg)
    ? 'signed with a private key, verified with the issuer’s public key'
    : undefined;
}

function sayType(value: JsonValue): string | undefined {
  switch (
    textOf(value)
      .toLowerCase()
      .replace(/^application\//, '')
  ) {
    case 'at+jwt':
      return 'an access token (RFC 9068)';
    case 'logout+jwt':
      return 'a logout token';
    case 'dpop+jwt':
      return 'a proof for DPoP, not a token (RFC 9449)';
    case 'client-authentication+jwt':
      return 'a client assertion (RFC 7523)';
    default:
      return undefined;
  }
}
