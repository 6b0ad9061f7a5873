import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { effectivePolicyOf, type PolicyStatement } from '../../../../src/core/policy/effective-policy.ts';
import { allLiterals, literalOf, type PolicyValue } from '../../../../src/core/policy/policy-value.ts';
import { readPolicy } from '../../../../src/core/policy/read-policy.ts';
import type { TokenPolicy } from '../../../../src/core/policy/token-policy.ts';

const read = (source: string) => effectivePolicyOf(readPolicy(source));

function show({ name, line, isConditional, isUnsound }: PolicyStatement): string {
  return `${line} ${name}${isConditional ? ' conditional' : ''}${isUnsound ? ' unsound' : ''}`;
}

function onlyPolicy(source: string) {
  const { inbound } = read(source);
  assert.equal(inbound.length, 1);
  const [statement] = inbound;
  assert.ok(statement);
  return statement.policy;
}

function tokenPolicy(source: string): TokenPolicy {
  const policy = onlyPolicy(source);
  assert.ok(policy.type === 'token');
  return policy;
}

/** A literal as it is; what is unknown as why. */
function shown<T>(value: PolicyValue<T> | undefined): T | string | undefined {
  return value && (value.type === 'literal' ? value.value : `(${value.why})`);
}

const DOCUMENT = `<policies>
  <inbound>
    <base />
    <set-variable name="x" value="@(1 < 2)" />
    <cors><allowed-origins><origin>*</origin></allowed-origins></cors>
    <choose>
      <when condition="@(context.Request.Method == "POST")">
        <validate-jwt header-name="Authorization" />
      </when>
      <otherwise>
        <choose><when condition="true"><ip-filter action="allow" /></when></choose>
      </otherwise>
    </choose>
    <include-fragment fragment-id="auth" />
    <frob />
    <limit-concurrency key="a" max-count="3"><check-header name="x" /></limit-concurrency>
  </inbound>
  <backend><forward-request /></backend>
  <on-error><set-status code="401" /></on-error>
</policies>`;

test('statements stand in order, with their lines; a choose makes its branches conditional', () => {
  const { form, inbound, backend, outbound, onError, problems } = read(DOCUMENT);
  assert.deepEqual([form, problems], ['policies', []]);
  assert.deepEqual(inbound.map(show), [
    '3 base',
    '5 cors',
    '8 validate-jwt conditional',
    '11 ip-filter conditional',
    '14 include-fragment',
    '15 frob',
    '16 limit-concurrency',
    '16 check-header',
  ]);
  assert.deepEqual(
    inbound.filter(({ policy }) => policy.type === 'other').map(({ name }) => name),
    ['frob', 'limit-concurrency'],
  );
  assert.deepEqual([backend, outbound, onError?.map(show)], [[], undefined, ['19 set-status']]);
});

test('bare policies are inbound ones of a fragment; a section may stand alone, too', () => {
  const bare = read('<validate-jwt header-name="Authorization"/><base/>');
  assert.deepEqual([bare.form, bare.inbound.map(show)], ['fragment', ['1 validate-jwt', '1 base']]);
  const section = read('<inbound><base/></inbound>');
  assert.deepEqual([section.form, section.inbound.map(show)], ['fragment', ['1 base']]);
  assert.deepEqual(read('<fragment><ip-filter action="allow"/></fragment>').inbound.map(show), ['1 ip-filter']);
  assert.deepEqual(read('<policies><base/></policies>').inbound.map(show), ['1 base']);
});

test('nothing runs behind an unconditional answer', () => {
  const inbound = '<inbound><mock-response status-code="200" /><base/></inbound>';
  const policy = read(`<policies>${inbound}<backend><base/></backend></policies>`);
  assert.deepEqual([policy.inbound.map(show), policy.backend], [['1 mock-response'], []]);
  const choose = '<choose><when condition="@(true)"><return-response /></when></choose><base/>';
  assert.deepEqual(read(choose).inbound.map(show), ['1 return-response conditional', '1 base']);
});

test('what API Management would not take is read all the same, and marked', () => {
  assert.deepEqual(read('<Validate-JWT header-name="Authorization"></Validate-JWT>').inbound.map(show), [
    '1 validate-jwt unsound',
  ]);
  assert.deepEqual(read('<inbound><ip-filter action=allow /><base/></inbound>').inbound.map(show), [
    '1 ip-filter unsound',
    '1 base',
  ]);
  assert.deepEqual(read('<inbound><validate-jwt header-name="A"><base/></inbound>').inbound.map(show), [
    '1 validate-jwt unsound',
  ]);
});

