import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Authorization } from '../../../../src/core/call/call.ts';
import { writeValidateAzureAdToken, writeValidateJwt } from '../../../../src/core/why/copy-as/api-management-policy.ts';
import { rulesOf } from '../../../../src/core/why/copy-as/token-rules.ts';
import * as at from '../entra-fixture.ts';
import {
  answerOf,
  bearer,
  callWith,
  candidates,
  envelope,
  judge,
  knowing,
  recognise,
  shown,
  V1_CONFIG,
  V2_CONFIG,
} from './gateway-fixture.ts';

const config = (url = V2_CONFIG) => `<openid-config url="${url}" />`;
const audience = (value = at.API_ID) => `<audiences><audience>${value}</audience></audiences>`;

/** validate-jwt with these attributes and children. */
function jwt(children = config() + audience(), attributes = 'header-name="Authorization"'): string {
  return `<validate-jwt ${attributes}>${children}</validate-jwt>`;
}

function claim(content: string): string {
  return jwt(`${config()}<required-claims>${content}</required-claims>`);
}

function azureAd(children = audience(), tenant = at.TENANT): string {
  return `<validate-azure-ad-token tenant-id="${tenant}">${children}</validate-azure-ad-token>`;
}

function verdict(policy: string, authorization: Authorization, headers: Record<string, string> = {}): string {
  const name = policy.includes('<validate-jwt') ? 'validate-jwt' : 'validate-azure-ad-token';
  const gate = name === 'validate-jwt' ? 'validateJwt' : 'validateAzureAdToken';
  return shown(judge(policy, callWith(authorization, headers), gate, name));
}

const GOOD = bearer(at.v2Claims());
const with2 = (claims: Record<string, unknown>) => bearer(at.v2Claims(claims));
const GRAPH = '00000003-0000-0000-c000-000000000000';

