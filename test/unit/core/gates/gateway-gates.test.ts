import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gateOf } from '../../../../src/core/gates/all-gates.ts';
import type { GateId } from '../../../../src/core/gates/step.ts';
import { predict } from '../../../../src/core/why/predict.ts';
import * as at from '../entra-fixture.ts';
import {
  answerOf,
  bearer,
  callWith,
  candidates,
  envelope,
  fact,
  judge,
  knowing,
  recognise,
  shown,
} from './gateway-fixture.ts';

const NONE = { type: 'none' } as const;
const GOOD = bearer(at.v2Claims());
const NOTHING_KNOWN = { keySources: {} };

/** Reasons and messages of the documentation, and the one cause each has. */
for (const [gate, status, message, reason, cause] of [
  ['rateLimit', 429, 'Rate limit is exceeded. Try again in 9 seconds.', 'RateLimitExceeded', 'apim-rate-limited'],
  [
    'quota',
    403,
    'Out of call volume quota. Quota will be replenished in 01:02:03.',
    'QuotaExceeded',
    'apim-quota-exceeded',
  ],
  [
    'ipFilter',
    403,
    'Caller IP address 1.2.3.4 is not allowed. Access denied.',
    'CallerIpNotAllowed',
    'apim-ip-filtered',
  ],
  [
    'checkHeader',
    401,
    'Header X-A was not found in the request. Access denied.',
    'HeaderNotFound',
    'apim-header-check-failed',
  ],
  ['apimOperation', 404, 'Resource not found', 'OperationNotFound', 'apim-operation-not-found'],
] as const) {
  test(`${gate}: the gateway’s message, its reason, its trace; the words alone are anybody’s`, () => {
    const call = callWith(NONE);
    const own = { call, response: answerOf(status, envelope(status, message)) };
    assert.equal(candidates(recognise(gate, own, knowing())), `certain ${cause}`);
    assert.equal(candidates(recognise(gate, own, NOTHING_KNOWN)), `likely ${cause}`);
    const alone = { call, response: answerOf(status, '', { ErrorReason: reason }) };
    assert.equal(candidates(recognise(gate, alone, NOTHING_KNOWN)), `likely ${cause}`);
    const source = {
      rateLimit: 'rate-limit',
      quota: 'quota',
      ipFilter: 'ip-filter',
      checkHeader: 'check-header',
      apimOperation: 'configuration',
    }[gate];
    const byReason = { call, response: answerOf(status, '', { ErrorSource: source, ErrorReason: reason }) };
    assert.equal(candidates(recognise(gate, byReason, NOTHING_KNOWN)), `certain ${cause}`);
    const line = { call, text: `${source}: ${message}` };
    assert.notEqual(recognise(gate, line, NOTHING_KNOWN).confidence, 'certain');
    const trace = JSON.stringify({ traceEntries: { 'on-error': [{ source, data: { message } }] } });
    const byTrace = { call, response: answerOf(status, '', {}, trace) };
    assert.equal(candidates(recognise(gate, byTrace, NOTHING_KNOWN)), `certain ${cause}`);
    const others = answerOf(status, envelope(status, `Error: ${message.slice(0, 12)}`));
    assert.equal(candidates(recognise(gate, { call, response: others }, knowing())), '');
  });
}

const check = (content: string, attributes = '') =>
  `<check-header name="X-Channel" failed-check-httpcode="401" failed-check-error-message="No channel." ${attributes}>${content}</check-header>`;

for (const [what, policy, headers, expected] of [
  ['a header that is not sent', check(''), {}, 'refuses apim-header-check-failed'],
  ['a header that only has to be there', check(''), { 'x-channel': '1' }, 'passes'],
  ['one of its values', check('<value>a</value><value>b</value>'), { 'X-Channel': 'b' }, 'passes'],
  ['another value', check('<value>a</value>'), { 'X-Channel': 'b' }, 'refuses apim-header-check-failed'],
  ['another case', check('<value>A</value>'), { 'X-Channel': 'a' }, 'refuses apim-header-check-failed'],
  ['another case that does not count', check('<value>A</value>', 'ignore-case="true"'), { 'X-Channel': 'a' }, 'passes'],
  ['a value that is computed', check('<value>{{a}}</value>'), { 'X-Channel': 'b' }, 'unknown apim-header-check-failed'],
  [
    'a header that a policy before sets',
    `<set-header name="X-Channel"><value>a</value></set-header>${check('<value>a</value>')}`,
    {},
    'passes',
  ],
  ['what clients send unasked', check('').replace('X-Channel', 'User-Agent'), {}, 'unknown apim-header-check-failed'],
  [
    'a check that may not run',
    `<choose><when condition="@(x)">${check('')}</when></choose>`,
    {},
    'unknown apim-header-check-failed',
  ],
] as const) {
  test(`check-header: ${what}`, () => {
    assert.equal(shown(judge(policy, callWith(NONE, headers), 'checkHeader', 'check-header')), expected);
  });
}