test('validate-jwt: every attribute and element', () => {
  const policy = tokenPolicy(`<validate-jwt header-name="Authorization" failed-validation-httpcode="403"
      failed-validation-error-message="No &amp; never" require-expiration-time="false" require-scheme="Bearer"
      require-signed-tokens="false" clock-skew="00:01:30" output-token-variable-name="jwt">
    <openid-config url="https://login.microsoftonline.com/t/v2.0/.well-known/openid-configuration" />
    <openid-config url="{{metadata}}" />
    <issuer-signing-keys><key certificate-id="c" /><key>MTIz</key></issuer-signing-keys>
    <decryption-keys><key certificate-id="d" /></decryption-keys>
    <audiences><audience>
        api://a <!-- mine -->
      </audience><audience><![CDATA[b]]></audience></audiences>
    <issuers><issuer>https://sts.windows.net/t/</issuer></issuers>
    <required-claims>
      <claim name="scp" match="any" separator=" "><value>read</value><value>@(context.Api.Name)</value></claim>
      <claim name="roles"><value>admin</value></claim>
    </required-claims>
  </validate-jwt>`);
  assert.deepEqual(
    {
      token: policy.token?.from === 'header' && shown(policy.token.name),
      status: shown(policy.failedStatus),
      message: shown(policy.failedMessage),
      expiry: shown(policy.requireExpirationTime),
      signed: shown(policy.requireSignedTokens),
      scheme: shown(policy.requireScheme),
      skew: shown(policy.clockSkewSec),
      urls: policy.openIdUrls.map(shown),
      keys: [policy.signingKeys, policy.decryptionKeys],
      audiences: policy.audiences?.map(shown),
      issuers: policy.issuers?.map(shown),
      unknown: policy.unknownParts,
    },
    {
      token: 'Authorization',
      status: 403,
      message: 'No & never',
      expiry: false,
      signed: false,
      scheme: 'Bearer',
      skew: 90,
      urls: ['https://login.microsoftonline.com/t/v2.0/.well-known/openid-configuration', '(namedValue)'],
      keys: [2, 1],
      audiences: ['api://a', 'b'],
      issuers: ['https://sts.windows.net/t/'],
      unknown: [],
    },
  );
  assert.deepEqual(
    policy.requiredClaims.map(({ name, match, separator, values, line }) => [
      ...[shown(name), shown(match), shown(separator)],
      ...[values.map(shown), line],
    ]),
    [
      ['scp', 'any', ' ', ['read', '(expression)'], 13],
      ['roles', 'all', undefined, ['admin'], 14],
    ],
  );
  assert.deepEqual([policy.lines.audiences, policy.lines['openid-config'], policy.lines.issuers], [8, 4, 11]);
});

test('validate-jwt: the defaults, and what is not said', () => {
  const policy = tokenPolicy('<validate-jwt header-name="Authorization" />');
  assert.deepEqual(
    [policy.failedStatus, policy.requireExpirationTime, policy.requireSignedTokens, policy.clockSkewSec].map(
      (value) => value && shown<number | boolean>(value),
    ),
    [401, true, true, 0],
  );
  assert.deepEqual(
    [policy.audiences, policy.issuers, policy.failedMessage, policy.requireScheme],
    Array(4).fill(undefined),
  );
  assert.equal(tokenPolicy('<validate-jwt />').token, undefined);
  assert.equal(tokenPolicy('<validate-jwt header-name="a" token-value="@(1)" />').token, undefined);
});

test('what an expression or a named value comes to is not guessed', () => {
  const policy = tokenPolicy(`<validate-jwt header-name="@("Authorization")" failed-validation-httpcode="{{code}}"
    clock-skew="soon" require-scheme="Bear{{er}}" zzz="1"><audiences><audience>{{id}}</audience></audiences><odd/></validate-jwt>`);
  assert.equal(policy.token?.from === 'header' && shown(policy.token.name), '(expression)');
  assert.deepEqual(
    [shown(policy.failedStatus), shown(policy.clockSkewSec), shown(policy.requireScheme)],
    ['(namedValue)', '(unreadable)', '(namedValue)'],
  );
  assert.deepEqual([policy.audiences?.map(shown), policy.unknownParts], [['(namedValue)'], ['zzz', 'odd']]);
});

test('validate-azure-ad-token: every attribute and element, and its default header', () => {
  const policy = tokenPolicy(`<validate-azure-ad-token tenant-id="contoso.com">
    <client-application-ids><application-id>a</application-id></client-application-ids>
    <backend-application-ids><application-id>b</application-id></backend-application-ids>
    <audiences><audience>c</audience></audiences>
    <required-claims><claim name="roles" match="any"><value>d</value></claim></required-claims>
  </validate-azure-ad-token>`);
  assert.equal(policy.token?.from === 'header' && shown(policy.token.name), 'Authorization');
  assert.deepEqual(
    [policy.tenant, ...[policy.clientIds, policy.backendIds, policy.audiences].map((list) => list?.[0])].map(
      (value) => value && shown(value),
    ),
    ['contoso.com', 'a', 'b', 'c'],
  );
  assert.deepEqual([policy.clockSkewSec, policy.unknownParts], [undefined, []]);
});

