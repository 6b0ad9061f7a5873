/** An answer of a stack that is not Azure's. */
export interface ForeignAnswer {
  name: string;
  status: number;
  headers: Record<string, string>;
  body: string;
}

type Headers = Record<string, string>;

const JSON_TYPE: Headers = { 'Content-Type': 'application/json; charset=utf-8' };
const HTML_TYPE: Headers = { 'Content-Type': 'text/html' };

/** To the letter API Management's; in its envelope it is the gateway's own, so nobody else is made to say it there. */
const KEY_MESSAGE = 'Access denied due to missing subscription key.';
/** What their checks are known to say; many say what an Azure gate could say too. */
const MESSAGES = [
  ...[
    'Unauthorized',
    'Forbidden',
    'Access Denied',
    'Forbidden resource',
    'Invalid token',
    'No authorization token was found',
  ],
  ...[
    'jwt expired',
    'jwt malformed',
    'jwt audience invalid. expected: api://orders',
    'invalid signature',
    'TokenExpired',
  ],
  ...['JWT not present.', 'Invalid JWT.', KEY_MESSAGE, 'Resource not found'],
  ...['Unauthorized. Access token is missing or invalid.', 'Rate limit is exceeded. Try again in 5 seconds.'],
  ...[
    'Ip Forbidden',
    'This web app is stopped.',
    'Request is missing a Bearer or PoP token.',
    'invalid subscription key',
  ],
  ...['You do not have permission to view this directory or page.', 'The request is blocked.', 'AuthorizationFailed'],
];
const DESCRIPTIONS = [
  "The audience 'api://orders' is invalid",
  'The token expired at 11/21/2026 11:00:00',
  'The signature key was not found',
  "The issuer 'https://sts.windows.net/x/' is invalid",
  'An error occurred while attempting to decode the Jwt: Signed JWT rejected',
  'Jwt is expired',
  'The access token provided is expired, revoked, malformed or invalid',
];
const STATUSES = [401, 403];

/** A family: how it frames a message. */
const FRAMES: readonly (readonly [
  name: string,
  headers: Headers,
  frame: (message: string, status: number) => string,
])[] = [
  ['NestJS', JSON_TYPE, (message, statusCode) => JSON.stringify({ statusCode, message })],
  [
    'NestJS with error',
    JSON_TYPE,
    (message, statusCode) => JSON.stringify({ message, error: 'Unauthorized', statusCode }),
  ],
  ['Fastify', JSON_TYPE, (message, statusCode) => JSON.stringify({ statusCode, error: 'Unauthorized', message })],
  [
    'hapi',
    JSON_TYPE,
    (message, statusCode) => JSON.stringify({ statusCode, error: 'Unauthorized', message, attributes: {} }),
  ],
  ['Express', { ...JSON_TYPE, 'X-Powered-By': 'Express' }, (message) => JSON.stringify({ message })],
  [
    'Express with an error object',
    JSON_TYPE,
    (message) => JSON.stringify({ error: { code: 'Unauthorized', message } }),
  ],
  ['Express, plain', { 'X-Powered-By': 'Express', 'Content-Type': 'text/plain' }, (message) => message],
  ['express-jwt', HTML_TYPE, (message) => `<pre>UnauthorizedError: ${message}</pre>`],
  [
    'Spring',
    JSON_TYPE,
    (message, status) =>
      JSON.stringify({ timestamp: '2026-11-21T12:00:00Z', status, error: 'Unauthorized', message, path: '/orders' }),
  ],
  ['Django REST', { ...JSON_TYPE, Allow: 'GET' }, (detail) => JSON.stringify({ detail, code: 'token_not_valid' })],
  ['FastAPI', JSON_TYPE, (detail) => JSON.stringify({ detail })],
  ['Flask-JWT', JSON_TYPE, (msg) => JSON.stringify({ msg })],
  ['Laravel', JSON_TYPE, (message) => JSON.stringify({ message, exception: 'AuthenticationException' })],
  ['Rails', JSON_TYPE, (error) => JSON.stringify({ error })],
  ['Go', { 'Content-Type': 'text/plain; charset=utf-8' }, (message) => `${message}\n`],
  [
    'Kong',
    { ...JSON_TYPE, Server: 'kong/3.4.2', 'X-Kong-Response-Latency': '1' },
    (message) => JSON.stringify({ message }),
  ],
  [
    'AWS API Gateway',
    { ...JSON_TYPE, 'x-amzn-RequestId': 'r', 'x-amzn-ErrorType': 'UnauthorizedException' },
    (message) => JSON.stringify({ message }),
  ],
  ['AWS Lambda authorizer', { ...JSON_TYPE, 'apigw-requestid': 'r' }, (Message) => JSON.stringify({ Message })],
  [
    'Google',
    JSON_TYPE,
    (message, code) =>
      JSON.stringify({ error: { code, message, status: code === 401 ? 'UNAUTHENTICATED' : 'PERMISSION_DENIED' } }),
  ],
  [
    'Google, older',
    JSON_TYPE,
    (message, code) => JSON.stringify({ error: { errors: [{ reason: 'authError', message }], code, message } }),
  ],
  [
    'Cloudflare',
    { ...HTML_TYPE, Server: 'cloudflare', 'CF-RAY': 'r' },
    (message) => `<title>Attention Required! | Cloudflare</title><p>${message}</p>`,
  ],
  ['Akamai', { ...HTML_TYPE, Server: 'AkamaiGHost' }, (message) => `<H1>Access Denied</H1>${message} Reference #18.1`],
  [
    'CloudFront',
    { ...HTML_TYPE, Server: 'CloudFront', 'X-Cache': 'Error from cloudfront' },
    (message) => `<H1>403 ERROR</H1>The request could not be satisfied. ${message}`,
  ],
  [
    'nginx',
    { ...HTML_TYPE, Server: 'nginx/1.24.0' },
    (message) => `<center><h1>${message}</h1></center><hr><center>nginx/1.24.0</center>`,
  ],
  ['Envoy', { 'Content-Type': 'text/plain', server: 'envoy' }, (message) => message],
  ['Istio RBAC', { 'Content-Type': 'text/plain', server: 'istio-envoy' }, (message) => `RBAC: ${message}`],
  ['Traefik', { 'Content-Type': 'text/plain' }, (message) => message],
  ['Tyk', JSON_TYPE, (error) => JSON.stringify({ error })],
  [
    'Apigee',
    JSON_TYPE,
    (faultstring) => JSON.stringify({ fault: { faultstring, detail: { errorcode: 'oauth.v2.InvalidAccessToken' } } }),
  ],
  ['MuleSoft', JSON_TYPE, (message) => JSON.stringify({ error: message })],
  ['WSO2', JSON_TYPE, (message) => JSON.stringify({ code: '900901', message, description: 'Invalid JWT token' })],
  ['Okta', JSON_TYPE, (errorSummary) => JSON.stringify({ errorCode: 'E0000011', errorSummary })],
  ['GitHub', JSON_TYPE, (message) => JSON.stringify({ message, documentation_url: 'https://docs.github.com/rest' })],
  [
    'GraphQL',
    JSON_TYPE,
    (message) => JSON.stringify({ errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }] }),
  ],
  [
    'problem+json',
    { 'Content-Type': 'application/problem+json' },
    (detail, status) => JSON.stringify({ type: 'about:blank', title: 'Unauthorized', status, detail }),
  ],
  [
    'S3',
    { 'Content-Type': 'application/xml' },
    (message) => `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`,
  ],
  [
    'MinIO',
    { 'Content-Type': 'application/xml', Server: 'MinIO' },
    (message) => `<Error><Code>AuthorizationFailure</Code><Message>${message}</Message></Error>`,
  ],
  ['an OData service', JSON_TYPE, (message) => JSON.stringify({ error: { code: 'Authorization', message } })],
  [
    'an API that names its error like Microsoft',
    JSON_TYPE,
    (message) => JSON.stringify({ error: { code: 'AuthenticationFailed', message } }),
  ],
  [
    'an API that names its error like Graph',
    JSON_TYPE,
    (message) => JSON.stringify({ error: { code: 'InvalidAuthenticationToken', message } }),
  ],
];

