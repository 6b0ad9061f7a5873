import { type CallResponse, findHeader } from '../../call/exchange.ts';
import { readChallenges } from '../../call/www-authenticate.ts';

type Mark = (response: CallResponse) => boolean;

/** Frameworks and proxies by what only they say; they are not Azure's, and no platform is blamed for them. */
const MARKS: readonly (readonly [name: string, isIt: Mark])[] = [
  ['Kong', (response) => headerHas(response, 'server', /kong/i) || hasAny(response, ['x-kong-response-latency'])],
  ['AWS', (response) => hasAny(response, ['x-amzn-errortype', 'x-amzn-requestid', 'x-amz-apigw-id', 'x-amz-cf-id'])],
  ['Cloudflare', (response) => headerHas(response, 'server', /^cloudflare$/i) || hasAny(response, ['cf-ray'])],
  ['Google', (response) => headerHas(response, 'server', /^(?:ESF|GSE|Google Frontend)$/i)],
  ['Envoy', (response) => /^Jwt (?:is|verification|header|issuer)/.test(bodyOf(response))],
  ['Traefik', (response) => hasAny(response, ['x-traefik-reason'])],
  ['nginx', (response) => /<center>nginx/.test(bodyOf(response))],
  ['Apache', (response) => /<address>Apache/.test(bodyOf(response))],
  ['Express', (response) => headerHas(response, 'x-powered-by', /^Express$/i)],
  ['Django REST framework', (response) => /^\{"detail":"/.test(bodyOf(response))],
  ['Laravel', (response) => /^\{"message":"Unauthenticated\."/.test(bodyOf(response))],
  ['Spring', (response) => /"timestamp"\s*:/.test(bodyOf(response)) && /"path"\s*:/.test(bodyOf(response))],
  [
    'NestJS',
    (response) =>
      /^\{"(message":"Unauthorized","statusCode":401|statusCode":401,"message":"Unauthorized")/.test(bodyOf(response)),
  ],
  ['express-jwt', (response) => /UnauthorizedError: (?:jwt|No authorization token|invalid)/.test(bodyOf(response))],
  ['an API key check of its own', (response) => hasScheme(response, /^(?:Key|ApiKey|X-API-Key)$/i)],
];

/** Every name {@link strangerOf} may give. */
export const STRANGERS: readonly string[] = MARKS.map(([name]) => name);

/** The framework or proxy an answer bears the marks of; undefined when it bears none that is known. */
export function strangerOf(response: CallResponse): string | undefined {
  return MARKS.find(([, isIt]) => isIt(response))?.[0];
}

function hasScheme({ headers }: CallResponse, pattern: RegExp): boolean {
  return readChallenges(headers).some(({ scheme }) => pattern.test(scheme));
}

function hasAny({ headers }: CallResponse, names: readonly string[]): boolean {
  return names.some((name) => findHeader(headers, name) !== undefined);
}

function headerHas({ headers }: CallResponse, name: string, pattern: RegExp): boolean {
  return pattern.test(findHeader(headers, name)?.value ?? '');
}

/** The marks stand at the beginning. */
function bodyOf({ body }: CallResponse): string {
  return (body?.text ?? '').slice(0, 4096);
}