for (const [what, policy, authorization, expected] of [
  ['a good token', jwt(), GOOD, 'passes'],
  ['no token', jwt(), { type: 'none' }, 'refuses missing-token'],
  ['another scheme, none required', jwt(), { type: 'other', scheme: 'Basic' }, 'unknown bearer-prefix-missing'],
  [
    'another scheme than the one required',
    jwt(undefined, 'header-name="Authorization" require-scheme="Bearer"'),
    { type: 'other', scheme: 'Basic' },
    'refuses bearer-prefix-missing',
  ],
  [
    'Bearer where another scheme is required',
    jwt(undefined, 'header-name="Authorization" require-scheme="JWT"'),
    GOOD,
    'refuses bearer-prefix-missing',
  ],
  ['a token nobody shows', jwt(), { type: 'unknown', why: 'masked' }, 'unknown'],

  // times: no tolerance unless the policy says one
  ['one second over', jwt(), with2({ exp: at.NOW_SEC - 1 }), 'refuses token-expired'],
  ['this very second', jwt(), with2({ exp: at.NOW_SEC }), 'unknown token-expired'],
  [
    'one second over, tolerated',
    jwt(undefined, 'header-name="Authorization" clock-skew="60"'),
    with2({ exp: at.NOW_SEC - 1 }),
    'passes',
  ],
  [
    'an hour over, with a tolerance that is computed',
    jwt(undefined, 'header-name="Authorization" clock-skew="{{skew}}"'),
    with2({ exp: at.NOW_SEC - 3600 }),
    'unknown token-expired',
  ],
  ['not yet valid', jwt(), with2({ nbf: at.NOW_SEC + 90 }), 'refuses token-not-yet-valid'],
  ['no exp', jwt(), with2({ exp: undefined }), 'refuses token-malformed'],
  [
    'no exp where none is required',
    jwt(undefined, 'header-name="Authorization" require-expiration-time="false"'),
    with2({ exp: undefined }),
    'passes',
  ],

  // audiences: one is enough; without a list none is checked
  ['another audience', jwt(), with2({ aud: at.OTHER_TENANT }), 'refuses aud-mismatch'],
  ['one of two audiences', jwt(config() + audience(`x</audience><audience>${at.API_ID}`)), GOOD, 'passes'],
  ['the other spelling', jwt(), with2({ aud: `api://${at.API_ID}` }), 'refuses aud-clientid-vs-appiduri'],
  ['another audience, none checked', jwt(config()), with2({ aud: 'x' }), 'passes'],
  ['another audience, one computed', jwt(config() + audience('{{id}}')), with2({ aud: 'x' }), 'unknown aud-mismatch'],
  ['an empty list of audiences', jwt(`${config()}<audiences/>`), GOOD, 'unknown'],

  // issuers: of the metadata, or listed
  ['a v1 token at v2 metadata', jwt(config()), bearer(at.v1Claims()), 'refuses issuer-v1-v2-mismatch'],
  ['a v1 token at v1 metadata', jwt(config(V1_CONFIG)), bearer(at.v1Claims()), 'passes'],
  ['a v2 token at v1 metadata', jwt(config(V1_CONFIG)), GOOD, 'refuses issuer-v1-v2-mismatch'],
  [
    'another tenant',
    jwt(config()),
    with2({ iss: `${at.LOGIN}/${at.OTHER_TENANT}/v2.0` }),
    'refuses issuer-wrong-tenant',
  ],
  [
    'a listed issuer',
    jwt(`${config()}<issuers><issuer>${at.V1_ISSUER}</issuer></issuers>`),
    bearer(at.v1Claims()),
    'passes',
  ],
  [
    'the metadata’s issuer, not listed',
    jwt(`${config()}<issuers><issuer>${at.V1_ISSUER}</issuer></issuers>`),
    GOOD,
    'unknown issuer-v1-v2-mismatch',
  ],
  [
    'neither listed nor the metadata’s',
    jwt(`${config()}<issuers><issuer>${at.V1_ISSUER}</issuer></issuers>`),
    with2({ iss: 'https://other.example/' }),
    'refuses issuer-not-accepted',
  ],
  ['two metadata documents', jwt(config() + config(V1_CONFIG)), bearer(at.v1Claims()), 'passes'],
  ['a metadata document that is computed', jwt(config('{{url}}')), with2({ iss: 'https://other.example/' }), 'unknown'],
  [
    'a template of many tenants',
    jwt(config(V2_CONFIG.replace(at.TENANT, 'organizations'))),
    GOOD,
    'unknown issuer-wrong-tenant',
  ],
  [
    'a template of many tenants, the other version',
    jwt(config(V2_CONFIG.replace(at.TENANT, 'common'))),
    bearer(at.v1Claims()),
    'refuses issuer-v1-v2-mismatch',
  ],
  ['a domain for the tenant', jwt(config(V2_CONFIG.replace(at.TENANT, 'contoso.com'))), GOOD, 'unknown'],
  [
    'a domain for the tenant, the other version',
    jwt(config(V2_CONFIG.replace(at.TENANT, 'contoso.com'))),
    bearer(at.v1Claims()),
    'refuses issuer-v1-v2-mismatch',
  ],
  ['metadata nobody read', jwt(config('https://other.example/.well-known/openid-configuration')), GOOD, 'unknown'],

  // keys
  ['a tampered token', jwt(), bearer(at.v2Claims(), {}, 'invalid'), 'refuses signature-tampered'],
  ['a key that is not published', jwt(), bearer(at.v2Claims(), {}, 'keyNotFound'), 'refuses signing-key-not-found'],
  [
    'a key that is not published, beside keys in the policy',
    jwt(`${config()}<issuer-signing-keys><key certificate-id="c"/></issuer-signing-keys>`),
    bearer(at.v2Claims(), {}, 'keyNotFound'),
    'unknown',
  ],
  ['a signature nobody checked', jwt(), bearer(at.v2Claims(), {}, 'valid', []), 'unknown'],
  ['an algorithm the page does not list', jwt(), bearer(at.v2Claims(), { alg: 'ES256' }), 'unknown'],
  ['no algorithm', jwt(), bearer(at.v2Claims(), { alg: 'none' }), 'refuses algorithm-not-accepted'],
  [
    'a Graph token',
    jwt(),
    bearer(at.v1Claims({ aud: GRAPH, iss: at.V2_ISSUER }), { nonce: 'n' }, 'invalid'),
    'refuses graph-nonce-token aud-is-graph',
  ],
  [
    'a Graph token where no audience is checked',
    jwt(config()),
    bearer(at.v2Claims({ aud: GRAPH }), { nonce: 'n' }, 'valid', []),
    'refuses graph-nonce-token',
  ],
  [
    'a nonce in the header of a token for the API is no Graph token',
    jwt(config()),
    bearer(at.v2Claims(), { nonce: 'n' }),
    'passes',
  ],
  [
    'an ID token',
    jwt(),
    bearer({
      iss: at.V2_ISSUER,
      tid: at.TENANT,
      ver: '2.0',
      aud: at.CLIENT_ID,
      nonce: 'n',
      exp: at.NOW_SEC + 9,
      nbf: 1,
      iat: 1,
      at_hash: 'h',
      sub: 's',
    }),
    'refuses id-token-instead-of-access-token aud-mismatch',
  ],

  // where the token is
  ['an own header that is not sent', jwt(config(), 'header-name="X-Token"'), GOOD, 'refuses missing-token'],
  ['a parameter that is not sent', jwt(config(), 'query-parameter-name="t"'), GOOD, 'refuses missing-token'],
  ['a value that is computed', jwt(config(), 'token-value="@(1)"'), { type: 'none' }, 'unknown'],
  ['no place at all', jwt(config(), ''), { type: 'none' }, 'unknown'],
  ['a header that is computed', jwt(config(), 'header-name="{{h}}"'), { type: 'none' }, 'unknown'],

  // what may not run, or is not deployed as written, never refuses for sure
  ['a choose', `<choose><when condition="@(true)">${jwt()}</when></choose>`, { type: 'none' }, 'unknown missing-token'],
  ['a text that is wrong', jwt().replace('</audiences>', ''), { type: 'none' }, 'unknown missing-token'],
  ['an element the page does not name', jwt(`${config()}<new-check/>`), GOOD, 'unknown'],
] as const) {
  test(`validate-jwt, ${what}`, () => assert.equal(verdict(policy, authorization), expected));
}

