import type { KeySourceFailure } from '../entra/metadata.ts';
import type { CheckFacts, ReasonId } from '../gates/check.ts';
import { durationText } from '../token/time.ts';
import { askForOwnApi } from './own-scope.ts';

/** The wording of one line of a report. */
export interface ReasonText {
  detail: string;
  /** What to change, best first, one imperative sentence each; nothing here ever lowers protection first. */
  change?: (string | ProfileChange)[];
  source?: string;
}

/** A change that is made in the profile, in the settings. */
export interface ProfileChange {
  inProfile: string;
}

/** What the wording may name besides the check itself. */
export interface ReasonContext extends CheckFacts {
  /** "orders-dev". */
  profile: string;
  /** A scope of the API itself, where the profile says one. */
  ownScope?: string;
  /** The failure that explains this one. */
  root?: ReasonId;
}

type WriteReason = (context: ReasonContext) => ReasonText;

const DOCS = 'https://learn.microsoft.com/entra/identity-platform';
const ACCESS_TOKENS = `${DOCS}/access-tokens`;
const VALIDATE_JWT = 'https://learn.microsoft.com/azure/api-management/validate-jwt-policy';
const CLAIMS = `${DOCS}/access-token-claims-reference`;
const MANIFEST = `${DOCS}/reference-microsoft-graph-app-manifest`;
const SCOPES = `${DOCS}/scopes-oidc`;
const BEST_PRACTICES = 'https://www.rfc-editor.org/rfc/rfc8725';
const JWT = 'https://www.rfc-editor.org/rfc/rfc7519';
const JWS_ENCODING = 'https://www.rfc-editor.org/rfc/rfc7515#section-2';

const JWS_KEY_ID = 'https://www.rfc-editor.org/rfc/rfc7515#section-4.1.4';
const JWK_KEY_ID = 'https://www.rfc-editor.org/rfc/rfc7517#section-4.5';

const NAME_THE_KEY = 'Have the issuer name the key, by the text under which it is published.';
const ONE_KID_A_KEY = 'Have the authority publish each key under a kid of its own.';
const SEND_AS_RECEIVED = 'Send the token byte for byte as the token endpoint returned it.';
const SIGN_IN_AGAIN = 'Get a fresh token; a client library such as MSAL does it before each call.';
const SET_VERSION_2 =
  'To get v2 tokens, set api.requestedAccessTokenVersion to 2 in the manifest of the API’s app registration, then get a new token.';

