import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Call } from '../../../../src/core/call/call.ts';
import type { CallResponse } from '../../../../src/core/call/exchange.ts';
import type { TargetFacts } from '../../../../src/core/gates/facts.ts';
import { explain } from '../../../../src/core/why/explain.ts';
import { writeExplanation } from '../../../../src/core/why/write-explanation.ts';
import * as at from '../entra-fixture.ts';
import { answerOf, callOf, errorBody, known, serviceClaims } from './cause-fixtures/fixture-parts.ts';

const GRAPH = 'https://graph.microsoft.com/v1.0';
const BLOB = 'https://contoso.blob.core.windows.net/c/b';
const VERSION = { 'x-ms-version': '2023-11-03' };
const FUNCTION = 'https://contoso-fn.azurewebsites.net';
const API = 'https://api.contoso.com/orders';
const TOKEN = 'https://login.microsoftonline.com/common/oauth2/v2.0/token';
const BARE = answerOf(401, '', { 'Content-Length': '0' });

const graphCall = (path: string, changes?: object) =>
  callOf(`${GRAPH}${path}`, {
    ...(changes ? { claims: serviceClaims('https://graph.microsoft.com', changes) } : {}),
    headers: { Authorization: 'Bearer <token>' },
  });
const asApp = (...roles: string[]) => ({ scp: undefined, idtyp: 'app', ...(roles.length > 0 ? { roles } : {}) });
const sent = (url: string, headers: Record<string, string> = {}) =>
  callOf(url, { headers: { Authorization: 'Bearer <token>', ...headers } });
const described = (text: string) =>
  answerOf(401, '', { 'WWW-Authenticate': `Bearer error="invalid_token", error_description="${text}"` });
const storage = (detail: string) =>
  answerOf(
    401,
    `<Error><Code>InvalidAuthenticationInfo</Code><Message>Server failed to authenticate the request.</Message><AuthenticationErrorDetail>${detail}</AuthenticationErrorDetail></Error>`,
  );
const entra = (code: number) =>
  answerOf(401, { error: 'invalid_client', error_description: `AADSTS${code}: No match.`, error_codes: [code] });

/** `confidence cause` of the first cause. */
function firstOf(call: Call, response: CallResponse, target: TargetFacts = {}): string {
  const [cause] = explain([{ call, response }], { keySources: {}, target }, at.NOW_MS).causes;
  return cause ? `${cause.confidence} ${cause.cause}` : 'none';
}