test('an own header that is sent is looked at only when its value is known', () => {
  assert.equal(verdict(jwt(config(), 'header-name="X-Token"'), { type: 'none' }, { 'x-token': 'abc' }), 'unknown');
});

for (const [what, content, claims, expected] of [
  ['a value that is there', '<claim name="roles"><value>a</value></claim>', { roles: ['a', 'b'] }, 'passes'],
  ['all of two', '<claim name="roles"><value>a</value><value>b</value></claim>', { roles: ['b', 'a'] }, 'passes'],
  ['one of two', '<claim name="roles"><value>a</value><value>b</value></claim>', { roles: ['a'] }, 'refuses'],
  [
    'any of two',
    '<claim name="roles" match="any"><value>a</value><value>b</value></claim>',
    { roles: ['b'] },
    'passes',
  ],
  [
    'none of two',
    '<claim name="roles" match="any"><value>a</value><value>b</value></claim>',
    { roles: ['c'] },
    'refuses',
  ],
  ['a text without separator', '<claim name="scp"><value>a</value></claim>', { scp: 'a b' }, 'refuses'],
  ['a text with separator', '<claim name="scp" separator=" "><value>a</value></claim>', { scp: 'a b' }, 'passes'],
  ['a claim that is not there', '<claim name="groups"><value>a</value></claim>', {}, 'refuses'],
  ['a claim that only has to be there', '<claim name="oid" />', {}, 'passes'],
  ['a number', '<claim name="level"><value>2</value></claim>', { level: 2 }, 'passes'],
  ['two claims, one of them wrong', '<claim name="oid" /><claim name="ver"><value>1.0</value></claim>', {}, 'refuses'],
  ['a value that is computed', '<claim name="ver"><value>@(1)</value></claim>', {}, 'unknown'],
  [
    'a value that is computed beside one that lacks',
    '<claim name="ver"><value>@(1)</value><value>x</value></claim>',
    {},
    'refuses',
  ],
  [
    'a computed value that may be the one',
    '<claim name="ver" match="any"><value>@(1)</value><value>x</value></claim>',
    {},
    'unknown',
  ],
] as const) {
  test(`required-claims, ${what}`, () => {
    const refused = expected === 'refuses' ? 'refuses apim-required-claim-mismatch' : expected;
    assert.equal(verdict(claim(content), with2(claims)), refused);
  });
}

