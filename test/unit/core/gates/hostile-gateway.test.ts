import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Authorization } from '../../../../src/core/call/call.ts';
import { GATES, gateOf } from '../../../../src/core/gates/all-gates.ts';
import { routeOf } from '../../../../src/core/why/route.ts';
import * as at from '../entra-fixture.ts';
import { answerOf, bearer, callWith, knowing, V2_CONFIG } from './gateway-fixture.ts';

const NAMES = [
  ...['validate-jwt', 'validate-azure-ad-token', 'check-header', 'cors', 'set-header', 'set-query-parameter', 'choose'],
  ...['when', 'return-response', 'authentication-managed-identity', 'ip-filter', 'audiences', 'audience', 'issuers'],
  ...[
    'issuer',
    'required-claims',
    'claim',
    'value',
    'openid-config',
    'client-application-ids',
    'application-id',
    'base',
  ],
];
const VALUES = [
  'Authorization',
  V2_CONFIG,
  at.TENANT,
  at.API_ID,
  '@(x)',
  '{{y}}',
  '',
  '\ud800',
  'https://',
  '0',
  '__proto__',
  'a b',
];
const ATTRIBUTES = [
  'header-name',
  'url',
  'name',
  'match',
  'separator',
  'tenant-id',
  'clock-skew',
  'exists-action',
  'code',
  'condition',
];

const policies = fc
  .array(
    fc.oneof(
      fc
        .tuple(
          fc.constantFrom(...NAMES),
          fc.array(fc.tuple(fc.constantFrom(...ATTRIBUTES), fc.constantFrom(...VALUES)), { maxLength: 4 }),
          fc.boolean(),
        )
        .map(
          ([name, list, isEmpty]) =>
            `<${name}${list.map(([key, value]) => ` ${key}="${value}"`).join('')}${isEmpty ? '/' : ''}>`,
        ),
      fc.constantFrom(...NAMES).map((name) => `</${name}>`),
      fc.constantFrom(...VALUES),
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(''));
const claims = fc.dictionary(
  fc.constantFrom('iss', 'aud', 'exp', 'nbf', 'scp', 'roles', 'azp', 'appid', 'tid', 'ver', '__proto__'),
  fc.oneof(
    fc.constantFrom<unknown>(...VALUES, at.V1_ISSUER, at.V2_ISSUER, null, true, [], {}, [null]),
    fc.double(),
    fc.array(fc.string()),
  ),
);
const authorizations: fc.Arbitrary<Authorization> = fc.oneof(
  fc.constantFrom<Authorization>(
    { type: 'none' },
    { type: 'unknown', why: 'masked' },
    { type: 'other', scheme: 'Basic' },
  ),
  fc
    .tuple(claims, fc.constantFrom('valid', 'invalid', 'keyNotFound', 'notChecked'))
    .map(([payload, state]) => bearer(payload, { nonce: 'n' }, state as 'valid')),
);
const answers = fc
  .tuple(
    fc.constantFrom(200, 401, 403, 404, 429),
    fc.oneof(fc.string(), fc.json()),
    fc.constantFrom(...VALUES, 'validate-jwt'),
    fc.string(),
  )
  .map(([status, body, source, trace]) =>
    answerOf(
      status,
      body,
      { ErrorSource: source, ErrorReason: 'TokenExpired', Date: trace },
      `validate-jwt: IDX10205 '${trace}' '${source}'`,
    ),
  );

test('no policy, token or answer makes a gate throw, and every judgement forwards a call', () => {
  fc.assert(
    fc.property(policies, authorizations, answers, (policy, authorization, response) => {
      const knowledge = knowing(policy);
      const call = callWith(authorization, { Origin: 'https://x' });
      let forwarded = call;
      for (const step of routeOf(knowledge)) {
        const judgement = gateOf(step.gate)?.judge(step, forwarded, knowledge, at.NOW_MS);
        if (judgement) forwarded = judgement.forwards;
        assert.ok(forwarded.authorization.type);
      }
      for (const gate of GATES) {
        const { candidates } = gate.recognise({
          exchange: { call, response },
          tokenFindings: [],
          knowledge,
          nowMs: at.NOW_MS,
        });
        assert.ok(Array.isArray(candidates));
      }
    }),
    { numRuns: 2_000 },
  );
});