/** Wording of every reason, once. Values are plain text and untrusted. */
export const REASON_TEXTS: Record<ReasonId, WriteReason> = {
  readable: () => ({ detail: 'Three parts, all readable.' }),
  readableWithDoubts: () => ({
    detail: 'Readable, but validators differ on such a text: see the notes on the token.',
    change: [SEND_AS_RECEIVED],
  }),
  padded: () => ({
    detail: 'A part ends with “=” padding, which a JWT must not have: the text was changed after it was issued.',
    change: [SEND_AS_RECEIVED],
    source: JWS_ENCODING,
  }),
  notCanonical: () => ({
    detail: 'A part ends in a character with bits that must be zero: the text was changed after it was issued.',
    change: [SEND_AS_RECEIVED],
    source: 'https://www.rfc-editor.org/rfc/rfc4648#section-3.5',
  }),
  standardBase64: () => ({
    detail: 'A part has “+” or “/” of ordinary base64, where a JWT has “-” and “_”.',
    change: [SEND_AS_RECEIVED, 'Have the issuer encode it as base64url.'],
    source: JWS_ENCODING,
  }),
  notUtf8: () => ({
    detail: 'The text is not UTF-8, so readers may see different claims in it.',
    change: [SEND_AS_RECEIVED, 'Have the issuer encode it as UTF-8.'],
    source: `${JWT}#section-7.2`,
  }),
  duplicateNames: ({ claim }) => ({
    detail: `The name ${claim ?? ''} is there more than once. Most readers take the last one, and whoever takes another reads another token.`,
    change: ['Use a token of the tenant: it never repeats a name.'],
    source: `${JWT}#section-4`,
  }),
  nestedDeeply: () => ({
    detail: 'The JSON is nested deeper than 64 levels: ASP.NET Core refuses that, other validators do not count.',
    change: ['Have the issuer write flat claims.'],
  }),
  byteOrderMark: () => ({
    detail: 'The JSON begins with a byte order mark, which some readers take for a fault.',
    change: ['Have the issuer leave it out.'],
    source: 'https://www.rfc-editor.org/rfc/rfc8259#section-8.1',
  }),
  unreadable: () => ({
    detail: 'The text is no readable token: see the notes on the token for what is wrong and where.',
    change: ['Send the access_token field of the token response itself: whole, not URL-encoded, without quotes.'],
    source: JWT,
  }),
  tooLarge: ({ detail }) => ({
    detail: `The token is ${kilobytes(detail)} long; ASP.NET Core refuses tokens of more than 250 KB.`,
    change: ['Put fewer groups or claims into the token: groups assigned to the application only, or app roles.'],
  }),
  encrypted: () => ({
    detail: 'The token is encrypted (five parts): only the API that holds the key can read or check it.',
  }),
  decodedOnly: () => ({ detail: 'Only the decoded claims are at hand, not the token itself.' }),
  notReadable: () => ({ detail: 'Cannot be checked: the token cannot be read.' }),
  claimUnknown: ({ claim }) => ({ detail: `The claim ${claim} is not among what is shown of the token.` }),

  asymmetric: ({ seen }) => ({ detail: `${seen}: signed with a private key, verified with a published one.` }),
  algorithmNone: () => ({
    detail: 'The header says alg none: the token is not signed at all.',
    change: ['Use a token that the tenant has issued. No API may accept this one.'],
    source: BEST_PRACTICES,
  }),
  algorithmSymmetric: ({ seen }) => ({
    detail: `${seen} signs with a shared secret; Microsoft Entra signs with a private key (RS256) and publishes the public one.`,
    change: ['Use a token that the tenant has issued: whoever signed this one did not hold the tenant’s key.'],
    source: BEST_PRACTICES,
  }),
  algorithmPublicKeyAsSecret: ({ seen }) => ({
    detail: `${seen} signs with a shared secret, and the header names a public key as that secret: the mark of a forged token.`,
    change: ['Use a token that the tenant has issued, and let the API accept RS256 only.'],
    source: `${BEST_PRACTICES}#section-2.1`,
  }),
  algorithmEdwards: ({ seen }) => ({
    detail: `${seen}: sound, but ASP.NET Core and jsonwebtoken do not know it.`,
    change: ['Have the issuer sign with RS256 or ES256.'],
  }),
  algorithmUnknown: () => ({
    detail: 'The header names no algorithm that a published key could verify.',
    change: ['Use a token that the tenant has issued.'],
    source: BEST_PRACTICES,
  }),

  keyFound: ({ seen }) => ({ detail: `The authority publishes the key ${seen}.` }),
  keyFoundWithoutKid: () => ({
    detail: 'The header names no key (kid), and the only published key fits: PyJWT refuses that, others do not.',
    change: [NAME_THE_KEY],
    source: JWS_KEY_ID,
  }),
  keyAmongOthersWithoutKid: () => ({
    detail:
      'The header names no key (kid), and of several published keys one fits the algorithm: jose takes it, jsonwebtoken and PyJWT refuse.',
    change: [NAME_THE_KEY],
    source: JWS_KEY_ID,
  }),
  keyIdNull: () => ({
    detail: 'The header names the key null: jsonwebtoken takes the only key there is, jose and PyJWT refuse.',
    change: [NAME_THE_KEY],
    source: JWS_KEY_ID,
  }),
  keyIdNotText: ({ seen = '' }) => ({
    detail: `The header names the key ${seen}, which is no text, and names are texts: jose and jsonwebtoken refuse that, and so does PyJWT from 2.12 on.`,
    change: [NAME_THE_KEY],
    source: JWS_KEY_ID,
  }),
  keySameKidFirst: ({ seen = '' }) => ({
    detail: `The authority publishes several keys ${seen}, and the first verifies the token: jose refuses to choose, jsonwebtoken and PyJWT take the first.`,
    change: [ONE_KID_A_KEY],
    source: JWK_KEY_ID,
  }),
  keySameKidLater: ({ seen = '' }) => ({
    detail: `The authority publishes several keys ${seen}, and another than the first verifies the token: jose refuses to choose, jsonwebtoken and PyJWT take the first.`,
    change: [ONE_KID_A_KEY],
    source: JWK_KEY_ID,
  }),
  keySameKidOther: ({ seen = '' }) => ({
    detail: `The authority publishes several keys ${seen}, and only a later one is for this algorithm: jose takes it, jsonwebtoken and PyJWT take the first.`,
    change: [ONE_KID_A_KEY],
    source: JWK_KEY_ID,
  }),
  keyAmongManyWithoutKid: () => ({
    detail:
      'The header names no key (kid), and several published keys could be meant: most validators do not try them all.',
    change: [NAME_THE_KEY],
    source: JWS_KEY_ID,
  }),
  keyFoundEarlier: ({ seen = '', detail, expected = [] }) => ({
    detail: `The authority published the key ${seen} ${duration(detail)} ago; now it could not be asked: ${shortFailure(expected[0] as KeySourceFailure)}.`,
  }),
  keyFoundLongAgo: ({ seen = '', detail, expected = [] }) => ({
    detail: `The authority published the key ${seen} ${duration(detail)} ago; now it could not be asked: ${shortFailure(expected[0] as KeySourceFailure)}. It may have been withdrawn since.`,
  }),
  keyOtherFits: ({ seen = '' }) => ({
    detail: `The authority publishes no key ${seen}, but another of its keys verifies the token. ASP.NET Core tries them all; others refuse.`,
    change: ['Have the issuer name the key it signs with.'],
  }),
  keyGiven: () => ({ detail: 'The key you gave. Whose it is, nobody vouches for.' }),
  keyGivenOther: ({ seen }) => ({
    detail: seen ? `The key ${seen} is not among those you gave.` : 'None of the keys you gave fits.',
    change: ['Give the key whose kid the header names.'],
  }),
  keyWeak: ({ seen }) => ({
    detail: `The published key ${seen ?? ''} protects nothing: with its exponent anybody can sign.`,
    change: ['Have the issuer publish a sound key.'],
    source: 'https://www.rfc-editor.org/rfc/rfc8017#section-3.1',
  }),
  keyNotFound: ({ seen, expected = [] }) => ({
    detail: seen
      ? `The authority does not publish the key ${seen}; it publishes ${countOf(expected, 'key')}.`
      : 'The header names no key (kid), and none of the published keys fits.',
    change: [
      inProfile('Check that the profile names the tenant, cloud or policy that issued the token.'),
      inProfile('If the API has its own signing key (claims mapping), give "metadata" with ?appid=<application id>.'),
    ],
    source: ACCESS_TOKENS,
  }),
  keyDoesNotFit: ({ seen }) => ({
    detail: `The published key ${seen ?? ''} is not for the algorithm the token names.`,
    change: ['Use a token that the tenant has issued: header and key do not belong together.'],
    source: BEST_PRACTICES,
  }),
  keyTooSmall: ({ seen }) => ({
    detail: `The published key ${seen ?? ''} has less than 2048 bits: jose refuses it, other validators do not.`,
    change: ['Have the issuer publish RSA keys of at least 2048 bits.'],
    source: 'https://www.rfc-editor.org/rfc/rfc7518#section-3.3',
  }),
  keysUnavailable: ({ detail, expected = [] }) => describeFailure(detail as KeySourceFailure | undefined, expected[0]),
  keysStale: ({ seen, detail }) => ({
    detail: `The key ${seen ?? ''} is not among the keys read before, and they could not be read again: ${shortFailure(detail as KeySourceFailure)}.`,
    change: ['Validate again.'],
  }),

  signatureValid: () => ({ detail: 'Verified with the authority’s key.' }),
  signatureInvalid: () => ({
    detail: 'The key is the authority’s, but the signature does not fit the text: the token was changed after signing.',
    change: [SEND_AS_RECEIVED],
    source: ACCESS_TOKENS,
  }),
  signatureMissing: () => ({
    detail: 'The third part is empty: the token carries no signature.',
    change: [SEND_AS_RECEIVED],
  }),
  signatureAssumed: () => ({ detail: 'Assumed: this token is hypothetical.' }),
  signatureCritical: () => ({
    detail:
      'The header demands an extension (crit). By RFC 7515 a validator that does not know it must refuse; ASP.NET Core, jsonwebtoken and PyJWT before 2.12 ignore it.',
    change: ['Use a token without critical extensions.'],
    source: 'https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11',
  }),
  signatureOtherKey: () => ({ detail: 'Verified with another key of the authority than the header names.' }),
  signatureUnreadable: () => ({
    detail: 'The third part is no base64url text.',
    change: [SEND_AS_RECEIVED],
    source: JWS_ENCODING,
  }),
  signatureGivenKey: () => ({ detail: 'Verified with the key you gave, not with the tenant’s.' }),
  signatureNotMeantForYou: ({ ownScope }) => ({
    detail: 'Not for you to validate: tokens for Microsoft’s own APIs use a format that only those APIs can check.',
    change: [askForOwnApi(ownScope)],
    source: ACCESS_TOKENS,
  }),
  algorithmRefused: () => ({ detail: 'Not looked at: the algorithm is refused.' }),
  keyMissing: () => ({ detail: 'Not verified: the key is not known.' }),

  issuerAccepted: () => ({ detail: 'Exactly the issuer the metadata names.' }),
  issuerListed: () => ({ detail: 'One of the listed issuers.' }),
  issuerMissing: () => ({
    detail: 'The token names no issuer (iss).',
    change: ['Use a token of the tenant.'],
    source: CLAIMS,
  }),
  issuerOtherVersion: ({ seen = '', expected = [] }) => ({
    detail: `The right tenant, but the issuer of ${issuerVersion(seen)} tokens; the profile accepts ${expected.map(issuerVersion).join(', ')}.`,
    change:
      issuerVersion(seen) === 'v1'
        ? [SET_VERSION_2, inProfile('Or, if the API is meant to take v1 tokens, add 1 to "tokenVersions".')]
        : [
            inProfile(
              'If the API is meant to take v2 tokens, add 2 to "tokenVersions", and accept its application id as audience.',
            ),
          ],
    source: ACCESS_TOKENS,
  }),
  issuerOtherTenant: () => ({
    detail: 'Issued by another tenant than the one the profile names.',
    change: [
      'Sign in to the tenant of the API: the authority of the client decides, not the user’s account.',
      inProfile('If the API serves several tenants, set "tenant" to organizations and list them in "allowedTenants".'),
    ],
    source: ACCESS_TOKENS,
  }),
  issuerOtherCloud: () => ({
    detail: 'Issued in another cloud than the one the profile names.',
    change: ['Use the login host, the API and its tokens of one and the same cloud.'],
    source: `${DOCS}/authentication-national-cloud`,
  }),
  issuerOther: () => ({
    detail: 'Not an issuer this API accepts; issuers are compared exactly, trailing slash included.',
    change: [inProfile('Check who issued the token, and which authority the API trusts.')],
    source: JWT,
  }),
  issuerNotTheKeys: () => ({
    detail: 'The key set ties the signing key to another issuer than the token names.',
    change: ['Use a token whose issuer is the one the key belongs to. An API must not accept this one.'],
    source: ACCESS_TOKENS,
  }),
  issuerNotKnown: ({ detail }) => ({
    detail: `Not compared: the metadata that names the issuer was not read${detail ? ` (${shortFailure(detail as KeySourceFailure)})` : ''}.`,
  }),

  tenantAccepted: () => ({ detail: 'The tenant the profile names.' }),
  tenantOther: () => ({
    detail: 'Not a tenant this API accepts.',
    change: [
      inProfile('Sign in to the tenant of the API, or add this tenant to "allowedTenants" if it is meant to call.'),
    ],
    source: CLAIMS,
  }),
  tenantMissing: () => ({
    detail: 'The token names no tenant (tid).',
    change: ['Use a token of Microsoft Entra.'],
    source: CLAIMS,
  }),
  tenantNotSaid: ({ profile }) => ({
    detail: `${profile} stands for many tenants and does not say which may call.`,
    change: [inProfile('Give "allowedTenants".')],
  }),
  tenantNotKnown: () => ({ detail: 'The id of the profile’s tenant is not known, since its metadata was not read.' }),

  audienceAccepted: ({ expected = [] }) => ({ detail: `Accepted: ${expected.join(', ')}.` }),
  audienceMissing: ({ ownScope }) => ({
    detail: 'The token names no audience (aud).',
    change: [askForOwnApi(ownScope)],
    source: CLAIMS,
  }),
  audienceMicrosoftApi: ({ detail, ownScope }) => ({
    detail: `The token is for ${detail}, not for your API.`,
    change: [
      askForOwnApi(ownScope),
      ...(detail === 'Microsoft Graph'
        ? ['Scopes of Graph such as User.Read, or openid alone, give a token for Graph.']
        : []),
    ],
    source: SCOPES,
  }),
  audienceOtherForm: ({ detail }) => ({
    detail:
      'The right API under another spelling: v2 tokens carry its application id, v1 tokens its App ID URI or the id.',
    change: [
      ...(detail === 'v1' ? [SET_VERSION_2] : []),
      inProfile('If the API accepts this form, list it in "audiences", in the profile and in the API.'),
    ],
    source: CLAIMS,
  }),
  audienceOtherCase: () => ({
    detail: 'Differs from the API’s audience in letter case only, and audiences are compared exactly.',
    change: [inProfile('Write it in the same case where the token is requested, in the API and in the profile.')],
    source: JWT,
  }),
  audienceOther: ({ root, ownScope }) => ({
    detail:
      root === 'kindIdToken'
        ? 'The token names the client it was issued to, as every ID token does, and no API.'
        : 'The token is for another API.',
    change: [askForOwnApi(ownScope), inProfile('If this is an audience of the API after all, add it to "audiences".')],
    source: CLAIMS,
  }),
  audienceTrailingSlash: () => ({
    detail: 'Differs by a trailing slash only: ASP.NET Core accepts that, most other validators refuse it.',
    change: ['Use one spelling, in the request for the token and in the API.'],
  }),
  audienceNotAllText: () => ({
    detail:
      'The right audience is in the list, beside something that is no text: PyJWT refuses that, others do not look.',
    change: ['Have the issuer write texts only.'],
    source: `${JWT}#section-4.1.3`,
  }),
  audienceNotSaid: ({ profile, member }) => ({
    detail: `${profile} does not say enough to decide.`,
    change: [inProfile(`Give "${member === 'appIdUri' ? 'appIdUri' : 'appId'}", or list the "audiences".`)],
  }),

  notExpired: ({ detail }) => ({ detail: `${duration(detail)} left.` }),
  expired: ({ detail }) => ({ detail: `Expired ${duration(detail)} ago.`, change: [SIGN_IN_AGAIN], source: JWT }),
  expiredWithinSkew: ({ detail }) => ({
    detail: `Expired ${duration(detail)} ago, and passes only because the API tolerates that.`,
  }),
  expiredThisSecond: () => ({
    detail: 'Expires this very second, tolerance included: too late by RFC 7519, just in time for ASP.NET Core.',
    change: [SIGN_IN_AGAIN],
    source: `${JWT}#section-4.1.4`,
  }),
  expiredSkewUnknown: ({ detail }) => ({
    detail: `Expired ${duration(detail)} ago. API Management refuses it by default; ASP.NET Core tolerates five minutes.`,
    change: [SIGN_IN_AGAIN, inProfile('Give "clockSkewSec" to say what your API tolerates.')],
  }),
  expiryMissing: () => ({
    detail: 'The token never expires (no exp).',
    change: ['Use a token of the tenant.'],
    source: JWT,
  }),
  alreadyValid: () => ({ detail: 'Valid already.' }),
  notYetValid: ({ detail }) => ({
    detail: `Valid only in ${duration(detail)}.`,
    change: ['Set the clock of this machine, or of whoever issued the token.'],
    source: JWT,
  }),
  startsWithinSkew: ({ detail }) => ({
    detail: `Starts in ${duration(detail)}, and passes only because the API tolerates that.`,
  }),
  startSkewUnknown: ({ detail }) => ({
    detail: `Starts in ${duration(detail)}; whether that passes depends on the tolerance of the API.`,
    change: ['Set the clock of this machine.', inProfile('Give "clockSkewSec" to say what your API tolerates.')],
  }),
  notBeforeMissing: () => ({ detail: 'The token sets no beginning (no nbf), which is allowed.' }),
  timeNotANumber: ({ claim }) => ({
    detail: `The claim ${claim} is no number of seconds.`,
    change: ['Use a token of the tenant.'],
    source: JWT,
  }),
  timeIsText: ({ claim }) => ({
    detail: `The claim ${claim} is a number written as text: ASP.NET Core reads it, most other validators refuse it.`,
    change: ['Have the issuer write it as a number.'],
    source: JWT,
  }),
  timeNotFinite: ({ claim }) => ({
    detail: `The claim ${claim} is larger than any number: some validators take that for “never”.`,
    change: ['Use a token of the tenant.'],
    source: JWT,
  }),
  issuedInFuture: ({ detail }) => ({
    detail: `Issued${detail ? ` ${duration(detail)}` : ''} in the future (iat): PyJWT refuses that, other validators do not look.`,
    change: ['Set the clock of this machine, or of whoever issued the token.'],
    source: `${JWT}#section-4.1.6`,
  }),
  issuedNotANumber: () => ({
    detail: 'The claim iat is no number: jose and PyJWT refuse that, jsonwebtoken does not look.',
    change: ['Have the issuer write it as a number.'],
    source: `${JWT}#section-4.1.6`,
  }),
  issuedIsText: () => ({
    detail: 'The claim iat is a number written as text: jose refuses that, and so does PyJWT 2.6.',
    change: ['Have the issuer write it as a number.'],
    source: `${JWT}#section-4.1.6`,
  }),
  startsAfterEnd: () => ({
    detail: 'The token begins after it ends: ASP.NET Core refuses that (IDX10224), other validators do not look.',
    change: ['Use a token of the tenant.'],
  }),

  kindAccessToken: () => ({ detail: 'An access token.' }),
  kindIdToken: () => ({
    detail: 'An ID token: it tells a client who signed in and is not meant for an API.',
    change: ['Send the access_token of the token response, not the id_token.'],
    source: `${DOCS}/id-tokens`,
  }),
  kindMicrosoftApi: ({ detail, ownScope }) => ({
    detail: `A token for ${detail ?? 'a Microsoft API'}: not meant for your API to accept.`,
    change: [askForOwnApi(ownScope)],
    source: ACCESS_TOKENS,
  }),
  kindUnsure: () => ({ detail: 'Whether this is an access token cannot be told from its claims.' }),

  versionAccepted: ({ seen }) => ({ detail: `${seen}, as the profile accepts.` }),
  versionOther: ({ seen }) => ({
    detail: `The token is of version ${seen}. The API’s own registration decides that, not the client.`,
    change:
      seen === '1.0'
        ? [SET_VERSION_2]
        : [inProfile('If the API is meant to take these tokens, add the version to "tokenVersions".')],
    source: MANIFEST,
  }),
  versionNotSaid: ({ profile }) => ({
    detail: `${profile} does not say which it accepts.`,
    change: [inProfile('Give "tokenVersions".')],
  }),
  versionMissing: () => ({ detail: 'The token names no version (ver).' }),

  permissionsGranted: () => ({ detail: 'Enough for this API.' }),
  scopeMissing: () => ({
    detail: 'The scope the API needs is not in the token.',
    change: ['Request the scope, have it consented to, and get a new token.'],
    source: `${DOCS}/permissions-consent-overview`,
  }),
  roleMissing: () => ({
    detail: 'The app role the API needs is not in the token.',
    change: ['Assign the app role to the caller, give admin consent, and get a new token.'],
    source: `${DOCS}/howto-add-app-roles-in-apps`,
  }),
  scopeOrRoleMissing: () => ({
    detail: 'Neither a scope nor a role the API accepts is in the token.',
    change: ['For a user, request the scope; for an application, assign the app role. Then get a new token.'],
    source: `${DOCS}/permissions-consent-overview`,
  }),
  appOnlyToken: () => ({
    detail: 'An application’s own token: it never carries scopes, and the API accepts scopes only.',
    change: ['Sign a user in and ask for the scope, or let the API accept an app role too.'],
    source: `${DOCS}/permissions-consent-overview`,
  }),
  userToken: () => ({
    detail: 'A user’s token without the app role the API needs; the API accepts roles only.',
    change: ['Assign the app role to the user, or call with the application’s own identity.'],
    source: `${DOCS}/howto-add-app-roles-in-apps`,
  }),
  permissionsNotSaid: ({ profile }) => ({
    detail: `${profile} does not say which it accepts.`,
    change: [inProfile('Give "accepts".')],
  }),

  clientAllowed: () => ({ detail: 'A client the profile lists.' }),
  clientOther: () => ({
    detail: 'Not a client this API accepts.',
    change: [inProfile('Call with an allowed client, or add this one to "allowedClients" if it is meant to call.')],
  }),
  clientMissing: () => ({
    detail: 'The token names no client.',
    change: ['Use an access token of Microsoft Entra.'],
    source: CLAIMS,
  }),
  clientsNotSaid: ({ profile }) => ({
    detail: `${profile} does not say which may call.`,
    change: [inProfile('Give "allowedClients".')],
  }),
  requiredClaimHeld: () => ({ detail: 'The token has what the policy requires.' }),
  requiredClaimMissing: ({ claim = '' }) => ({
    detail: `The policy requires a claim “${claim}”, and the token has none.`,
    change: ['Get a token that carries it: ask for the scope or role, or correct the name in the policy.'],
    source: VALIDATE_JWT,
  }),
  requiredClaimOther: ({ claim = '' }) => ({
    detail: `The token’s “${claim}” is not what the policy requires.`,
    change: [
      'Get a token with these values. If one of them is enough, the policy needs match="any"; a text such as scp needs a separator.',
    ],
    source: VALIDATE_JWT,
  }),
  requiredClaimUnknown: () => ({ detail: 'Not compared: the policy computes what it requires.' }),
};

