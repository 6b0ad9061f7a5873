import type { CauseId } from '../gates/gate.ts';
import { DEFAULT_KEY_NAMES } from '../gates/subscription-key.ts';
import type { FixKind } from './explanation.ts';
import { askForOwnApi } from './own-scope.ts';

/** A cause in words. Fixes stand best first; one that weakens protection is never first and says what it exposes. */
export interface CauseText {
  title: string;
  means: string;
  fixes: readonly CauseFix[];
}

export interface CauseFix {
  text: string;
  kind: FixKind;
  exposes?: string;
}

/** What is known of a case and makes its wording concrete. An absent member is unknown. */
export interface CauseFacts {
  /** A scope of the API itself. */
  ownScope?: string;
  /** Of a token of the right tenant and the wrong version: which one it has. */
  tokenVersion?: 'v1' | 'v2';
  /** Header or query parameter in which the API looks for a subscription key. Untrusted text. */
  keyName?: string;
}

const DO = {
  call: (text: string): CauseFix => ({ text, kind: 'call' }),
  client: (text: string): CauseFix => ({ text, kind: 'client' }),
  target: (text: string): CauseFix => ({ text, kind: 'target' }),
  outside: (text: string): CauseFix => ({ text, kind: 'outside' }),
  weakens: (text: string, exposes: string): CauseFix => ({ text, kind: 'weakens', exposes }),
};

const FRESH = DO.call(
  'Get a fresh token and send the call again; a client library such as MSAL does it before each call.',
);
const BYTE_FOR_BYTE = DO.call('Send the access_token field of the token response, byte for byte.');

const SET_VERSION = (version: 1 | 2): CauseFix =>
  DO.target(
    `Set api.requestedAccessTokenVersion to ${version} in the manifest of the API’s registration, then get a new token.`,
  );

const VERSION_TEXTS: Record<'v1' | 'v2' | 'unknown', CauseText> = {
  v1: {
    title: 'The token is v1, the API accepts v2',
    means: 'They differ in issuer and audience; the API’s registration decides.',
    fixes: [SET_VERSION(2), DO.target('Or let the API use the metadata and issuer of v1 tokens as well.')],
  },
  v2: {
    title: 'The token is v2, the API accepts v1',
    means: 'They differ in issuer and audience; the API’s registration decides.',
    fixes: [
      DO.target('Let the API use the metadata and issuer of v2 tokens, and accept its application id as audience.'),
      SET_VERSION(1),
    ],
  },
  unknown: {
    title: 'The token has another version',
    means: 'The right tenant, but a v1 issuer where v2 is expected, or the reverse.',
    fixes: [SET_VERSION(2), DO.target('Or let the API use the metadata and issuer of the version its tokens have.')],
  },
};

