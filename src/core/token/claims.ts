import type { ClaimSectionId } from './token-description.ts';

export interface ClaimInfo {
  section: ClaimSectionId;
  /** One line, in plain words. */
  meaning: string;
  /** https page the meaning is taken from; absent for claims Microsoft does not document. */
  source?: string;
}

const LEARN = 'https://learn.microsoft.com/entra/identity-platform/';
const SOURCES = {
  access: `${LEARN}access-token-claims-reference`,
  id: `${LEARN}id-token-claims-reference`,
  optional: `${LEARN}optional-claims-reference`,
  challenge: `${LEARN}claims-challenge`,
  b2c: 'https://learn.microsoft.com/azure/active-directory-b2c/tokens-overview',
  jwt: 'https://www.rfc-editor.org/rfc/rfc7519.html#section-4.1',
  jws: 'https://www.rfc-editor.org/rfc/rfc7515.html#section-4.1',
  jwe: 'https://www.rfc-editor.org/rfc/rfc7516.html#section-4.1',
  b64: 'https://www.rfc-editor.org/rfc/rfc7797.html#section-3',
  jwa: 'https://www.rfc-editor.org/rfc/rfc7518.html#section-4',
  confirmation: 'https://www.rfc-editor.org/rfc/rfc7800.html#section-3.1',
  exchange: 'https://www.rfc-editor.org/rfc/rfc8693.html#section-4',
  profile: 'https://www.rfc-editor.org/rfc/rfc9068.html#section-2.2',
  idToken: 'https://openid.net/specs/openid-connect-core-1_0.html#IDToken',
  codeHash: 'https://openid.net/specs/openid-connect-core-1_0.html#HybridIDToken',
  standard: 'https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims',
  logout: 'https://openid.net/specs/openid-connect-frontchannel-1_0.html#RPLogout',
} as const;

type Row = [name: string, source: keyof typeof SOURCES | '', meaning: string];

