import type { AadstsRow } from './aadsts.ts';

const SIGN_IN_AGAIN = 'Sign in again.';
const ASK_ADMIN = 'Ask an administrator of the tenant: the sign-in log of Microsoft Entra names the rule.';
const CHECK_TENANT = 'Check the tenant id or domain, and that the login host is the one of its cloud.';
const CHECK_CLIENT =
  'Check the client id and the tenant; the application must be registered or consented to in this tenant.';
const OWN_TENANT = 'Use the tenant’s id or domain in the authority.';
const ONE_RESOURCE = 'Ask for scopes of one API only: api://<API id>/<scope>, or <resource>/.default.';
const ADD_PERMISSION = 'Add the API’s permission to the client’s registration, then consent to it.';
const CONSENT = 'Sign in and consent, or have an administrator grant consent.';
const NEW_CODE = 'Start the sign-in again: a code can be redeemed once, within minutes, where it was issued.';
const OTHER_ACCOUNT = 'Sign in with an account of this tenant, or have this one invited as a guest.';
const SECOND_FACTOR = 'Sign in interactively and complete what the page asks for, passing on the claims of the error.';
const DEVICE = 'Sign in from a device that the organisation manages, as its Conditional Access policy demands.';
const CHECK_REQUEST =
  'Compare the request with the documentation of the flow; a client library such as MSAL builds it right.';
const RETRY = 'Try again in a moment.';
const NEW_ASSERTION = 'Send the access token the API has received itself, whole, unchanged and unexpired.';
const RENEW_CERTIFICATE = 'Register the certificate in use, and check the id of the application it belongs to.';

/**
 * Every code once, in own words, with where it is mended (`aadsts-places.ts`). Source: Microsoft, identity-platform/reference-error-codes; codes that are not on
 * that page say so by "seems" or "appears".
 */