/** The catalogue of causes, once. Titles and sentences are ours; identification and fixes follow the references. */
export const CAUSE_TEXTS: Record<CauseId, (facts: CauseFacts) => CauseText> = {
  'missing-token': text('No token was sent', 'The call carries no Authorization header.', [
    DO.call('Get a token for this API and send it as Authorization: Bearer <token>.'),
  ]),
  'bearer-prefix-missing': text(
    'The header is not “Bearer <token>”',
    'A credential is there, but not in the form a bearer check reads.',
    [DO.call('Send exactly one Authorization header: the word Bearer, one blank, one token.')],
  ),
  'token-malformed': text(
    'The token cannot be read',
    'What follows Bearer is no whole token: cut off, encoded once more, or something else.',
    [BYTE_FOR_BYTE],
  ),
  'token-expired': text('The token has expired', 'Its exp lies in the past.', [FRESH]),
  'token-not-yet-valid': text(
    'The token is not valid yet',
    'Its nbf lies in the future for the clock of whoever checks it.',
    [DO.target('Set the clock of the machine that checks the token.')],
  ),
  'signature-tampered': text(
    'The signature does not fit',
    'The token was changed after it was signed, or re-encoded.',
    [BYTE_FOR_BYTE],
  ),
  'signing-key-not-found': text(
    'The signing key is not known',
    'The validator has no key with the token’s kid: other tenant, policy or cloud, or stale keys.',
    [DO.target('Point the API’s metadata to the authority that issued the token; restart it if its keys are stale.')],
  ),
  'graph-nonce-token': ({ ownScope }) => ({
    title: 'A Microsoft Graph token was sent',
    means: 'Its header carries a nonce: only Microsoft Graph can check such a token.',
    fixes: [DO.client(askForOwnApi(ownScope))],
  }),
  'aud-is-graph': ({ ownScope }) => ({
    title: 'The token is for Microsoft Graph',
    means: 'Its audience is Graph, not your API.',
    fixes: [DO.client(askForOwnApi(ownScope))],
  }),
  'aud-mismatch': ({ ownScope }) => ({
    title: 'The token is for another API',
    means: 'Its aud names another resource than the one called.',
    fixes: [DO.client(askForOwnApi(ownScope))],
  }),
  'aud-clientid-vs-appiduri': text(
    'The audience is spelt another way',
    'The right API, but its id where its App ID URI is expected, or the reverse.',
    [
      DO.target(
        'Accept the form the tokens have, or set requestedAccessTokenVersion in the API’s manifest so that they have the other.',
      ),
    ],
  ),
  'issuer-v1-v2-mismatch': ({ tokenVersion }) => VERSION_TEXTS[tokenVersion ?? 'unknown'],
  'issuer-wrong-tenant': text('The token comes from another tenant', 'Its issuer is not a tenant the API accepts.', [
    DO.client('Sign in to the tenant of the API: the authority of the client decides.'),
    DO.target('If the API is meant for several tenants, list those it accepts.'),
  ]),
  'issuer-not-accepted': text('The issuer is not accepted', 'Nobody the API trusts issued this token.', [
    DO.client('Get the token from the authority the API trusts.'),
  ]),
  'token-from-other-cloud': text(
    'Two clouds are mixed',
    'Authority, resource and endpoint belong to different Azure clouds.',
    [DO.client('Use the login host, the scope and the endpoint of one cloud.')],
  ),
  'scope-missing': text('A scope is missing', 'The user’s token does not carry the scope this operation needs.', [
    DO.client('Request the scope, have it consented to, and get a new token.'),
  ]),
  'role-missing': text('An app role is missing', 'The token carries no role that is enough for this operation.', [
    DO.outside('Assign the app role to the caller and give admin consent; then get a new token.'),
  ]),
  'app-only-vs-delegated-mismatch': text(
    'The wrong kind of token',
    'An application’s own token where a user’s is needed, or the reverse.',
    [DO.client('Use the flow that gives the other kind: sign a user in, or use application permissions.')],
  ),
  'id-token-instead-of-access-token': text(
    'An ID token was sent',
    'It tells the client who signed in; APIs take access tokens.',
    [BYTE_FOR_BYTE],
  ),
  'algorithm-not-accepted': text(
    'The token is not signed as it must be',
    'Its algorithm is none, shared-secret, or does not belong to the key.',
    [DO.client('Use a token that the tenant has issued.')],
  ),
  'client-not-allowed': text(
    'The client is not allowed',
    'The application that asked for the token is not on the API’s list.',
    [DO.target('Add the client’s application id to the list, if it is meant to call.')],
  ),
  'apim-subscription-key-missing': ({ keyName }) => ({
    title: 'No subscription key was sent',
    means: 'API Management lets this API be called with a subscription key only.',
    fixes: [
      DO.call(
        keyName === undefined
          ? `Send the key of an active subscription in the header the API looks at: ${DEFAULT_KEY_NAMES.header}, unless it was renamed.`
          : `Send the key of an active subscription in ${keyName}: that is where the API looks for it.`,
      ),
      DO.weakens(
        'Switch “Subscription required” off for the API.',
        'Everybody who reaches the gateway can then call the API without a key.',
      ),
    ],
  }),
  'apim-subscription-key-invalid': text(
    'The subscription key is not valid here',
    'Wrong, inactive, of another instance, or of a product that does not hold this API.',
    [DO.call('Use a key of an active subscription whose scope covers this API.')],
  ),
  'apim-subscription-key-wrong-header': ({ keyName }) => ({
    title: 'The subscription key is under another name',
    means: 'A key was sent, but not in the header or parameter this API looks at.',
    fixes: [
      DO.call(
        keyName === undefined
          ? `Send it under the name the API looks at: ${DEFAULT_KEY_NAMES.header}, unless it was renamed.`
          : `Send it in ${keyName}: that is where the API looks for it.`,
      ),
    ],
  }),
  'apim-required-claim-mismatch': text(
    'A required claim is missing or differs',
    'The policy asks for a claim value the token does not have.',
    [
      DO.target(
        'Compare the policy’s required-claims with the token: v1 tokens have appid, v2 tokens azp; scp needs a separator.',
      ),
    ],
  ),
  'apim-rate-limited': text('Too many calls', 'A rate limit of API Management is exceeded.', [
    DO.call('Wait as long as Retry-After says.'),
  ]),
  'apim-quota-exceeded': text('The quota is used up', 'The subscription’s quota in API Management is exceeded.', [
    DO.outside('Wait until it is renewed, or ask for a larger one.'),
  ]),
  'apim-ip-filtered': text(
    'The address is not allowed',
    'An ip-filter policy of API Management refuses the caller’s address.',
    [DO.outside('Call from an allowed address, or have this one added.')],
  ),
  'apim-header-check-failed': text(
    'A header is missing or differs',
    'A check-header policy of API Management refuses the call.',
    [DO.call('Send the header the message names.')],
  ),
  'function-key-missing': text('No Functions key was sent', 'The function’s authLevel demands a key.', [
    DO.call('Send the function’s key in the header x-functions-key, or as ?code= without that header.'),
    DO.weakens('Set the authLevel to anonymous.', 'Everybody who knows the address can then call the function.'),
  ]),
  'function-key-wrong': text(
    'The Functions key is not valid here',
    'A key was sent, but not one of this function, host or slot; a new key may take a minute.',
    [DO.call('Read the current key of this function and slot, and encode it when it goes into the address.')],
  ),
  'function-authlevel-needs-master-key': text(
    'The function wants the master key',
    'Its authLevel is admin, which no other key satisfies.',
    [DO.target('Use authLevel function, so that a key of the function is enough.')],
  ),
  'functions-bearer-scheme-collision': text(
    'Two schemes are called Bearer',
    'The app registers its own scheme under the name the Functions host uses itself.',
    [DO.target('Register the app’s scheme under another name.')],
  ),
  'easyauth-audience-not-allowed': text(
    'App Service does not allow this audience',
    'The token’s aud is neither the app’s client id nor on its list of allowed audiences.',
    [
      DO.target('Add the audience to the allowed token audiences of the authentication settings.'),
      DO.client('Or ask for a token whose audience is the client id.'),
    ],
  ),
  'easyauth-client-not-allowed': text(
    'App Service does not allow this client',
    'The token is valid, but the built-in policy admits other clients or principals only.',
    [DO.target('Add the caller’s application id to the allowed client applications.')],
  ),
  'easyauth-login-redirect': text(
    'App Service sends browsers to sign in',
    'Without a session it redirects to a sign-in page instead of answering 401.',
    [
      DO.call('Send a token for the app.'),
      DO.target('Let unauthenticated requests be answered with 401, which suits an API.'),
    ],
  ),
  'validator-keys-unreachable': text(
    'The API could not read the signing keys',
    'Its validator has no keys: a fault of the server, not of the token.',
    [DO.target('Check the API’s metadata address and its way out to the network.')],
  ),
  'keyvault-challenge-expected': text(
    'The first call of a Key Vault client',
    'Clients ask without a token once, to learn the tenant: normal when a second call follows.',
    [DO.call('Nothing, when the next call succeeds; leave it out of alerts.')],
  ),
  'keyvault-wrong-resource': text(
    'The token is not for Key Vault',
    'Its audience is another than the vault’s resource.',
    [DO.client('Ask for the scope https://vault.azure.net/.default, without a trailing slash on the resource.')],
  ),
  'keyvault-issuer-wrong-tenant': text(
    'The token is of another tenant than the vault',
    'The vault trusts one tenant only.',
    [DO.client('Sign in to the vault’s tenant.')],
  ),
  'keyvault-rbac-missing': text(
    'No data role on the vault',
    'The vault uses roles, and the caller has none for this action.',
    [DO.outside('Have a data role such as Key Vault Secrets User assigned; Owner and Contributor are not enough.')],
  ),
  'keyvault-access-policy-missing': text(
    'No access policy on the vault',
    'The vault uses access policies, and none lets the caller do this.',
    [DO.outside('Have an access policy added for the object id in the message.')],
  ),
  'keyvault-network-blocked': text(
    'The vault’s network rules refuse the caller',
    'A firewall, or public access that is switched off.',
    [DO.outside('Use a private endpoint or network rule, or have the address in the message allowed.')],
  ),
  'arm-rbac-missing': text('No role for this action', 'The caller has no role that allows the action at this scope.', [
    DO.outside('Have a role with the action in the message assigned at that scope.'),
  ]),
  'arm-linked-scope-missing': text(
    'No role on the linked resource',
    'The action is allowed on the resource, but not on another it links to.',
    [DO.outside('Have a role assigned on the linked scope the message names.')],
  ),
  'arm-wrong-tenant': text(
    'The token is of another tenant than the subscription',
    'Resource Manager accepts tokens of the subscription’s tenant only.',
    [DO.client('Sign in to the tenant of the subscription.')],
  ),
  'arm-wrong-audience': text('The token is not for Resource Manager', 'Its audience is another resource.', [
    DO.client('Ask for the scope https://management.azure.com/.default.'),
  ]),
  'authorization-dropped-on-redirect': text(
    'The credentials were dropped on a redirect',
    'The server sent the call to another origin, where credentials do not follow.',
    [DO.call('Call the final address directly.')],
  ),
  'directory-role-missing': text(
    'The user lacks a directory role',
    'The scopes are enough; the signed-in user is not.',
    [DO.outside('Use an account that has the role, or have it assigned.')],
  ),
  'permission-propagation-delay': text(
    'The permission is newer than the token',
    'The grant exists, but the token or a cache is older.',
    [DO.call('Wait some minutes, get a fresh token and send the call again.')],
  ),
  'tenant-service-principal-missing': text(
    'The application is not present in the tenant',
    'Without a service principal there, its tokens carry no oid.',
    [DO.outside('Have the application’s service principal created in the tenant: consent does it.')],
  ),
  'exchange-application-access-policy': text(
    'An Exchange policy refuses the application',
    'The application may read mail, but not of this mailbox.',
    [DO.outside('Have the mailbox added to the scope of the application’s access policy.')],
  ),
  'cae-claims-challenge': text(
    'The API asks for a newer sign-in',
    'Something happened since the token was issued: it is no longer enough, though not expired.',
    [DO.client('Get a token with the claims of the challenge and send the call again.')],
  ),
  'apim-policy-overwrites-authorization': text(
    'The policy replaces the token before it is checked',
    'An earlier policy sets another Authorization header.',
    [DO.target('Validate the caller’s token first, then set the credential for the backend.')],
  ),
  'apim-backend-credential-missing': text(
    'The backend refused, not API Management',
    'The gateway let the call pass without a credential the backend accepts.',
    [DO.target('Have the gateway send the backend’s key or its managed identity’s token.')],
  ),
  'apim-backend-credential-wrong': text(
    'The backend refuses the gateway’s identity',
    'What API Management sent in its own name is not accepted.',
    [DO.outside('Give the gateway’s identity the role it needs, or name the right resource in the policy.')],
  ),
  'cors-preflight-unauthenticated': text(
    'The browser’s preflight was refused',
    'An OPTIONS call never carries a token; a gate that demands one refuses it.',
    [DO.target('Answer preflights before the token is checked: CORS of the platform, or the cors policy.')],
  ),
  'swa-platform-owns-auth': text(
    'Static Web Apps owns the authentication',
    'The app is linked: direct calls are refused, and the Authorization header is replaced.',
    [DO.call('Call through the static web app.')],
  ),
  'client-certificate-required': text(
    'A client certificate is demanded',
    'The app asks TLS for a certificate, and none came.',
    [DO.call('Send a client certificate.')],
  ),
  'ip-restriction-blocked': text(
    'The caller’s address is not admitted',
    'An access restriction or private endpoint refuses it.',
    [DO.outside('Have the address or network admitted, or call from one that is.')],
  ),
  'easyauth-oidc-bearer-unsupported': text(
    'App Service takes no bearer tokens of this provider',
    'With a custom OpenID Connect provider only sessions work.',
    [DO.target('Validate bearer tokens in code, or in API Management in front.')],
  ),
  'keyvault-compound-identity-required': text(
    'The vault’s policy wants user and application together',
    'Its entry names an application, so only on-behalf-of tokens match.',
    [DO.outside('Have the entry made anew without the application.')],
  ),
  'keyvault-challenge-resource-mismatch': text(
    'The vault’s challenge does not fit its host',
    'The client refuses to send a token to a host the resource does not cover.',
    [DO.call('Call the vault by its own host name.')],
  ),
  'data-plane-role-missing': text('No data role', 'Rights to manage the resource are none on its data.', [
    DO.outside('Have a data role assigned, such as Storage Blob Data Reader.'),
  ]),
  'managed-identity-not-found': text('The managed identity is not found', 'The machine has no such identity.', [
    DO.client('Assign the identity, and name it by its client id.'),
  ]),
  'obo-assertion-signature-invalid': text(
    'The token to exchange cannot be verified',
    'Nearly always a token for Microsoft Graph.',
    [DO.client('Exchange an access token for your own API.')],
  ),
  'edge-waf-blocked': text('A web application firewall refused', 'A rule in front of the API blocked the call.', [
    DO.outside('Look the rule up by the reference in the answer; change the call or have the rule changed.'),
  ]),
  'logic-app-two-credentials': text(
    'Two credentials were sent',
    'A Logic App takes a signed URL or a token, not both.',
    [DO.target('Have the gateway delete the Authorization header after it has validated the token.')],
  ),
  'logic-app-sas-missing': text(
    'The Logic App’s signed URL is incomplete',
    'Without sig, sp, sv the trigger refuses.',
    [DO.call('Call the trigger’s whole URL.')],
  ),
  'logic-app-claims-mismatch': text(
    'The token does not match the trigger’s policy',
    'Issuer or audience differ from what the trigger’s policies list.',
    [DO.target('Match issuer and audience exactly, with the trailing slash.')],
  ),
  'app-stopped-or-quota': text('The app is stopped', 'The platform answers instead of the app.', [
    DO.target('Start the app; look at its quota.'),
  ]),
  'apim-cors-origin-not-allowed': text(
    'The cors policy does not know the origin',
    'API Management answers an unknown origin with an empty 200.',
    [DO.target('Add the origin to allowed-origins of the cors policy.')],
  ),
  'easyauth-session-invalid': text(
    'The session is not valid',
    'X-ZUMO-AUTH or the cookie is expired, or of another app.',
    [DO.client('Log in again.')],
  ),
  'easyauth-client-flow-refused': text(
    'The posted token was refused',
    'The login endpoint takes tokens meant for the app itself.',
    [DO.client('Post a token whose audience is the app.')],
  ),
  'groups-overage': text(
    'Too many groups for the token',
    'With more than 200 groups the token holds a link instead of the list.',
    [DO.target('Ask Graph for the groups, or use app roles.')],
  ),
  'claim-mapping-mismatch': text(
    'The code reads a claim under another name',
    'The claim is in the token, but the framework renames it.',
    [DO.target('Set RoleClaimType, or switch MapInboundClaims off.')],
  ),
  'app-pipeline-misconfigured': text(
    'The app never reads the token',
    'Authentication is missing, late, or registered under another scheme.',
    [DO.target('Call UseAuthentication before UseAuthorization, after UseRouting.')],
  ),
  'storage-version-header-missing': text(
    'The x-ms-version header is missing',
    'Storage takes tokens from version 2017-11-09 on only.',
    [DO.call('Send x-ms-version: 2017-11-09 or later.')],
  ),
  'graphql-auth-error': text('GraphQL refused inside a 200', 'The error stands in the body.', [
    DO.outside('Look at the error’s path and code; ask the API for the permission.'),
  ]),
  'apim-operation-not-found': text(
    'No operation matches',
    'API Management has no operation for this method and path.',
    [DO.call('Check path, method and version against the API’s operations.')],
  ),
  'easyauth-csrf-refused': text(
    'App Service took it for a forged request',
    'A session cookie came from another origin, or without one.',
    [DO.call('Send the session as X-ZUMO-AUTH, or the call with Origin or Referer of the app.')],
  ),
  'app-unspecified': text(
    'The app itself refused',
    'Nothing in the answer is a platform’s; the app’s code, or a proxy in front of it, said no and not why.',
    [DO.outside('Look into the app’s own log for this call; have it log why it refuses.')],
  ),
  'consent-required': text('Consent is missing', 'A permission was asked for that nobody has granted.', [
    DO.outside('Have the permission consented to, by the user or an administrator.'),
  ]),
  'conditional-access': text(
    'Conditional Access refused the sign-in',
    'A policy of the tenant asks for more: a device, a network, a second factor.',
    [DO.client('Sign in interactively and meet what the policy asks for.')],
  ),
  'refresh-token-expired': text('The refresh token has expired', 'Too old, revoked, or ended by a password change.', [
    DO.client('Sign in again.'),
  ]),
  'aadsts-500011-resource-not-found': text(
    'The API is not known in this tenant',
    'The resource of the request has no service principal there.',
    [DO.client('Check the App ID URI for a typing error, and the tenant.')],
  ),
  'aadsts-700016-app-not-found': text(
    'The client is not known in this tenant',
    'The application id of the client is not found there.',
    [DO.client('Check client id and tenant.')],
  ),
  'aadsts-7000215-invalid-secret': text(
    'The client secret is wrong',
    'Often the id of the secret was used instead of its value.',
    [DO.client('Use the value of a current secret of this application.')],
  ),
  'aadsts-7000222-secret-expired': text('The client secret has expired', 'The application’s secret is past its end.', [
    DO.client('Create a new secret, or use a federated credential.'),
  ]),
  'aadsts-700027-certificate-not-registered': text(
    'The certificate is not registered',
    'The assertion is signed with a certificate the application does not list.',
    [DO.client('Upload the certificate to the application.')],
  ),
  'aadsts-700024-assertion-time-range': text(
    'The client assertion is out of its time',
    'It has expired, or begins in the future.',
    [DO.client('Create the assertion anew for each request; check the clock.')],
  ),
  'aadsts-700213-federated-credential-mismatch': text(
    'No federated credential fits',
    'Issuer, subject or audience of the external token matches none.',
    [DO.client('Adjust the federated credential to the subject in the message.')],
  ),
  'aadsts-client-type-mismatch': text(
    'The redirect address is registered for another kind of client',
    'Its platform, or the public-client setting, does not fit the flow.',
    [
      DO.client(
        'For sign-in in the browser, register http://localhost under “Mobile and desktop applications”, and remove it from “Web”.',
      ),
    ],
  ),
  'aadsts-70011-invalid-scope': text(
    'The scope is not valid',
    'Its form does not fit the flow, or it names several APIs.',
    [DO.client('Ask for scopes of one API: <resource>/<scope>, or <resource>/.default.')],
  ),
  'aadsts-90009-self-token-needs-guid': text(
    'The application asks a token for itself',
    'Then the scope must name it by its GUID.',
    [DO.client('Use <client id>/.default, or separate registrations for client and API.')],
  ),
  'aadsts-50105-not-assigned': text(
    'The user is not assigned',
    'The application demands assignment, and the user has none.',
    [DO.outside('Have the user or group assigned under Enterprise applications.')],
  ),
  'aadsts-50020-user-not-in-tenant': text(
    'The account is not in this tenant',
    'The user signed in with an account of elsewhere.',
    [DO.client('Sign in with an account of the tenant, or be invited as a guest.')],
  ),
  'obo-assertion-wrong-audience': text(
    'The token to exchange is for another API',
    'On-behalf-of takes tokens for the middle API only.',
    [DO.client('Let the front end ask for a scope of the middle API.')],
  ),
  'obo-assertion-wrong-token-type': text(
    'The token to exchange is of the wrong kind',
    'On-behalf-of needs a user’s access token.',
    [DO.client('Exchange an access token of a user, not an ID token or an application’s own.')],
  ),
};

function text(title: string, means: string, fixes: readonly CauseFix[]): () => CauseText {
  return () => ({ title, means, fixes });
}