/** Rows stand in the order they are shown in. */
const PAYLOAD_ROWS: [ClaimSectionId, Row[]][] = [
  [
    'issuer',
    [
      ['iss', 'access', 'Issuer: who made and signed this token. An API must accept only its own.'],
      ['tid', 'access', 'Tenant: the directory the user or application signed in to.'],
      ['ver', 'access', 'Version of the token format.'],
      ['idp', 'access', 'Identity provider that signed the user in, when it is not the issuer; seen with guests.'],
      ['tfp', 'b2c', 'User flow or policy of Azure AD B2C that issued the token.'],
      ['tenant_ctry', 'optional', 'Country or region of the tenant.'],
      ['tenant_region_scope', 'optional', 'Region the tenant’s data lives in.'],
    ],
  ],
  [
    'audience',
    [
      [
        'aud',
        'access',
        'Audience: the API this token is for; in an ID token, the client itself. Anybody else must refuse it.',
      ],
      ['azp', 'access', 'The client application that asked for the token (v2 tokens).'],
      ['appid', 'access', 'The client application that asked for the token (v1 tokens).'],
      ['azpacr', 'access', 'How the client proved that it is that application (v2 tokens).'],
      ['appidacr', 'access', 'How the client proved that it is that application (v1 tokens).'],
      ['client_id', 'profile', 'The client application that asked for the token.'],
      ['may_act', 'exchange', 'Who may act for the subject of this token.'],
      ['cnf', 'confirmation', 'Key the sender must prove to hold; a copy of the token alone is then useless.'],
    ],
  ],
  [
    'subject',
    [
      ['name', 'access', 'Display name. It can change: never use it to decide what somebody may do.'],
      ['preferred_username', 'access', 'Sign-in name. It can change: never use it to decide what somebody may do.'],
      [
        'upn',
        'access',
        'Sign-in name (user principal name). It can change: never use it to decide what somebody may do.',
      ],
      [
        'unique_name',
        'access',
        'Readable name of the user, not unique in spite of its name. Never use it to decide what somebody may do.',
      ],
      [
        'email',
        'optional',
        'E-mail address. It can change and may not be verified: never use it to decide what somebody may do.',
      ],
      ['scp', 'access', 'Scopes: what the client may do on behalf of the signed-in user. Only in tokens with a user.'],
      ['scope', 'profile', 'Scopes: what the client may do.'],
      ['roles', 'access', 'App roles the user or the application was given for this API.'],
      [
        'idtyp',
        'optional',
        'Whether the token is for an application, a user or a device. Present only when the API asked for it.',
      ],
      ['oid', 'access', 'Object id of the user or service principal; the same for every application in the tenant.'],
      ['sub', 'access', 'Subject: the user or application, with an id that differs from API to API.'],
      ['groups', 'access', 'Object ids of the groups the user is in.'],
      ['hasgroups', 'access', 'The user is in more groups than fit: ask Microsoft Graph for them.'],
      ['_claim_names', 'access', 'Claims left out because they did not fit, and under which key their source stands.'],
      [
        '_claim_sources',
        'access',
        'Where the claims left out can be read. The address may be of the retired Azure AD Graph: use Microsoft Graph.',
      ],
      ['wids', 'access', 'Directory roles of the user, by their template ids.'],
      ['amr', 'access', 'How the user signed in.'],
      ['acr', 'access', 'Authentication class: how strong the sign-in was; in older Azure AD B2C tokens the policy.'],
      ['acrs', 'access', 'Authentication contexts that were satisfied, for Conditional Access step-up.'],
      ['acct', 'optional', 'Whether the user is a member or a guest of the tenant.'],
      ['xms_cc', 'challenge', 'Client capabilities: whether the client can answer a claims challenge.'],
      ['given_name', 'access', 'First name.'],
      ['family_name', 'access', 'Last name.'],
      ['login_hint', 'optional', 'Opaque hint for signing the same user in again.'],
      ['verified_primary_email', 'optional', 'Verified primary e-mail addresses.'],
      ['verified_secondary_email', 'optional', 'Verified secondary e-mail addresses.'],
      ['xms_edov', 'optional', 'Whether the owner of the e-mail address’s domain was verified.'],
      ['ctry', 'optional', 'Country or region of the user.'],
      ['ipaddr', 'access', 'IP address the user signed in from.'],
      ['fwd', 'optional', 'Original IP address of a client inside a virtual network.'],
      ['vnet', 'optional', 'Virtual network the request came from.'],
      ['in_corp', 'optional', 'The user signed in from a network the tenant trusts.'],
      ['onprem_sid', 'access', 'Security id of the user in the on-premises directory.'],
      ['pwd_url', 'access', 'Where the user can change the password.'],
      ['ztdid', 'optional', 'Device identity of Windows Autopilot.'],
      ['act', 'exchange', 'Who acts on behalf of the subject.'],
      ['entitlements', 'profile', 'What the subject is entitled to.'],
      ['middle_name', 'standard', 'Middle name.'],
      ['nickname', 'standard', 'Casual name.'],
      ['profile', 'standard', 'Address of the profile page.'],
      ['picture', 'standard', 'Address of the profile picture.'],
      ['website', 'standard', 'Address of the web page or blog.'],
      ['email_verified', 'standard', 'Whether the issuer verified the e-mail address.'],
      ['gender', 'standard', 'Gender.'],
      ['birthdate', 'standard', 'Date of birth.'],
      ['zoneinfo', 'standard', 'Time zone.'],
      ['locale', 'standard', 'Language and region.'],
      ['phone_number', 'standard', 'Phone number.'],
      ['phone_number_verified', 'standard', 'Whether the issuer verified the phone number.'],
      ['address', 'standard', 'Postal address.'],
    ],
  ],
  [
    'time',
    [
      ['iat', 'jwt', 'Issued at: when the token was made.'],
      ['nbf', 'jwt', 'Not before: the token must not be accepted earlier.'],
      ['exp', 'jwt', 'Expiry: from here on the token must not be accepted.'],
      ['auth_time', 'idToken', 'When the user last signed in.'],
      ['updated_at', 'standard', 'When the user’s profile last changed.'],
      [
        'pwd_exp',
        'optional',
        'When the password expires. Microsoft’s pages disagree on whether it counts from iat or from 1970.',
      ],
    ],
  ],
  [
    'other',
    [
      ['jti', 'jwt', 'Id of this one token.'],
      [
        'nonce',
        'idToken',
        'Value the client sent when it asked; it must find the same here, or the answer is not to its request.',
      ],
      ['sid', 'logout', 'Id of the sign-in session.'],
      ['at_hash', 'idToken', 'Hash that ties the ID token to the access token issued with it.'],
      ['c_hash', 'codeHash', 'Hash that ties the ID token to the authorization code issued with it.'],
      ['sub_jwk', 'idToken', 'Public key of a self-issued token.'],
      ['xms_pdl', 'optional', 'Preferred data location of the user.'],
      ['xms_pl', 'optional', 'Preferred language of the user.'],
      ['xms_tpl', 'optional', 'Preferred language of the tenant.'],
    ],
  ],
  [
    'internal',
    [
      ['uti', 'access', 'Token id, made by Entra: names this one token, as jti would.'],
      ['aio', 'access', 'Internal to Microsoft; ignore it.'],
      ['rh', 'access', 'Internal to Microsoft; ignore it.'],
    ],
  ],
];