const FAILURES: Record<KeySourceFailure, { short: string; change: string | ProfileChange }> = {
  unreachable: { short: 'not reachable', change: 'Check network, proxy and certificates, then validate again.' },
  timeout: { short: 'no answer in time', change: 'Validate again; check network and proxy.' },
  tooLarge: { short: 'answer too large', change: inProfile('Check that the profile names an OpenID Connect issuer.') },
  redirect: {
    short: 'answered with a redirect',
    change: inProfile('Give the final address; redirects are not followed.'),
  },
  cancelled: { short: 'cancelled', change: 'Validate again.' },
  notAllowed: {
    short: 'you did not allow it',
    change: 'Validate again and allow the host, or name the authority in your user settings.',
  },
  unknownTenant: {
    short: 'the tenant does not exist (AADSTS90002)',
    change: inProfile('Check "tenant" and "cloud" for a typing error.'),
  },
  serverError: { short: 'the server has a fault of its own', change: 'Validate again later.' },
  badStatus: { short: 'answered with an error', change: inProfile('Check tenant and authority in the profile.') },
  html: {
    short: 'answered with a web page',
    change: inProfile('Check the authority; a proxy or sign-in page may be in the way.'),
  },
  notJson: {
    short: 'answered with something else than JSON',
    change: inProfile('Check the authority in the profile.'),
  },
  privateKey: {
    short: 'a private key is published with them, and anybody can sign with it',
    change: 'Tell whoever runs the authority to replace the key: until then no token of it proves anything.',
  },
  wrongShape: { short: 'no OpenID Connect metadata', change: inProfile('Check the authority, or give "metadata".') },
};

function inProfile(text: string): ProfileChange {
  return { inProfile: text };
}

function shortFailure(failure: KeySourceFailure): string {
  return FAILURES[failure].short;
}

function describeFailure(failure: KeySourceFailure | undefined, url: string | undefined): ReasonText {
  if (!failure) return { detail: 'The authority’s keys were not read.' };
  const { short, change } = FAILURES[failure];
  return { detail: `The authority’s keys could not be read: ${short}${url ? ` (${url})` : ''}.`, change: [change] };
}

/** The version of the tokens that an issuer of Entra writes. */
export function issuerVersion(issuer: string): 'v1' | 'v2' {
  return /\/v2\.0\/?$/.test(issuer) ? 'v2' : 'v1';
}

function kilobytes(length: string | undefined): string {
  return `${Math.round(Number(length) / 1024)} KB`;
}

function countOf(items: readonly string[], noun: string): string {
  return items.length === 1 ? `one ${noun}` : `${items.length} ${noun}s`;
}

function duration(seconds: string | undefined): string {
  return durationText(Number(seconds));
}
