import type { EntraFailure } from '../entra-reply.ts';
import type { LabTenant } from '../entra-tenant.ts';
import type { ClientRegistration } from './registrations.ts';

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
  cancelled: () => failure(65004, 'access_denied', 'User declined to consent to access the app.'),
  noSession: () => failure(50058, 'login_required', 'Session information is not sufficient for single-sign-on.'),
  onlyPost: () =>
    failure(900561, 'invalid_request', 'The endpoint only accepts POST requests. Received a GET request.'),
  unsupportedGrant: (grantType: string) =>
    failure(70003, 'unsupported_grant_type', `The app requested an unsupported grant type '${grantType}'.`),
  secretOfPublicClient: () => ({
    ...failure(
      700025,
      'invalid_client',
      "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    ),
    status: 401,
  }),
  secretMissing: () => ({
    ...failure(
      7000218,
      'invalid_client',
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ),
    status: 401,
  }),
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

/** A failure a test asked for by its number alone; codes that are not listed are a plain `invalid_grant`. */
export function scriptedFailure(code: number, wishes: Partial<EntraFailure> = {}): EntraFailure {
  const [error, message] = SCRIPTABLE[code] ?? ['invalid_grant', 'The sign-in failed as the test asked.'];
  return { ...failure(code, error, message), ...wishes };
}

const SCRIPTABLE: Readonly<Record<number, readonly [error: string, message: string]>> = {
  16000: [
    'interaction_required',
    'Either multiple user identities are available for the current request or the selected account is not supported.',
  ],
  50020: [
    'invalid_grant',
    "User account from identity provider 'live.com' does not exist in tenant 'Contoso' and cannot access the application in that tenant.",
  ],
  50034: ['invalid_grant', 'The user account does not exist in the directory.'],
  50076: [
    'interaction_required',
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.',
  ],
  50079: [
    'interaction_required',
    'Due to a configuration change made by your administrator, you must enroll in multi-factor authentication.',
  ],
  50105: [
    'interaction_required',
    'Your administrator has configured the application to block users unless they are specifically granted access. The signed in user is blocked because they are not a direct member of a group with access.',
  ],
  53003: [
    'invalid_grant',
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  ],
  65001: ['consent_required', 'The user or administrator has not consented to use the application.'],
  65004: ['access_denied', 'User declined to consent to access the app.'],
  70043: [
    'invalid_grant',
    'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.',
  ],
  90033: ['temporarily_unavailable', 'A transient error has occurred. Please try again.'],
  90094: ['access_denied', 'Admin consent is required.'],
  500011: ['invalid_resource', 'The resource principal was not found in the tenant.'],
  700016: ['unauthorized_client', 'The application was not found in the directory.'],
};

function failure(code: number, error: string, message: string): EntraFailure {
  return { status: 400, error, code, message };
}