test('check-header is told by its own status and message', () => {
  const of = (status: number, message: string) => {
    const exchange = { call: callWith(NONE), response: answerOf(status, envelope(status, message)) };
    return candidates(recognise('checkHeader', exchange, knowing(check(''))));
  };
  assert.equal(of(401, 'No channel.'), 'certain apim-header-check-failed');
  assert.equal(of(403, 'No channel.'), '');
  assert.equal(of(401, 'No.'), '');
});

const CORS = '<cors><allowed-origins><origin>https://app.example</origin></allowed-origins></cors>';
const PREFLIGHT = { 'Access-Control-Request-Method': 'GET' };

for (const [what, policy, headers, method, expected, answers] of [
  ['no Origin', CORS, {}, 'GET', 'passes', undefined],
  ['an allowed origin', CORS, { Origin: 'https://app.example' }, 'GET', 'passes', undefined],
  ['a preflight it answers itself', CORS, { Origin: 'https://app.example', ...PREFLIGHT }, 'OPTIONS', 'passes', true],
  ['another origin', CORS, { Origin: 'https://x.example' }, 'GET', 'refuses apim-cors-origin-not-allowed', undefined],
  [
    'a preflight of another origin',
    CORS,
    { Origin: 'https://x.example', ...PREFLIGHT },
    'OPTIONS',
    'refuses apim-cors-origin-not-allowed',
    undefined,
  ],
  [
    'another origin, not terminated',
    CORS.replace('<cors>', '<cors terminate-unmatched-request="false">'),
    { Origin: 'https://x.example' },
    'GET',
    'passes',
    undefined,
  ],
  ['another origin with a POST', CORS, { Origin: 'https://x.example' }, 'POST', 'passes', undefined],
  [
    'every origin',
    CORS.replace('https://app.example', '*'),
    { Origin: 'https://x.example' },
    'GET',
    'passes',
    undefined,
  ],
  [
    'an origin that is computed',
    CORS.replace('https://app.example', '{{o}}'),
    { Origin: 'https://x.example' },
    'GET',
    'unknown',
    undefined,
  ],
  [
    'a method that is not listed',
    CORS,
    { Origin: 'https://app.example', 'Access-Control-Request-Method': 'DELETE' },
    'OPTIONS',
    'refuses apim-cors-origin-not-allowed',
    undefined,
  ],
] as const) {
  test(`cors: ${what}`, () => {
    const judgement = judge(policy, callWith(NONE, headers, method), 'apimCors', 'cors');
    assert.deepEqual([shown(judgement), judgement.answers], [expected, answers]);
  });
}

test('cors: an empty 200 to a call with Origin', () => {
  const of = (
    headers: Record<string, string>,
    response = answerOf(200, undefined),
    knowledge = knowing(),
    method = 'GET',
  ) => candidates(recognise('apimCors', { call: callWith(NONE, headers, method), response }, knowledge));
  const origin = { Origin: 'https://x.example' };
  assert.equal(of(origin), 'likely apim-cors-origin-not-allowed');
  assert.equal(of(origin, undefined, knowing(CORS)), 'certain apim-cors-origin-not-allowed');
  assert.equal(of({ ...origin, ...PREFLIGHT }, undefined, undefined, 'OPTIONS'), 'likely apim-cors-origin-not-allowed');
  assert.equal(of({}), '');
  assert.equal(of(origin, answerOf(200, undefined, { 'Access-Control-Allow-Origin': '*' })), '');
  assert.equal(of(origin, answerOf(200, '[]')), '');
  assert.equal(of(origin, undefined, NOTHING_KNOWN as never), '');
  assert.equal(of(origin, undefined, undefined, 'POST'), '');
});

test('the operation: by method and template; without operations or address nothing is said', () => {
  const profile = fact({ ...at.PROFILE, baseUrl: 'https://contoso.azure-api.net/orders' });
  const of = (template: string, method = 'GET', base = profile) => {
    const knowledge = { ...knowing(undefined, { operations: fact([{ method, template }]) }), profile: base };
    return shown(judgeStep('apimOperation', knowledge));
  };
  assert.equal(of('/{id}'), 'passes');
  assert.equal(of('/1'), 'passes');
  assert.equal(of('/*'), 'passes');
  assert.equal(of('/'), 'refuses apim-operation-not-found');
  assert.equal(of('/{id}', 'POST'), 'refuses apim-operation-not-found');
  assert.equal(of('/', 'GET', fact({ ...at.PROFILE, baseUrl: 'https://other.example' })), 'unknown');
  assert.equal(shown(judgeStep('apimOperation', knowing())), 'unknown');
});