test('a required aud is an audience: the cause is the one it has elsewhere', () => {
  const wanted = (value: string) => claim(`<claim name="aud"><value>${value}</value></claim>`);
  assert.equal(verdict(wanted(at.API_ID), GOOD), 'passes');
  assert.equal(verdict(wanted(`api://${at.API_ID}`), GOOD), 'refuses aud-clientid-vs-appiduri');
  assert.equal(verdict(wanted('api://other'), GOOD), 'refuses aud-mismatch');
  assert.equal(verdict(wanted(at.API_ID), with2({ aud: GRAPH })), 'refuses aud-is-graph');
});

test('what is expected stands with its line of the policy, what is seen with the token', () => {
  const policy = `<policies>\n<inbound>\n<validate-jwt header-name="Authorization">\n${config()}\n${audience()}
<required-claims><claim name="ver"><value>3</value></claim></required-claims></validate-jwt></inbound></policies>`;
  const { findings } = judge(policy, callWith(with2({ aud: 'x', iss: at.V1_ISSUER })), 'validateJwt', 'validate-jwt');
  assert.deepEqual(
    findings.map(({ check, seen, expected, place }) => [check, seen, expected, place?.line]),
    [
      ['issuer', at.V1_ISSUER, [at.V2_ISSUER], 4],
      ['audience', 'x', [at.API_ID], 5],
      ['requiredClaim', '2.0', ['3'], 6],
    ],
  );
});

for (const [what, policy, authorization, expected] of [
  ['a good token', azureAd(), GOOD, 'passes'],
  ['a v1 token', azureAd(audience(at.API_URI)), bearer(at.v1Claims(), {}, 'valid', [V1_CONFIG]), 'passes'],
  ['no token', azureAd(), { type: 'none' }, 'refuses missing-token'],
  ['another tenant', azureAd(), with2({ iss: `${at.LOGIN}/${at.OTHER_TENANT}/v2.0` }), 'refuses issuer-wrong-tenant'],
  ['another issuer', azureAd(), with2({ iss: 'https://other.example' }), 'refuses issuer-not-accepted'],
  ['a domain', azureAd(undefined, 'contoso.com'), GOOD, 'unknown'],
  ['a tenant that is computed', azureAd(undefined, '{{t}}'), with2({ iss: 'https://other.example' }), 'unknown'],
  ['another audience', azureAd(), with2({ aud: 'x' }), 'refuses aud-mismatch'],
  ['expired within the tolerance nobody documents', azureAd(), with2({ exp: at.NOW_SEC - 299 }), 'unknown'],
  ['expired for longer', azureAd(), with2({ exp: at.NOW_SEC - 301 }), 'refuses token-expired'],
  [
    'a client that may call',
    azureAd(
      `<client-application-ids><application-id>${at.CLIENT_ID.toUpperCase()}</application-id></client-application-ids>`,
    ),
    GOOD,
    'passes',
  ],
  [
    'a client that may not, of a v1 token',
    azureAd(`<client-application-ids><application-id>${at.API_ID}</application-id></client-application-ids>`),
    bearer(at.v1Claims(), {}, 'valid', [V1_CONFIG]),
    'refuses apim-required-claim-mismatch',
  ],
  [
    'a client beside one that is computed',
    azureAd('<client-application-ids><application-id>{{id}}</application-id></client-application-ids>'),
    GOOD,
    'unknown apim-required-claim-mismatch',
  ],
] as const) {
  test(`validate-azure-ad-token, ${what}`, () => assert.equal(verdict(policy, authorization), expected));
}