describe('an answer that says little', () => {
  const cases: [what: string, call: Call, response: CallResponse, expected: string, target?: TargetFacts][] = [
    [
      'Graph: a claims challenge told by its text alone',
      sent(`${GRAPH}/me`),
      answerOf(401, errorBody('InvalidAuthenticationToken', 'code: TokenCreatedWithOutdatedPolicies')),
      'likely cae-claims-challenge',
    ],
    [
      'Resource Manager: the same',
      sent('https://management.azure.com/subscriptions?api-version=2020-01-01'),
      answerOf(401, errorBody('InvalidAuthenticationToken', 'code: TokenIssuedBeforeRevocationTimestamp')),
      'likely cae-claims-challenge',
    ],
    [
      'Graph: a token nobody says more about',
      sent(`${GRAPH}/me`),
      answerOf(401, errorBody('InvalidAuthenticationToken', 'Not this one.')),
      'possible token-malformed',
    ],
    [
      'Graph: an application asks for the mail of /me',
      graphCall('/me/messages', asApp('Mail.Send')),
      answerOf(403, errorBody('ErrorAccessDenied', 'Access is denied.')),
      'likely app-only-vs-delegated-mismatch',
    ],
    [
      'Graph: an application that may, asks for the mail of somebody',
      graphCall('/users/u/messages', asApp('Mail.Send')),
      answerOf(403, errorBody('ErrorAccessDenied', 'Access is denied.')),
      'likely exchange-application-access-policy',
    ],
    [
      'Graph: no permissions at all, of an application',
      graphCall('/users/u/sendMail', asApp()),
      answerOf(401, errorBody('NoPermissionsInAccessToken', 'None.')),
      'likely role-missing',
    ],
    [
      'Graph: a scheme with nothing behind it',
      callOf(`${GRAPH}/me`, { headers: { Authorization: 'Bearer ' } }),
      answerOf(401, errorBody('InvalidAuthenticationToken', 'Access token is empty.')),
      'likely missing-token',
    ],
    [
      'a key of a vault, asked for at Resource Manager',
      sent('https://management.azure.com/x?api-version=2020-01-01'),
      answerOf(400, errorBody('ForbiddenByRbac', 'Caller is not authorized.')),
      'likely keyvault-rbac-missing',
    ],
    ['Storage names the audience', sent(BLOB, VERSION), storage('Audience validation failed.'), 'likely aud-mismatch'],
    [
      'Storage names the issuer',
      sent(BLOB, VERSION),
      storage('Issuer validation failed.'),
      'likely issuer-wrong-tenant',
    ],
    ['Storage names the lifetime', sent(BLOB, VERSION), storage('Lifetime validation failed.'), 'likely token-expired'],
    [
      'Storage names its version',
      sent(BLOB),
      storage('Authentication scheme Bearer is not supported in this version.'),
      'likely storage-version-header-missing',
    ],
    ['JwtBearer of older days: expired', sent(API), described('The token is expired'), 'likely token-expired'],
    [
      'JwtBearer of older days: too early',
      sent(API),
      described('The token is not valid yet'),
      'likely token-not-yet-valid',
    ],
    [
      'no issuer for a federated credential',
      sent(TOKEN),
      entra(700211),
      'certain aadsts-700213-federated-credential-mismatch',
    ],
    [
      'no audience for a federated credential',
      sent(TOKEN),
      entra(700212),
      'certain aadsts-700213-federated-credential-mismatch',
    ],
    [
      'a bare 401 of a Function App whose level nobody told',
      callOf(`${FUNCTION}/api/a`),
      BARE,
      'possible function-key-missing',
    ],
    ['the same with a key', callOf(`${FUNCTION}/api/a?code=k`), BARE, 'possible function-key-wrong'],
    [
      'the same with a challenge: a token was wanted',
      callOf(`${FUNCTION}/api/a`),
      answerOf(401, '', { 'WWW-Authenticate': 'Bearer' }),
      'likely missing-token',
    ],
    [
      'the host’s own address, with a key that is not the master key',
      callOf(`${FUNCTION}/admin/functions/a`, { headers: { 'x-functions-key': 'k' } }),
      BARE,
      'likely function-authlevel-needs-master-key',
      { authLevel: known('anonymous') },
    ],
    [
      'an extension’s webhook without a key',
      callOf(`${FUNCTION}/runtime/webhooks/mcp/sse`),
      { ...answerOf(403), trace: 'AuthenticationScheme: WebJobsAuthLevel was forbidden.' },
      'likely function-key-missing',
    ],
    [
      'an exception that prints the answer of a vault',
      sent('https://contoso.vault.azure.net/secrets/a?api-version=7.4'),
      answerOf(
        403,
        `Azure.RequestFailedException: Status: 403\nContent:\n${JSON.stringify(errorBody('Forbidden', 'A "}" in it.', 'ForbiddenByRbac'))}\nHeaders:`,
      ),
      'certain keyvault-rbac-missing',
    ],
    [
      'the same from somebody else, who passes it on',
      sent(API),
      answerOf(500, `Failed: ${JSON.stringify(errorBody('AuthorizationFailed', 'Not allowed.'))}`),
      'none',
    ],
    [
      'a vault at an address of its own says what is wrong',
      callOf('https://keys.contoso.com/keys/a', { claims: serviceClaims('https://managedhsm.azure.net') }),
      answerOf(401, errorBody('Unauthorized', 'Token not yet valid'), {
        'WWW-Authenticate':
          'Bearer authorization="https://login.microsoftonline.com/t", resource="https://vault.azure.net"',
      }),
      'likely token-not-yet-valid',
      { kind: known('keyVault') },
    ],
    [
      'a bare 401 of what only a setting calls a vault',
      callOf(API, { claims: serviceClaims('api://orders') }),
      answerOf(401),
      'likely keyvault-wrong-resource',
      { kind: known('keyVault') },
    ],
    [
      'a setting that the address contradicts',
      callOf('https://management.azure.com/x?api-version=2020-01-01', {
        claims: serviceClaims('https://datalake.azure.net/'),
      }),
      answerOf(401, errorBody('InvalidAuthenticationTokenAudience', "audience 'a' allowed audiences 'b'")),
      'certain arm-wrong-audience',
      { kind: known('graph') },
    ],
    [
      'Graph: an ID token',
      callOf(`${GRAPH}/me`, {
        claims: { ...at.v2Claims({ nonce: 'n' }), aud: at.CLIENT_ID, scp: undefined, azp: undefined },
      }),
      answerOf(401, errorBody('InvalidAuthenticationToken', 'Invalid audience.')),
      'likely id-token-instead-of-access-token',
    ],
    [
      'Resource Manager: a token was sent, and refused without a reason',
      sent('https://management.azure.com/subscriptions?api-version=2020-01-01'),
      answerOf(401, errorBody('AuthenticationFailed', 'Authentication failed.')),
      'possible token-malformed',
    ],
    [
      'a vault that says no more than Forbidden',
      sent('https://contoso.vault.azure.net/secrets/a?api-version=2016-10-01'),
      answerOf(403, errorBody('Forbidden', 'Access denied')),
      'possible keyvault-access-policy-missing',
    ],
    [
      'Service Bus names the audience',
      sent('https://contoso.servicebus.windows.net/q/messages'),
      answerOf(401, '<Error><Code>401</Code><Detail>InvalidAudience: Invalid audience.</Detail></Error>'),
      'likely aud-mismatch',
    ],
    [
      'Cosmos DB: what its data plane does not do',
      callOf('https://contoso.documents.azure.com/dbs', { headers: { Authorization: 'type%3Daad' } }),
      answerOf(403, { code: 'Forbidden', message: 'POST /dbs cannot be authorized by AAD token in data plane.' }),
      'likely data-plane-role-missing',
    ],
    [
      'a token under a name nobody looks at',
      callOf(API, { headers: { Authentication: 'Bearer <token>' } }),
      answerOf(401, '', { 'WWW-Authenticate': 'Bearer' }),
      'likely bearer-prefix-missing',
    ],
    ['PyJWT’s words', sent(API), answerOf(401, { detail: 'Signature has expired' }), 'likely token-expired'],
    ['jsonwebtoken’s words', sent(API), answerOf(401, { message: 'jwt expired' }), 'likely token-expired'],
    [
      'words that several causes have',
      sent(API),
      answerOf(401, { message: 'invalid signature' }),
      'possible graph-nonce-token',
    ],
    [
      'JwtBearer quotes Graph',
      sent(API),
      described("The audience '00000003-0000-0000-c000-000000000000' is invalid"),
      'likely aud-is-graph',
    ],
    [
      'the library quotes two forms of one application',
      sent(API),
      {
        ...answerOf(401),
        trace: `IDX10214: Audiences: 'api://${at.API_ID}'. Did not match: ValidAudience: '${at.API_ID}'`,
      },
      'likely aud-clientid-vs-appiduri',
    ],
    [
      'through a static web app, a key that is not known',
      sent('https://contoso.azurestaticapps.net/api/a'),
      answerOf(401, 'IDX10501: Signature validation failed.'),
      'likely swa-platform-owns-auth',
    ],
  ];
  for (const [what, call, response, expected, target] of cases)
    test(what, () => assert.equal(firstOf(call, response, target), expected));
});

