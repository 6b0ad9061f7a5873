import type { EntraFailure } from '../entra-reply.ts';

/** A failure a test asked for by its number alone; codes that are not listed are a plain `invalid_grant`. */
export function scriptedFailure(code: number, wishes: Partial<EntraFailure> = {}): EntraFailure {
  const [error, message] = SCRIPTABLE[code] ?? ['invalid_grant', 'The sign-in failed as the test asked.'];
  const status = error === 'invalid_client' ? 401 : 400;
  return { ...failure(code, error, message), status, ...wishes };
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
  53000: ['invalid_grant', 'Device is not in required device state: compliant.'],
  530003: ['invalid_grant', 'Your device is required to be managed to access this resource.'],
  70011: ['invalid_scope', "The provided value for the input parameter 'scope' is not valid."],
  70043: [
    'invalid_grant',
    'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.',
  ],
  90033: ['temporarily_unavailable', 'A transient error has occurred. Please try again.'],
  90094: ['access_denied', 'Admin consent is required.'],
  500011: ['invalid_resource', 'The resource principal was not found in the tenant.'],
  50011: ['invalid_request', 'The redirect URI specified in the request does not match the ones configured.'],
  50034: ['invalid_grant', 'The user account does not exist in the directory.'],
  50158: ['interaction_required', 'External security challenge was not satisfied.'],
  65002: [
    'invalid_request',
    'Consent between first party application and first party resource must be configured via preauthorization.',
  ],
  650057: [
    'invalid_resource',
    "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration.",
  ],
  90002: ['invalid_request', 'Tenant not found.'],
  90009: ['invalid_request', 'Application is requesting a token for itself.'],
  90055: ['temporarily_unavailable', 'The server has terminated the request because of too many requests.'],
  700024: ['invalid_client', 'Client assertion is not within its valid time range.'],
  700027: ['invalid_client', 'Client assertion contains an invalid signature.'],
  7000112: ['unauthorized_client', 'Application is disabled.'],
  7000215: ['invalid_client', 'Invalid client secret provided.'],
  7000218: [
    'invalid_client',
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  ],
  7000222: ['invalid_client', 'The provided client secret keys are expired.'],
  9002326: ['invalid_request', 'Cross-origin token redemption is permitted only for single-page applications.'],
  9002327: ['invalid_request', 'Tokens of single-page applications may only be redeemed via cross-origin requests.'],
  700016: ['unauthorized_client', 'The application was not found in the directory.'],
};

export function failure(code: number, error: string, message: string): EntraFailure {
  return { status: 400, error, code, message };
}