/** Challenges of stacks that check bearer tokens, by the header they send. */
const CHALLENGES: readonly (readonly [name: string, challenge: (description: string) => string])[] = [
  [
    'Spring Security',
    (text) =>
      `Bearer error="invalid_token", error_description="${text}", error_uri="https://tools.ietf.org/html/rfc6750#section-3.1"`,
  ],
  ['ASP.NET Core elsewhere', (text) => `Bearer error="invalid_token", error_description="${text}"`],
  ['express-oauth2-jwt-bearer', (text) => `Bearer realm="api", error="invalid_token", error_description="${text}"`],
  ['AWS HTTP API', (text) => `Bearer scope="" error="invalid_token" error_description="${text}"`],
  ['Envoy', (text) => `Bearer realm="https://api.example/orders", error="invalid_token", error_description="${text}"`],
  [
    'a resource that names its authority',
    (text) => `Bearer authorization_uri="https://login.example/x", error="invalid_token", error_description="${text}"`,
  ],
  [
    'Dataverse',
    () =>
      'Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize, resource_id=https://org.crm.dynamics.com/',
  ],
  [
    'a registry',
    () => 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a:pull"',
  ],
  [
    'a step-up of RFC 9470',
    (text) => `Bearer error="insufficient_user_authentication", error_description="${text}", acr_values="c1"`,
  ],
  ['MCP', () => 'Bearer resource_metadata="https://api.example/.well-known/oauth-protected-resource"'],
  ['a proxy', () => 'Negotiate, NTLM'],
  ['Django', (text) => `Bearer realm="${text}"`],
  ['Kong', () => 'Key realm="kong"'],
];

/** Some two thousand answers of other stacks: every frame with every message, every challenge with every description. */
export function foreignAnswers(): ForeignAnswer[] {
  const framed = FRAMES.flatMap(([name, headers, frame]) =>
    MESSAGES.filter((message) => message !== KEY_MESSAGE || name !== 'NestJS').flatMap((message) =>
      STATUSES.map((status) => ({
        name: `${name}: ${status} ${message}`,
        ...{ status, headers, body: frame(message, status) },
      })),
    ),
  );
  const challenged = CHALLENGES.flatMap(([name, challenge]) =>
    DESCRIPTIONS.map((text) => ({
      name: `${name}: ${text}`,
      ...{ status: 401, headers: { 'WWW-Authenticate': challenge(text) }, body: '' },
    })),
  );
  const bare = [401, 403, 407, 429].map((status) => ({ name: `bare ${status}`, status, headers: {}, body: '' }));
  return [...framed, ...challenged, ...bare];
}