for (const [what, before, expected] of [
  [
    'a managed identity',
    '<authentication-managed-identity resource="r"/>',
    'unknown apim-policy-overwrites-authorization',
  ],
  [
    'a managed identity in a variable',
    '<authentication-managed-identity resource="r" output-token-variable-name="t"/>',
    'passes',
  ],
  [
    'a fixed password',
    '<authentication-basic username="u" password="p"/>',
    'unknown apim-policy-overwrites-authorization',
  ],
  [
    'a header that is computed',
    '<set-header name="authorization"><value>@("Bearer " + x)</value></set-header>',
    'unknown apim-policy-overwrites-authorization',
  ],
  [
    'a header that is deleted',
    '<set-header name="Authorization" exists-action="delete"/>',
    'refuses apim-policy-overwrites-authorization',
  ],
  [
    'a header that is only set when absent',
    '<set-header name="Authorization" exists-action="skip"><value>x</value></set-header>',
    'passes',
  ],
  ['another header', '<set-header name="X-A"><value>x</value></set-header>', 'passes'],
  [
    'what may run',
    '<choose><when condition="@(x)"><authentication-managed-identity resource="r"/></when></choose>',
    'unknown apim-policy-overwrites-authorization',
  ],
  ['policies of a broader scope', '<base/>', 'passes'],
] as const) {
  test(`a good token behind ${what}`, () => assert.equal(verdict(before + jwt(), GOOD), expected));
}

const OWN = 'header-name="Authorization" failed-validation-httpcode="403" failed-validation-error-message="Go away."';
const goAway = answerOf(403, envelope(403, 'Go away.'));

test('the policy’s own status and message are its signature; its text says what is wrong', () => {
  const own = jwt(config() + audience(), OWN);
  const of = (authorization: Authorization, response = goAway, policy = own) =>
    candidates(recognise('validateJwt', { call: callWith(authorization), response }, knowing(policy)));
  assert.equal(of(with2({ exp: at.NOW_SEC - 9 })), 'certain token-expired');
  assert.equal(of({ type: 'none' }), 'certain missing-token');
  assert.equal(of(with2({ aud: 'x', iss: at.V1_ISSUER })), 'likely issuer-v1-v2-mismatch, likely aud-mismatch');
  assert.equal(of(bearer(at.v2Claims({ aud: GRAPH }), { nonce: 'n' })), 'likely aud-is-graph');
  // It answered, so it ran.
  assert.equal(
    of(with2({ aud: 'x' }), goAway, `<choose><when condition="@(x)">${own}</when></choose>`),
    'certain aud-mismatch',
  );
  // Two policies with one message: which of them is not known.
  assert.equal(of(with2({ aud: 'x' }), goAway, own + own), 'likely aud-mismatch');
  // Nothing in the text explains it.
  assert.equal(of(GOOD), 'possible signing-key-not-found, possible signature-tampered');
  // Another status, another message, no envelope: not this policy's.
  assert.equal(of(with2({ aud: 'x' }), answerOf(403, envelope(403, 'Go.'))), '');
  assert.equal(of(with2({ aud: 'x' }), answerOf(403, '{"message":"Go away."}')), '');
});

test('what replaced the token before the policy is at fault, not the caller’s token', () => {
  const of = (before: string, claims = at.v2Claims()) => {
    const knowledge = knowing(`${before}${jwt(config() + audience(), OWN)}`);
    return recognise('validateJwt', { call: callWith(bearer(claims)), response: goAway }, knowledge);
  };
  const identity = '<authentication-managed-identity resource="https://management.azure.com"/>';
  const recognised = of(identity);
  assert.equal(candidates(recognised), 'certain apim-policy-overwrites-authorization');
  assert.equal(recognised.candidates[0]?.faultAt, 'policyTransform');
  assert.equal(
    candidates(of(identity, at.v2Claims({ aud: 'x' }))),
    'likely apim-policy-overwrites-authorization, possible aud-mismatch',
  );
  const perhaps = `<choose><when condition="@(x)">${identity}</when></choose>`;
  assert.equal(candidates(of(perhaps)), 'likely apim-policy-overwrites-authorization');
  // Behind the policy it replaces the token for the backend only.
  const behind = knowing(`${jwt(config() + audience(), OWN)}${identity}`);
  const call = callWith(with2({ aud: 'x' }));
  assert.equal(candidates(recognise('validateJwt', { call, response: goAway }, behind)), 'certain aud-mismatch');
});

const REFUSED = envelope(401, 'Unauthorized. Access token is missing or invalid.');