// biome-ignore format: one row a line reads as the table it is
export const AADSTS_ROWS: readonly AadstsRow[] = [
  // Scope, resource, audience
  [[70011, 1002012], 'A requested scope is not valid for this flow.', 'Ask for api://<API id>/<scope> of one API; an application without a user asks for <resource>/.default.', 'scope'],
  [[28000], 'The request appears to ask for scopes of more than one API.', ONE_RESOURCE, 'scope'],
  [[28002], 'The scope given when redeeming the code is not valid.', ONE_RESOURCE, 'scope'],
  [[28003], 'The scope given when redeeming the code is empty.', ONE_RESOURCE, 'scope'],
  [[500011], 'The API asked for is not known in this tenant: its name is wrong, nobody consented to it here, or this is another tenant.', 'Check the App ID URI letter by letter and the tenant; the API needs a service principal in this tenant.', 'apiName'],
  [[50001], 'The API asked for does not exist in this tenant or is disabled.', 'Check the App ID URI and the tenant, and that the API is enabled there.', 'apiName'],
  [[650057], 'The client asks for an API that is not among the permissions of its registration.', ADD_PERMISSION, 'apiPermissions'],
  [[650056], 'The application is misconfigured: it lists no permissions, nobody consented, or its id or certificate is wrong.', ADD_PERMISSION, 'apiPermissions'],
  [[65005], 'The request does not fit the list of APIs that the client’s registration names.', ADD_PERMISSION, 'apiPermissions'],
  [[650052], 'The organisation lacks this service, or has not enabled it.', 'Have an administrator enable the service or create its service principal.', 'missingService'],
  [[650053], 'A scope of the request does not seem to exist at this API.', 'Check the scope’s name under "Expose an API" of the API’s registration.', 'scope'],
  [[650054], 'The API asked for was removed or cannot be reached.', 'Check that the API still exists and its name in the scope.', 'apiName'],
  [[700022], 'The request asks for scopes of more than one API.', ONE_RESOURCE, 'scope'],
  [[700023], 'A scope names no API, which this request does not allow.', ONE_RESOURCE, 'scope'],
  [[901002], 'The v2 endpoint does not take the parameter resource.', 'Send scope instead: <resource>/.default.', 'scope'],
  [[90009], 'The application asks for a token for itself under its App ID URI.', 'Ask for <client id>/.default; the token’s audience may then be the GUID, which the API must accept. Two registrations, one for the client and one for the API, avoid this.', 'selfToken'],
  [[90008], 'The application asks for a token for itself without consent to sign users in.', CONSENT, 'consent'],
  [[501461], 'Custom claims (acceptMappedClaims) are allowed only for a GUID or a verified domain as audience.', 'Give the API an App ID URI of a verified domain, or a signing key of its own.', 'claimsMapping'],
  [[50146], 'The application needs a signing key of its own, which is missing or expired.', 'Upload a new signing key for the application.', 'claimsMapping'],
  [[90016], 'The access token lacks a claim that is required.', 'Request the token anew for the right API and scopes.', 'claimsMapping'],

  // Consent and assignment
  [[65001], 'Neither the user nor an administrator has consented to this access.', 'Sign in and consent, have an administrator grant it, or list the client as pre-authorised in the API’s registration.', 'consent'],
  [[65004], 'The user declined to consent.', 'Sign in again and accept, if the permissions are the ones you expect.', 'consent'],
  [[65002], 'A client of Microsoft’s own asks for an API it was not pre-authorised for: usually somebody reuses the client id of VS Code or the Azure CLI.', 'Register a client of your own and sign in with its id.', 'ownClient'],
  [[90094], 'These permissions need the consent of an administrator.', 'Ask an administrator to grant consent.', 'adminConsent'],
  [[90095], 'Consent has to be requested from an administrator.', 'Request approval on the sign-in page.', 'adminConsent'],
  [[50105], 'Only assigned users may use this application, and this user is not.', 'Have the user or a group assigned under Enterprise applications.', 'assignment'],
  [[501051], 'Only assigned callers may use this API, and this application appears to have no role there.', 'Have an app role of the API assigned to the application or managed identity.', 'assignment'],
  [[90093], 'Microsoft Graph refused a request made during the sign-in.', ASK_ADMIN, 'signInLog'],
  [[700016], 'The client id is not known in this tenant.', CHECK_CLIENT, 'clientId'],
  [[700011], 'The client application does not exist in this tenant.', CHECK_CLIENT, 'clientId'],
  [[7000229], 'The client appears to have no service principal in this tenant.', 'Have an administrator of the tenant consent to the client, which creates it.', 'adminConsent'],
  [[70001, 7000112], 'The application is disabled.', 'Enable it under Enterprise applications.', 'disabledApplication'],
  [[7000114], 'The application is not allowed to make on-behalf-of calls.', 'Call with a registration that may, or ask an administrator.', 'disabledApplication'],
  [[1000031], 'The application cannot be accessed at this time.', ASK_ADMIN, 'signInLog'],
  [[90099], 'The application is not authorised in the customer’s tenant.', 'Have an administrator of that tenant consent to the application.', 'signInLog'],

  // Tenant, account, endpoint
  [[90002], 'The tenant was not found.', CHECK_TENANT, 'tenant'],
  [[90051], 'Tenant and login host appear to belong to different clouds.', CHECK_TENANT, 'tenant'],
  [[50020], 'The account is neither a member nor a guest of this tenant.', OTHER_ACCOUNT, 'guest'],
  [[50034, 51004], 'The account does not exist in this tenant.', OTHER_ACCOUNT, 'guest'],
  [[50014], 'The account is a guest whose invitation is not completed.', 'Accept the invitation, or have it sent again.', 'guest'],
  [[16000], 'The chosen account does not exist in this tenant.', OTHER_ACCOUNT, 'guest'],
  [[50194], 'The application is for one tenant only and was called through common.', OWN_TENANT, 'manyTenants'],
  [[50059, 50128], 'The request does not say which tenant is meant.', OWN_TENANT, 'tenant'],
  [[90124, 90130], 'The application or API is not supported through common or consumers.', 'Use organizations or the tenant’s id in the authority.', 'tenant'],
  [[9001023], 'This grant is not supported through common or consumers.', OWN_TENANT, 'tenant'],
  [[9002332], 'The application is for work and school accounts only, and consumers was used.', OWN_TENANT, 'tenant'],
  [[500208], 'The account’s domain does not fit the kind of account asked for.', 'Sign in with an account of the right kind, work or personal.', 'accountKind'],
  [[500207], 'The kind of account does not seem to be supported for this API.', 'Sign in with a work account, or with another kind that the API’s registration admits.', 'accountKind'],
  [[500571], 'The guest account appears to be disabled.', 'Have an administrator of the tenant look at the account.', 'account'],
  [[500021, 500022], 'The network you are in restricts which tenants may be signed in to.', ASK_ADMIN, 'crossTenant'],
  [[500212, 500213], 'The policy for access between tenants does not allow this sign-in.', ASK_ADMIN, 'crossTenant'],
  [[90072], 'The account comes from outside and is not in this tenant.', OTHER_ACCOUNT, 'guest'],
  [[90038], 'The tenant belongs to another cloud.', 'Use the login host of the tenant’s own cloud.', 'tenant'],
  [[90027], 'Personal accounts get no tokens from this version of the endpoint.', 'Use the v2.0 endpoint.', 'tenant'],
  [[700005], 'The code was redeemed against another tenant than the one it was issued by.', 'Use the same tenant for the sign-in page and the token request.', 'tenant'],

  // Redirect URIs and kind of client
  [[500112], 'The redirect URI of the token request does not seem to be the one of the sign-in.', 'Send the same redirect URI in both.', 'redirect'],
  [[9002325], 'The flow appears to need PKCE, and the request has none.', CHECK_REQUEST, 'request'],
  [[50011], 'The redirect URI of the request is not registered for this client.', 'Register it letter by letter on the right platform; for this extension: http://localhost under "Mobile and desktop applications".', 'redirect'],
  [[900971], 'The request names no redirect URI.', 'Register one and send it.', 'redirect'],
  [[500113], 'No redirect URI appears to be registered for this client.', 'Register one; for this extension: http://localhost under "Mobile and desktop applications".', 'redirect'],
  [[9002326], 'Only a redirect URI of a single-page application lets a browser redeem codes.', 'Register the page’s redirect URI under "Single-page application".', 'spa'],
  [[9002327], 'The redirect URI is registered for a single-page application, whose codes only a browser may redeem.', 'Register http://localhost under "Mobile and desktop applications", and remove it from "Single-page application".', 'redirect'],
  [[7000218], 'The server takes the client for a confidential one and wants its secret: the platform of the redirect URI decides.', 'For sign-in in the browser, register http://localhost under "Mobile and desktop applications" and remove it from "Web"; for device code, allow public client flows; a confidential client sends its secret.', 'platform'],
  [[700025], 'The client is public, so it must not send a secret or assertion.', 'Leave the secret out.', 'publicClient'],
  [[700054], 'ID tokens are not enabled for the sign-in page of this client.', 'Use the authorization code flow, which does not need them from the page.', 'responseType'],
  [[70005], 'This response type is not supported or not enabled for the client.', 'Use the authorization code flow: response_type=code.', 'responseType'],
  [[70007], 'This response_mode is not supported in this request.', 'Use form_post, query or fragment, as the flow allows.', 'responseType'],
  [[501481, 50147, 501491], 'The PKCE proof does not fit: code_verifier and code_challenge do not belong together or are malformed.', 'Redeem the code with the verifier made for this very sign-in.', 'request'],
  [[54005], 'The code was redeemed already.', NEW_CODE, 'newCode'],
  [[70008], 'The code or refresh token has expired.', SIGN_IN_AGAIN, 'newCode'],

  // Credentials of the client
  [[7000215], 'The client secret is wrong.', 'Use the secret’s value, not its id, of this very application.', 'secret'],
  [[7000222], 'The client secret has expired.', 'Create a new secret, or better a certificate or federated credential.', 'secret'],
  [[70002], 'The client’s credentials were not accepted.', 'Check secret and client id; a public client sends no secret.', 'secret'],
  [[700027], 'The client assertion is signed with a certificate the application does not list.', RENEW_CERTIFICATE, 'certificate'],
  [[700024], 'The client assertion appears to have expired, or to be from the future.', 'Make an assertion for each request, and check the clock.', 'certificate'],
  [[700030], 'The certificate’s subject is not authorised for this application.', RENEW_CERTIFICATE, 'certificate'],
  [[50012], 'The client’s certificate or assertion was not accepted.', RENEW_CERTIFICATE, 'certificate'],
  [[700021], 'The client assertion appears to name another application than the one that asks.', 'Put the client id into both iss and sub of the assertion.', 'certificate'],
  [[50048], 'Subject and issuer of the client assertion differ.', 'Put the client id into both iss and sub.', 'certificate'],
  [[700211, 700212, 700213, 7002138, 70021], 'The external token appears to match no federated credential of the application.', 'Compare issuer, subject and audience of the token with the federated credential, letter by letter.', 'federated'],
  [[700229], 'Only tokens of applications can serve as federated credentials for an issuer of Microsoft Entra.', 'Use a token of a managed identity or application.', 'federated'],
  [[900382, 900432], 'A confidential client cannot be used from another cloud.', 'Use login host, client and API of one and the same cloud.', 'tenant'],

  // On-behalf-of
  [[50013], 'The assertion is not valid: its signature, issuer, version or time does not fit; often it is a token for Microsoft Graph.', NEW_ASSERTION, 'assertion'],
  [[500131], 'The assertion appears to be a token for another application than the one that presents it.', 'Have the front end ask for a scope of the API that makes the on-behalf-of call.', 'assertion'],
  [[500133], 'The assertion is outside the time it is valid for.', NEW_ASSERTION, 'assertion'],
  [[240002], 'An ID token was sent where an access token is needed.', NEW_ASSERTION, 'assertion'],
  [[90083], 'The assertion appears to name no user.', 'Send a user’s access token; without a user, use client credentials.', 'assertion'],
  [[50027], 'The token sent is not valid: a claim is missing, or its issuer, audience, time or format does not fit.', NEW_ASSERTION, 'assertion'],
  [[50006], 'The signature of the token sent could not be verified.', NEW_ASSERTION, 'assertion'],
  [[900384], 'The signature of the token sent could not be verified; it may be of another cloud.', NEW_ASSERTION, 'assertion'],

  // MFA, Conditional Access, session
  [[50076], 'Multi-factor authentication is needed.', SECOND_FACTOR, 'secondFactor'],
  [[50079], 'The user must register for multi-factor authentication.', SECOND_FACTOR, 'secondFactor'],
  [[50072], 'The user must enrol for a second factor.', SECOND_FACTOR, 'secondFactor'],
  [[50074], 'The user did not pass the second factor.', SECOND_FACTOR, 'secondFactor'],
  [[50078], 'The multi-factor authentication has expired.', SECOND_FACTOR, 'secondFactor'],
  [[50158], 'A security check outside Microsoft Entra was not completed.', SECOND_FACTOR, 'secondFactor'],
  [[53000], 'The device does not comply with the organisation’s policy.', DEVICE, 'policy'],
  [[53001], 'The device is not joined to the organisation’s domain.', DEVICE, 'policy'],
  [[53002], 'The application is not one the policy approves of.', 'Sign in through an approved client application.', 'policy'],
  [[53003], 'Conditional Access blocks this sign-in; asking again does not help.', ASK_ADMIN, 'policy'],
  [[530003], 'The device appears not to be managed as Conditional Access demands.', DEVICE, 'policy'],
  [[530032, 530034, 530035, 53011], 'A security policy of the tenant blocks this sign-in.', ASK_ADMIN, 'policy'],
  [[530084], 'A policy of the tenant that protects tokens seems to block this sign-in.', ASK_ADMIN, 'policy'],
  [[53004, 53010], 'The user cannot register for multi-factor authentication from here.', 'Register from a place or device the organisation trusts.', 'policy'],
  [[50097, 50129, 50155, 50187], 'The device has to authenticate, and is not joined or failed to.', DEVICE, 'policy'],
  [[135011], 'The device appears to be disabled in the tenant.', ASK_ADMIN, 'policy'],
  [[50131], 'Conditional Access refused: state of the device, a suspicious activity, or another rule.', ASK_ADMIN, 'policy'],
  [[50058], 'Nobody is signed in to whom the token could be given silently.', SIGN_IN_AGAIN, 'session'],
  [[50173], 'The sign-in was revoked, as after a change of password.', SIGN_IN_AGAIN, 'session'],
  [[50089], 'The sign-in page took too long.', SIGN_IN_AGAIN, 'session'],
  [[700082], 'The refresh token expired because it was not used for long.', SIGN_IN_AGAIN, 'session'],
  [[700084], 'The refresh token of the single-page application is past its fixed life.', SIGN_IN_AGAIN, 'session'],
  [[70043], 'The tenant’s sign-in frequency demands a new sign-in.', SIGN_IN_AGAIN, 'session'],
  [[70000], 'The refresh token is not valid.', SIGN_IN_AGAIN, 'session'],
  [[50132, 50133], 'The session ended, as after a change of password.', SIGN_IN_AGAIN, 'session'],
  [[50053], 'The account is locked, or the sign-in came from an address with malicious activity.', 'Wait, then try again; if it lasts, ask an administrator.', 'account'],
  [[50055, 50144], 'The password has expired.', 'Change it on the sign-in page or in the organisation’s network.', 'account'],
  [[50056, 50126], 'User name or password is wrong.', 'Try again, or reset the password.', 'account'],
  [[50057], 'The account is disabled.', 'Ask an administrator of the tenant.', 'account'],
  [[50196], 'The client repeats the same request in a loop.', 'Wait some minutes, and keep tokens in a cache.', 'passing'],
  [[50199], 'The user has to confirm on the sign-in page.', 'Sign in and confirm.', 'session'],
  [[50140], 'The page asked whether to stay signed in, and was interrupted.', SIGN_IN_AGAIN, 'session'],

  // Shape of the request
  [[900144], 'A parameter is missing in the body of the request; the message names it.', 'Send it form-encoded in the body.', 'request'],
  [[90014], 'A required field is missing; the message names it.', CHECK_REQUEST, 'request'],
  [[9002313], 'The request is malformed.', CHECK_REQUEST, 'request'],
  [[90013, 90023, 90100], 'A parameter of the request is not valid; the message says which.', CHECK_REQUEST, 'request'],
  [[900561], 'The endpoint wants another HTTP method.', 'Send a POST to the token endpoint.', 'request'],
  [[90056], 'The request does not fit this endpoint.', 'Redeem the code by a POST to the token endpoint.', 'request'],
  [[70003], 'The grant type is not supported.', CHECK_REQUEST, 'request'],
  [[70016], 'The device code has not been confirmed yet.', 'Enter the code on the page; the client keeps asking.', 'deviceCode'],
  [[70018], 'The device code was wrong.', 'Enter it again, or start anew.', 'deviceCode'],
  [[70019], 'The device code has expired.', 'Start the sign-in again.', 'deviceCode'],
  [[90019], 'The request does not say which tenant is meant.', OWN_TENANT, 'tenant'],
  [[90033, 90006, 50033, 90090], 'The login service has a passing problem.', RETRY, 'passing'],
  [[90055], 'The tenant sends too many requests for now.', 'Wait a while before you try again.', 'passing'],
];
