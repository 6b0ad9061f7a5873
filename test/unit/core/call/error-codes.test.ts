import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Header } from '../../../../src/core/call/call.ts';
import { findErrorCodes } from '../../../../src/core/call/error-codes.ts';

function inBody(body: string, headers: Header[] = []) {
  const response = { headers, headersComplete: false, body: { text: body, bytes: body.length, isComplete: true } };
  return findErrorCodes({ response });
}

const places = (found: ReturnType<typeof findErrorCodes>) =>
  found.map(({ family, code, where }) => [family, code, where]);

test('a token endpoint’s error: error_codes before the text, beside the OAuth error', () => {
  const found = inBody(
    '{"error":"invalid_grant","error_description":"AADSTS65001: no consent. See AADSTS50076.","error_codes":[65001],"suberror":"consent_required"}',
  );
  assert.deepEqual(places(found), [
    ['aadsts', 'AADSTS65001', 'oauthError'],
    ['oauth', 'invalid_grant', 'oauthError'],
    ['aadsts', 'AADSTS50076', 'body'],
  ]);
  assert.equal(found[0]?.oauthError, 'invalid_grant');
  assert.equal(found[0]?.subError, 'consent_required');
  assert.match(found[0]?.message ?? '', /^AADSTS65001/);
});

test('without error_codes the description’s code counts', () => {
  assert.deepEqual(
    places(inBody('{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret."}')),
    [
      ['aadsts', 'AADSTS7000215', 'oauthError'],
      ['oauth', 'invalid_client', 'oauthError'],
    ],
  );
});

test('an AADSTS number in an API’s own message is only in the body', () => {
  assert.deepEqual(places(inBody('{"message":"On-behalf-of failed: AADSTS50013: Assertion failed"}')), [
    ['aadsts', 'AADSTS50013', 'body'],
  ]);
  assert.deepEqual(places(inBody('failed: AADSTS50013')), [['aadsts', 'AADSTS50013', 'body']]);
});

test('error.code of Resource Manager, Graph, OData v2 and Key Vault, with its inner code', () => {
  assert.deepEqual(places(inBody('{"error":{"code":"AuthorizationFailed","message":"no"}}')), [
    ['errorCode', 'AuthorizationFailed', 'errorCode'],
  ]);
  const odata = inBody(
    '{"odata.error":{"code":"Authorization_RequestDenied","message":{"lang":"en","value":"Insufficient"}}}',
  );
  assert.deepEqual([odata[0]?.code, odata[0]?.message], ['Authorization_RequestDenied', 'Insufficient']);
  const vault = inBody('{"error":{"code":"Forbidden","message":"x","innererror":{"code":"ForbiddenByRbac"}}}');
  assert.equal(vault[0]?.innerCode, 'ForbiddenByRbac');
  assert.deepEqual(places(inBody('{"error":{"code":"Unauthorized","message":"AKV10022: Invalid audience."}}')), [
    ['errorCode', 'Unauthorized', 'errorCode'],
    ['akv', 'AKV10022', 'errorCode'],
  ]);
  assert.deepEqual(places(inBody('{"error":{"code":"Unauthorized","message":"Error validating token: IDX10223"}}')), [
    ['errorCode', 'Unauthorized', 'errorCode'],
    ['idx', 'IDX10223', 'body'],
  ]);
});

for (const [message, reason] of [
  [
    'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
    'SubscriptionKeyNotFound',
  ],
  [
    'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
    'SubscriptionKeyInvalid',
  ],
  ['JWT not present.', 'TokenNotPresent'],
  ['Invalid JWT.', 'JwtInvalid'],
  ['JWT token is missing the following claims: scp. Access denied.', 'TokenClaimNotFound'],
  ['Claim aud value of x y is not allowed. Access denied.', 'TokenClaimValueNotAllowed'],
  ['Rate limit is exceeded. Try again in 12 seconds.', 'RateLimitExceeded'],
  ['Out of call volume quota. Quota will be replenished in 01:00:00.', 'QuotaExceeded'],
  ['Resource not found', 'OperationNotFound'],
] as const) {
  test(`“${message.slice(0, 40)}” is API Management’s ${reason}`, () => {
    assert.deepEqual(places(inBody(JSON.stringify({ statusCode: 401, message }))), [['apim', reason, 'body']]);
  });
}

test('the envelope alone, as NestJS sends it too, is no code; neither are other servers’ words', () => {
  for (const body of [
    '{"statusCode":401,"message":"Unauthorized"}',
    '{"message":"Unauthorized"}',
    '{"message":"Missing Authentication Token"}',
    '{"message":"Resource not found in stock"}',
    '{"error":"Unauthorized access, please sign in"}',
    '{"status":401,"error":"Unauthorized","path":"/x"}',
    'You do not have permission to view this directory or page.',
    'IDX1021 AADSTS12 XIDX10214 IDX102149 idx10214 TokenExpiredException',
    '',
  ]) {
    const found = inBody(body).filter(({ family }) => family !== 'oauth');
    assert.deepEqual(found, [], body);
  }
});

test('headers: LastError as the documentation returns it, a challenge, a redirect’s query', () => {
  assert.deepEqual(
    places(
      inBody('', [
        { name: 'ErrorReason', value: 'TokenExpired' },
        { name: 'ErrorMessage', value: 'IDX10223: Lifetime validation failed.' },
      ]),
    ),
    [
      ['idx', 'IDX10223', 'header'],
      ['apim', 'TokenExpired', 'header'],
    ],
  );
  assert.deepEqual(places(inBody('', [{ name: 'ErrorReason', value: 'Whatever' }])), []);
  const challenge = {
    name: 'www-authenticate',
    value: 'Bearer error="invalid_token", error_description="IDX10214: no"',
  };
  assert.deepEqual(places(inBody('', [challenge])), [['idx', 'IDX10214', 'header']]);
  const location = {
    name: 'Location',
    value: 'https://app/cb?error=access_denied&error_description=AADSTS65004%3a+declined',
  };
  assert.deepEqual(places(inBody('', [location])), [['aadsts', 'AADSTS65004', 'header']]);
});

test('log lines, each code once and at its best place', () => {
  const text =
    'IDW10201: no scope. IDX10214: Audience. IDX10214 again. context.LastError.Reason: TokenAudienceNotAllowed AADSTS700016';
  assert.deepEqual(places(findErrorCodes({ text })), [
    ['idw', 'IDW10201', 'text'],
    ['idx', 'IDX10214', 'text'],
    ['aadsts', 'AADSTS700016', 'text'],
    ['apim', 'TokenAudienceNotAllowed', 'text'],
  ]);
  assert.deepEqual(findErrorCodes({}), []);
});

test('any body and text is searched without an exception and in bounded time', { timeout: 20_000 }, () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), fc.string(), (body, text) => {
      const response = { headers: [], headersComplete: false, body: { text: body, bytes: 1, isComplete: true } };
      assert.ok(findErrorCodes({ response, text }).length <= 50);
    }),
  );
  for (const piece of [
    'AADSTS',
    'AADSTS50013 ',
    'IDX10214',
    '{"error":',
    'Claim a value of ',
    'Token',
    '[',
    'Header x value of ',
  ]) {
    assert.ok(inBody(piece.repeat(100_000)).length <= 50);
  }
});
