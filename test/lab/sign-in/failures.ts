import type { EntraFailure } from '../entra-reply.ts';
import type { LabApp, LabTenant, LabUser } from '../entra-tenant.ts';
import type { ClientRegistration } from './registrations.ts';
import { failure, scriptedFailure } from './scripted-failures.ts';

/** Failures of signing in and of `/token`, worded as Entra words them. */
export const FAILURES = {
  parameterMissing: (name: string) =>
    failure(900144, 'invalid_request', `The request body must contain the following parameter: '${name}'.`),
  unknownClient: (clientId: string, directory: string) =>
    failure(
      700016,
      'unauthorized_client',
      `Application with identifier '${clientId}' was not found in the directory '${directory}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    ),
  singleTenantClient: ({ app }: ClientRegistration, endpoint: string) =>
    failure(
      50194,
      'invalid_request',
      `Application '${app.id}'(${app.name}) is not configured as a multi-tenant application. Usage of the /${endpoint} endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.`,
    ),
  notForPersonalAccounts: ({ app }: ClientRegistration) =>
    failure(
      9002332,
      'invalid_request',
      `Application '${app.id}'(${app.name}) is configured for use by Azure Active Directory users only. Please do not use the /consumers endpoint to serve this request.`,
    ),
  redirectMismatch: (redirectUri: string, clientId: string) =>
    failure(
      50011,
      'invalid_request',
      `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`,
    ),
  unsupportedResponseType: (responseType: string) =>
    failure(70005, 'unsupported_response_type', `The response type '${responseType}' is not supported.`),
  unsupportedResponseMode: (responseMode: string) =>
    failure(70007, 'invalid_request', `'${responseMode}' is not a supported value of 'response_mode'.`),
  pkceMissing: () =>
    // Entra insists on it for single-page applications only; here every public client has to use it.
    failure(9002325, 'invalid_request', 'Proof Key for Code Exchange is required for authorization code redemption.'),
  badChallenge: () =>
    failure(501491, 'invalid_request', 'Invalid size or method of Code_Challenge parameter: S256 is required.'),
  badScope: (scope: string) =>
    failure(
      70011,
      'invalid_scope',
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
    ),
  severalResources: (scope: string) =>
    failure(
      28000,
      'invalid_scope',
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
    ),
  unknownResource: (resource: string, tenant: LabTenant) =>
    failure(
      500011,
      'invalid_resource',
      `The resource principal named ${resource} was not found in the tenant named ${tenant.displayName}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
    ),
  unknownScope: ({ app }: ClientRegistration, scope: string, resource: string) =>
    failure(
      650053,
      'invalid_client',
      `The application '${app.name}' asked for scope '${scope}' that doesn't exist on the resource '${resource}'. Contact the app vendor.`,
    ),
  noConsent: ({ app }: ClientRegistration) => ({
    ...failure(
      65001,
      'invalid_grant',
      `The user or administrator has not consented to use the application with ID '${app.id}' named '${app.name}'. Send an interactive authorization request for this user and resource.`,
    ),
    suberror: 'consent_required',
  }),
  adminConsentNeeded: ({ app }: ClientRegistration) =>
    failure(
      90094,
      'access_denied',
      `${app.name} needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.`,
    ),
  selfTokenNeedsGuid: ({ app }: ClientRegistration) =>
    failure(
      90009,
      'invalid_request',
      `Application '${app.id}'(${app.name}) is requesting a token for itself. This scenario is supported only if resource is specified using the GUID based App Identifier.`,
    ),
  cancelled: () => failure(65004, 'access_denied', 'User declined to consent to access the app.'),
  noSession: () => failure(50058, 'login_required', 'Session information is not sufficient for single-sign-on.'),
  onlyPost: () =>
    failure(900561, 'invalid_request', 'The endpoint only accepts POST requests. Received a GET request.'),
  unsupportedGrant: (grantType: string) =>
    failure(70003, 'unsupported_grant_type', `The app requested an unsupported grant type '${grantType}'.`),
  secretOfPublicClient: () =>
    invalidClient(700025, "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."),
  secretMissing: () =>
    invalidClient(
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ),
  badGrant: () => failure(70000, 'invalid_grant', 'Provided grant is invalid or malformed.'),
  grantOfOtherTenant: () =>
    failure(
      700005,
      'invalid_grant',
      'Provided authorization code is intended to use against other tenant, thus rejected.',
    ),
  redirectOfOtherRequest: (redirectUri: string, requested: string) =>
    failure(
      500112,
      'invalid_grant',
      `The reply address '${redirectUri}' does not match the reply address '${requested}' provided when requesting Authorization code.`,
    ),
  codeRedeemed: () =>
    failure(
      54005,
      'invalid_grant',
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    ),
  grantExpired: () =>
    failure(
      70008,
      'invalid_grant',
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    ),
  verifierMismatch: () =>
    failure(
      501481,
      'invalid_grant',
      'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    ),
  userOfOtherTenant: (user: LabUser, home: LabTenant, tenant: LabTenant, { app }: ClientRegistration) =>
    failure(
      50020,
      'invalid_grant',
      `User account '${user.userName}' from identity provider 'https://sts.windows.net/${home.id}/' does not exist in tenant '${tenant.displayName}' and cannot access the application '${app.id}'(${app.name}) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.`,
    ),
  userNotAssigned: ({ app }: ClientRegistration) =>
    failure(
      50105,
      'interaction_required',
      `Your administrator has configured the application ${app.name} ('${app.id}') to block users unless they are specifically granted ('assigned') access to the application. The signed in user is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator.`,
    ),
  applicationNotAssigned: ({ app }: ClientRegistration, resource: LabApp) =>
    failure(
      501051,
      'invalid_grant',
      `Application '${app.id}'(${app.name}) is not assigned to a role for the application '${resource.appIdUri ?? resource.id}'(${resource.name}).`,
    ),
  needsDefaultScope: (scope: string) =>
    failure(
      1002012,
      'invalid_scope',
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    ),
  needsTenant: () =>
    failure(
      9001023,
      'invalid_request',
      'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
    ),
  wrongSecret: ({ app }: ClientRegistration) =>
    invalidClient(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.id}'.`,
    ),
  expiredSecret: ({ app }: ClientRegistration) =>
    invalidClient(
      7000222,
      `The provided client secret keys for app '${app.id}' are expired. Visit the Azure portal to create new keys for your app, or consider using certificate credentials for added security.`,
    ),
  assertionKeyUnknown: (thumbprint: string) =>
    invalidClient(
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint}'].`,
    ),
  assertionSignatureWrong: () =>
    invalidClient(
      700027,
      'Client assertion contains an invalid signature. [Reason - The provided signature value did not match the expected signature value.].',
    ),
  assertionOutOfTime: () =>
    invalidClient(
      700024,
      'Client assertion is not within its valid time range. Review the documentation on certificate credentials.',
    ),
  assertionOfOtherClient: () =>
    invalidClient(700021, "Client assertion application identifier doesn't match 'client_id' parameter."),
  assertionAudienceWrong: () => invalidClient(700023, 'Client assertion audience claim does not match Realm issuer.'),
  assertionSubjectDiffers: () => invalidClient(50048, 'Subject must match issuer claim in the client assertion.'),
  assertionMalformed: () => invalidClient(50012, 'Client assertion is malformed or of an unsupported type.'),
  originMissing: () =>
    failure(
      9002327,
      'invalid_request',
      "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
    ),
  originNotAllowed: () =>
    failure(
      9002326,
      'invalid_request',
      "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
    ),
  badDeviceCode: () => failure(70018, 'bad_verification_code', 'The device code is not valid.'),
  deviceCodeExpired: () => failure(70019, 'expired_token', 'The verification code expired.'),
  deviceCodeDeclined: () => failure(65004, 'authorization_declined', 'User declined the request on the device page.'),
  deviceCodePending: () =>
    failure(70016, 'authorization_pending', 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.'),
  assertionOfOtherApplication: (aud: string, { app }: ClientRegistration) =>
    failure(
      500131,
      'invalid_grant',
      `Assertion audience does not match the Client app presenting the assertion. The audience in the assertion was '${aud}' and the expected audience is '${app.id}' or one of the Application Uris of this application with App ID '${app.id}'(${app.name}).`,
    ),
  userAssertionWrong: (reason: string) =>
    failure(50013, 'invalid_grant', `Assertion failed signature validation. [Reason - ${reason}]`),
  userAssertionOutOfTime: () => failure(500133, 'invalid_grant', 'Assertion is not within its valid time range.'),
  userAssertionMalformed: () => failure(50027, 'invalid_request', 'JWT token is invalid or malformed.'),
  userAssertionIsIdToken: () =>
    failure(
      240002,
      'invalid_grant',
      "Input id_token cannot be used as 'urn:ietf:params:oauth:grant-type:jwt-bearer' grant.",
    ),
  userAssertionWithoutUser: () =>
    failure(90083, 'invalid_grant', 'Request is unsupported: the assertion is not the token of a user.'),
  mfaNeeded: (claims: string) => ({
    ...scriptedFailure(50076),
    suberror: 'basic_action',
    claims,
  }),
  mfaRegistrationNeeded: (claims: string) => ({
    ...scriptedFailure(50079),
    suberror: 'basic_action',
    claims,
  }),
  blocked: (claims: string) => ({ ...scriptedFailure(53003), suberror: 'message_only', claims }),
  deviceNotCompliant: () => ({ ...scriptedFailure(53000), suberror: 'message_only' }),
  deviceNotManaged: () => ({ ...scriptedFailure(530003), suberror: 'message_only' }),
  refreshExpired: () => ({
    ...failure(700082, 'invalid_grant', 'The refresh token has expired due to inactivity.'),
    suberror: 'bad_token',
  }),
  revoked: () => ({
    ...failure(
      50173,
      'invalid_grant',
      'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    ),
    suberror: 'bad_token',
  }),
} as const satisfies Record<string, (...args: never[]) => EntraFailure>;

/** `invalid_client` is a 401, unlike every other (RFC 6749 §5.2). */
function invalidClient(code: number, message: string): EntraFailure {
  return { ...failure(code, 'invalid_client', message), status: 401 };
}