test('a trace or the documented headers make the cause certain, without any policy text', () => {
  const of = (trace: string | undefined, authorization = GOOD, headers: Record<string, string> = {}) =>
    candidates(
      recognise(
        'validateJwt',
        { call: callWith(authorization), response: answerOf(401, REFUSED, headers, trace) },
        knowing(),
      ),
    );
  const issuer = (seen: string, wanted: string) =>
    `validate-jwt (70 ms): JWT Validation Failed: IDX10205: Issuer validation failed. Issuer: '${seen}'. Did not match: validationParameters.ValidIssuer: '' or validationParameters.ValidIssuers: '${wanted}'..`;
  assert.equal(of(issuer(at.V2_ISSUER, at.V1_ISSUER)), 'certain issuer-v1-v2-mismatch');
  assert.equal(
    of(issuer(at.V2_ISSUER, at.V2_ISSUER.replace(at.TENANT, at.OTHER_TENANT))),
    'certain issuer-wrong-tenant',
  );
  assert.equal(
    of(
      "validate-jwt: JWT Validation Failed: IDX10214: Audience validation failed. Audiences: 'a'. Did not match: validationParameters.ValidAudience: 'api://a' or validationParameters.ValidAudiences: 'null'.",
      with2({ aud: 'a' }),
    ),
    'certain aud-clientid-vs-appiduri',
  );
  assert.equal(
    of('validate-jwt: JWT Validation Failed: IDX10223: Lifetime validation failed.'),
    'certain token-expired',
  );
  assert.equal(
    of('validate-jwt: JWT Validation Failed: IDX10511: Signature validation failed.'),
    'likely signature-tampered',
  );
  assert.equal(
    of('validate-jwt: JWT Validation Failed: IDX10511: x', bearer(at.v2Claims({ aud: GRAPH }), { nonce: 'n' })),
    'certain graph-nonce-token',
  );
  assert.equal(of(`validate-jwt: Claim value mismatch: aud=api://${at.API_ID}.`), 'certain aud-clientid-vs-appiduri');
  assert.equal(of('validate-jwt: Claim value mismatch: aud=api://other.'), 'certain aud-mismatch');
  assert.equal(of('validate-jwt: Claim value mismatch: roles=admin.'), 'certain apim-required-claim-mismatch');
  assert.equal(
    of(`validate-jwt: Claim aud value of ${GRAPH} is not allowed. Access denied.`, with2({ aud: GRAPH })),
    'certain aud-is-graph',
  );
  const json = JSON.stringify({
    traceId: '1',
    traceEntries: {
      inbound: [{ source: 'api-inspector', data: { request: { method: 'GET' } } }],
      'on-error': [{ source: 'validate-jwt', data: { message: 'JWT Validation Failed: IDX10223: x' } }],
    },
  });
  assert.equal(of(json), 'certain token-expired');
  assert.equal(
    of(undefined, GOOD, { ErrorSource: 'validate-jwt', ErrorReason: 'TokenSignatureKeyNotFound' }),
    'certain signing-key-not-found',
  );
  assert.equal(of(undefined, { type: 'none' }, { ErrorReason: 'TokenNotPresent' }), 'certain missing-token');
  // Another policy's trace is not this one's, and a word in prose is no trace.
  assert.equal(of('check-header: Header X was not found in the request. Access denied.'), '');
  assert.equal(of('the validate-jwt policy says IDX10223'), '');
});

test('a trace and the policy’s text together name the claim', () => {
  const policy = claim(`<claim name="aud"><value>api://${at.API_ID}</value></claim>`);
  const response = answerOf(401, REFUSED, {}, `validate-jwt: Claim value mismatch: aud=api://${at.API_ID}.`);
  assert.equal(
    candidates(recognise('validateJwt', { call: callWith(GOOD), response }, knowing(policy))),
    'certain aud-clientid-vs-appiduri',
  );
});

