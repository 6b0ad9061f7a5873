import { always, type CauseFacts, call, client, learn, outside, signIn, target, weakens } from './cause-words.ts';

const KEYS = learn('azure/azure-functions/function-keys-how-to');
const TRIGGER = learn('azure/azure-functions/functions-bindings-http-webhook-trigger');
const EASY_AUTH = learn('azure/app-service/configure-authentication-provider-aad');
const SIGN_IN = learn('azure/app-service/configure-authentication-customize-sign-in-out');
const LOGIC_APPS = learn('azure/logic-apps/logic-apps-securing-a-logic-app');
const PROVIDER = 'Azure portal › the app › Authentication › Microsoft › Edit';
const KEY_HEADER = 'the request: header x-functions-key, or ?code= without that header';
const HOST_KEYS = 'Azure portal › the Function App › App keys';
const FUNCTION_KEYS = 'Azure portal › the Function App › Functions › the function › Function keys';

const ENTER_KEY = { type: 'enterKey', key: 'functions' } as const;

/** What App Service, the Functions host and Logic Apps refuse. */
export const APP_SERVICE_CAUSES = {
  'function-key-missing': ({ keyKind }: CauseFacts) => ({
    title: 'No Functions key in the request',
    means:
      keyKind === undefined
        ? 'The function’s authLevel demands a key.'
        : `This address is the host’s own: it takes the ${keyKind} key and no other.`,
    source: KEYS,
    fixes:
      keyKind === undefined
        ? [
            call(
              'Send the function’s key in the header x-functions-key, or as ?code= without that header.',
              KEY_HEADER,
              undefined,
              ENTER_KEY,
            ),
            weakens(
              'Set the authLevel to anonymous.',
              'the function’s code: authLevel',
              'Everybody who knows the address can then call the function.',
            ),
          ]
        : [
            call(
              `Send the ${keyKind} key in the header x-functions-key, or as ?code= without that header.`,
              HOST_KEYS,
              undefined,
              ENTER_KEY,
            ),
          ],
  }),
  'function-key-wrong': always(
    'The Functions key is not valid here',
    'A key was sent, but not one of this function, host or slot; a new key may take a minute.',
    KEYS,
    [
      call(
        'Read the current key of this function and slot, and encode it when it goes into the address.',
        FUNCTION_KEYS,
        undefined,
        ENTER_KEY,
      ),
      target(
        'If every key fails, look at the storage account the keys are kept in.',
        'Azure portal › the Function App › Environment variables › AzureWebJobsStorage',
      ),
    ],
  ),
  'function-authlevel-needs-master-key': always(
    'The function wants the master key',
    'Its authLevel is admin, which no other key satisfies.',
    TRIGGER,
    [
      target(
        'Use authLevel function, so that a key of the function is enough.',
        'the function’s code: authLevel',
        'function',
      ),
      weakens(
        'Send the master key (_master).',
        'Azure portal › the Function App › App keys › _master',
        'Whoever has it can call every function and change the app.',
      ),
    ],
  ),
  'functions-bearer-scheme-collision': always(
    'Two schemes are called Bearer',
    'The app registers its own scheme under the name the Functions host uses itself.',
    learn('azure/azure-functions/functions-dotnet-dependency-injection'),
    [
      target(
        'Register the app’s scheme under another name.',
        'the app’s start-up code: AddAuthentication().AddJwtBearer("MyBearer", …)',
      ),
    ],
  ),
  'easyauth-audience-not-allowed': ({ audience, expectedAudience }: CauseFacts) => ({
    title: 'App Service does not allow this audience',
    means: 'The token’s aud is neither the app’s client id nor on its list of allowed audiences.',
    source: EASY_AUTH,
    fixes: [
      client(
        'Ask for a token of the app’s own registration.',
        'the client’s code: the scopes it asks for',
        expectedAudience === undefined ? undefined : `${expectedAudience}/.default`,
        signIn({ scope: expectedAudience === undefined ? undefined : `${expectedAudience}/.default` }),
      ),
      target(
        'Or add the audience to the allowed token audiences, exactly as the token has it.',
        `${PROVIDER} › Allowed token audiences`,
        audience,
      ),
    ],
  }),
  'easyauth-client-not-allowed': ({ clientId }: CauseFacts) => ({
    title: 'App Service does not allow this client',
    means: 'The token is valid, but the built-in policy admits other clients, principals or tenants only.',
    source: EASY_AUTH,
    fixes: [
      target(
        'Add the caller’s application id to the allowed client applications, or its object id to the allowed identities.',
        `${PROVIDER} › Client application requirement, Identity requirement`,
        clientId,
      ),
      weakens(
        'Allow requests from any application.',
        `${PROVIDER} › Client application requirement`,
        'Every application of the tenant that can get a token for the app can then call it.',
      ),
    ],
  }),
  'easyauth-oidc-bearer-unsupported': always(
    'App Service takes no bearer token of this provider',
    'For a custom OpenID Connect provider it knows the browser’s session only.',
    learn('azure/app-service/configure-authentication-provider-openid-connect'),
    [
      call('Log in with the provider and send the session token.', 'the request: header X-ZUMO-AUTH'),
      target(
        'Or check the provider’s tokens in your code, or in API Management in front.',
        'the API’s code or validate-jwt policy',
      ),
    ],
  ),
  'easyauth-session-invalid': always(
    'The App Service session is no longer valid',
    'X-ZUMO-AUTH, or the session cookie, has expired or is of another app.',
    SIGN_IN,
    [call('Log in again, and send the new authenticationToken.', 'POST /.auth/login/aad; header X-ZUMO-AUTH')],
  ),
  'easyauth-client-flow-refused': ({ expectedAudience }: CauseFacts) => ({
    title: 'App Service refused the token posted to log in',
    means: 'A token posted to /.auth/login must be meant for the app itself, not for Graph or another API.',
    source: SIGN_IN,
    fixes: [
      client(
        'Get a token for the app’s own registration and post that.',
        'the client’s code: scopes, and the body of POST /.auth/login/aad',
        expectedAudience === undefined ? undefined : `${expectedAudience}/.default`,
      ),
    ],
  }),
  'easyauth-csrf-refused': always(
    'App Service took it for a forged request',
    'A session cookie came with a call from another origin, or without an origin.',
    SIGN_IN,
    [
      call('Send the session as X-ZUMO-AUTH, or a token, in place of the cookie.', 'the headers of the request'),
      target(
        'Or allow the page’s address.',
        'Azure portal › the app › Authentication › Allowed external redirect URLs',
      ),
    ],
  ),
  'easyauth-login-redirect': always(
    'App Service sends browsers to sign in',
    'Without a token or session it redirects to a sign-in page instead of answering 401.',
    SIGN_IN,
    [
      call('Send a token for the app.', 'the Authorization header of the request', undefined, { type: 'probe' }),
      target(
        'Let unauthenticated requests be answered with 401, which suits an API.',
        'Azure portal › the app › Authentication › Edit › Unauthenticated requests',
        'HTTP 401 Unauthorized',
      ),
    ],
  ),
  'logic-app-two-credentials': always(
    'The Logic App got two credentials at once',
    'The signed address and an Authorization header together are refused; gateways pass the header on.',
    LOGIC_APPS,
    [
      call('Send either the signed address or a token, not both.', 'the request: Authorization, or sig in the address'),
      target(
        'In API Management, delete Authorization after validate-jwt.',
        'the API’s policy: inbound, after validate-jwt',
        '<set-header name="Authorization" exists-action="delete" />',
      ),
    ],
  ),
  'logic-app-sas-missing': always(
    'The Logic App’s address lacks its signature',
    'Its trigger takes the signed address (sp, sv, sig) or a token its policy accepts; neither came.',
    LOGIC_APPS,
    [
      call(
        'Send the whole callback URL, with its query.',
        'Azure portal › the Logic App › the Request trigger › HTTP URL',
      ),
    ],
  ),
  'logic-app-claims-mismatch': always(
    'No authorization policy of the Logic App fits the token',
    'Issuer, audience or another claim differs from what the trigger’s policies list.',
    LOGIC_APPS,
    [
      target(
        'Make the policy’s Issuer and Audience equal to the token’s, with or without the closing slash.',
        'Azure portal › the Logic App › Settings › Authorization › policies',
      ),
    ],
  ),
  'app-unspecified': ({ answersByPolicy }: CauseFacts) =>
    answersByPolicy === undefined
      ? {
          title: 'A rule of its own that it does not name',
          means:
            'Nothing in the answer points to a gate of Azure; the app’s code, or a proxy in front of it, said no without a reason.',
          source: learn('azure/azure-monitor/app/app-insights-overview'),
          fixes: [outside('Look into the app’s own log for this call; have it log why it refuses.', 'the app’s log')],
        }
      : {
          title: 'The policy gives this answer itself, and asks no backend',
          means: 'What it answers, and to which calls, is up to whoever wrote the policy.',
          source: learn('azure/api-management/return-response-policy'),
          fixes: [
            target(
              'Read the conditions around return-response, and what of them this call meets.',
              'the policy: the element return-response, and the when it stands in',
            ),
          ],
        },
  'graphql-auth-error': always(
    'GraphQL refused inside a 200',
    'The status is fine; an entry of errors says UNAUTHENTICATED or FORBIDDEN.',
    learn('azure/api-management/graphql-apis-overview'),
    [
      call('Send the token the field asks for.', 'the Authorization header of the request'),
      outside('Or have the caller given what the resolver asks for.', 'the API’s resolvers and their log'),
    ],
  ),
  'validator-keys-unreachable': always(
    'The API could not read the signing keys',
    'Its validator has no keys: a fault of the server, not of the token.',
    learn('entra/identity-platform/signing-key-rollover'),
    [
      target(
        'Check the API’s metadata address and its way out to the network.',
        'the API’s validator: authority or metadata address; firewall, proxy and DNS of its host',
      ),
    ],
  ),
  'claim-mapping-mismatch': always(
    'The code reads a claim under another name',
    'The token has roles or scp; a library renamed them before the code looked.',
    learn('aspnet/core/security/authentication/claims'),
    [
      target(
        'Switch the renaming off, and name the claim that carries roles.',
        'the API’s start-up code: JwtBearerOptions',
        'options.MapInboundClaims = false; options.TokenValidationParameters.RoleClaimType = "roles";',
      ),
    ],
  ),
  'app-pipeline-misconfigured': always(
    'The app never looks at the token',
    'Authentication is missing, comes too late, or uses another scheme.',
    learn('aspnet/core/fundamentals/middleware/'),
    [
      target(
        'Call UseAuthentication after UseRouting and before UseAuthorization, with the scheme that is registered.',
        'the API’s start-up code: order of the middleware',
        'app.UseAuthentication(); app.UseAuthorization();',
      ),
    ],
  ),
};
