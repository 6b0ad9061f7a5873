import type { CauseId } from '../../../../../src/core/gates/cause-id.ts';
import * as at from '../../entra-fixture.ts';
import { answerOf, type CauseFixture, callOf, errorBody, known, type Scene, scene } from './fixture-parts.ts';

const APP = 'https://contoso.azurewebsites.net/api/orders';
const GATEWAY = 'https://contoso.azure-api.net/orders';
const SITE = 'https://contoso.azurestaticapps.net/api/orders';
const token = at.v2Claims();
const KEY = { 'Ocp-Apim-Subscription-Key': '0123456789abcdef0123456789abcdef' };
const keyChallenge = (name = 'Ocp-Apim-Subscription-Key') => ({
  'WWW-Authenticate': `AzureApiManagementKey realm="${GATEWAY}",name="${name}",type="header"`,
});
const MISSING_KEY =
  'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.';
const INVALID_KEY =
  'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.';

function gateway(
  status: number,
  message: string,
  headers: Record<string, string> = {},
  sent: Record<string, string> = KEY,
) {
  return scene(
    callOf(GATEWAY, { claims: token, headers: sent }),
    answerOf(status, { statusCode: status, message }, headers),
  );
}

const reason = (source: string, name: string, status = 401) =>
  gateway(status, 'Denied.', { ErrorSource: source, ErrorReason: name, ErrorMessage: name });
const keyMissing = gateway(401, MISSING_KEY, keyChallenge(), {});
const keyInvalid = gateway(401, INVALID_KEY, keyChallenge());
const keyElsewhere = gateway(401, MISSING_KEY, keyChallenge('x-api-key'));

