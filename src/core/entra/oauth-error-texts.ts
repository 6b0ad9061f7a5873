import type { PlaceId } from './aadsts-places.ts';

/** What an error without an AADSTS code says, in a sentence, what to do, and where. */
export type OauthErrorText = readonly [meaning: string, remedy: string, place: PlaceId];

/**
 * OAuth errors (RFC 6749 §4.1.2.1 and §5.2, RFC 8628 §3.5, OpenID Connect Core §3.1.2.6, and Entra's own
 * `invalid_resource`), and errors of MSAL before anything was sent. An error stands for many causes: the texts say what
 * kind it is of, and leave the rest to the server's words.
 */
export const OAUTH_ERROR_TEXTS: Readonly<Record<string, OauthErrorText>> = {
  invalid_client: [
    'The login host did not accept the client: its id, its secret or its certificate.',
    'Check the client id, and that the secret or certificate is of this very client and has not expired.',
    'secret',
  ],
  invalid_grant: [
    'What the token was asked for with is no longer good: a code, a refresh token or a token handed over.',
    'Sign in again.',
    'session',
  ],
  unauthorized_client: [
    'The client may not sign in this way, or is not known there.',
    'Check the client id and the tenant, and whether the client’s registration allows this way of signing in.',
    'clientId',
  ],
  invalid_scope: [
    'A scope of the request is unknown, malformed, or not for this way of signing in.',
    'Compare the scopes with those under "Expose an API"; an application without a user asks for <App ID URI>/.default.',
    'scope',
  ],
  invalid_resource: [
    'The API asked for is not known there.',
    'Compare the App ID URI letter by letter, and check the tenant.',
    'apiName',
  ],
  access_denied: [
    'The user, or a rule of the login host, said no.',
    'Sign in again and accept; if it was not you who declined, ask an administrator what the sign-in log says.',
    'consent',
  ],
  authorization_declined: [
    'The user declined on the page where the code is entered.',
    'Start again, and accept if it is your own sign-in.',
    'deviceCode',
  ],
  expired_token: ['The code was not entered in time.', 'Start the sign-in again.', 'deviceCode'],
  bad_verification_code: ['The device code is not known.', 'Start the sign-in again.', 'deviceCode'],
  consent_required: [
    'Nobody has consented to this access yet.',
    'Sign in and accept, or have an administrator grant consent.',
    'consent',
  ],
  interaction_required: ['The user has to do something on the sign-in page.', 'Sign in interactively.', 'secondFactor'],
  login_required: ['Nobody is signed in there.', 'Sign in.', 'session'],
  unsupported_grant_type: [
    'The login host does not offer this way of signing in.',
    'Sign in another way, such as with the browser.',
    'request',
  ],
  unsupported_response_type: [
    'The login host does not hand out codes to this client.',
    'Check that the client’s registration allows the authorization code flow.',
    'responseType',
  ],
  invalid_request: [
    'The login host takes the request for malformed.',
    'Read what it says is missing or wrong.',
    'request',
  ],
  temporarily_unavailable: ['The login host cannot answer at the moment.', 'Try again in a moment.', 'passing'],
  server_error: ['The login host had an error of its own.', 'Try again in a moment.', 'passing'],
  missing_tenant_id_error: [
    'An application that asks as itself has to say which tenant: common and organizations are none.',
    'Name the tenant’s id or domain in the identity or the profile.',
    'tenant',
  ],
  endpoints_resolution_error: [
    'The tenant’s metadata could not be read, so nothing was asked for.',
    'Check the tenant and the login host, then network, proxy and certificates.',
    'tenant',
  ],
};