test('the policies that refuse', () => {
  const ipFilter = onlyPolicy(
    '<ip-filter action="allow"><address>1.2.3.4</address><address-range from="10.0.0.0" to="{{to}}" /></ip-filter>',
  );
  assert.ok(ipFilter.type === 'ipFilter');
  assert.deepEqual(
    [
      shown(ipFilter.action),
      ipFilter.addresses.map(shown),
      ipFilter.ranges.map(({ from, to }) => [shown(from), shown(to)]),
    ],
    ['allow', ['1.2.3.4'], [['10.0.0.0', '(namedValue)']]],
  );
  const rate = onlyPolicy('<rate-limit-by-key calls="5" renewal-period="60" counter-key="@(1)" />');
  assert.ok(rate.type === 'rateLimit');
  assert.deepEqual([rate.isByKey, shown(rate.calls), shown(rate.periodSec)], [true, 5, 60]);
  const quota = onlyPolicy('<quota calls="100" bandwidth="40" renewal-period="3600" />');
  assert.ok(quota.type === 'quota');
  assert.deepEqual(
    [quota.isByKey, shown(quota.calls), shown(quota.bandwidthKb), shown(quota.periodSec)],
    [false, 100, 40, 3600],
  );
  const header = onlyPolicy(
    '<check-header name="X-A" failed-check-httpcode="418" failed-check-error-message="no" ignore-case="True"><value>1</value></check-header>',
  );
  assert.ok(header.type === 'checkHeader');
  assert.deepEqual(
    [shown(header.header), shown(header.failedStatus), shown(header.failedMessage), shown(header.ignoreCase)],
    ['X-A', 418, 'no', true],
  );
  const cors = onlyPolicy(
    '<cors terminate-unmatched-request="false"><allowed-origins><origin>https://a</origin></allowed-origins></cors>',
  );
  assert.ok(cors.type === 'cors');
  assert.deepEqual(
    [shown(cors.terminatesUnmatched), cors.origins.map(shown), cors.methods],
    [false, ['https://a'], []],
  );
});

test('the policies that answer or change a call', () => {
  const types = (source: string) => read(source).inbound.map(({ policy }) => policy.type);
  assert.deepEqual(
    types(
      '<authentication-managed-identity resource="r"/><authentication-basic username="u" password="{{p}}"/>' +
        '<authentication-certificate thumbprint="t"/><get-authorization-context context-variable-name="v"/>' +
        '<set-backend-service base-url="https://b"/><rewrite-uri template="/x"/><set-query-parameter name="code"/>',
    ),
    [
      ...['managedIdentity', 'basicCredential', 'certificateCredential', 'authorizationContext'],
      ...['setBackend', 'rewriteUri', 'setQuery'],
    ],
  );
  const setHeader = onlyPolicy(
    '<set-header name="Authorization" exists-action="skip"><value>Bearer x</value></set-header>',
  );
  assert.ok(setHeader.type === 'setHeader');
  assert.deepEqual(
    [shown(setHeader.header), shown(setHeader.existsAction), setHeader.values.map(shown)],
    ['Authorization', 'skip', ['Bearer x']],
  );
  const answer = onlyPolicy('<return-response><set-status code="403" reason="no"/></return-response>');
  assert.deepEqual(answer.type === 'returnResponse' && shown(answer.status), 403);
});

test('no policy throws, however odd', () => {
  const names = [
    'validate-jwt',
    'choose',
    'when',
    'claim',
    'required-claims',
    'policies',
    'inbound',
    'value',
    'cors',
    '__proto__',
  ];
  const piece = fc.oneof(
    fc.constantFrom(...names).map((name) => `<${name}>`),
    fc.constantFrom(...names).map((name) => `</${name}>`),
    fc.constantFrom(...names).map((name) => `<${name} name="@(x" match="{{y}}" __proto__="z"/>`),
    fc.constantFrom('@{', 'text', '<', '"', '}'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      assert.ok(read(pieces.join('')));
    }),
    { numRuns: 1_000 },
  );
});

test('literals of values: all of them, or none', () => {
  const place = { start: 0, end: 0, line: 1, column: 1 };
  const literal: PolicyValue = { type: 'literal', value: 'a' };
  const unknown: PolicyValue = { type: 'unknown', why: 'expression', text: '@(1)', place };
  assert.deepEqual([literalOf(literal), literalOf(unknown), literalOf(undefined)], ['a', undefined, undefined]);
  assert.deepEqual(
    [allLiterals([literal, literal]), allLiterals([literal, unknown]), allLiterals([])],
    [['a', 'a'], undefined, []],
  );
});