const blockPage = 'The request is blocked. 20261121T120000Z-ref';
const waf = scene(callOf(APP), answerOf(403, `<h2>${blockPage}</h2>`, { 'x-azure-ref': '20261121T120000Z-ref' }));
const restricted = scene(callOf(APP), answerOf(403, 'Ip Forbidden', { 'x-ms-forbidden-ip': '203.0.113.7' }));
const stopped = scene(callOf(APP), answerOf(403, '<h1>Error 403 - This web app is stopped.</h1>'));
const preflight = (origin: string) =>
  callOf(APP, { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': 'GET' } });
const blockedPreflight = scene(preflight('https://app.contoso.com'), answerOf(401));

const bare401 = answerOf(401, '', { 'Content-Length': '0' });
const functions = (level: 'function' | 'admin', headers: Record<string, string> = {}): Scene =>
  scene(callOf(APP, { headers }), bare401, { target: { kind: known('functions'), authLevel: known(level) } });
const keyless = functions('function');
const wrongKey = functions('function', { 'x-functions-key': 'old' });
const easyAuthChallenge = {
  'WWW-Authenticate': `Bearer realm="contoso" authorization_uri="https://login.windows.net/${at.TENANT}/oauth2/authorize" resource_id="${at.API_ID}"`,
};
const noTokenAtEasyAuth = scene(callOf(APP), answerOf(401, '', easyAuthChallenge));
const easyAuthAudience = scene(
  callOf(APP, { claims: at.v2Claims({ aud: 'https://contoso.azurewebsites.net' }) }),
  answerOf(401, '', easyAuthChallenge),
);

/** Causes of what stands between a caller and the code: edge, gateway, App Service. */
export const PLATFORM_FIXTURES = {
  'edge-waf-blocked': { positive: waf, lookAlike: restricted, instead: 'ip-restriction-blocked' },
  'authorization-dropped-on-redirect': {
    positive: {
      exchanges: [
        { call: callOf('https://a.example/orders', { claims: token }), response: answerOf(302, '', { Location: APP }) },
        { call: callOf(APP), response: answerOf(401, '', easyAuthChallenge) },
      ],
    },
    lookAlike: noTokenAtEasyAuth,
    instead: 'missing-token',
  },
  'cors-preflight-unauthenticated': {
    positive: blockedPreflight,
    lookAlike: noTokenAtEasyAuth,
    instead: 'missing-token',
  },
  'client-certificate-required': {
    positive: scene(callOf(APP), answerOf(403), { target: { clientCertificate: known('required') } }),
    lookAlike: restricted,
    instead: 'ip-restriction-blocked',
  },
  'ip-restriction-blocked': { positive: restricted, lookAlike: stopped, instead: 'app-stopped-or-quota' },
  'app-stopped-or-quota': { positive: stopped, lookAlike: restricted, instead: 'ip-restriction-blocked' },
  'swa-platform-owns-auth': {
    positive: scene(
      callOf(SITE, { claims: { iss: 'https://contoso.eu.auth0.com/', aud: 'x' } }),
      answerOf(401, 'no key'),
    ),
    lookAlike: keyless,
    instead: 'function-key-missing',
  },
  'apim-subscription-key-missing': {
    positive: keyMissing,
    lookAlike: keyElsewhere,
    instead: 'apim-subscription-key-wrong-header',
  },
  'apim-subscription-key-invalid': {
    positive: keyInvalid,
    lookAlike: keyMissing,
    instead: 'apim-subscription-key-missing',
  },
  'apim-subscription-key-wrong-header': {
    positive: keyElsewhere,
    lookAlike: keyMissing,
    instead: 'apim-subscription-key-missing',
  },
  'apim-required-claim-mismatch': {
    positive: reason('validate-jwt', 'TokenClaimNotFound'),
    lookAlike: reason('validate-jwt', 'TokenExpired'),
    instead: 'token-expired',
  },
  'apim-rate-limited': {
    positive: reason('rate-limit', 'RateLimitExceeded', 429),
    lookAlike: reason('quota', 'QuotaExceeded', 403),
    instead: 'apim-quota-exceeded',
  },
  'apim-quota-exceeded': {
    positive: reason('quota', 'QuotaExceeded', 403),
    lookAlike: reason('ip-filter', 'CallerIpNotAllowed', 403),
    instead: 'apim-ip-filtered',
  },
  'apim-ip-filtered': {
    positive: reason('ip-filter', 'CallerIpNotAllowed', 403),
    lookAlike: restricted,
    instead: 'ip-restriction-blocked',
  },
  'apim-header-check-failed': {
    positive: reason('check-header', 'HeaderNotFound'),
    lookAlike: keyMissing,
    instead: 'apim-subscription-key-missing',
  },
  'function-key-missing': { positive: keyless, lookAlike: noTokenAtEasyAuth, instead: 'missing-token' },
  'function-key-wrong': { positive: wrongKey, lookAlike: keyless, instead: 'function-key-missing' },
  'easyauth-audience-not-allowed': {
    positive: easyAuthAudience,
    lookAlike: noTokenAtEasyAuth,
    instead: 'missing-token',
  },
  'easyauth-login-redirect': {
    positive: scene(callOf(APP), answerOf(302, '', { Location: `${new URL(APP).origin}/.auth/login/aad` })),
    lookAlike: noTokenAtEasyAuth,
    instead: 'missing-token',
  },
  'missing-token': { positive: noTokenAtEasyAuth, lookAlike: keyless, instead: 'function-key-missing' },
  'bearer-prefix-missing': {
    positive: scene(
      callOf(APP, { headers: { Authorization: 'eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln' } }),
      answerOf(401, '', easyAuthChallenge),
    ),
    lookAlike: noTokenAtEasyAuth,
    instead: 'missing-token',
  },
  'token-malformed': {
    positive: scene(
      callOf('https://graph.microsoft.com/v1.0/me', { headers: { Authorization: 'Bearer eyJ0eXAiOiJKV1Qi' } }),
      answerOf(
        401,
        errorBody('InvalidAuthenticationToken', 'IDX14100: JWT is not well formed, there are no dots (.).'),
      ),
    ),
    lookAlike: noTokenAtEasyAuth,
    instead: 'missing-token',
  },
} satisfies Partial<Record<CauseId, CauseFixture>>;
