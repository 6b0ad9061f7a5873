import { randomBytes, randomUUID } from 'node:crypto';
import type { LabReply, LabRoute } from '../loopback-server.ts';
import { echoReply, emptyReply, jsonReply } from './echo.ts';
import { bearerOf, type CheckToken, type TokenRules, type TokenVerdict } from './token-authority.ts';

/** The platforms that are not Azure's; each answers below a path of its name. */
export const STRANGERS = ['nestjs', 'spring', 'nginx', 'kong', 'aws', 'aws-http', 'express'] as const;

export type Stranger = (typeof STRANGERS)[number];

type Refusal = Extract<TokenVerdict, { accepted: false }>;

/** Their refusals: without a token `undefined` comes in. */
const REFUSALS: Readonly<Record<Stranger, (refusal: Refusal | undefined) => LabReply>> = {
  // To the letter the envelope of API Management.
  nestjs: () => jsonReply(401, { statusCode: 401, message: 'Unauthorized' }, { 'X-Powered-By': 'Express' }),
  spring: (refusal) =>
    emptyReply(401, {
      'WWW-Authenticate': refusal
        ? `Bearer error="invalid_token", error_description="${refusal.detail}", error_uri="https://tools.ietf.org/html/rfc6750#section-3.1"`
        : 'Bearer realm="orders"',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache, no-store, max-age=0, must-revalidate',
    }),
  nginx: () => ({
    status: 401,
    headers: { Server: 'nginx/1.24.0', 'Content-Type': 'text/html', 'WWW-Authenticate': 'Basic realm="Restricted"' },
    body: [
      '<html>',
      '<head><title>401 Authorization Required</title></head>',
      '<body>',
      '<center><h1>401 Authorization Required</h1></center>',
      '<hr><center>nginx/1.24.0</center>',
      '</body>',
      '</html>',
      '',
    ].join('\r\n'),
  }),
  kong: (refusal) =>
    jsonReply(
      401,
      {
        message: refusal ? 'Unauthorized' : 'No API key found in request',
        request_id: randomBytes(16).toString('hex'),
      },
      { Server: 'kong/3.4.2', 'WWW-Authenticate': 'Key realm="kong"', 'X-Kong-Response-Latency': '1' },
    ),
  aws: () =>
    jsonReply(
      401,
      { message: 'Unauthorized' },
      {
        'x-amzn-ErrorType': 'UnauthorizedException',
        'x-amzn-RequestId': randomUUID(),
        'x-amz-apigw-id': requestMark(),
      },
    ),
  'aws-http': (refusal) =>
    jsonReply(
      401,
      { message: 'Unauthorized' },
      {
        'apigw-requestid': requestMark(),
        'www-authenticate': refusal
          ? `Bearer scope="" error="invalid_token" error_description="${refusal.detail}"`
          : 'Bearer',
      },
    ),
  express: () => ({
    status: 401,
    headers: { 'X-Powered-By': 'Express', 'Content-Type': 'text/plain; charset=utf-8' },
    body: 'Unauthorized',
  }),
};

/** `/{stranger}/…`: an echo for a right token, the stranger's own 401 for any other. */
export function strangersApp(checkToken: CheckToken, rules: TokenRules): LabRoute {
  return (request) => {
    const [, first = ''] = request.url.pathname.split('/');
    const stranger = STRANGERS.find((name) => name === first);
    if (!stranger) return undefined;
    const token = bearerOf(request.headers.authorization);
    const verdict = token === undefined ? undefined : checkToken(token, rules);
    return verdict?.accepted ? echoReply(request, { app: stranger }) : REFUSALS[stranger](verdict);
  };
}

function requestMark(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}