test('a key that is not known to the validator: a token for Graph is why', () => {
  const claims = serviceClaims('00000003-0000-0000-c000-000000000000');
  const call = callOf(API, { claims, header: { nonce: 'n' } });
  const response = { ...answerOf(401), trace: 'IDX10503: Signature validation failed.' };
  assert.match(firstOf(call, response), /graph-nonce-token$/);
});

/** The values to copy of the fixes of the first cause. */
function valuesOf(call: Call, response: CallResponse): (string | undefined)[] {
  const { causes } = writeExplanation(explain([{ call, response }], { keySources: {} }, at.NOW_MS));
  return causes[0]?.fixes.map(({ value }) => value) ?? [];
}

test('a token for another resource: the scope of the service that was called, not of an API of one’s own', () => {
  const audience = errorBody('InvalidAuthenticationToken', 'Invalid audience.');
  assert.deepEqual(valuesOf(sent(`${GRAPH}/me`), answerOf(401, audience)), ['https://graph.microsoft.com/.default']);
  const refused = storage('Audience validation failed.');
  assert.deepEqual(valuesOf(sent(BLOB, VERSION), refused), ['https://storage.azure.com/.default']);
  assert.deepEqual(valuesOf(sent('https://a.kusto.windows.net/x', {}), refused), [undefined]);
});

test('an address of the host itself: no level of a function opens it', () => {
  const call = callOf(`${FUNCTION}/admin/functions/a`);
  const { causes } = writeExplanation(explain([{ call, response: BARE }], { keySources: {} }, at.NOW_MS));
  assert.deepEqual([causes[0]?.id, causes[0]?.fixes.map(({ kind }) => kind)], ['function-key-missing', ['call']]);
});