function judgeStep(gate: GateId, knowledge: ReturnType<typeof knowing>, call = callWith(NONE)) {
  const found = gateOf(gate);
  assert.ok(found);
  return found.judge({ gate, hop: 'gateway' }, call, knowledge, at.NOW_MS);
}

test('a policy that answers: refuses with its status, or ends the call well; perhaps, when conditional', () => {
  const of = (policy: string) => judge(policy, callWith(NONE), 'policyAnswer', 'return-response');
  assert.equal(shown(of('<return-response><set-status code="403"/></return-response>')), 'refuses app-unspecified');
  const fine = of('<return-response><set-status code="204"/></return-response>');
  assert.deepEqual([shown(fine), fine.answers], ['passes', true]);
  const inChoose =
    '<choose><when condition="@(x)"><return-response><set-status code="403"/></return-response></when></choose>';
  assert.equal(shown(of(inChoose)), 'unknown');
  const response = answerOf(403, 'no');
  assert.equal(
    candidates(recognise('policyAnswer', { call: callWith(NONE), response }, knowing(inChoose))),
    'possible app-unspecified',
  );
  assert.equal(
    candidates(recognise('policyAnswer', { call: callWith(NONE), response: answerOf(401, 'no') }, knowing(inChoose))),
    '',
  );
});

test('the backend refuses what the gateway let pass: nothing sent for it, or the wrong thing', () => {
  const of = (
    response = answerOf(401, undefined),
    policy?: string,
    authorization = NONE as Parameters<typeof callWith>[0],
  ) => candidates(recognise('backendCredential', { call: callWith(authorization), response }, knowing(policy)));
  const missing = 'apim-backend-credential-missing';
  assert.equal(of(), `likely ${missing}`);
  assert.equal(of(answerOf(401, undefined, {}, 'forward-request: status code: 401')), `likely ${missing}`);
  assert.equal(of(undefined, undefined, GOOD), `possible ${missing}`);
  const identity = '<authentication-managed-identity resource="https://vault.azure.net"/>';
  assert.equal(of(answerOf(403, 'no'), identity), 'likely apim-backend-credential-wrong');
  assert.equal(
    of(answerOf(403, 'no'), `<choose><when condition="@(x)">${identity}</when></choose>`),
    `likely ${missing}`,
  );
  // The gateway's own answers.
  assert.equal(of(answerOf(401, envelope(401, 'JWT not present.'))), '');
  assert.equal(
    of(answerOf(401, undefined, { 'WWW-Authenticate': 'AzureApiManagementKey realm="r",name="n",type="header"' })),
    '',
  );
  assert.equal(of(answerOf(401, undefined, {}, 'validate-jwt: JWT not present.')), '');
  assert.equal(of(answerOf(200, 'fine')), '');
  assert.equal(candidates(recognise('backendCredential', { response: answerOf(401, undefined) }, NOTHING_KNOWN)), '');
});

test('where callers come from and how often is not known: such policies never refuse for sure', () => {
  const ip = '<ip-filter action="allow"><address>1.2.3.4</address></ip-filter>';
  assert.equal(shown(judge(ip, callWith(NONE), 'ipFilter', 'ip-filter')), 'unknown apim-ip-filtered');
  assert.equal(
    shown(judge('<rate-limit calls="1" renewal-period="60"/>', callWith(NONE), 'rateLimit', 'rate-limit')),
    'unknown',
  );
  assert.equal(shown(judge('<quota calls="1" renewal-period="60"/>', callWith(NONE), 'quota', 'quota')), 'unknown');
});

