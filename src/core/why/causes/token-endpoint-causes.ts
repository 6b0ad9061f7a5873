import { always, type CauseFacts, client, learn, outside, signIn, weakens } from './cause-words.ts';

const CODES = learn('entra/identity-platform/reference-error-codes');
const ON_BEHALF_OF = learn('entra/identity-platform/v2-oauth2-on-behalf-of-flow');
const SECRETS = 'Azure portal › App registrations › the client › Certificates & secrets';
const AUTHORITY = 'the client’s code: client id and authority';
const SCOPE = 'the token request: scope';
const ENTERPRISE_APP = 'Azure portal › Enterprise applications › the API › Users and groups';
const FRONT_END = 'the front end’s code: the scopes it asks for';

/** What Entra's token endpoint, or the endpoint of managed identities, refuses. */
export const TOKEN_ENDPOINT_CAUSES = {
  'aadsts-500011-resource-not-found': ({ requestedResource }: CauseFacts) => ({
    title: 'The API is not known in this tenant',
    means: `The resource ${requestedResource ?? 'of the request'} has no service principal there.`,
    source: CODES,
    fixes: [
      client('Compare it letter by letter with the API’s App ID URI, and check the tenant.', SCOPE),
      outside(
        'If the API is of another tenant, have its service principal created in this one.',
        'Azure CLI, signed in to that tenant',
        'az ad sp create --id <application id of the API>',
      ),
    ],
  }),
  'aadsts-700016-app-not-found': ({ clientId }: CauseFacts) => ({
    title: 'The client is not known in this tenant',
    means: `The application id ${clientId ?? 'of the client'} is not found there.`,
    source: CODES,
    fixes: [
      client('Check client id and tenant.', AUTHORITY),
      outside('If the application is meant for several tenants, have this one consent to it.', 'admin consent'),
    ],
  }),
  'aadsts-7000215-invalid-secret': always(
    'The client secret is wrong',
    'Often the id of the secret was used instead of its value.',
    CODES,
    [client('Use the value of a current secret of this application; encode + and / in a form.', SECRETS)],
  ),
  'aadsts-7000222-secret-expired': always(
    'The client secret has expired',
    'The application’s secret is past its end.',
    CODES,
    [client('Create a new secret, or use a federated credential, which never expires.', SECRETS)],
  ),
  'aadsts-700027-certificate-not-registered': always(
    'The certificate is not registered',
    'The assertion is signed with a certificate the application does not list.',
    learn('entra/identity-platform/certificate-credentials'),
    [client('Upload the certificate to the application; with subject name and issuer, send x5c.', SECRETS)],
  ),
  'aadsts-700024-assertion-time-range': always(
    'The client assertion is out of its time',
    'It has expired, or begins in the future.',
    learn('entra/identity-platform/certificate-credentials'),
    [client('Create the assertion anew for each request, in UTC; check the clock.', 'the client’s code: nbf and exp')],
  ),
  'aadsts-700213-federated-credential-mismatch': always(
    'No federated credential fits',
    'Issuer, subject or audience of the external token matches none.',
    learn('entra/workload-id/workload-identity-federation-create-trust'),
    [
      client(
        'Make the credential’s subject equal to the one in the message: branch, environment or pull_request.',
        `${SECRETS} › Federated credentials`,
      ),
    ],
  ),
  'aadsts-client-type-mismatch': always(
    'The redirect address is registered for another kind of client',
    'Its platform, or the public-client setting, does not fit the flow.',
    CODES,
    [
      client(
        'For sign-in in the browser, register http://localhost under “Mobile and desktop applications”, and remove it from “Web”.',
        'Azure portal › App registrations › the client › Authentication',
        'http://localhost',
      ),
      client(
        'A single-page app needs the platform of that name; device code needs “Allow public client flows”; a web app sends its secret.',
        'Azure portal › App registrations › the client › Authentication',
      ),
    ],
  ),
  'aadsts-70011-invalid-scope': always(
    'The scope is not valid',
    'Its form does not fit the flow, or it names several APIs.',
    learn('entra/identity-platform/scopes-oidc'),
    [
      client(
        'Ask for scopes of one API: <resource>/<scope>; an application asks for <resource>/.default.',
        SCOPE,
        'api://<application id of the API>/.default',
      ),
    ],
  ),
  'aadsts-90009-self-token-needs-guid': ({ clientId }: CauseFacts) => ({
    title: 'The application asks a token for itself',
    means: 'Then the scope must name it by its GUID.',
    source: CODES,
    fixes: [
      client(
        'Use the client id in the scope; a v1 token’s aud is then the GUID, which the API must accept.',
        SCOPE,
        `${clientId ?? '<client id>'}/.default`,
      ),
      client('Or use separate registrations for client and API.', 'Azure portal › App registrations'),
    ],
  }),
  'aadsts-50105-not-assigned': always(
    'The user is not assigned',
    'The application demands assignment, and the user or application has none.',
    CODES,
    [
      outside('Have the user or group assigned; an application gets an app role.', ENTERPRISE_APP),
      weakens(
        'Switch “Assignment required” off.',
        'Azure portal › Enterprise applications › the API › Properties',
        'Every user of the tenant can then get a token for it.',
      ),
    ],
  ),
  'aadsts-50020-user-not-in-tenant': always(
    'The account is not in this tenant',
    'The user signed in with an account of elsewhere.',
    CODES,
    [
      client('Sign in with an account of the tenant; for personal accounts use common or consumers.', AUTHORITY),
      outside('Or have the user invited as a guest.', 'Entra admin center › Users › Invite external user'),
    ],
  ),
  'refresh-token-expired': always(
    'The refresh token has expired',
    'Too old, revoked, or ended by a password change.',
    learn('entra/identity-platform/refresh-tokens'),
    [client('Sign in again.', 'the client’s code: interactive sign-in', undefined, signIn())],
  ),
  'managed-identity-not-found': ({ clientId }: CauseFacts) => ({
    title: 'The resource has no such managed identity',
    means: 'The endpoint of managed identities knows none, or none with this id.',
    source: learn('entra/identity/managed-identities-azure-resources/how-to-use-vm-token'),
    fixes: [
      client(
        'Name a user-assigned identity by its client id, not its object id.',
        'the client’s code: ManagedIdentityCredential, client_id; AZURE_CLIENT_ID',
        clientId,
      ),
      outside(
        'Assign the identity to the resource; it takes a moment. Outside Azure there is none.',
        'Azure portal › the resource › Identity',
      ),
    ],
  }),
  'obo-assertion-wrong-audience': ({ expectedAudience, audience }: CauseFacts) => ({
    title: 'The token to exchange is for another API',
    means: `On-behalf-of takes tokens for the middle API only${audience ? `; this one is for ${audience}` : ''}.`,
    source: ON_BEHALF_OF,
    fixes: [
      client(
        'Let the front end ask for a scope of the middle API.',
        FRONT_END,
        `${expectedAudience ?? 'api://<application id of the middle API>'}/.default`,
      ),
    ],
  }),
  'obo-assertion-signature-invalid': always(
    'The token to exchange cannot be verified',
    'Nearly always a Microsoft Graph token, which no other API can check or exchange.',
    ON_BEHALF_OF,
    [client('Let the front end ask for a scope of the middle API, not of Graph.', FRONT_END)],
  ),
  'obo-assertion-wrong-token-type': always(
    'The token to exchange is of the wrong kind',
    'On-behalf-of needs a user’s access token.',
    ON_BEHALF_OF,
    [
      client('Exchange an access token of a user, not an ID token.', 'the middle API’s code: assertion'),
      client('Without a user, use client credentials.', 'the middle API’s code: how it gets the token'),
    ],
  ),
};