test('validate-azure-ad-token is named by its own text, trace or headers only', () => {
  const response = answerOf(401, envelope(401, 'Invalid JWT.'));
  const call = callWith(with2({ aud: 'x' }));
  assert.equal(candidates(recognise('validateAzureAdToken', { call, response }, knowing())), '');
  assert.equal(
    candidates(recognise('validateAzureAdToken', { call, response }, knowing(azureAd()))),
    'certain aud-mismatch',
  );
  const told = answerOf(401, REFUSED, { ErrorSource: 'validate-azure-ad-token', ErrorReason: 'TokenExpired' });
  assert.equal(
    candidates(recognise('validateAzureAdToken', { call, response: told }, knowing())),
    'certain token-expired',
  );
  assert.equal(candidates(recognise('validateJwt', { call, response: told }, knowing())), '');
});

for (const [what, response] of [
  ['NestJS', answerOf(401, '{"statusCode":401,"message":"Unauthorized"}')],
  ['an API that quotes the words', answerOf(401, '{"error":"Invalid JWT."}')],
  ['a page', answerOf(401, '<html>Unauthorized. Access token is missing or invalid.</html>')],
] as const) {
  test(`${what} is not taken for a token policy for sure`, () => {
    const { confidence } = recognise('validateJwt', { call: callWith({ type: 'none' }), response }, { keySources: {} });
    assert.notEqual(confidence, 'certain');
  });
}

test('the policies that Copy As writes let in the token they were written from, and no other', () => {
  const claims = at.v2Claims();
  const token = { header: { alg: 'RS256', kid: at.KID }, payload: claims } as never;
  const source = knowing().keySources[V2_CONFIG];
  const rules = rulesOf(token, at.PROFILE, source);
  assert.ok(typeof rules === 'object');
  for (const written of [writeValidateJwt(rules), writeValidateAzureAdToken(rules)]) {
    assert.ok(written.ok);
    assert.equal(verdict(written.text, bearer(claims)), 'passes');
    assert.match(verdict(written.text, with2({ scp: 'Other' })), /^refuses apim-required-claim-mismatch/);
    assert.match(verdict(written.text, with2({ aud: 'x' })), /^refuses aud-mismatch/);
    assert.match(verdict(written.text, with2({ azp: at.API_ID })), /^refuses apim-required-claim-mismatch/);
  }
});

test('a trace that quotes another token than the one sent: a policy replaced it', () => {
  const trace =
    "validate-jwt: JWT Validation Failed: IDX10214: Audience validation failed. Audiences: 'https://management.azure.com'. Did not match: validationParameters.ValidAudience: 'x'.";
  const response = answerOf(401, REFUSED, {}, trace);
  assert.equal(
    candidates(recognise('validateJwt', { call: callWith(GOOD), response }, knowing())),
    'likely apim-policy-overwrites-authorization, possible aud-mismatch',
  );
});

test('“JWT not present” with a header that is there: the scheme; with a preflight: it never has one', () => {
  const response = answerOf(401, envelope(401, 'JWT not present.'));
  const of = (call: ReturnType<typeof callWith>) => candidates(recognise('validateJwt', { call, response }, knowing()));
  assert.equal(of(callWith({ type: 'none' })), 'certain missing-token');
  assert.equal(of(callWith({ type: 'other', scheme: '', fault: 'noScheme' })), 'certain bearer-prefix-missing');
  assert.equal(
    of(callWith({ type: 'unknown', why: 'placeholder' })),
    'likely bearer-prefix-missing, possible missing-token',
  );
  const preflight = callWith(
    { type: 'none' },
    { Origin: 'https://x', 'Access-Control-Request-Method': 'GET' },
    'OPTIONS',
  );
  assert.equal(of(preflight), 'likely cors-preflight-unauthenticated');
});

test('an old answer is judged by the time it says: what expired since is not why', () => {
  const policy = jwt(config() + audience(), OWN);
  const call = callWith(with2({ exp: at.NOW_SEC - 60 }));
  const of = (date: string) => {
    const response = answerOf(403, envelope(403, 'Go away.'), { Date: date });
    return candidates(recognise('validateJwt', { call, response }, knowing(policy)));
  };
  assert.equal(of(new Date(at.NOW_MS).toUTCString()), 'certain token-expired');
  assert.doesNotMatch(of(new Date(at.NOW_MS - 600_000).toUTCString()), /token-expired/);
});