test('a policy that changes the call passes, and the next sees the changed call', () => {
  const of = (policy: string, name: string) =>
    judge(policy, callWith(GOOD, { 'X-A': '1' }), 'policyTransform', name).forwards;
  const identity = of('<authentication-managed-identity resource="r"/>', 'authentication-managed-identity');
  assert.deepEqual([identity.authorization.type, identity.authorization.setBy], ['unknown', 'step']);
  const deleted = of('<set-header name="Authorization" exists-action="delete"/>', 'set-header');
  assert.deepEqual(
    [deleted.authorization.type, deleted.headers.some(({ name }) => name === 'Authorization')],
    ['none', false],
  );
  const appended = of('<set-header name="X-A" exists-action="append"><value>2</value></set-header>', 'set-header');
  assert.deepEqual(
    appended.headers.filter(({ name }) => name === 'X-A').map(({ value }) => value),
    ['1', '2'],
  );
  const hidden = of('<set-header name="X-B"><value>{{key}}</value></set-header>', 'set-header');
  assert.equal(hidden.headers.find(({ name }) => name === 'X-B')?.masked, true);
  const query = of(
    '<set-query-parameter name="code"><value>{{key}}</value></set-query-parameter>',
    'set-query-parameter',
  );
  assert.equal(new URL(query.url).searchParams.get('code'), '***');
  assert.equal(
    of('<authentication-certificate thumbprint="t"/>', 'authentication-certificate').clientCertificate,
    'sent',
  );
  assert.equal(shown(judge('<base/>', callWith(GOOD), 'policyTransform', 'base')), 'unknown');
  assert.equal(
    shown(judge('<rewrite-uri template="/x"/>', callWith(GOOD), 'policyTransform', 'rewrite-uri')),
    'passes',
  );
});

test('the key: demanded, sent elsewhere, not demanded; a preflight is answered by the cors policy first', () => {
  const key = (
    required: boolean | undefined,
    headers: Record<string, string> = {},
    policy?: string,
    method = 'GET',
  ) => {
    const more = required === undefined ? {} : { subscriptionRequired: fact(required) };
    return shown(judgeStep('subscriptionKey', knowing(policy, more), callWith(NONE, headers, method)));
  };
  assert.equal(key(true), 'refuses apim-subscription-key-missing');
  assert.equal(key(true, { 'x-api-key': 'k' }), 'refuses apim-subscription-key-wrong-header');
  assert.equal(key(undefined), 'unknown apim-subscription-key-missing');
  assert.equal(key(false), 'passes');
  assert.equal(key(true, { 'Ocp-Apim-Subscription-Key': 'k' }), 'unknown');
  const preflight = { Origin: 'https://app.example', ...PREFLIGHT };
  assert.equal(key(true, preflight, CORS, 'OPTIONS'), 'passes');
  assert.equal(key(true, preflight, undefined, 'OPTIONS'), 'unknown cors-preflight-unauthenticated');
});

test('“missing” although a key was sent under the usual name: the API looks elsewhere', () => {
  const message =
    'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.';
  const response = answerOf(401, envelope(401, message));
  const of = (headers: Record<string, string>, knowledge = knowing()) =>
    candidates(recognise('subscriptionKey', { call: callWith(NONE, headers), response }, knowledge));
  assert.equal(of({ 'Ocp-Apim-Subscription-Key': 'k' }), 'likely apim-subscription-key-wrong-header');
  assert.equal(of({}), 'certain apim-subscription-key-missing');
  const named = knowing(undefined, { subscriptionKey: fact({ header: 'Ocp-Apim-Subscription-Key' }) });
  assert.equal(of({ 'Ocp-Apim-Subscription-Key': 'k' }, named), 'possible apim-subscription-key-invalid');
});

test('behind a policy that answers, nothing is reached', () => {
  const policy = `<policies><inbound>${CORS}<validate-jwt header-name="Authorization"/></inbound></policies>`;
  const knowledge = knowing(policy, { subscriptionRequired: fact(true) });
  const preflight = callWith(NONE, { Origin: 'https://app.example', ...PREFLIGHT }, 'OPTIONS');
  assert.deepEqual(
    predict(preflight, knowledge, at.NOW_MS).steps.map(({ step, judgement }) => `${step.gate} ${judgement.verdict}`),
    ['subscriptionKey passes', 'apimCors passes'],
  );
  assert.equal(predict(callWith(NONE), knowledge, at.NOW_MS).verdict, 'willBeRefused');
});

test('App Service’s challenge through a gateway: the gateway, or the caller, was to bring the token', () => {
  const challenge = `Bearer realm="x.azurewebsites.net" authorization_uri="https://login.windows.net/${at.TENANT}/oauth2/authorize" resource_id="${at.API_ID}"`;
  const response = answerOf(401, undefined, { 'WWW-Authenticate': challenge });
  const of = (knowledge: Parameters<typeof recognise>[2]) =>
    candidates(recognise('easyAuth', { call: callWith(NONE), response }, knowledge));
  assert.equal(of(knowing()), 'likely apim-backend-credential-missing, likely missing-token');
  assert.doesNotMatch(of(NOTHING_KNOWN), /apim/);
});