/** Seen in tokens, documented nowhere: what they mean is not certain, so nothing is said about it. */
const UNDOCUMENTED =
  'app_displayname puid platf deviceid signin_state xms_st xms_tcdt xms_idrel xms_ftd xms_mirid xms_az_rid';

const HEADER_ROWS: Row[] = [
  ['typ', 'jws', 'What kind of object this is; JWT as a rule, at+jwt for access tokens of RFC 9068.'],
  ['alg', 'jws', 'Algorithm of the signature, or of the key encryption in an encrypted token.'],
  ['kid', 'jws', 'Id of the key that signed the token, to be found among the issuer’s published keys.'],
  ['x5t', 'jws', 'SHA-1 thumbprint of the signing certificate; another name of the key.'],
  ['x5t#S256', 'jws', 'SHA-256 thumbprint of the signing certificate; another name of the key.'],
  [
    'nonce',
    '',
    'With Entra, the sign of a token for Microsoft Graph, whose signature standard validators cannot verify.',
  ],
  ['cty', 'jws', 'Type of the content; JWT when another token is inside.'],
  ['crit', 'jws', 'Header fields a validator must understand, or else refuse the token.'],
  ['enc', 'jwe', 'Algorithm the content is encrypted with.'],
  ['zip', 'jwe', 'How the content was compressed before it was encrypted.'],
  [
    'jku',
    'jws',
    'Address of keys, named by the token itself. Never trust it: keys come from the issuer you configured.',
  ],
  ['x5u', 'jws', 'Address of a certificate, named by the token itself. Never trust it.'],
  ['jwk', 'jws', 'A public key brought by the token itself. Never trust it.'],
  ['x5c', 'jws', 'A certificate chain brought by the token itself. Never trust it without your own anchor.'],
  ['b64', 'b64', 'Whether the payload is base64url; false is not allowed in a JWT.'],
  ['epk', 'jwa', 'Public key of the sender for key agreement.'],
  ['apu', 'jwa', 'Information on the sender for key agreement.'],
  ['apv', 'jwa', 'Information on the receiver for key agreement.'],
  ['iv', 'jwa', 'Initialization vector of the encrypted key.'],
  ['tag', 'jwa', 'Authentication tag of the encrypted key.'],
  ['p2s', 'jwa', 'Salt of a password-based key.'],
  ['p2c', 'jwa', 'Rounds of a password-based key.'],
];

const INTERNAL_MEANING = 'Internal to Microsoft; ignore it.';
const UNKNOWN_PAYLOAD: ClaimInfo = {
  section: 'other',
  meaning: 'Not a claim of the standards or of Entra: ask whoever issued the token.',
};
const UNKNOWN_HEADER: ClaimInfo = { section: 'header', meaning: 'Not a header field of the standards or of Entra.' };

const payloadClaims = new Map<string, ClaimInfo>([
  ...PAYLOAD_ROWS.flatMap(([section, rows]) => rows.map((row) => entry(section, row))),
  ...UNDOCUMENTED.split(' ').map((name) => entry('internal', [name, '', INTERNAL_MEANING])),
]);
const headerParameters = new Map<string, ClaimInfo>(HEADER_ROWS.map((row) => entry('header', row)));
const ranks = { payload: ranksOf(payloadClaims), header: ranksOf(headerParameters) };

/** What a claim or header field is, and where it is shown; for an unknown one, that it is unknown. Names are case-sensitive. */
export function claimInfo(part: 'header' | 'payload', name: string): ClaimInfo {
  if (part === 'header') return headerParameters.get(name) ?? UNKNOWN_HEADER;
  const known = payloadClaims.get(name);
  if (known) return known;
  return name.startsWith('xms_') ? { section: 'internal', meaning: INTERNAL_MEANING } : UNKNOWN_PAYLOAD;
}

/** Place of a claim in reading order; unknown ones come last, in the token's order. */
export function claimRank(part: 'header' | 'payload', name: string): number {
  return ranks[part].get(name) ?? Number.MAX_SAFE_INTEGER;
}

function ranksOf(claims: Map<string, ClaimInfo>): Map<string, number> {
  return new Map([...claims.keys()].map((name, rank) => [name, rank]));
}

function entry(section: ClaimSectionId, [name, source, meaning]: Row): [string, ClaimInfo] {
  return [name, source === '' ? { section, meaning } : { section, meaning, source: SOURCES[source] }];
}
